"""A sheet as rows on a grid, however a file stores it, and what of it is title, table and note."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ingest.readers.base import RawCell, RawLine
from ingest.readers.tables import reads_as_column_head, row_line

MAX_CELLS = 300_000
"""Filled cells of one sheet at most: a ledger of ten thousand rows has a tenth of that."""
MAX_MERGES = 20_000
_HEAD_SHARE = 0.6
"""A row of column heads covers at least this share of the columns."""
_HEAD_WITHIN = 12
"""The head stands among the first rows of a table."""
_HEAD_ROWS = 3
_NOTE = re.compile(r"\s*(?:备?注|说明|填[表报]|制表|审核|联系|统计口径|\*|※|★)")
_FIELD = re.compile(r"[\u4e00-\u9fff （）()]{2,12}[:：]\s*\S?")
"""填报单位：…; its value may stand in the next cell."""
_EMPTY_NAME = re.compile(r"(?i)sheet\s*\d*|工作表\s*\d*|表\s*\d+")

Place = tuple[int, int]
"""0-indexed row and column."""


@dataclass(slots=True)
class Sheet:
    """One sheet as the file stores it; rows and columns are 0-indexed."""

    name: str = ""
    cells: dict[Place, str] = field(default_factory=dict)
    """The words of the filled cells."""
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    """First and last row, first and last column of merged cells, all inclusive."""
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)

    def shows(self, row: int, column: int) -> bool:
        """Tell whether a cell stands in a row and a column that are shown."""
        return row not in self.hidden_rows and column not in self.hidden_columns


@dataclass(frozen=True, slots=True)
class _Row:
    """A shown row with its cells on the grid of shown, filled columns."""

    at: int
    """0-indexed row of the sheet."""
    cells: tuple[RawCell, ...]

    @property
    def filled(self) -> tuple[RawCell, ...]:
        """The own cells that hold words."""
        return tuple(cell for cell in self.cells if cell.own and cell.text)

    @property
    def covered(self) -> int:
        """How many columns hold words, merged ones included."""
        return sum(cell.columns for cell in self.cells if cell.text)


def sheet_lines(sheet: Sheet, table: int, page: int | None = None) -> list[RawLine]:
    """Return the lines of a sheet: title and note lines as paragraphs, the rows between as table rows.

    `table` is the 0-indexed number that its first table gets. Hidden rows and columns are left out, empty
    ones closed up. A title line in the middle, after which new column heads follow, begins a new table. A
    sheet without title lines is headed by its own name, unless that says nothing (Sheet1).
    """
    rows = _rows(sheet)
    width = max((cell.column + cell.columns for row in rows for cell in row.cells), default=0)
    lines: list[RawLine] = []
    for part in _parts(rows, width):
        found = _part_lines(part, width, table, page)
        table += any(line.cells for line in found)
        lines += found
    named = sheet.name and not _EMPTY_NAME.fullmatch(sheet.name.strip())
    if lines and lines[0].cells and named:
        lines.insert(0, RawLine(sheet.name.strip(), page=page, whole=True, centred=True))
    return lines


def _rows(sheet: Sheet) -> list[_Row]:
    """Return the rows that show something, merged cells spread over the rows and columns they cover."""
    merged = _merged(sheet)
    places = {place for place in sheet.cells if sheet.shows(*place)}
    wide = {column for area in merged.values() for column in area.columns}
    columns = sorted({column for _, column in places} | wide)
    new = {column: index for index, column in enumerate(columns)}
    by_row: dict[int, list[RawCell]] = {}
    covered: set[Place] = set()
    for area in merged.values():
        for row in area.rows:
            own = row == area.rows[0]
            by_row.setdefault(row, []).append(
                RawCell(new[area.columns[0]], area.text, len(area.columns), own=own)
            )
            covered.update((row, column) for column in area.columns)
    for row, column in places - covered:
        by_row.setdefault(row, []).append(RawCell(new[column], sheet.cells[row, column]))
    return [
        _Row(row, _complete(by_row[row], len(columns)))
        for row in sorted(by_row)
        if any(cell.text for cell in by_row[row])
    ]


@dataclass(frozen=True, slots=True)
class _Area:
    """A merged cell as it shows: the rows and columns that are not hidden."""

    rows: tuple[int, ...]
    columns: tuple[int, ...]
    text: str


def _merged(sheet: Sheet) -> dict[Place, _Area]:
    """Return the merged cells that hold words, by their first cell, cut to the rows and columns in use.

    Ranges that meet another one are damage; the first of them counts.
    """
    if not sheet.cells:
        return {}
    last_row = max(row for row, _ in sheet.cells)
    last_column = max(column for _, column in sheet.cells)
    areas: dict[Place, _Area] = {}
    taken: set[Place] = set()
    for top, bottom, left, right in sheet.merges[:MAX_MERGES]:
        text = sheet.cells.get((top, left), "")
        used = range(left, min(right, last_column) + 1)
        shown = tuple(column for column in used if column not in sheet.hidden_columns)
        lasting = tuple(row for row in range(top, min(bottom, last_row) + 1) if row not in sheet.hidden_rows)
        if not text or len(taken) + len(lasting) * len(shown) > MAX_CELLS:
            continue
        places = {(row, column) for row in lasting for column in shown}
        if places and taken.isdisjoint(places):
            taken |= places
            areas[top, left] = _Area(lasting, shown, text)
    return areas


def _complete(cells: list[RawCell], width: int) -> tuple[RawCell, ...]:
    """Return the cells of a row from left to right, empty ones where nothing stands."""
    taken = {cell.column + offset for cell in cells for offset in range(cell.columns)}
    empty = [RawCell(column, "") for column in range(width) if column not in taken]
    return tuple(sorted([*cells, *empty], key=lambda cell: cell.column))


def _parts(rows: Sequence[_Row], width: int) -> Iterator[list[_Row]]:
    """Cut a sheet where a title line and new column heads begin a further table."""
    start = 0
    for at in range(1, len(rows)):
        apart = rows[at].at > rows[at - 1].at + 1
        if apart and _is_line(rows[at]) and _head(rows[at : at + 4], width) is not None:
            yield list(rows[start:at])
            start = at
    if rows:
        yield list(rows[start:])


def _part_lines(rows: Sequence[_Row], width: int, table: int, page: int | None) -> list[RawLine]:
    """Return the lines of rows that hold one table, or none."""
    head = _head(rows, width)
    if head is None:
        return [line for row in rows for line in _paragraphs(row, page)]
    end = _end_of_table(rows, head, width)
    lines = [line for row in rows[:head] for line in _paragraphs(row, page)]
    heads = _head_rows(rows[head:end])
    for at, row in enumerate(rows[head:end]):
        lines.append(row_line(row.cells, table, header=at < heads, page=page))
    return lines + [line for row in rows[end:] for line in _paragraphs(row, page, note=True)]


def _head(rows: Sequence[_Row], width: int) -> int | None:
    """Return which row is the first of the column heads, None where no row reads as one."""
    for at, row in enumerate(rows[:_HEAD_WITHIN]):
        wide = row.covered >= _HEAD_SHARE * width and len(row.filled) >= 2
        heads = all(reads_as_column_head(cell.text) and not _FIELD.match(cell.text) for cell in row.filled)
        if wide and heads and at + 1 < len(rows):
            return at
    return None


def _head_rows(rows: Sequence[_Row]) -> int:
    """Return how many rows the head has: further ones only divide the wide cells of the first."""
    wide = _wide(rows[0])
    count = 1
    while wide and count < min(_HEAD_ROWS, len(rows)):
        row = rows[count]
        inside = all(cell.column in wide and reads_as_column_head(cell.text) for cell in row.filled)
        if not (row.filled and inside):
            break
        count += 1
    return count


def _wide(row: _Row) -> set[int]:
    """Return the columns below the wide cells of a head: merged ones, and those before empty cells."""
    wide = {cell.column + offset for cell in row.cells if cell.columns > 1 for offset in range(cell.columns)}
    for before, after in pairwise(row.cells):
        if not after.text and (before.text or before.column in wide):
            wide |= {before.column, after.column}
    return wide


def _end_of_table(rows: Sequence[_Row], head: int, width: int) -> int:
    """Return the index after the last row of the table: what follows are notes."""
    end = len(rows)
    while end > head + 1 and _is_note(rows[end - 1], width):
        end -= 1
    return end


def _is_note(row: _Row, width: int) -> bool:
    if not row.filled or any(not cell.own and cell.text for cell in row.cells):
        return False
    if all(_NOTE.match(cell.text) or _FIELD.match(cell.text) for cell in row.filled):
        return True
    first = row.filled[0]
    return len(row.filled) == 1 and (first.columns * 2 > width or first.column == 0) and len(first.text) > 12


def _is_line(row: _Row) -> bool:
    return len(row.filled) == 1


def _paragraphs(row: _Row, page: int | None, note: bool = False) -> Iterator[RawLine]:
    """Yield the words outside the table: one line per cell, a label with the cell after it."""
    texts: list[str] = []
    for cell in row.filled:
        if texts and texts[-1].endswith(("：", ":")):
            texts[-1] += cell.text
        else:
            texts.append(cell.text)
    centred = not note and len(texts) == 1 and not _FIELD.match(texts[0]) and not texts[0].startswith("附")
    for text in texts:
        for line in text.split("\n"):
            if line.strip():
                yield RawLine(line.strip(), page=page, whole=True, centred=centred)
