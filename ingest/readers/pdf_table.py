"""Tables of a pdf page: the ruling lines give the cells, the characters inside give their words."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from ingest.readers.base import Box, RawCell
from ingest.readers.pdf_page import Char, words_of

_MIN_RULES = 2
"""Lines each way that a table has at least."""
_MAX_PATHS = 4000
"""A page with more drawn objects is a map or a drawing; looking for tables there takes minutes."""
_THIN = 4.0
"""Points up to which a drawn object is a line rather than an area."""
_NEAR = 3.0
"""Points within which two ruling lines are one."""
_MIN_FILLED = 0.3
"""Share of its cells that hold words; a diagram has fewer."""

logging.getLogger("pdfminer").setLevel(logging.CRITICAL)  # it reports every oddity of a file on stderr


@dataclass(frozen=True, slots=True)
class PageTable:
    """One table on one page."""

    box: Box
    edges: tuple[float, ...]
    """Positions of the vertical rules from left to right, in points."""
    rows: tuple[tuple[RawCell, ...], ...]
    boxes: tuple[Box, ...]
    """The box of each row."""


def has_rules(page: Any) -> bool:
    """Tell cheaply whether a pypdfium2 page has the lines of a table: some lengthwise and some across."""
    import pypdfium2.raw as pdfium  # loads a library of 7 MB

    across = down = seen = 0
    for drawn in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH]):
        seen += 1
        left, bottom, right, top = drawn.get_bounds()
        wide, high = right - left > _THIN, top - bottom > _THIN
        across += wide
        down += high
    return seen <= _MAX_PATHS and across >= _MIN_RULES and down >= _MIN_RULES


class TableFinder:
    """Finds the tables of one file with pdfplumber; opened only when a page has ruling lines."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._file: Any = None

    def close(self) -> None:
        """Free what pdfplumber holds."""
        if self._file is not None:
            with suppress(Exception):  # to close a file pdfplumber parses the rest of it
                self._file.close()

    def tables(self, number: int, chars: Sequence[Char]) -> list[PageTable]:
        """Return the tables of a page from top to bottom; an empty list where pdfplumber fails on it.

        Args:
            number: 0-indexed page.
            chars: the characters of the page.
        """
        found = [_table(cells, chars) for cells in self._cells(number)]
        return sorted((table for table in found if table is not None), key=lambda table: table.box[1])

    def _cells(self, number: int) -> list[list[Box]]:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                page = self._open().pages[number]
                tables = [list(table.cells) for table in page.find_tables()]
                shown = page.cropbox  # left and top of what is shown, counted from the corner of the sheet
                page.close()
        except (
            Exception
        ):  # pdfminer raises whatever a damaged page makes it stumble over; the text is not lost
            return []
        return [[_moved(cell, shown[0], shown[1]) for cell in cells] for cells in tables]

    def _open(self) -> Any:
        if self._file is None:
            import io

            import pdfplumber  # 0.4 s; most files have no table

            self._file = pdfplumber.open(io.BytesIO(self._data))
        return self._file


def _moved(cell: Box, left: float, top: float) -> Box:
    return cell[0] - left, cell[1] - top, cell[2] - left, cell[3] - top


def _table(cells: list[Box], chars: Sequence[Char]) -> PageTable | None:
    """Put cells on a grid; None for what is no table: a frame, one column, a diagram."""
    edges = _merged(edge for cell in cells for edge in (cell[0], cell[2]))
    levels = _merged(edge for cell in cells for edge in (cell[1], cell[3]))
    if len(edges) < 3 or len(levels) < 2:
        return None
    words = _words_by_cell(cells, chars)
    if sum(bool(text) for text in words) < len(cells) * _MIN_FILLED:
        return None
    rows = _grid(cells, words, edges, levels)
    boxes = [(edges[0], top, edges[-1], bottom) for top, bottom in pairwise(levels)]
    box = (edges[0], levels[0], edges[-1], levels[-1])
    return PageTable(box, tuple(edges), tuple(rows), tuple(boxes))


def _merged(edges: Iterable[float]) -> list[float]:
    merged: list[float] = []
    for edge in sorted(edges):
        if not merged or edge - merged[-1] > _NEAR:
            merged.append(edge)
    return merged


def _words_by_cell(cells: list[Box], chars: Sequence[Char]) -> list[str]:
    held: list[list[Char]] = [[] for _ in cells]
    for char in chars:
        across, down = (char.left + char.right) / 2, (char.top + char.bottom) / 2
        for cell, inside in zip(cells, held, strict=True):
            if cell[0] <= across < cell[2] and cell[1] <= down < cell[3]:
                inside.append(char)
                break
    return [_cell_words(inside) for inside in held]


def _cell_words(chars: list[Char]) -> str:
    """Return the words of a cell; a line ends where the next character stands lower and further left."""
    lines: list[list[Char]] = [[]]
    for char in chars:
        before = lines[-1][-1] if lines[-1] else None
        if char.text == "\n" or (before and char.left < before.left and char.top > before.bottom - 1):
            lines.append([])
        if char.text != "\n":
            lines[-1].append(char)
    return "\n".join(text for text in map(words_of, lines) if text)


def _grid(
    cells: list[Box], words: list[str], edges: list[float], levels: list[float]
) -> list[tuple[RawCell, ...]]:
    rows: list[list[RawCell]] = [[] for _ in levels[:-1]]
    for cell, text in sorted(zip(cells, words, strict=True)):
        column, last = _at(edges, cell[0]), _at(edges, cell[2])
        first_row, end_row = _at(levels, cell[1]), _at(levels, cell[3])
        for row in range(first_row, end_row):
            rows[row].append(RawCell(column, text, max(1, last - column), own=row == first_row))
    return [tuple(sorted(row, key=lambda cell: cell.column)) for row in rows]


def _at(edges: list[float], position: float) -> int:
    """Return the index of the rule at a position."""
    return min(range(len(edges)), key=lambda index: abs(edges[index] - position))
