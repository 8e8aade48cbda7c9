"""Lines on the grid of a document: type, pitch and fonts as the standard wants them."""

from __future__ import annotations

from typing import Any

from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from service.office_text import printable
from service.official import paper
from service.official.oxml import add_field, element, set_fonts
from service.official.paper import Fonts

_PORTRAIT = (paper.TOP, paper.BOTTOM, paper.LEFT, paper.RIGHT)


class Lines:
    """A Word document that is written line by line."""

    def __init__(self, word: WordDocument, fonts: Fonts) -> None:
        self.word = word
        self.fonts = fonts
        self._set_styles()

    def _set_styles(self) -> None:
        style = self.word.styles["Normal"]
        style.font.name, style.font.size = self.fonts.body, Pt(paper.BODY)
        set_fonts(style.element.get_or_add_rPr(), self.fonts.body)
        spacing = element("w:spacing", val=round(paper.TIGHTER * 20))
        style.element.rPr.insert_element_before(spacing, "w:w", "w:kern", "w:position", "w:sz")
        style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(0)
        self.word.settings.odd_and_even_pages_header_footer = True

    def line(self, text: str = "", font: str = "", size: float = paper.BODY) -> Paragraph:
        """Add a line at its exact pitch."""
        line = self.word.add_paragraph()
        line.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
        line.paragraph_format.line_spacing = Pt(max(paper.LINE_PITCH, size * 1.3))
        if text:
            self.run(line, text, font, size)
        return line

    def blank(self, count: int = 1, *, together: bool = False) -> None:
        """Add empty lines; `together` keeps them on the page of what follows."""
        for _ in range(count):
            self.line().paragraph_format.keep_with_next = together or None

    def run(self, line: Paragraph, text: str, font: str = "", size: float = paper.BODY) -> Run:
        """Add words to a line; characters that no file may hold are dropped."""
        run = line.add_run(printable(text))
        run.font.size = Pt(size)
        set_fonts(run._r.get_or_add_rPr(), font or self.fonts.body)
        return run

    def mark(self, text: str, size: float) -> Paragraph:
        """Add a line in the middle, red and in the title's font: 发文机关标志 or 纪要标志."""
        line = self.line(text, self.fonts.title, size)
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        line.runs[0].font.color.rgb = RGBColor.from_string(paper.RED)
        return line

    def set_page(self, section: Section, landscape: bool = False) -> None:
        """Give a section the paper, margins, grid and page numbers of the standard."""
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
                run = self.run(line, words or "", self.fonts.number, paper.SMALL)
                if words is None:
                    add_field(run, "PAGE")


def indent(line: Paragraph) -> None:
    """Indent the first line by two characters, whatever their size."""
    line.paragraph_format.first_line_indent = Pt(2 * paper.CHARACTER_PITCH)
    line._p.get_or_add_pPr().get_or_add_ind().set(qn("w:firstLineChars"), "200")


def _set_grid(section: Section) -> None:
    """Set the grid of 22 lines, against which Word sets every line."""
    properties: Any = section._sectPr
    for old in properties.findall(qn("w:docGrid")):
        properties.remove(old)
    properties.append(element("w:docGrid", type="lines", linePitch=round(paper.LINE_PITCH * 20)))
