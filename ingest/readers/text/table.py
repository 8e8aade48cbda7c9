"""Tables in plain text: lines parted by tabs, as a spreadsheet is pasted, by bars, or by wide gaps."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.readers.base import RawCell, RawLine
from ingest.readers.tables import row_line, with_header

_MIN_COLUMNS = 3
"""Two columns by a tab are as often a name and its value as a table."""
_LONGEST_HEAD = 12
_BANNER = 40
"""Characters in a line over the whole table at most."""
_BARS = re.compile(r"\s*[|│┃｜](.*)[|│┃｜]\s*$")
_BAR = re.compile("[|│┃｜]")
_RULE = frozenset(" \t|:+-─│┃｜━┌┬┐├┼┤└┴┘┏┳┓┣╋┫┗┻┛")
"""The characters of a line that rules a table."""
_DASH = re.compile("[-─━]")
_GAP = re.compile(r"(?: {2,}|\u3000+ *)+")
_MATTER = re.compile("序号|任务|事项|问题|项目|工作")
_OWNER = re.compile("单位|部门|责任|牵头|时限|时间")
"""What the heads of a table that is parted by wide gaps speak of."""


def with_tables(lines: Sequence[RawLine]) -> list[RawLine]:
    """Return the lines of a text, the rows of tables among them as rows with cells.

    A table is two or more lines of as many tabs. A short line without tabs between two of its rows is a row
    of one cell over all columns. In a row whose first cell is empty, the other empty cells continue the row
    above: that is how a merged cell comes out of a spreadsheet.
    """
    found: list[RawLine] = []
    start, tables = 0, 0
    while start < len(lines):
        end = _end_of_table(lines, start)
        if end - start < 2:
            found.append(lines[start])
            start += 1
            continue
        found += with_header(_rows(lines[start:end], tables))
        tables += 1
        start = end
    return found


def unbarred(lines: Sequence[RawLine]) -> list[RawLine]:
    """Return the lines of a text with table rows parted by tabs instead of bars; ruling lines go."""
    found: list[RawLine] = []
    barred = False
    for line in lines:
        row = _BARS.fullmatch(line.text)
        rule = _is_rule(line.text) and (barred or row is not None or "┬" in line.text)
        if row is None and not rule:
            found.append(line)
        elif row is not None and not rule:
            cells = (cell.strip() for cell in _BAR.split(row[1]))
            found.append(RawLine("\t".join(cells), page=line.page))
        barred = row is not None or rule
    return found


def _is_rule(text: str) -> bool:
    return _RULE.issuperset(text) and _DASH.search(text) is not None


def ungapped(lines: Sequence[RawLine]) -> list[RawLine]:
    """Return the lines of a text with table rows parted by tabs instead of wide gaps.

    Such a table begins with its heads (序号　重点任务　责任单位); it goes on while lines have as many parts.
    """
    found: list[RawLine] = []
    columns = 0
    for line in lines:
        parts = _GAP.split(line.text.strip(" \u3000"))
        heads = "\t" not in line.text and len(parts) >= _MIN_COLUMNS and _heads(parts)
        if heads or (columns and len(parts) == columns and "\t" not in line.text):
            columns = len(parts)
            found.append(RawLine("\t".join(parts), page=line.page))
        else:
            columns = columns if columns and not line.text.strip() else 0
            found.append(line)
    return found


def _heads(parts: Sequence[str]) -> bool:
    """Tell whether the parts of a line are the heads of a task table."""
    short = all(0 < len(part) <= _LONGEST_HEAD and part[-1] not in "。；：:，" for part in parts)
    return short and any(map(_MATTER.search, parts)) and any(map(_OWNER.search, parts))


def _end_of_table(lines: Sequence[RawLine], start: int) -> int:
    """Return the index after the table that begins at `start`; `start` itself where none does."""
    columns = _columns(lines[start])
    if columns < _MIN_COLUMNS:
        return start
    end = start + 1
    while end < len(lines):
        banner = _is_banner(lines[end]) and end + 1 < len(lines) and _columns(lines[end + 1]) == columns
        if not banner and _columns(lines[end]) != columns:
            break
        end += 1
    return end


def _columns(line: RawLine) -> int:
    return line.text.count("\t") + 1


def _is_banner(line: RawLine) -> bool:
    return "\t" not in line.text and 0 < len(line.text.strip()) <= _BANNER


def _rows(lines: Sequence[RawLine], table: int) -> list[RawLine]:
    columns = _columns(lines[0])
    rows: list[RawLine] = []
    above: tuple[RawCell, ...] = ()
    for line in lines:
        if "\t" not in line.text:
            rows.append(row_line([RawCell(0, line.text.strip(), columns)], table, page=line.page))
            continue
        cells = _cells(line.text.split("\t"), above)
        rows.append(row_line(cells, table, page=line.page))
        above = cells
    return rows


def _cells(texts: Sequence[str], above: Sequence[RawCell]) -> tuple[RawCell, ...]:
    words = [text.strip() for text in texts]
    merged = bool(above) and not words[0]
    return tuple(
        RawCell(column, above[column].text, own=False) if merged and not text else RawCell(column, text)
        for column, text in enumerate(words)
    )
