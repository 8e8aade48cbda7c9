"""The cells between ruling lines become a table: a grid with merged cells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from corpus.document import Box
from ingest.readers.base import RawCell
from ingest.readers.paged.page import PageTable

NEAR = 3.0
"""Points within which two ruling lines are one."""
_MIN_FILLED = 0.3
"""Share of its cells that hold words; a diagram has fewer."""


def table_of(
    cells: Sequence[Box], words: Sequence[str], sure: Sequence[float | None] = (), near: float = NEAR
) -> PageTable | None:
    """Put cells with their words on a grid; None for what is no table: a frame, one column, a diagram.

    `sure` is the confidence of each cell's words, empty where nothing was recognised; rules that lie within
    `near` points are one.
    """
    edges = _merged((edge for cell in cells for edge in (cell[0], cell[2])), near)
    levels = _merged((edge for cell in cells for edge in (cell[1], cell[3])), near)
    if len(edges) < 3 or len(levels) < 2:
        return None
    if sum(bool(text) for text in words) < len(cells) * _MIN_FILLED:
        return None
    rows = _rows(cells, words, edges, levels)
    boxes = [(edges[0], top, edges[-1], bottom) for top, bottom in pairwise(levels)]
    box = (edges[0], levels[0], edges[-1], levels[-1])
    confidences = _confidences(cells, sure, levels)
    return PageTable(box, tuple(edges), tuple(rows), tuple(boxes), confidences)


def _confidences(
    cells: Sequence[Box], sure: Sequence[float | None], levels: Sequence[float]
) -> tuple[float | None, ...]:
    """Return the confidence of each row: that of the least sure cell that begins in it."""
    least: list[float | None] = [None] * (len(levels) - 1)
    for cell, known in zip(cells, sure, strict=False):
        row = min(_at(levels, cell[1]), len(least) - 1)
        before = least[row]
        if known is not None:
            least[row] = known if before is None else min(known, before)
    return tuple(least)


def _merged(edges: Iterable[float], near: float) -> list[float]:
    merged: list[float] = []
    for edge in sorted(edges):
        if not merged or edge - merged[-1] > near:
            merged.append(edge)
    return merged


def _rows(
    cells: Sequence[Box], words: Sequence[str], edges: list[float], levels: list[float]
) -> list[tuple[RawCell, ...]]:
    rows: list[list[RawCell]] = [[] for _ in levels[:-1]]
    for cell, text in sorted(zip(cells, words, strict=True)):
        column, last = _at(edges, cell[0]), _at(edges, cell[2])
        first_row, end_row = _at(levels, cell[1]), _at(levels, cell[3])
        for row in range(first_row, end_row):
            own = row == first_row
            rows[row].append(RawCell(column, text, max(1, last - column), own=own, box=cell))
    return [tuple(sorted(row, key=lambda cell: cell.column)) for row in rows]


def _at(edges: Sequence[float], position: float) -> int:
    """Return the index of the rule at a position."""
    return min(range(len(edges)), key=lambda index: abs(edges[index] - position))
