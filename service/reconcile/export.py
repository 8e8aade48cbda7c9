"""The result of a reconciliation as a workbook or a Word file."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from corpus.errors import UserError
from service.ledgerbook.cells import cell_text, like_formula
from service.reconcile.model import Reconciliation
from service.reconcile.sheets import Sheet, sheets_of

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from openpyxl.worksheet.worksheet import Worksheet

SUFFIXES = (".xlsx", ".docx")
_HEAD_COLOUR = "DCE6F1"


def result_bytes(found: Reconciliation, suffix: str) -> bytes:
    """Return the result in the format of a suffix.

    Raises:
        UserError: when the suffix is neither .xlsx nor .docx.
    """
    if suffix == ".xlsx":
        return _workbook(found)
    if suffix == ".docx":
        return _word(found)
    raise UserError("对账结果可以写成 .xlsx 或 .docx 文件。")


def headline(found: Reconciliation) -> str:
    """Return the result in one sentence."""
    counts = found.counts()
    return (
        f"方案共 {counts['tasks']} 项任务，汇报提到 {counts['mentioned']} 项，"
        f"未提到 {counts['unmentioned']} 项；另有 {counts['unassigned']} 条进展没有对应的任务。"
    )


def _title(found: Reconciliation) -> str:
    return f"《{found.report.title}》与《{found.plan.title}》对账"


def _workbook(found: Reconciliation) -> bytes:
    from openpyxl import Workbook  # 0.2 s that reading a result need not pay

    book = Workbook()
    book.remove(book.worksheets[0])
    for table in sheets_of(found):
        _fill(book.create_sheet(table.title), table, _title(found))
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _fill(sheet: Worksheet, table: Sheet, title: str) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.append([title])
    sheet.append(list(table.heads))
    for row in table.rows:
        sheet.append([_harmless(cell) for cell in row])
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(table.heads))
    sheet.cell(1, 1).font = Font(bold=True, size=14)
    for column, width in enumerate(table.widths, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
        head = sheet.cell(2, column)
        head.font, head.fill = Font(bold=True), PatternFill("solid", start_color=_HEAD_COLOUR)
    for cells in sheet.iter_rows(min_row=2):
        for cell in cells:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "A3"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:2"


def _harmless(text: str) -> str:
    """Return the text as a cell may hold it: no control characters, nothing that is taken for a formula."""
    words = cell_text(text)
    return f"'{words}" if like_formula(words) else words


def _word(found: Reconciliation) -> bytes:
    from docx import Document
    from docx.enum.section import WD_ORIENT

    document = Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    document.add_heading(_title(found), level=1)
    document.add_paragraph(headline(found))
    for table in sheets_of(found):
        document.add_heading(f"{table.title}（{len(table.rows)}）", level=2)
        if table.rows:
            _add_table(document, table)
        else:
            document.add_paragraph("无。")
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _add_table(document: WordDocument, table: Sheet) -> None:
    from docx.shared import Pt

    lines = [table.heads, *table.rows]
    grid = document.add_table(rows=len(lines), cols=len(table.heads), style="Table Grid")
    for line, cells in zip(lines, grid.rows, strict=True):
        for words, cell in zip(line, cells.cells, strict=True):
            cell.text = cell_text(words)
            for run in cell.paragraphs[0].runs:
                run.font.size = Pt(9)
