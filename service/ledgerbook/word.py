"""The ledger as a Word document: one table across A4, its head repeated on every page."""

from __future__ import annotations

import io

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Mm, Pt
from docx.table import Table, _Cell

from service.ledgerbook.cells import CellValue, cell_text
from service.ledgerbook.columns import Column, LedgerTable

MARGIN = Mm(15)
PAGE_WIDTH, PAGE_HEIGHT = Mm(297), Mm(210)
FONT = "仿宋_GB2312"


def document_bytes(table: LedgerTable, title: str) -> bytes:
    """Return a Word document that holds the title and the table, without columns only for sheets."""
    document = Document()
    _set_page(document)
    heading = document.add_paragraph()
    heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = heading.add_run(cell_text(title))
    run.bold, run.font.size = True, Pt(16)
    shown = [
        number for number, column in enumerate(table.columns) if not (column.hidden or column.sheet_only)
    ]
    grid = document.add_table(rows=1, cols=len(shown), style="Table Grid")
    grid.autofit = False
    _fill(grid, table, shown)
    _set_widths(grid, [table.columns[number] for number in shown])
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _set_page(document: WordDocument) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = PAGE_WIDTH, PAGE_HEIGHT
    section.left_margin = section.right_margin = MARGIN
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(9)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)


def _fill(grid: Table, table: LedgerTable, shown: list[int]) -> None:
    head = grid.rows[0]
    for cell, number in zip(head.cells, shown, strict=True):
        _put(cell, table.columns[number].head, bold=True)
    repeat = OxmlElement("w:tblHeader")
    head._tr.get_or_add_trPr().append(repeat)  # python-docx has no call for it
    for values in table.cells:
        row = grid.add_row()  # type: ignore[no-untyped-call]  # python-docx leaves it without types
        for cell, number in zip(row.cells, shown, strict=True):
            _put(cell, _words(values[number]))


def _put(cell: _Cell, words: str, bold: bool = False) -> None:
    run = cell.paragraphs[0].add_run(words)
    run.bold = bold


def _words(value: CellValue) -> str:
    return "" if value is None else cell_text(str(value))


def _set_widths(grid: Table, columns: list[Column]) -> None:
    room = PAGE_WIDTH - 2 * MARGIN
    whole = sum(column.width for column in columns)
    for row in grid.rows:
        for cell, column in zip(row.cells, columns, strict=True):
            cell.width = Emu(room * column.width // whole)
