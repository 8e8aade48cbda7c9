"""The ledger as a Word document: one table across A4, its head repeated on every page."""

from __future__ import annotations

import io
from collections.abc import Sequence

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table, _Cell

from service.ledgerbook.columns import CellValue, Column, LedgerTable
from service.office_text import cell_text
from service.official.oxml import add_field, element

MARGIN = Mm(12)
PAGE_WIDTH, PAGE_HEIGHT = Mm(297), Mm(210)
FONT = "仿宋_GB2312"
ALWAYS = ("status", "progress")
"""Columns that stand there to be filled in, also where nobody has."""


def document_bytes(table: LedgerTable, title: str) -> bytes:
    """Return a Word document that holds the title and the table, without empty columns."""
    document = Document()
    _set_page(document)
    heading = document.add_paragraph()
    heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = heading.add_run(cell_text(title))
    run.bold, run.font.size = True, Pt(16)
    shown = [place for place, column in enumerate(table.columns) if _is_shown(table, place, column)]
    grid = document.add_table(rows=1, cols=len(shown), style="Table Grid")
    grid.autofit = False
    set_widths(grid, [table.columns[place].width for place in shown], PAGE_WIDTH - 2 * MARGIN)
    _fill(grid, table, shown)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def set_widths(grid: Table, widths: Sequence[int], room: int) -> None:
    """Share `room` among the columns of a table without rows but its head; later rows take it over."""
    whole = sum(widths)
    for column, cell, width in zip(grid.columns, grid.rows[0].cells, widths, strict=True):
        # Word goes by the cells, LibreOffice by the columns.
        column.width = cell.width = room * width // whole  # type: ignore[assignment]


def _is_shown(table: LedgerTable, place: int, column: Column) -> bool:
    if column.hidden or column.sheet_only:
        return False
    return column.key in ALWAYS or any(cells[place] not in (None, "") for cells in table.cells)


def _set_page(document: WordDocument) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = PAGE_WIDTH, PAGE_HEIGHT
    section.left_margin = section.right_margin = MARGIN
    section.top_margin = section.bottom_margin = Mm(15)
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(9)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    style.paragraph_format.space_after = Pt(0)
    line = section.footer.paragraphs[0]
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for words in ("— ", None, " —"):
        run = line.add_run(words or "")
        if words is None:
            add_field(run, "PAGE")


def _fill(grid: Table, table: LedgerTable, shown: Sequence[int]) -> None:
    head = grid.rows[0]
    for cell, place in zip(head.cells, shown, strict=True):
        _put(cell, table.columns[place].head, bold=True, centred=True)
    head._tr.get_or_add_trPr().append(element("w:tblHeader"))  # python-docx has no call for it
    widths = [cell.width for cell in head.cells]
    for values in table.cells:
        row = grid.add_row()  # type: ignore[no-untyped-call]  # python-docx leaves it without types
        row._tr.get_or_add_trPr().append(element("w:cantSplit"))
        for cell, place, width in zip(row.cells, shown, widths, strict=True):
            cell.width = width
            _put(cell, _words(values[place]), centred=table.columns[place].centred)


def _put(cell: _Cell, words: str, *, bold: bool = False, centred: bool = False) -> None:
    paragraph = cell.paragraphs[0]
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.add_run(words).bold = bold


def _words(value: CellValue) -> str:
    return "" if value is None else cell_text(str(value))
