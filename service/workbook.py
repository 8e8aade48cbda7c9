"""Writes the ledger as an office wants it: xlsx, docx, csv or json, by the suffix of the path."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Sequence
from pathlib import Path

from corpus.errors import UserError
from corpus.records import JsonObject
from service.files import write_file
from service.ledger import CellValue, ledger_table

FORMULA_MARKS = ("=", "+", "-", "@", "\t", "\r")
"""A spreadsheet that opens a csv file runs a cell that begins so as a formula."""


def write_ledger(rows: Sequence[JsonObject], title: str, path: Path) -> None:
    """Write the ledger rows to `path`, in the format of its suffix; `title` stands above the table.

    Raises:
        UserError: when the suffix is none of .xlsx, .docx, .csv, .json, or the file cannot be written.
    """
    write_file(path, ledger_bytes(rows, title, path.suffix))


def ledger_bytes(rows: Sequence[JsonObject], title: str, suffix: str) -> bytes:
    """Return the ledger rows as the bytes of a file with `suffix` (".xlsx", ".docx", ".csv", ".json").

    Raises:
        UserError: when the suffix is another.
    """
    writer = WRITERS.get(suffix.lower())
    if writer is None:
        raise UserError(f"写不了“{suffix}”格式，请把输出文件的后缀改为 {'、'.join(WRITERS)} 之一。")
    return writer(rows, title)


def xlsx_bytes(rows: Sequence[JsonObject], title: str) -> bytes:
    """Return the rows as a workbook."""
    from service.sheet import sheet_bytes  # openpyxl costs a cold start 0.2 s

    return sheet_bytes(ledger_table(rows), title)


def docx_bytes(rows: Sequence[JsonObject], title: str) -> bytes:
    """Return the rows as a Word document."""
    from service.ledger_docx import document_bytes  # python-docx costs a cold start 0.2 s

    return document_bytes(ledger_table(rows), title)


def csv_bytes(rows: Sequence[JsonObject], _title: str) -> bytes:
    """Return the rows as comma-separated values, marked as UTF-8 so that Excel shows Chinese."""
    table = ledger_table(rows)
    lines = io.StringIO()
    writer = csv.writer(lines)
    writer.writerow(column.head for column in table.columns)
    writer.writerows([_harmless(cell) for cell in cells] for cells in table.cells)
    return lines.getvalue().encode("utf-8-sig")


def json_bytes(rows: Sequence[JsonObject], _title: str) -> bytes:
    """Return the rows under their public keys, as one JSON array."""
    return json.dumps(list(rows), ensure_ascii=False, indent=1).encode()


def _harmless(cell: CellValue) -> CellValue:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_MARKS) else cell


WRITERS: dict[str, Callable[[Sequence[JsonObject], str], bytes]] = {
    ".xlsx": xlsx_bytes,
    ".docx": docx_bytes,
    ".csv": csv_bytes,
    ".json": json_bytes,
}
