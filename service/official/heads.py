"""What stands over the title: marks, numbers and red rules of the three forms (7.2, 10.1, 10.3)."""

from __future__ import annotations

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from service.official import paper
from service.official.document import Form, OfficialDocument, written_day
from service.official.layout import width
from service.official.lines import Lines
from service.official.oxml import borders, fix, rule

_MARK_BELOW_TOP = 35.0
"""Millimetres from the upper edge of 版心 to 发文机关标志 or 纪要标志 (7.2.4, 10.3)."""
_LETTER_MARK = 30.0
"""From the upper edge of the page to the mark of a letter (10.1)."""
_LETTER_RULE = 170.0
"""Length of the red double rules of a letter (10.1)."""
_LETTER_FOOT = 20.0
"""From the lower edge of the page to the second of them (10.1)."""
_RULE_ROOM = 5.0
"""Points that a double rule takes."""
_BESIDE_RULE = paper.BODY * 7 / 8
"""From a red double rule to words beside it (10.1)."""


def add_head(lines: Lines, content: OfficialDocument) -> None:
    """Write what stands over the title, nothing where the document has no such elements."""
    _HEADS[content.form](lines, content)


def _document_head(lines: Lines, content: OfficialDocument) -> None:
    marks = [mark for mark in (content.secrecy, content.urgency) if mark]
    for mark in marks:
        lines.line(mark, lines.fonts.first)
    if content.issuer_mark:
        _big_mark(lines, content.issuer_mark, len(marks))
        lines.blank(2)
    if content.number:
        _number_line(lines, content)


def _big_mark(lines: Lines, text: str, lines_above: int) -> None:
    """Write the mark at its place below the edge of 版心, as large as its line allows."""
    size = mark_size(text)
    line = lines.mark(text, size)
    above = _MARK_BELOW_TOP * paper.POINTS_PER_MM - lines_above * paper.LINE_PITCH - size * 0.15
    line.paragraph_format.space_before = Pt(max(0.0, above))


def mark_size(text: str) -> float:
    """Return the size of type at which a mark fits its line."""
    room = paper.TEXT_WIDTH * paper.POINTS_PER_MM / max(1.0, width(text))
    return min(paper.ISSUER_MARK, float(int(room)))


def _number_line(lines: Lines, content: OfficialDocument) -> None:
    """Write 发文字号 in the middle; with a signer it stands left and 签发人 right."""
    line = lines.line(content.number)
    if content.signer:
        _at_both_sides(line)
        lines.run(line, "\t签发人：")
        lines.run(line, content.signer, lines.fonts.second)
    else:
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if content.issuer_mark:
        _red_rule(line)
        lines.blank(2)


def _red_rule(line: Paragraph) -> None:
    """Draw the red rule that parts head and text."""
    points = round(paper.RED_RULE_BELOW_NUMBER * paper.POINTS_PER_MM)
    borders(line, space=points, bottom=(paper.RULE_OUTER, paper.RED))


def _at_both_sides(line: Paragraph) -> None:
    """Begin one character in, let a tab end one character before the edge; a rule keeps its length."""
    line.paragraph_format.first_line_indent = Pt(paper.CHARACTER_PITCH)
    _right_tab(line, paper.CHARACTER_PITCH)


def _right_tab(line: Paragraph, inset: float = 0.0) -> None:
    line.paragraph_format.tab_stops.add_tab_stop(Mm(paper.TEXT_WIDTH) - Pt(inset), alignment=2)


def _letter_head(lines: Lines, content: OfficialDocument) -> None:
    """Write the mark over a red double rule, 文号 at the right below it; the first page has no number."""
    if content.issuer_mark:
        _letter_mark(lines, content.issuer_mark)
        _letter_first_page(lines)
    marks = [mark for mark in (content.secrecy, content.urgency) if mark]
    if content.number or marks:
        line = lines.line(marks[0] if marks else "", lines.fonts.first)
        _right_tab(line)
        lines.run(line, f"\t{content.number}")
        line.paragraph_format.space_before = Pt(_BESIDE_RULE)
        for mark in marks[1:]:
            lines.line(mark, lines.fonts.first)
        lines.blank(2)


def _letter_mark(lines: Lines, text: str) -> None:
    size = mark_size(text)
    line = lines.mark(text, size)
    points = paper.POINTS_PER_MM
    space = round(paper.RED_RULE_BELOW_NUMBER * points)
    borders(line, space=space, bottom=(paper.RULE_OUTER, paper.RED, "thickThinSmallGap"))
    left = (paper.WIDTH - _LETTER_RULE) / 2 * points
    height = size * 1.3 + space + _RULE_ROOM
    fix(line, _LETTER_MARK * points, height, left=left, width=_LETTER_RULE * points)


def _letter_first_page(lines: Lines) -> None:
    """Draw the second double rule at the foot of the first page, which carries no number."""
    section = lines.word.sections[0]
    section.different_first_page_header_footer = True
    footer = section.first_page_footer
    footer.is_linked_to_previous = False
    line = footer.paragraphs[0]
    points = paper.POINTS_PER_MM
    # Word names such rules from the inside: the thick one is the lower here and the upper at the mark.
    borders(line, space=0, top=(paper.RULE_OUTER, paper.RED, "thickThinSmallGap"))
    left = (paper.WIDTH - _LETTER_RULE) / 2 * points
    foot = (paper.HEIGHT - _LETTER_FOOT) * points
    fix(line, foot, 2.0, left=left, width=_LETTER_RULE * points)
    rule(line, 2.0)
    footer.add_paragraph()  # what a frame stands beside


def _minutes_head(lines: Lines, content: OfficialDocument) -> None:
    """Write 纪要标志, its number, and under it who issued it and when over a red rule."""
    marks = [mark for mark in (content.secrecy, content.urgency) if mark]
    for mark in marks:
        lines.line(mark, lines.fonts.first)
    _big_mark(lines, content.issuer_mark or content.title, len(marks))
    lines.blank()
    if content.number:
        lines.line(content.number).alignment = WD_ALIGN_PARAGRAPH.CENTER
    line = lines.line(content.issuer)
    _at_both_sides(line)
    lines.run(line, f"\t{written_day(content.day) if content.day else '【待补：成文日期】'}")
    _red_rule(line)
    lines.blank(2 if content.issuer_mark else 1)


_HEADS = {Form.DOCUMENT: _document_head, Form.LETTER: _letter_head, Form.MINUTES: _minutes_head}
