"""The picture of a page becomes its lines and tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from time import process_time

import numpy as np

from corpus.document import Box
from ingest.readers.paged.breaks import cell_words
from ingest.readers.paged.grid import table_of
from ingest.readers.paged.lines import is_inside
from ingest.readers.paged.order import in_order, joined
from ingest.readers.paged.page import Page, PageTable, TextLine
from ingest.readers.scan.engine import Picture, Quad, read_words
from ingest.readers.scan.repair import repaired
from ingest.readers.scan.ruling import ruled_cells
from ingest.readers.scan.upright import Upright, cut_out, upright

MAX_SECONDS = 60.0
"""Processor time for one page; a full one takes four seconds."""
_INSET = 2.0
"""Pixels that words keep from a ruling line."""
_NEAR = 6.5
"""Points within which two ruling lines of a scan are one: lines of crooked sheets drift."""
_OVERLOOKED = 0.6
"""Heights of a line by which it is drawn out to the right."""
_MIN_WORDS = 0.35
"""Recognised words less sure than this are specks."""
_MIN_INK = 0.004
"""Share of a cell's pixels that are dark where it holds words."""
_DARK = 60
"""Shades by which ink is darker than its paper."""


def recognise(picture: Picture, number: int, scale: float) -> Page:
    """Return the lines and tables of a page; `scale` is how many points a pixel measures.

    A page on which no words are found has neither.

    Raises:
        TimeoutError: when a page holds so much that looks like words that it takes too long.
    """
    until = process_time() + MAX_SECONDS
    page = upright(picture)
    tables = ruled_cells(page.picture)
    cells = [cell for table in tables for cell in table]
    pieces: list[TextLine] = []
    for piece in _pieces(page, cells):
        pieces.append(piece)
        if process_time() > until:
            raise TimeoutError
    found = [_table(page.picture, table, pieces, scale) for table in tables]
    kept = sorted((table for table in found if table is not None), key=lambda table: table.box[1])
    around = [line for line in (_scaled(piece, scale) for piece in pieces) if not is_inside(line.box, kept)]
    height, width = page.picture.shape[:2]
    lines = in_order(around)
    return Page(number, width * scale, height * scale, lines, kept, page.turn, page.skew)


def _pieces(page: Upright, cells: Sequence[Box]) -> Iterator[TextLine]:
    """Yield the lines of words with their places in pixels, cut where they run over a ruling line."""
    for quad in page.words:
        parts = _cut_by_cells(_around(quad), _around(_with_marks(quad, page.words))[2], cells)
        if len(parts) == 1 and parts[0] == _around(quad):
            yield from _read(cut_out(page.picture, _with_marks(quad, page.words)), parts[0])
        else:
            for part in parts:
                yield from _read(_part(page.picture, part), part)


def _with_marks(quad: Quad, words: Sequence[Quad]) -> Quad:
    """Return the place of a line drawn out to the right: a mark at its end may have been overlooked.

    Not where other words begin there.
    """
    em = float(quad[3][1] - quad[0][1])
    right, middle = float(quad[1][0]), float(quad[0][1] + quad[3][1]) / 2
    for other in words:
        if right - em / 2 < other[0][0] < right + 1.5 * em and other[0][1] < middle < other[3][1]:
            return quad
    along = (quad[1] - quad[0]) / max(1.0, float(np.hypot(*(quad[1] - quad[0]))))
    further = np.array([np.zeros(2), along, along, np.zeros(2)]) * _OVERLOOKED * em
    return np.asarray(quad + further, np.float32)


def _read(line: Picture, box: Box) -> Iterator[TextLine]:
    if min(line.shape[:2]) < 4:
        return
    text, sure = read_words(line)
    if text.strip() and sure >= _MIN_WORDS:
        yield TextLine(repaired(text.strip()), box, sure)


def _around(quad: Quad) -> Box:
    left, top = (float(value) for value in quad.min(axis=0))
    right, bottom = (float(value) for value in quad.max(axis=0))
    return left, top, right, bottom


def _part(picture: Picture, box: Box) -> Picture:
    left, top, right, bottom = (max(0, round(value)) for value in box)
    return picture[top:bottom, left:right]


def _cut_by_cells(box: Box, reach: float, cells: Sequence[Box]) -> list[Box]:
    """Return the parts of a line of words that stand in one cell each; the line itself outside tables.

    In a table the line is drawn out to `reach`, as far as its cell goes.
    """
    middle, em = (box[1] + box[3]) / 2, box[3] - box[1]
    row = [cell for cell in cells if cell[1] <= middle <= cell[3]]
    held = [cell for cell in row if min(box[2], cell[2]) - max(box[0], cell[0]) > 0.4 * em]
    if not held:
        return [box]
    return [
        (
            max(box[0], cell[0] + _INSET),
            max(box[1], cell[1] + _INSET),
            min(reach, cell[2] - _INSET),
            min(box[3], cell[3] - _INSET),
        )
        for cell in sorted(held)
    ]


def _table(
    picture: Picture, cells: Sequence[Box], pieces: Sequence[TextLine], scale: float
) -> PageTable | None:
    words: list[str] = []
    sure: list[float | None] = []
    for cell in cells:
        inside = [piece for piece in pieces if _holds(cell, piece.box)] or list(_overlooked(picture, cell))
        words.append(cell_words(joined(inside), cell))
        sure.append(min((line.confidence or 0.0 for line in inside), default=None))
    return table_of([_times(cell, scale) for cell in cells], words, sure, _NEAR)


def _holds(cell: Box, box: Box) -> bool:
    across, down = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return cell[0] <= across < cell[2] and cell[1] <= down < cell[3]


def _overlooked(picture: Picture, cell: Box) -> Iterator[TextLine]:
    """Yield the words of a cell that holds ink where no words were looked for: a lone figure."""
    inside = _part(picture, (cell[0] + 4, cell[1] + 4, cell[2] - 4, cell[3] - 4))
    if min(inside.shape[:2], default=0) < 12:
        return
    grey = inside.mean(axis=2)
    ink = grey < np.median(grey) - _DARK
    if ink.mean() < _MIN_INK:
        return
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    box = (
        cell[0] + max(0, columns[0]),
        cell[1] + max(0, rows[0]),
        cell[0] + columns[-1] + 9,
        cell[1] + rows[-1] + 9,
    )
    if min(box[2] - box[0], box[3] - box[1]) >= 8:
        yield from _read(_part(picture, box), box)


def _scaled(line: TextLine, scale: float) -> TextLine:
    return TextLine(line.text, _times(line.box, scale), line.confidence)


def _times(box: Box, scale: float) -> Box:
    left, top, right, bottom = box
    return left * scale, top * scale, right * scale, bottom * scale
