"""A table on paper, whatever file it goes into: columns, cells, and how many lines they take."""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import ceil

from service.official.layout import width

CELL_LIMIT = 32_767
"""Characters that Excel takes in one cell."""
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


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


def printable(text: str) -> str:
    """Return the text as an office file can hold it: no control characters, at most `CELL_LIMIT` long."""
    clean = _UNPRINTABLE.sub("", text)
    return clean if len(clean) <= CELL_LIMIT else clean[: CELL_LIMIT - 1] + "…"


def line_count(text: str, room: int) -> int:
    """Return how many lines a text takes in a column of `room` half-width characters; 1 for ""."""
    return sum(max(1, ceil(2 * width(line) / max(2, room - 2))) for line in text.split("\n"))


def row_lines(table: PaperTable, row: tuple[str, ...]) -> int:
    """Return how many lines the fullest shown cell of a row takes."""
    cells = zip(table.columns, row, strict=True)
    return max(line_count(words, column.width) for column, words in cells if not column.hidden)
