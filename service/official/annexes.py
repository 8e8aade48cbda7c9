"""Annexes: tables on pages of their own, broad ones landscape, with heads that repeat (7.3.7)."""

from __future__ import annotations

from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm
from docx.table import Table
from docx.text.paragraph import Paragraph

from service.official import paper
from service.official.document import Annex
from service.official.layout import width
from service.official.lines import Lines
from service.official.oxml import element

_SIZE = 12.0
"""Points of the words of a table."""
_MARGINS = 2
"""Characters that the margins of a cell take."""
_SHORT = 10
"""Characters up to which words should stand on one line."""
_NARROWEST, _BROADEST = 4, 30
"""Characters between which the width of a column is chosen."""


def add_annex(lines: Lines, annex: Annex, label: str) -> None:
    """Add a table on a page of its own; `label` stands over it: 附件2, "" for a working sheet."""
    section = lines.word.add_section(WD_SECTION.NEW_PAGE)
    section.different_first_page_header_footer = False
    lines.set_page(section, annex.landscape)
    if label:
        lines.line(label, lines.fonts.first)
        lines.blank()
    title = lines.line(annex.title, lines.fonts.title, paper.TITLE)
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    lines.blank()
    _add_table(lines, annex)


def _add_table(lines: Lines, annex: Annex) -> None:
    table = lines.word.add_table(rows=1, cols=len(annex.head), style="Table Grid")
    table.autofit = False
    table.rows[0]._tr.get_or_add_trPr().append(element("w:cantSplit"))
    table.rows[0]._tr.get_or_add_trPr().append(element("w:tblHeader"))
    for cell, words in zip(table.rows[0].cells, annex.head, strict=True):
        _put(lines, cell.paragraphs[0], words, lines.fonts.first)
        cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
    for values in annex.rows:
        row = table.add_row()
        row._tr.get_or_add_trPr().append(element("w:cantSplit"))
        for cell, words in zip(row.cells, values, strict=True):
            _put(lines, cell.paragraphs[0], words, lines.fonts.body)
    _set_widths(table, annex)


def _put(lines: Lines, paragraph: Paragraph, words: str, font: str) -> None:
    paragraph._p.get_or_add_pPr().append(element("w:snapToGrid", val=0))  # rows of a table stand closer
    lines.run(paragraph, words, font, _SIZE)


def _widths(annex: Annex) -> tuple[int, ...]:
    """Return what the columns take by what stands in them: longer words more, within bounds."""
    columns = zip(annex.head, *annex.rows, strict=True)
    return tuple(min(_BROADEST, max(_NARROWEST, *(_share(words) for words in column))) for column in columns)


def _share(words: str) -> int:
    """Return the room that words ask for: short ones their line with its margins, long ones ever less."""
    wide = width(words)
    return round(wide + _MARGINS if wide < _SHORT else 2 * wide**0.7)


def _set_widths(table: Table, annex: Annex) -> None:
    """Share the page among the columns; every cell has to say so, since programs read different places."""
    edges = paper.TOP + paper.BOTTOM if annex.landscape else paper.LEFT + paper.RIGHT
    room = (paper.HEIGHT if annex.landscape else paper.WIDTH) - edges
    widths = annex.widths or _widths(annex)
    for column, share in zip(table.columns, widths, strict=True):
        column.width = Mm(room * share / sum(widths))
        for cell in column.cells:
            cell.width = column.width
