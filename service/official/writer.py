"""Writes an official document as docx, by GB/T 9704-2012."""

from __future__ import annotations

import io
import re
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table
from docx.text.paragraph import Paragraph

from service.official import paper
from service.official.document import Annex, Level, OfficialDocument, written_day
from service.official.imprint import add_imprint
from service.official.layout import width
from service.official.oxml import add_field, borders, element, set_fonts
from service.official.paper import Fonts

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
"""Characters that an XML file may not hold."""


def document_bytes(content: OfficialDocument, fonts: Fonts | None = None) -> bytes:
    """Return the document as the bytes of a docx file.

    Args:
        content: what to write.
        fonts: names of the fonts, None for those of the national standard's own digital forms.
    """
    written = io.BytesIO()
    _Writer(content, fonts or Fonts()).document().save(written)
    return written.getvalue()


class _Writer:
    """One document on its way to Word."""

    def __init__(self, content: OfficialDocument, fonts: Fonts) -> None:
        self._content = content
        self._fonts = fonts
        self._word: WordDocument = Document()

    def document(self) -> WordDocument:
        self._set_styles()
        self._set_page(self._word.sections[0])
        self._head()
        self._title()
        self._body()
        self._end()
        add_imprint(self._word, self._content, self._fonts)
        for number, annex in enumerate(self._content.annexes, 1):
            self._annex(annex, number if len(self._content.annexes) > 1 else 0)
        return self._word

    def _set_styles(self) -> None:
        style = self._word.styles["Normal"]
        style.font.name, style.font.size = self._fonts.body, Pt(paper.BODY)
        set_fonts(style.element.get_or_add_rPr(), self._fonts.body)
        spacing = element("w:spacing", val=round(paper.TIGHTER * 20))
        style.element.rPr.insert_element_before(spacing, "w:w", "w:kern", "w:position", "w:sz")
        style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(0)
        self._word.settings.odd_and_even_pages_header_footer = True

    def _set_page(self, section: Section, landscape: bool = False) -> None:
        section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
        sizes = (paper.HEIGHT, paper.WIDTH) if landscape else (paper.WIDTH, paper.HEIGHT)
        section.page_width, section.page_height = Mm(sizes[0]), Mm(sizes[1])
        # A landscape page is bound at its upper edge, so the margins turn with it.
        edges = (paper.LEFT, paper.RIGHT, paper.BOTTOM, paper.TOP) if landscape else _PORTRAIT
        section.top_margin, section.bottom_margin = Mm(edges[0]), Mm(edges[1])
        section.left_margin, section.right_margin = Mm(edges[2]), Mm(edges[3])
        section.footer_distance = Mm(edges[1] - paper.PAGE_NUMBER_BELOW - 2.5)
        _set_grid(section)
        self._page_numbers(section)

    def _page_numbers(self, section: Section) -> None:
        """Put — 1 — at the outer side of each page, one character in."""
        sides = (
            (section.footer, WD_ALIGN_PARAGRAPH.RIGHT),
            (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
        )
        for footer, side in sides:
            footer.is_linked_to_previous = False
            line = footer.paragraphs[0]
            line.alignment = side
            outer = "right_indent" if side is WD_ALIGN_PARAGRAPH.RIGHT else "left_indent"
            setattr(line.paragraph_format, outer, Pt(paper.SMALL))
            for words in ("— ", None, " —"):
                run = line.add_run(words or "")
                run.font.size = Pt(paper.SMALL)
                set_fonts(run._r.get_or_add_rPr(), self._fonts.number)
                if words is None:
                    add_field(run, "PAGE")

    def _line(self, text: str = "", font: str = "", size: float = paper.BODY) -> Paragraph:
        """Add a line on the grid, at its exact pitch."""
        line = self._word.add_paragraph()
        line.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
        line.paragraph_format.line_spacing = Pt(max(paper.LINE_PITCH, size * 1.3))
        if text:
            run = line.add_run(_FORBIDDEN.sub("", text))
            run.font.size = Pt(size)
            set_fonts(run._r.get_or_add_rPr(), font or self._fonts.body)
        return line

    def _head(self) -> None:
        content = self._content
        for mark in (content.secrecy, content.urgency):
            if mark:
                self._line(mark, self._fonts.first)
        if content.issuer_mark:
            mark_line = self._line(content.issuer_mark, self._fonts.title, paper.ISSUER_MARK)
            mark_line.alignment = WD_ALIGN_PARAGRAPH.CENTER
            mark_line.runs[0].font.color.rgb = RGBColor.from_string(paper.RED)
            self._line()
        if content.number:
            self._number_line()

    def _number_line(self) -> None:
        """Write 发文字号 in the middle; with a signer it stands left and 签发人 right."""
        content = self._content
        line = self._line(content.number)
        if content.signer:
            line.paragraph_format.left_indent = Pt(paper.CHARACTER_PITCH)
            line.paragraph_format.tab_stops.add_tab_stop(
                Mm(paper.TEXT_WIDTH) - Pt(paper.CHARACTER_PITCH), alignment=2
            )
            for words, font in (("\t签发人：", ""), (content.signer, self._fonts.second)):
                run = line.add_run(words)
                run.font.size = Pt(paper.BODY)
                set_fonts(run._r.get_or_add_rPr(), font or self._fonts.body)
        else:
            line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        if content.issuer_mark:
            borders(line, bottom=(paper.RULE_OUTER, paper.RED))
            self._line()

    def _title(self) -> None:
        title = self._line(self._content.title, self._fonts.title, paper.TITLE)
        title.alignment = WD_ALIGN_PARAGRAPH.CENTER
        self._line()

    def _body(self) -> None:
        if self._content.recipients:
            self._line(f"{self._content.recipients}：")
        heading = {Level.FIRST: self._fonts.first, Level.SECOND: self._fonts.second}
        for piece in self._content.body:
            _indent(self._line(piece.text, heading.get(piece.level, self._fonts.body)))

    def _end(self) -> None:
        content = self._content
        if content.attachments:
            self._line()
            self._attachments()
        if content.issuer or content.day:
            self._signature()
        if content.remark:
            _indent(self._line(f"（{content.remark}）"))

    def _attachments(self) -> None:
        names = self._content.attachments
        for number, name in enumerate(names, 1):
            counted = f"{number}.{name}" if len(names) > 1 else name
            head = "附件：" if number == 1 else ""
            line = self._line(f"{head}{counted}")
            # The names begin below each other: after two characters and the head of the first.
            line.paragraph_format.left_indent = Pt(5 * paper.CHARACTER_PITCH)
            line.paragraph_format.first_line_indent = Pt(-len(head) * paper.CHARACTER_PITCH)

    def _signature(self) -> None:
        """Write 署名 and 成文日期: the day four characters in, the name centred over it."""
        content = self._content
        self._line()
        self._line()
        day = written_day(content.day) if content.day else "【待补：成文日期】"
        inset = 4 + max(0.0, (width(day) - width(content.issuer)) / 2)
        for text, characters in (
            (content.issuer, inset),
            (day, 4 + max(0.0, (width(content.issuer) - width(day)) / 2)),
        ):
            if text:
                line = self._line(text)
                line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
                line.paragraph_format.right_indent = Pt(characters * paper.CHARACTER_PITCH)

    def _annex(self, annex: Annex, number: int) -> None:
        section = self._word.add_section(WD_SECTION.NEW_PAGE)
        self._set_page(section, annex.landscape)
        self._line(f"附件{number or ''}", self._fonts.first)
        title = self._line(annex.title, self._fonts.title, paper.TITLE)
        title.alignment = WD_ALIGN_PARAGRAPH.CENTER
        table = self._word.add_table(rows=1, cols=len(annex.head), style="Table Grid")
        table.autofit = not annex.widths
        table.rows[0]._tr.get_or_add_trPr().append(element("w:tblHeader"))
        for cell, words in zip(table.rows[0].cells, annex.head, strict=True):
            self._put(cell.paragraphs[0], words, self._fonts.first)
        for values in annex.rows:
            row = table.add_row()
            row._tr.get_or_add_trPr().append(element("w:cantSplit"))
            for cell, words in zip(row.cells, values, strict=True):
                self._put(cell.paragraphs[0], words, self._fonts.body)
        if annex.widths:
            _set_widths(table, annex)

    def _put(self, paragraph: Paragraph, words: str, font: str) -> None:
        paragraph._p.get_or_add_pPr().append(element("w:snapToGrid", val=0))  # rows of a table stand closer
        run = paragraph.add_run(_FORBIDDEN.sub("", words))
        run.font.size = Pt(12)
        set_fonts(run._r.get_or_add_rPr(), font)


_PORTRAIT = (paper.TOP, paper.BOTTOM, paper.LEFT, paper.RIGHT)


def _set_widths(table: Table, annex: Annex) -> None:
    """Share the page among the columns; every cell has to say so, since programs read different places."""
    edges = paper.TOP + paper.BOTTOM if annex.landscape else paper.LEFT + paper.RIGHT
    room = (paper.HEIGHT if annex.landscape else paper.WIDTH) - edges
    for column, share in zip(table.columns, annex.widths, strict=True):
        column.width = Mm(room * share / sum(annex.widths))
        for cell in column.cells:
            cell.width = column.width


def _indent(line: Paragraph) -> None:
    """Indent the first line by two characters, whatever their size."""
    line.paragraph_format.first_line_indent = Pt(2 * paper.CHARACTER_PITCH)
    line._p.get_or_add_pPr().get_or_add_ind().set(qn("w:firstLineChars"), "200")


def _set_grid(section: Section) -> None:
    """Set the grid of 22 lines, against which Word sets every line."""
    properties: Any = section._sectPr
    for old in properties.findall(qn("w:docGrid")):
        properties.remove(old)
    properties.append(element("w:docGrid", type="lines", linePitch=round(paper.LINE_PITCH * 20)))
