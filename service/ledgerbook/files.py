"""Writes the ledger as an office wants it: xlsx, docx, csv or json, by the suffix of the path."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from corpus.records import JsonObject
from service.files import checked_suffix, write_file
from service.ledgerbook.columns import CellValue, ledger_table
from service.ledgerbook.look import Look
from service.ledgerbook.public import public_rows
from service.office_text import like_formula


@dataclass(frozen=True, slots=True)
class Book:
    """What is to be written."""

    rows: Sequence[JsonObject]
    """Ledger records, in the order of the sheet."""
    title: str
    """Stands above the table."""
    look: Look = field(default_factory=Look)
    public: bool = False
    """公开版: without persons, telephones, internal remarks and the ids of the library."""
    today: date = field(default_factory=date.today)


def write_ledger(rows: Sequence[JsonObject], title: str, path: Path, *, public: bool = False) -> None:
    """Write the ledger rows to `path`, in the format of its suffix; `title` stands above the table.

    Raises:
        UserError: when the suffix is none of .xlsx, .docx, .csv, .json, or the file cannot be written.
    """
    write_file(path, book_bytes(Book(rows, title, public=public), path.suffix))


def book_bytes(book: Book, suffix: str) -> bytes:
    """Return a ledger as the bytes of a file with `suffix` (".xlsx", ".docx", ".csv", ".json").

    Raises:
        UserError: when the suffix is another.
    """
    writer = WRITERS[checked_suffix(suffix, *WRITERS)]
    return writer(replace(book, rows=public_rows(book.rows)) if book.public else book)


def xlsx_bytes(book: Book) -> bytes:
    """Return the rows as a workbook."""
    from service.ledgerbook.xlsx import workbook_bytes  # XlsxWriter costs a cold start 0.04 s

    return workbook_bytes(book)


def docx_bytes(book: Book) -> bytes:
    """Return the rows as a Word document."""
    from service.ledgerbook.word import document_bytes  # python-docx costs a cold start 0.2 s

    return document_bytes(ledger_table(book.rows, public=book.public), book.title)


def csv_bytes(book: Book) -> bytes:
    """Return the rows as comma-separated values, marked as UTF-8 so that Excel shows Chinese."""
    table = ledger_table(book.rows, public=book.public)
    lines = io.StringIO()
    writer = csv.writer(lines)
    writer.writerow(_harmless(column.head) for column in table.columns)
    writer.writerows([_harmless(cell) for cell in cells] for cells in table.cells)
    return lines.getvalue().encode("utf-8-sig")


def json_bytes(book: Book) -> bytes:
    """Return the rows under their public keys, as one JSON array."""
    return json.dumps(list(book.rows), ensure_ascii=False, indent=1).encode()


def _harmless(cell: CellValue) -> CellValue:
    return f"'{cell}" if isinstance(cell, str) and like_formula(cell) else cell


WRITERS: dict[str, Callable[[Book], bytes]] = {
    ".xlsx": xlsx_bytes,
    ".docx": docx_bytes,
    ".csv": csv_bytes,
    ".json": json_bytes,
}
