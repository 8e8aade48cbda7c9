"""Word tables on their grid: merged cells, divided cells, tables within cells."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from lxml import etree

from ingest.readers.base import RawCell, RawLine
from ingest.readers.docx.styles import W, number, switched_on, value
from ingest.readers.docx.text import children
from ingest.readers.tables import row_line, with_header, with_title

_MAX_COLUMNS = 1000
"""More grid columns than Word allows (63) by far; damaged files claim millions."""
_HOLDERS = frozenset(W + name for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo"))

RowPage = Callable[[etree._Element], int | None]
"""Returns the 1-indexed page on which a `w:tr` begins, None where the file does not tell."""
CellText = Callable[[etree._Element], str]
"""Returns the words of a `w:tc`, paragraphs separated by "\\n"."""


def table_rows(
    table: etree._Element, index: int, cell_text: CellText, begins: RowPage = lambda _: None
) -> list[RawLine]:
    """Return the rows of a `w:tbl` as lines; `index` is its 0-indexed number in the file.

    `begins` is asked, row by row, for the page on which a row begins.
    """
    above: dict[int, RawCell] = {}
    lines: list[RawLine] = []
    for row in _within(table, W + "tr"):
        properties = row.find(W + "trPr")
        if properties is not None and properties.find(W + "del") is not None:
            continue
        page = begins(row)
        cells = _cells(row, above, cell_text)
        above = {cell.column: cell for cell in cells}
        if any(cell.text for cell in cells):
            lines.append(row_line(cells, index, header=switched_on(properties, "tblHeader"), page=page))
    return with_header(with_title(lines))


def framed_cells(table: etree._Element) -> list[etree._Element]:
    """Return the cells of a table that has one cell in each row: a frame around text; else an empty list."""
    rows = [list(_within(row, W + "tc")) for row in _within(table, W + "tr")]
    return [row[0] for row in rows] if all(len(row) == 1 for row in rows) else []


def _within(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    """Yield the elements of a tag that belong to `parent`, also where controls or changes enclose them."""
    for child in children(parent):
        if child.tag == tag:
            yield child
        elif child.tag in _HOLDERS:
            yield from _within(child, tag)


def _cells(row: etree._Element, above: dict[int, RawCell], cell_text: CellText) -> list[RawCell]:
    column = _columns(value(row.find(W + "trPr"), "gridBefore"), least=0)
    cells: list[RawCell] = []
    for element in _within(row, W + "tc"):
        properties = element.find(W + "tcPr")
        columns = _columns(value(properties, "gridSpan"), least=1)
        merged = None if properties is None else properties.find(W + "vMerge")
        upper = above.get(column)
        if merged is not None and merged.get(W + "val") != "restart" and upper is not None:
            cells.append(RawCell(column, upper.text, columns, own=False))
        else:
            cells.append(RawCell(column, cell_text(element), columns))
        column += columns
    return cells


def _columns(text: str | None, least: int) -> int:
    return max(least, min(number(text) or 0, _MAX_COLUMNS))
