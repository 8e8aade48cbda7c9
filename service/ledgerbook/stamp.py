"""What a workbook remembers of its rows as they were written, on a hidden sheet.

When it comes back, a cell that still says what was written was not touched by anybody, whatever has become of
the row in the library meanwhile; and a row that is missing was taken out by somebody.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from service.ledgerbook.columns import CellValue, LedgerTable
from service.office_text import cell_text

if TYPE_CHECKING:
    from service.ledgerbook.files import Book
    from service.ledgerbook.sheets import Sheets

STAMP_SHEET = "taizhang"
MARK = "taizhang-ledger-1"
"""In the first cell; the number rises when the form of the sheet changes."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """The rows of a workbook as they were written."""

    rows: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """By id of the row: the print of each cell, by the key of its column."""


def cell_print(value: CellValue) -> str:
    """Return a short print of a cell: the same for the same words, white space aside; "" for an empty one."""
    words = "".join(shown_words(value).split())
    return f"{zlib.crc32(words.encode()):08x}" if words else ""


def shown_words(value: CellValue) -> str:
    """Return a value as a sheet shows it."""
    return "" if value is None else cell_text(str(value))


def add_stamp(sheets: Sheets, book: Book, table: LedgerTable) -> None:
    """Add the hidden sheet: what it is and the keys of the columns, then a line for each row with an id."""
    sheet = sheets.target.add_worksheet(STAMP_SHEET)
    sheet.very_hidden()
    keys = [column.key for column in table.columns]
    ids = table.place("id")
    for place, words in enumerate([MARK, book.today.isoformat(), *keys]):
        sheet.write_string(0, place, words)
    for number, cells in enumerate(table.cells, start=1):
        name = cells[ids] if ids is not None else ""
        if name:
            sheet.write_string(number, 0, str(name))
            sheet.write_string(number, 1, " ".join(cell_print(cell) or "-" for cell in cells))


def read_stamp(cells: Mapping[tuple[int, int], str]) -> Stamp | None:
    """Return what the hidden sheet remembers, given by its cells; None for any other sheet."""
    if cells.get((0, 0)) != MARK:
        return None
    keys: list[str] = []
    while (word := cells.get((0, 2 + len(keys)))) is not None:
        keys.append(word)
    rows = {
        cells[row, column]: _prints(keys, cells.get((row, 1), "").split())
        for row, column in cells
        if column == 0 and row > 0
    }
    return Stamp(rows)


def _prints(keys: Sequence[str], words: Sequence[str]) -> dict[str, str]:
    return {key: "" if word == "-" else word for key, word in zip(keys, words, strict=False)}
