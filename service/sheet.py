"""The ledger as an Excel sheet: title, frozen head with filters, wrapped cells, real dates, no formulas."""

from __future__ import annotations

import io
import re
from datetime import date
from math import ceil
from unicodedata import east_asian_width

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from service.ledger import CellValue, LedgerTable

CELL_LIMIT = 32_767
"""Characters that Excel takes in one cell."""
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
TITLE_ROW, HEAD_ROW, FIRST_ROW = 1, 2, 3
LINE_POINTS = 18.0
MOST_POINTS = 409.0
"""The height that Excel takes at most."""
THIN = Side(style="thin", color="FFBFBFBF")
FRAME = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
HEAD_FILL = PatternFill("solid", start_color="FFD9E2F3")
WRAPPED = Alignment(wrap_text=True, vertical="top")
CENTRED = Alignment(wrap_text=True, horizontal="center", vertical="center")


def sheet_bytes(table: LedgerTable, title: str) -> bytes:
    """Return a workbook with one sheet that holds the table."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "任务台账"
    last = get_column_letter(len(table.columns))
    _write_title(sheet, title, last)
    _write_head(sheet, table)
    for number, cells in enumerate(table.cells, start=FIRST_ROW):
        _write_row(sheet, number, cells)
        sheet.row_dimensions[number].height = _height(table, cells)
    sheet.freeze_panes = f"A{FIRST_ROW}"
    sheet.auto_filter.ref = f"A{HEAD_ROW}:{last}{HEAD_ROW + len(table.cells)}"
    _set_page(sheet)
    written = io.BytesIO()
    book.save(written)
    book.close()
    return written.getvalue()


def cell_text(text: str) -> str:
    """Return the text as a sheet can hold it: without control characters, cut to Excel's limit."""
    clean = UNPRINTABLE.sub("", text)
    return clean if len(clean) <= CELL_LIMIT else clean[: CELL_LIMIT - 1] + "…"


def _write_title(sheet: Worksheet, title: str, last: str) -> None:
    _put(sheet, TITLE_ROW, 1, title)
    cell = sheet.cell(TITLE_ROW, 1)
    cell.font = Font(size=16, bold=True)
    cell.alignment = CENTRED
    sheet.row_dimensions[TITLE_ROW].height = 42
    sheet.merge_cells(f"A{TITLE_ROW}:{last}{TITLE_ROW}")


def _write_head(sheet: Worksheet, table: LedgerTable) -> None:
    for number, column in enumerate(table.columns, start=1):
        cell = sheet.cell(HEAD_ROW, number, column.head)
        cell.font, cell.fill, cell.alignment, cell.border = Font(bold=True), HEAD_FILL, CENTRED, FRAME
        dimension = sheet.column_dimensions[get_column_letter(number)]
        dimension.width, dimension.hidden = column.width, column.hidden


def _write_row(sheet: Worksheet, number: int, cells: list[CellValue]) -> None:
    for column, value in enumerate(cells, start=1):
        _put(sheet, number, column, value)
        cell = sheet.cell(number, column)
        cell.alignment, cell.border = WRAPPED, FRAME


def _height(table: LedgerTable, cells: list[CellValue]) -> float:
    """Return the points that a row needs; LibreOffice and WPS do not find out by themselves."""
    shown = zip(table.columns, cells, strict=True)
    lines = max(_line_count(str(cell or ""), column.width) for column, cell in shown if not column.hidden)
    return min(LINE_POINTS * lines, MOST_POINTS)


def _line_count(text: str, width: float) -> int:
    """Return how many lines a cell of `width` digits breaks a text into; a Chinese character takes two."""
    widths = [sum(1 + (east_asian_width(mark) in "WFA") for mark in line) for line in text.split("\n")]
    return sum(max(1, ceil(each / (width - 2))) for each in widths)


def _put(sheet: Worksheet, row: int, column: int, value: CellValue) -> None:
    cell = sheet.cell(row, column)
    if isinstance(value, str):
        cell.value = cell_text(value)
        cell.data_type = "s"  # whatever the text begins with, it is no formula
    else:
        cell.value = value
    if isinstance(value, date):
        cell.number_format = "yyyy-mm-dd"


def _set_page(sheet: Worksheet) -> None:
    """Print on A4 across, as wide as the page, with the head on every page."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = f"{HEAD_ROW}:{HEAD_ROW}"
