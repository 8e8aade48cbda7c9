"""Tables of web pages: which ones hold data, and their rows on a grid."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from ingest.readers.base import RawCell, RawLine
from ingest.readers.tables import row_line, with_header, with_title

_SPACE = re.compile(r"[ \t\r\n\f]+")
_BREAKS = frozenset(("br", "p", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6"))
_LAYOUT_SHARE = 0.7
"""A table of which one cell holds more than this share of the words is a frame, not data."""
_FRAME_WORDS = 300
"""Characters from which such a cell counts as a frame."""
_MAX_COLUMNS = 200
_MAX_ROWS = 2000


def is_data_table(table: etree._Element) -> bool:
    """Tell whether a table has rows and columns of its own; others only lay out the page."""
    if next((inner for inner in table.iter("table") if inner is not table), None) is not None:
        return False
    rows = [list(_cells(row)) for row in _rows(table)]
    if len(rows) < 2 or max(map(len, rows)) < 2:
        return False
    sizes = [text_length(cell) for row in rows for cell in row]
    return max(sizes) < max(_FRAME_WORDS, sum(sizes) * _LAYOUT_SHARE)


def table_rows(table: etree._Element, index: int) -> list[RawLine]:
    """Return the rows of a data table as lines; `index` is its 0-indexed number on the page."""
    pending: dict[int, tuple[RawCell, int]] = {}
    lines: list[RawLine] = []
    for row in _rows(table):
        cells = _grid_row(row, pending)
        if any(cell.text for cell in cells):
            lines.append(row_line(cells, index, header=_is_head(row)))
    return with_header(with_title(lines))


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    return table.iter("tr")


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    return (child for child in row if child.tag in ("td", "th"))


def _is_head(row: etree._Element) -> bool:
    parent = row.getparent()
    cells = list(_cells(row))
    return (parent is not None and parent.tag == "thead") or (
        len(cells) > 1 and all(cell.tag == "th" for cell in cells)
    )


def _grid_row(row: etree._Element, pending: dict[int, tuple[RawCell, int]]) -> list[RawCell]:
    """Place the cells of a row; `pending` holds, by column, cells from above and the rows they still last."""
    placed: list[RawCell] = []
    column = 0
    for element in [*_cells(row), None]:
        while column in pending:
            column += _continue(column, pending, placed)
        if element is None:
            break
        columns = _count(element.get("colspan"), _MAX_COLUMNS)
        cell = RawCell(column, cell_words(element), columns)
        placed.append(cell)
        lasting = _count(element.get("rowspan"), _MAX_ROWS) - 1
        if lasting:
            pending[column] = (cell, lasting)
        column += columns
    for later in sorted(other for other in pending if other > column):
        _continue(later, pending, placed)
    return placed


def _continue(column: int, pending: dict[int, tuple[RawCell, int]], placed: list[RawCell]) -> int:
    """Repeat a cell from above in this row; return how many columns it covers."""
    cell, lasting = pending[column]
    if any(each.column == column for each in placed):
        return cell.columns
    placed.append(RawCell(column, cell.text, cell.columns, own=False))
    if lasting > 1:
        pending[column] = (cell, lasting - 1)
    else:
        del pending[column]
    return cell.columns


def cell_words(cell: etree._Element) -> str:
    """Return the words of a cell, one line for each of its paragraphs."""
    pieces: list[str] = []
    for event, element in etree.iterwalk(cell, events=("start", "end")):
        if not isinstance(element.tag, str):
            continue
        if element.tag in _BREAKS:
            pieces.append("\v")
        if event == "start":
            pieces.append(element.text or "")
        elif element is not cell:
            pieces.append(element.tail or "")
    lines = (_SPACE.sub(" ", line).strip() for line in "".join(pieces).split("\v"))
    return "\n".join(line for line in lines if line)


def text_length(element: etree._Element) -> int:
    """Return how many characters of text an element holds, white space around pieces aside."""
    return sum(len(piece.strip()) for piece in element.itertext(etree.Element))


def _count(text: str | None, most: int) -> int:
    return min(max(1, int(text)), most) if text and text.isdigit() else 1
