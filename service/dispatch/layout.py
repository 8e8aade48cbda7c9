"""A table on paper, whatever file it goes into: columns, cells, and how many lines they take."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from service.official.layout import width


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column of a table on paper."""

    head: str
    width: int
    """In half-width characters."""
    centred: bool = False
    open: bool = False
    """True for a column that the reader fills in."""
    hidden: bool = False
    """For programs that read the sheet back."""


@dataclass(frozen=True, slots=True)
class PaperTable:
    """A table under its title; `rows[row][column]` are words, "" for empty cells."""

    title: str
    columns: tuple[TableColumn, ...]
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[str, ...] = ()
    """What stands between the title and the table, a line each."""
    name: str = ""
    """What a workbook calls its sheet."""


def line_count(text: str, room: int) -> int:
    """Return how many lines a text takes in a column of `room` half-width characters; 1 for ""."""
    return sum(max(1, ceil(2 * width(line) / max(2, room - 2))) for line in text.split("\n"))


def row_lines(table: PaperTable, row: tuple[str, ...]) -> int:
    """Return how many lines the fullest shown cell of a row takes."""
    cells = zip(table.columns, row, strict=True)
    return max(line_count(words, column.width) for column, words in cells if not column.hidden)
