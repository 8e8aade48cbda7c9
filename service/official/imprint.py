"""版记: copies to, printed by and when, at the foot of the last page of the double-sided print (7.4)."""

from __future__ import annotations

from docx.document import Document as WordDocument
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from service.official import paper
from service.official.document import OfficialDocument, written_day
from service.official.layout import lines, pages
from service.official.oxml import borders, element, set_fonts
from service.official.paper import Fonts

LINE = 24.0
"""Points that a line of 版记 takes."""
_WIDTH = paper.TEXT_WIDTH * paper.POINTS_PER_MM
_BLACK = "000000"


def add_imprint(word: WordDocument, content: OfficialDocument, fonts: Fonts) -> None:
    """Add 版记 at the foot of the last page, or of an even page of its own where the text ends on an odd one.

    A page that holds nothing but 版记, and the blank one that may stand before it, carry no number.
    """
    rows = imprint_lines(content)
    if not rows:
        return
    if pages(content) % 2:
        section = word.add_section(WD_SECTION.EVEN_PAGE)
        for footer in (section.footer, section.even_page_footer):
            footer.is_linked_to_previous = False
    foot = (paper.TOP + paper.TEXT_HEIGHT) * paper.POINTS_PER_MM
    for number, row in reversed(list(enumerate(rows))):
        foot -= LINE * _lines(row)
        line = _line(word, row, fonts)
        last, first = number == len(rows) - 1, number == 0
        edges = {"bottom": (paper.RULE_OUTER if last else paper.RULE_INNER, _BLACK)}
        borders(line, **(edges | ({"top": (paper.RULE_OUTER, _BLACK)} if first else {})))
        _fix(line, foot, LINE * _lines(row))
    word.add_paragraph()  # a frame stands beside a paragraph of the text, which must come after it


def imprint_lines(content: OfficialDocument) -> list[str]:
    """Return the lines of 版记, [] where the document has none; a tab parts left from right."""
    rows = [f"抄送：{content.copies_to}。"] if content.copies_to else []
    if content.printed_by or content.printed_on:
        day = written_day(content.printed_on) if content.printed_on else "【待补：印发日期】"
        rows.append(f"{content.printed_by}\t{day}印发")
    return rows


def _lines(row: str) -> int:
    return lines(row, 0, int(_WIDTH / paper.SMALL) - 2)


def _line(word: WordDocument, words: str, fonts: Fonts) -> Paragraph:
    line = word.add_paragraph()
    layout = line.paragraph_format
    layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(LINE)
    layout.left_indent = layout.right_indent = Pt(paper.SMALL)
    layout.tab_stops.add_tab_stop(Pt(_WIDTH - paper.SMALL), WD_TAB_ALIGNMENT.RIGHT)
    run = line.add_run(words)
    run.font.size = Pt(paper.SMALL)
    set_fonts(run._r.get_or_add_rPr(), fonts.body)
    return line


def _fix(line: Paragraph, top: float, height: float) -> None:
    """Put the line into a frame of its own, its place counted in points from the upper edge of the page.

    LibreOffice drops the frame where several lines with different borders share one.
    """
    frame = element(
        "w:framePr",
        w=round(_WIDTH * 20),
        h=round(height * 20),
        hRule="exact",
        wrap="around",
        vAnchor="page",
        hAnchor="margin",
        x=1,
        y=round(top * 20),
    )
    properties = line._p.get_or_add_pPr()
    properties.insert_element_before(
        frame, "w:widowControl", "w:numPr", "w:pBdr", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )
