"""The ledger as a workbook: the tasks, the same by unit, and what it all means."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from corpus.registry.tables import read_table
from ingest.readers.sheets.xlsx import LEDGER_NAME
from service.ledger import STATUS_WORDS
from service.ledgerbook.by_unit import add_unit_sheets
from service.ledgerbook.colours import add_colours, places_of
from service.ledgerbook.columns import CellValue, LedgerTable, ledger_table
from service.ledgerbook.sheets import (
    DAY_FORMAT,
    FIRST_ROW,
    HEAD_ROW,
    LEDGER_SHEET,
    LINE_POINTS,
    SPARE_ROWS,
    Sheets,
    height,
    line_count,
    set_page,
)
from service.ledgerbook.stamp import add_stamp

if TYPE_CHECKING:
    from service.ledgerbook.files import Book

OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": DAY_FORMAT,
}


def workbook_bytes(book: Book) -> bytes:
    """Return the workbook of a ledger."""
    written = io.BytesIO()
    target = xlsxwriter.Workbook(written, OPTIONS)
    sheets = Sheets(target, book.look)
    table = ledger_table(book.rows, public=book.public)
    _add_ledger(sheets, table, book)
    add_unit_sheets(sheets, book, table)
    _add_guide(sheets)
    if not book.public:
        add_stamp(sheets, book, table)
    target.close()
    return written.getvalue()


def _add_ledger(sheets: Sheets, table: LedgerTable, book: Book) -> None:
    sheet = sheets.target.add_worksheet(LEDGER_SHEET)
    shown = [place for place, column in enumerate(table.columns) if not column.hidden]
    last, end = max(shown), FIRST_ROW + len(table.cells) - 1
    sheets.title(sheet, book.title, _note(book), last)
    sheets.head(sheet, HEAD_ROW, [column.head for column in table.columns])
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, column.width, None, {"hidden": column.hidden})
    looks = [{"align": "center"} if column.centred else {} for column in table.columns]
    for row, cells in enumerate(table.cells, start=FIRST_ROW):
        _write_row(sheets, sheet, row, cells, looks)
        sheet.set_row(row, height(table.columns, cells))
    sheet.freeze_panes(FIRST_ROW, 0)
    sheet.autofilter(HEAD_ROW, 0, max(end, HEAD_ROW), len(table.columns) - 1)
    sheet.print_area(0, 0, max(end, HEAD_ROW), last)
    set_page(sheet, HEAD_ROW)
    _add_list(sheet, table, end + SPARE_ROWS)
    add_colours(sheets, sheet, places_of(table), end + SPARE_ROWS)
    corner = f"${xl_col_to_name(len(table.columns) - 1)}${max(end, HEAD_ROW) + 1}"
    sheets.target.define_name(LEDGER_NAME, f"='{LEDGER_SHEET}'!$A${HEAD_ROW + 1}:{corner}")


def _note(book: Book) -> str:
    office = f"{book.look.office}　" if book.look.office else ""
    return (
        f"{office}共 {len(book.rows)} 项　{book.today.isoformat()} 导出　"
        f"颜色随日期和状态变化：红 已逾期，黄 {book.look.days} 天内到期，{book.look.good_word} 未到期或已完成"
    )


def _write_row(
    sheets: Sheets, sheet: Worksheet, row: int, cells: Sequence[CellValue], looks: Sequence[Mapping[str, Any]]
) -> None:
    for place, value in enumerate(cells):
        sheets.put(sheet, row, place, value, **looks[place])


def _add_list(sheet: Worksheet, table: LedgerTable, end: int) -> None:
    """Let the cells of 状态 offer the states."""
    place = table.place("status")
    if place is not None:
        sheet.data_validation(
            FIRST_ROW,
            place,
            end,
            place,
            {
                "validate": "list",
                "source": list(STATUS_WORDS.values()),
                "error_title": "状态",
                "error_message": "请从列表中选择。",
            },
        )


def _add_guide(sheets: Sheets) -> None:
    sheet = sheets.target.add_worksheet("说明")
    sheet.set_column(0, 0, 14)
    sheet.set_column(1, 1, 100)
    sheets.title(sheet, "台账说明", "各栏的含义和修改、读回的办法", 1)
    sheets.head(sheet, HEAD_ROW, ["栏目", "说明"])
    for row, entry in enumerate(read_table("service.ledgerbook", "guide.tsv"), start=FIRST_ROW):
        sheets.put(sheet, row, 0, entry["head"], bold=True)
        sheets.put(sheet, row, 1, entry["words"])
        sheet.set_row(row, LINE_POINTS * line_count(entry["words"], 100) + 3)
    set_page(sheet, HEAD_ROW)
