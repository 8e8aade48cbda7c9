"""Workbooks of Excel 5 to 2003, and of WPS (et): the sheets that are shown."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from typing import Any

from ingest.readers.base import RawDocument
from ingest.readers.ole import compound_kind, is_compound
from ingest.readers.refusal import unreadable
from ingest.readers.sheets.number_formats import plain, shown
from ingest.readers.sheets.sheet import MAX_CELLS, MAX_MERGES, Sheet
from ingest.readers.sheets.workbook import workbook_lines

_DAMAGE = (
    struct.error,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    AssertionError,
    ArithmeticError,
    NotImplementedError,
    OSError,
    RecursionError,
)
"""What xlrd raises over damaged files beside its own error: it trusts the lengths that a file claims."""
_VISIBLE = 0


class XlsReader:
    """Reads the shown sheets of an old workbook: formulas by the value that was last computed."""

    name = "xls"
    version = 1
    suffixes: tuple[str, ...] = (".xls", ".xlt", ".et")

    def recognises(self, data: bytes) -> bool:
        """Tell whether the bytes are a compound file with a workbook in it."""
        return is_compound(data) and compound_kind(data) == "xls"

    def read(self, data: bytes, source: str) -> RawDocument:
        """Return title lines, table rows and notes of every shown sheet, in the order of the sheets.

        Raises:
            UnreadableError: when the file is damaged, encrypted, or shows no words.
        """
        return workbook_lines(shown_sheets(data, source), source, f"{self.name}-{self.version}")


def shown_sheets(data: bytes, source: str) -> list[Sheet]:
    """Return the sheets that an old workbook shows, with what is hidden in them.

    Raises:
        UnreadableError: when the file is damaged or encrypted.
    """
    import xlrd  # only these files need it

    try:
        book = xlrd.open_workbook(
            file_contents=data,
            formatting_info=True,
            ragged_rows=True,
            on_demand=True,
            logfile=io.StringIO(),
        )
        return list(_sheets(book))
    except xlrd.XLRDError as error:
        if "encrypted" in str(error).lower():
            raise unreadable(source, "encrypted", "文件加了密码，请打开后去掉密码另存再试。") from error
        raise _damaged(source) from error
    except (*_DAMAGE, xlrd.compdoc.CompDocError) as error:
        raise _damaged(source) from error


def _damaged(source: str) -> Exception:
    return unreadable(source, "damaged", "文件不完整或已损坏，请用 Excel 或 WPS 打开后另存为 xlsx 再试。")


def _sheets(book: Any) -> Iterator[Sheet]:
    """Yield the shown sheets of an open workbook."""
    for number in range(book.nsheets):
        stored = book.sheet_by_index(number)
        if stored.visibility == _VISIBLE:
            yield _sheet(book, stored)
        book.unload_sheet(number)


def _sheet(book: Any, stored: Any) -> Sheet:
    sheet = Sheet(stored.name)
    for row in range(stored.nrows):
        for column in range(stored.row_len(row)):
            words = _words(book, stored, row, column)
            if words and len(sheet.cells) < MAX_CELLS:
                sheet.cells[row, column] = words
    sheet.merges = [
        (top, bottom - 1, left, right - 1) for top, bottom, left, right in stored.merged_cells[:MAX_MERGES]
    ]
    sheet.hidden_rows = {row for row, facts in stored.rowinfo_map.items() if facts.hidden}
    sheet.hidden_columns = {column for column, facts in stored.colinfo_map.items() if facts.hidden}
    return sheet


def _words(book: Any, stored: Any, row: int, column: int) -> str:
    """Return the words of a cell as the sheet shows them; errors such as #N/A say nothing."""
    import xlrd

    kind, value = stored.cell_type(row, column), stored.cell_value(row, column)
    if kind == xlrd.XL_CELL_TEXT:
        return str(value).strip()
    if kind == xlrd.XL_CELL_BOOLEAN:
        return "是" if value else "否"
    if kind not in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
        return ""
    key = book.xf_list[stored.cell_xf_index(row, column)].format_key
    found = book.format_map.get(key)
    code = found.format_str if found is not None else ""
    return shown(value, key, code, bool(book.datemode)) if code != "General" else plain(value)


READER = XlsReader()
