"""Pages become lines: text and table rows in reading order, tables joined over pages, furniture marked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from corpus.document import Box
from ingest.readers.base import RawLine
from ingest.readers.paged.furniture import mark_furniture
from ingest.readers.paged.joined_tables import Piece, table_lines
from ingest.readers.paged.layout import layout_lines, measures
from ingest.readers.paged.page import Page, PageTable


def lines_of_pages(pages: Sequence[Page]) -> list[RawLine]:
    """Return text lines and table rows; the rows of a table stand where the page shows them."""
    rows = iter(table_lines(_pieces(pages)))
    usual = measures([page.lines for page in pages])
    lines: list[RawLine] = []
    for page in pages:
        waiting = [(table.box[1], next(rows)) for table in page.tables]
        for line in layout_lines(page.lines, page.number, usual):
            while waiting and line.box and waiting[0][0] < (line.box[1] + line.box[3]) / 2:
                lines += waiting.pop(0)[1]
            lines.append(line)
        for _, left_over in waiting:
            lines += left_over
    shown = {page.number: page for page in pages}
    return [_as_shown(line, shown[line.page or 1]) for line in mark_furniture(lines, _heights(pages))]


def _as_shown(line: RawLine, page: Page) -> RawLine:
    """Return a line with its places on the page as shown."""
    if line.box is None or not (page.turn or page.skew):
        return line
    cells = tuple(replace(cell, box=cell.box and page.as_shown(cell.box)) for cell in line.cells)
    return replace(line, box=page.as_shown(line.box), cells=cells)


def is_inside(box: Box, tables: Iterable[PageTable]) -> bool:
    """Tell whether the middle of `box` stands in one of the tables."""
    across, down = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return any(
        table.box[0] <= across <= table.box[2] and table.box[1] <= down <= table.box[3] for table in tables
    )


def _pieces(pages: Sequence[Page]) -> list[Piece]:
    """Return the tables of all pages, each with whether it may continue the one before."""
    text = _text_boxes(pages)
    pieces: list[Piece] = []
    for page in pages:
        for table in page.tables:
            pieces.append(Piece(table, page.number, _follows(pieces, table, page.number, text)))
    return pieces


def _text_boxes(pages: Sequence[Page]) -> dict[int, list[Box]]:
    """Return by page where lines stand that are no furniture."""
    marked = mark_furniture(
        [RawLine(line.text, page.number, line.box) for page in pages for line in page.lines], _heights(pages)
    )
    boxes: dict[int, list[Box]] = {page.number: [] for page in pages}
    for line in marked:
        if not line.furniture and line.page is not None and line.box is not None:
            boxes[line.page].append(line.box)
    return boxes


def _follows(pieces: Sequence[Piece], table: PageTable, page: int, text: dict[int, list[Box]]) -> bool:
    """Tell whether a table stands on top of the page after the one on whose bottom the last piece stands."""
    if not pieces or pieces[-1].page != page - 1:
        return False
    below = any(box[1] >= pieces[-1].table.box[3] - 1 for box in text[page - 1])
    above = any(box[3] <= table.box[1] + 1 for box in text[page])
    return not below and not above


def _heights(pages: Sequence[Page]) -> dict[int, float]:
    return {page.number: page.height for page in pages}
