"""Tables on paper as Word documents: A4 across, the head repeated, marks of rows as hidden text.

The table is put together as XML: python-docx needs 40 ms for one of 25 rows, and a dispatch has hundreds.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm, Pt

from service.dispatch.layout import PaperTable, TableColumn
from service.office_text import cell_text
from service.official import paper
from service.official.oxml import add_field, set_fonts
from service.official.paper import Fonts

MARGIN = 15.0
"""Millimetres; a wide table needs more room than an official document leaves."""
TITLE_POINTS, BODY_POINTS = 20.0, 10.5
TWENTIETHS_PER_MM = 1440 / 25.4
_HEAD_SHADE, _OPEN_HEAD_SHADE, _OPEN_SHADE = "D9E2F3", "FFE699", "FFF9DB"


def document_bytes(tables: Sequence[PaperTable], fonts: Fonts | None = None) -> bytes:
    """Return a Word document with the tables, each on pages of its own."""
    writer = _Writer(fonts or Fonts())
    for number, table in enumerate(tables):
        writer.add(table, first=number == 0)
    written = io.BytesIO()
    writer.document.save(written)
    return written.getvalue()


class _Writer:
    """A document while it is written."""

    def __init__(self, fonts: Fonts) -> None:
        self.document: WordDocument = Document()
        self._fonts = fonts
        self._set_page()

    def add(self, table: PaperTable, first: bool) -> None:
        """Add a table under its title."""
        title = self._line(table.title, self._fonts.title, TITLE_POINTS)
        title.alignment = WD_ALIGN_PARAGRAPH.CENTER
        title.paragraph_format.page_break_before = not first
        title.paragraph_format.space_after = Pt(6)
        for words in table.lines:
            self._line(words, self._fonts.body, BODY_POINTS)
        # A table goes before the properties of the section, which close the body.
        self.document.element.body.insert_element_before(parse_xml(self._xml(table)), "w:sectPr")

    def _line(self, words: str, font: str, points: float) -> Any:
        line = self.document.add_paragraph()
        run = line.add_run(cell_text(words))
        run.font.size = Pt(points)
        set_fonts(run._r.get_or_add_rPr(), font)
        return line

    def _set_page(self) -> None:
        section = self.document.sections[0]
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Mm(paper.HEIGHT), Mm(paper.WIDTH)
        section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(MARGIN)
        section.footer_distance = Mm(MARGIN / 2)
        style = self.document.styles["Normal"]
        style.font.name, style.font.size = self._fonts.body, Pt(BODY_POINTS)
        set_fonts(style.element.get_or_add_rPr(), self._fonts.body)
        style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(0)
        foot = section.footer.paragraphs[0]
        foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
        for words in ("— ", None, " —"):
            run = foot.add_run(words or "")
            if words is None:
                add_field(run, "PAGE")

    def _xml(self, table: PaperTable) -> str:
        widths = _widths(table.columns)
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        head = self._row(table, tuple(column.head for column in table.columns), widths, head=True)
        rows = "".join(self._row(table, row, widths) for row in table.rows)
        return f"<w:tbl {nsdecls('w')}>{_TABLE}<w:tblGrid>{grid}</w:tblGrid>{head}{rows}</w:tbl>"

    def _row(self, table: PaperTable, row: tuple[str, ...], widths: Sequence[int], head: bool = False) -> str:
        cells = list(zip(table.columns, row, strict=True))
        marks = "" if head else "".join(words for column, words in cells if column.hidden)
        shown = [cell for cell in cells if not cell[0].hidden]
        xml = "".join(
            self._cell(column, words, width, head, marks if at == 0 else "")
            for at, ((column, words), width) in enumerate(zip(shown, widths, strict=True))
        )
        more = "<w:tblHeader/>" if head else ""
        return f"<w:tr><w:trPr><w:cantSplit/>{more}</w:trPr>{xml}</w:tr>"

    def _cell(self, column: TableColumn, words: str, width: int, head: bool, mark: str) -> str:
        shade = (_OPEN_HEAD_SHADE if column.open else _HEAD_SHADE) if head else _OPEN_SHADE * column.open
        fill = f'<w:shd w:val="clear" w:color="auto" w:fill="{shade}"/>' if shade else ""
        side = '<w:jc w:val="center"/>' if column.centred or head else ""
        font = _run_fonts(self._fonts.first if head else self._fonts.body)
        lines = [
            f"<w:p><w:pPr>{side}</w:pPr>{self._run(font, line)}{_hidden(mark) if at == 0 else ''}</w:p>"
            for at, line in enumerate(cell_text(words).split("\n"))
        ]
        facts = f'<w:tcW w:w="{width}" w:type="dxa"/>{fill}<w:vAlign w:val="center"/>'
        return f"<w:tc><w:tcPr>{facts}</w:tcPr>{''.join(lines)}</w:tc>"

    def _run(self, font: str, words: str) -> str:
        if not words:
            return ""
        return f'<w:r><w:rPr>{font}</w:rPr><w:t xml:space="preserve">{escape(words)}</w:t></w:r>'


def _hidden(mark: str) -> str:
    """Return a run that Word keeps but neither shows nor prints."""
    if not mark:
        return ""
    return f'<w:r><w:rPr><w:vanish/><w:sz w:val="2"/></w:rPr><w:t>{escape(mark)}</w:t></w:r>'


def _run_fonts(name: str) -> str:
    quoted = quoteattr(name)
    return (
        f'<w:rFonts w:hint="eastAsia" w:ascii={quoted} w:hAnsi={quoted} w:eastAsia={quoted} w:cs={quoted}/>'
    )


def _widths(columns: Sequence[TableColumn]) -> list[int]:
    """Return the widths of the shown columns, which share the page by their widths in characters."""
    room = (paper.HEIGHT - 2 * MARGIN) * TWENTIETHS_PER_MM
    shown = [column.width for column in columns if not column.hidden]
    return [round(room * width / sum(shown)) for width in shown]


_EDGES = "".join(
    f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_TABLE = (
    f'<w:tblPr><w:tblW w:w="0" w:type="auto"/><w:tblBorders>{_EDGES}</w:tblBorders>'
    '<w:tblLayout w:type="fixed"/>'
    '<w:tblCellMar><w:left w:w="60" w:type="dxa"/><w:right w:w="60" w:type="dxa"/></w:tblCellMar></w:tblPr>'
)
