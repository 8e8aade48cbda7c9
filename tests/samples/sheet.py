"""A sample as a workbook: merged title, head over two rows, real days, hidden column."""

from __future__ import annotations

import io
import re
from datetime import date, datetime
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from tests.samples.layout import blocks

_DAYS = (
    (re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日"), 'yyyy"年"m"月"d"日"'),
    (re.compile(r"(\d{4})-(\d{2})-(\d{2})"), "yyyy-mm-dd"),
)
_HIDDEN = ("原定时限", "2025年12月31日")
"""Head and words of a column that stands in the file but is not shown."""
_MADE = datetime(2026, 3, 20)


def ledger(text: str) -> bytes:
    """Return a workbook with this text: title and facts, one table, a note; equal cells above are merged."""
    book = openpyxl.Workbook()
    book.properties.created = book.properties.modified = _MADE
    sheet = book.active
    assert sheet is not None
    sheet.title = "整改台账"
    for block in blocks(text):
        if isinstance(block, list):
            _table(sheet, block)
        else:
            sheet.append([block])
            sheet.merge_cells(start_row=sheet.max_row, end_row=sheet.max_row, start_column=1, end_column=10)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _table(sheet: Worksheet, rows: list[list[str]]) -> None:
    first = sheet.max_row + 1
    for words in rows:
        sheet.append([_value(word) for word in words])
        for cell, word in zip(sheet[sheet.max_row], words, strict=False):
            cell.number_format = next((code for form, code in _DAYS if form.fullmatch(word)), "General")
    _merge_head(sheet, rows[:2], first)
    for column in _merged_columns(rows):
        _merge_empty(sheet, rows, first, column)
    hidden = max(map(len, rows)) + 1
    for row in range(first, sheet.max_row + 1):
        sheet.cell(row, hidden, _HIDDEN[row > first])
    sheet.column_dimensions[openpyxl.utils.get_column_letter(hidden)].hidden = True


def _value(words: str) -> Any:
    day = next((found for form, _ in _DAYS if (found := form.fullmatch(words))), None)
    if day is not None:
        return date(*map(int, day.groups()))
    return int(words) if words.isdigit() else words or None


def _merge_head(sheet: Worksheet, heads: list[list[str]], first: int) -> None:
    upper, lower = heads
    for column, words in enumerate(upper, start=1):
        if words and not lower[column - 1]:
            sheet.merge_cells(start_row=first, end_row=first + 1, start_column=column, end_column=column)
        elif words:
            width = 1 + sum(1 for word in _until_filled(upper[column:]) if not word)
            sheet.merge_cells(
                start_row=first, end_row=first, start_column=column, end_column=column + width - 1
            )


def _until_filled(words: list[str]) -> list[str]:
    end = next((at for at, word in enumerate(words) if word), len(words))
    return words[:end]


def _merged_columns(rows: list[list[str]]) -> list[int]:
    """Return the 0-indexed columns in which an empty cell continues the one above: category and limit."""
    return [at for at, head in enumerate(rows[0]) if head in ("问题类别", "整改时限")]


def _merge_empty(sheet: Worksheet, rows: list[list[str]], first: int, column: int) -> None:
    start = 2
    for at in range(3, len(rows) + 1):
        if at == len(rows) or rows[at][column]:
            if at - start > 1:
                sheet.merge_cells(
                    start_row=first + start,
                    end_row=first + at - 1,
                    start_column=column + 1,
                    end_column=column + 1,
                )
            start = at
