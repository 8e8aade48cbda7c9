"""Tables on paper as workbooks: fonts of official documents, A4 across, the head on every page."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from service.dispatch.layout import PaperTable, TableColumn, row_lines
from service.office_text import cell_text
from service.official.paper import Fonts

TITLE_POINTS, LINE_POINTS, HEAD_POINTS, BODY_LINE_POINTS = 40.0, 20.0, 32.0, 16.0
OPEN_POINTS = 48.0
"""Height that leaves room to write by hand."""
MOST_POINTS = 409.0
"""The height that Excel takes at most."""
A4 = 9
SHEET_NAME_LIMIT = 31
TEXT_FORMAT = "@"
_THIN = Side(style="thin", color="FF808080")
_FRAME = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_HEAD_FILL = PatternFill("solid", start_color="FFD9E2F3")
_OPEN_FILL = PatternFill("solid", start_color="FFFFF9DB")
_OPEN_HEAD_FILL = PatternFill("solid", start_color="FFFFE699")
_LEFT = Alignment(wrap_text=True, vertical="center")
_CENTRED = Alignment(wrap_text=True, horizontal="center", vertical="center")


def workbook_bytes(
    tables: Sequence[PaperTable],
    fonts: Fonts | None = None,
    finish: Callable[[Worksheet, int], None] | None = None,
) -> bytes:
    """Return a workbook with one sheet for each table.

    `finish` is called with each sheet and the 1-indexed row of its head, to add what only its caller knows.
    """
    book = Workbook()
    for number, table in enumerate(tables):
        page = book.worksheets[0] if number == 0 else book.create_sheet()
        page.title = (table.name or table.title)[:SHEET_NAME_LIMIT]
        head = _Page(page, table, fonts or Fonts()).write()
        if finish is not None:
            finish(page, head)
    written = io.BytesIO()
    book.save(written)
    book.close()
    return written.getvalue()


class _Page:
    """One worksheet while it is written."""

    def __init__(self, page: Worksheet, table: PaperTable, fonts: Fonts) -> None:
        self._page = page
        self._table = table
        self._head_row = 2 + len(table.lines)
        self._title_font = Font(name=fonts.title, size=20)
        self._head_font = Font(name=fonts.first, size=11)
        self._body_font = Font(name=fonts.body, size=11)

    def write(self) -> int:
        """Write everything; returns the row of the head."""
        self._across(1, self._table.title, self._title_font, _CENTRED, TITLE_POINTS)
        for row, words in enumerate(self._table.lines, start=2):
            self._across(row, words, self._body_font, _LEFT, LINE_POINTS)
        for at, column in enumerate(self._table.columns, start=1):
            self._head(at, column)
        self._page.row_dimensions[self._head_row].height = HEAD_POINTS
        for row, cells in enumerate(self._table.rows, start=self._head_row + 1):
            self._row(row, cells)
        self._set_page()
        return self._head_row

    def _across(self, row: int, words: str, font: Font, alignment: Alignment, height: float) -> None:
        shown = sum(not column.hidden for column in self._table.columns)
        self._put(row, 1, words, font, alignment)
        self._page.merge_cells(start_row=row, start_column=1, end_row=row, end_column=shown)
        self._page.row_dimensions[row].height = height

    def _head(self, at: int, column: TableColumn) -> None:
        self._put(self._head_row, at, column.head, self._head_font, _CENTRED)
        cell = self._page.cell(self._head_row, at)
        cell.border, cell.fill = _FRAME, _OPEN_HEAD_FILL if column.open else _HEAD_FILL
        dimension = self._page.column_dimensions[get_column_letter(at)]
        dimension.width, dimension.hidden = column.width, column.hidden

    def _row(self, row: int, cells: tuple[str, ...]) -> None:
        for at, (column, words) in enumerate(zip(self._table.columns, cells, strict=True), start=1):
            self._put(row, at, words, self._body_font, _CENTRED if column.centred else _LEFT)
            cell = self._page.cell(row, at)
            cell.border = _FRAME
            if column.open:
                cell.fill, cell.number_format = _OPEN_FILL, TEXT_FORMAT  # what is typed stays as typed
        least = OPEN_POINTS if any(column.open for column in self._table.columns) else BODY_LINE_POINTS * 1.5
        height = BODY_LINE_POINTS * row_lines(self._table, cells) + 4
        self._page.row_dimensions[row].height = min(max(height, least), MOST_POINTS)

    def _put(self, row: int, at: int, words: str, font: Font, alignment: Alignment) -> None:
        cell = self._page.cell(row, at)
        if words:
            cell.value = cell_text(words)
            cell.data_type = "s"  # whatever the text begins with, it is no formula
        cell.font, cell.alignment = font, alignment

    def _set_page(self) -> None:
        page = self._page
        page.freeze_panes = f"A{self._head_row + 1}"
        page.page_setup.orientation = "landscape"
        page.page_setup.paperSize = A4
        page.page_setup.fitToHeight = 0
        page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        page.print_title_rows = f"{self._head_row}:{self._head_row}"
        page.print_options.horizontalCentered = True
        page.page_margins.left = page.page_margins.right = 0.4
        page.page_margins.top, page.page_margins.bottom, page.page_margins.footer = 0.5, 0.7, 0.3
        foot = page.oddFooter
        if foot is not None:
            foot.center.text = "第 &P 页，共 &N 页"
