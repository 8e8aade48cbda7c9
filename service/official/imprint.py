"""版记: copies to, printed by and when, at the foot of the last page of the double-sided print (7.4)."""

from __future__ import annotations

from docx.enum.section import WD_SECTION
from docx.enum.text import WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from service.official import paper
from service.official.document import Form, OfficialDocument, written_day
from service.official.layout import lines as lines_of
from service.official.layout import room_on_last_page
from service.official.lines import Lines
from service.official.oxml import borders, fix

LINE = 24.0
"""Points that a line of 版记 takes."""
_ABOVE_RULE = 3
"""Points between words and the rule below them."""
_WIDTH = paper.TEXT_WIDTH * paper.POINTS_PER_MM
_BLACK = "000000"


def add_imprint(lines: Lines, content: OfficialDocument, after_annexes: bool) -> None:
    """Add 版记 at the foot of the last page if that is even and has room, else of a page of its own.

    A page that holds nothing but 版记, and the blank one that may stand before it, carry no number (7.5).
    Where annexes come before it, nobody can tell on which page they end, so that it takes a page of its own.
    In a letter it is 抄送 alone, without rules, at the foot of the last page (10.1).
    """
    rows = imprint_lines(content)
    if not rows:
        return
    if content.form is Form.LETTER and any(piece.notes for piece in content.body):
        for row in rows:  # footnotes stand where 版记 would
            lines.line(row, size=paper.SMALL)
        return
    height = sum(LINE * _lines(row) for row in rows)
    if content.form is not Form.LETTER and (after_annexes or not room_on_last_page(content, height)):
        section = lines.word.add_section(WD_SECTION.EVEN_PAGE)
        lines.set_page(section)
        section.different_first_page_header_footer = False
        for footer in (section.footer, section.even_page_footer):
            for paragraph in footer.paragraphs:
                paragraph.clear()
    _add_lines(lines, rows, ruled=content.form is not Form.LETTER)
    lines.word.add_paragraph()  # a frame stands beside a paragraph of the text, which must come after it


def _add_lines(lines: Lines, rows: list[str], *, ruled: bool) -> None:
    """Put each line at its place, counted from the lower edge of 版心, which the last rule touches."""
    top = (paper.TOP + paper.TEXT_HEIGHT) * paper.POINTS_PER_MM - sum(LINE * _lines(row) for row in rows)
    for number, row in enumerate(rows):
        line = _line(lines, row)
        last, first = number == len(rows) - 1, number == 0
        if ruled:
            lower = paper.RULE_OUTER if last else paper.RULE_INNER
            borders(line, space=_ABOVE_RULE, bottom=(lower, _BLACK))
            if first:
                borders(line, top=(paper.RULE_OUTER, _BLACK))
        fix(line, top, LINE * _lines(row), width=_WIDTH)
        top += LINE * _lines(row)


def imprint_lines(content: OfficialDocument) -> list[str]:
    """Return the lines of 版记, [] where the document has none; a tab parts left from right."""
    rows = [f"抄送：{content.copies_to}。"] if content.copies_to else []
    if content.form is not Form.LETTER and (content.printed_by or content.printed_on):
        day = written_day(content.printed_on) if content.printed_on else "【待补：印发日期】"
        rows.append(f"{content.printed_by}\t{day}印发")
    return rows


def _lines(row: str) -> int:
    return lines_of(row, 0, int(_WIDTH / paper.SMALL) - 2)


def _line(lines: Lines, words: str) -> Paragraph:
    line = lines.word.add_paragraph()
    layout = line.paragraph_format
    layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(LINE - _ABOVE_RULE - 1)
    layout.left_indent = layout.right_indent = Pt(paper.SMALL)
    layout.tab_stops.add_tab_stop(Pt(_WIDTH - paper.SMALL), WD_TAB_ALIGNMENT.RIGHT)
    lines.run(line, words, size=paper.SMALL)
    return line
