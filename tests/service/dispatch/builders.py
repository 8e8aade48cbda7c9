"""Ledger records, dispatches and returned files, made short."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

import openpyxl

from corpus.records import JsonObject
from corpus.store.office.dispatches import Dispatch, DispatchedRow, DispatchSheet
from service.dispatch.filled import FilledRow

DUE = date(2026, 11, 28)
MADE = datetime(2026, 11, 20, 2, tzinfo=UTC)
WORD = "7f3a9c"


def unit(name: str, role: str = "lead", **more: Any) -> JsonObject:
    return {"name": name, "role": role, "canonical": None, "group": False, "members": [], **more}


def record(task: str, text: str, *units: JsonObject, **more: Any) -> JsonObject:
    return {
        "id": task,
        "label": "",
        "text": text,
        "units": list(units),
        "deadlines": [],
        "document": "d1",
        "title": "安澜市河道整治方案",
        "source": "方案.docx",
        "status": "not_started",
        "percent": None,
        "due": None,
        "next_due": None,
        "notes": [],
        **more,
    }


def dispatch(**sheets: Mapping[str, str]) -> Dispatch:
    """A dispatch of units, each with its rows and their roles."""
    made = tuple(
        DispatchSheet(name, (name,), tuple(DispatchedRow(task, role) for task, role in rows.items()))
        for name, rows in sheets.items()
    )
    return Dispatch("s1", WORD, "2026年11月", DUE, "王芳", MADE, made)


def filled(at: int, task: str, code: Any = None, **values: str) -> FilledRow:
    return FilledRow(at, task, True, code, values)


class Sheet:
    """A sheet that went out as xlsx, in a unit's hands."""

    def __init__(self, data: bytes) -> None:
        self.book = openpyxl.load_workbook(io.BytesIO(data))
        self.page = self.book.worksheets[0]
        self.head = next(row[0].row for row in self.page.iter_rows() if row[0].value == "序号")
        self.columns = {str(cell.value): cell.column for cell in self.page[self.head]}

    def row_of(self, words: str) -> int:
        """The sheet row whose task holds the words."""
        column = self.columns["任务"]
        rows = range(self.head + 1, self.page.max_row + 1)
        return next(row for row in rows if words in str(self.page.cell(row, column).value))

    def fill(self, words: str, **values: str) -> Sheet:
        row = self.row_of(words)
        for head, value in values.items():
            self.page.cell(row, self.columns[head]).value = value
        return self

    def without_marks(self) -> Sheet:
        self.page.delete_cols(self.columns["编号（请勿改动）"])
        return self

    def data(self) -> bytes:
        written = io.BytesIO()
        self.book.save(written)
        return written.getvalue()


def table_xlsx(rows: Sequence[Sequence[str]], merges: Sequence[str] = ()) -> bytes:
    """A workbook of plain cells."""
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    for row in rows:
        page.append([cell or None for cell in row])
    for area in merges:
        page.merge_cells(area)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()
