"""Samples as Word files: headings and items numbered by Word itself, merged cells as Word merges them."""

from __future__ import annotations

import re

from tests.ingest.readers import docx_builder as word
from tests.samples.layout import LABELS, blocks, is_signature, merged_above

_FONT = '<w:rFonts w:ascii="Times New Roman" w:eastAsia="{}"/><w:sz w:val="{}"/>'
_TITLE = _FONT.format("方正小标宋简体", 44)
_BODY = _FONT.format("仿宋_GB2312", 32)
_SMALL = _FONT.format("仿宋_GB2312", 24)
_HEADS = {"chapter": _FONT.format("黑体", 32), "section": _FONT.format("楷体_GB2312", 32), "item": _BODY}
_LISTS = {"chapter": (1, 0), "section": (1, 1), "item": (2, 0)}
"""List and level of each label: items run on across the sections, so they are a list of their own."""
_NUMBERING = (
    '<w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="multilevel"/>'
    f"{word.level(0, 'chineseCountingThousand', '%1、')}{word.level(1, 'chineseCountingThousand', '（%2）')}"
    '</w:abstractNum><w:abstractNum w:abstractNumId="1"><w:multiLevelType w:val="singleLevel"/>'
    f"{word.level(0, 'decimal', '%1.')}</w:abstractNum>"
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
)
_INDENT = '<w:ind w:firstLine="640"/>'
_CENTRE, _RIGHT = '<w:jc w:val="center"/>', '<w:jc w:val="right"/>'


def document(text: str, *, title_lines: int = 1, own_numbering: bool = True) -> bytes:
    """Return a Word file with this text; the first `title_lines` lines are centred as a title.

    With `own_numbering` the labels 一、（一）1. are left to Word, as most plans have them.
    """
    body: list[str] = []
    lines = [block for block in blocks(text)]
    for at, block in enumerate(lines):
        if isinstance(block, list):
            body.append(_table(block))
        elif at < title_lines:
            body.append(_paragraph(block, _TITLE, _CENTRE))
        else:
            after = lines[at + 1] if at + 1 < len(lines) else ""
            body.append(_line(block, after if isinstance(after, str) else "", own_numbering))
    return word.docx(*body, numbering=_NUMBERING if own_numbering else "")


def _line(text: str, after: str, own_numbering: bool) -> str:
    if re.fullmatch(r"附件\d?", text):
        return _paragraph(text, _HEADS["chapter"], "<w:pageBreakBefore/>")
    if is_signature(text, after):
        return _paragraph(text, _BODY, _RIGHT)
    label = LABELS.match(text)
    kind = label.lastgroup if label else None
    if label is None or kind is None or not own_numbering:
        return _paragraph(text, _HEADS[kind] if kind else _BODY, _INDENT)
    listed, level = _LISTS[kind]
    number = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{listed}"/></w:numPr>'
    return _paragraph(text[label.end() :], _HEADS[kind], number + _INDENT)


def _paragraph(text: str, font: str, properties: str) -> str:
    return word.paragraph(properties=properties, inner=word.run(text, font))


def _table(rows: list[list[str]]) -> str:
    columns = max(map(len, rows))
    written = [word.row(*_cells(rows, at, columns), header=at == 0) for at in range(len(rows))]
    return word.table(*written, columns=columns)


def _cells(rows: list[list[str]], at: int, columns: int) -> list[str]:
    if len(rows[at]) == 1:
        return [word.cell(_cell_text(rows[at][0]), columns=columns)]
    cells: list[str] = []
    for column, text in enumerate(rows[at]):
        goes_on = at + 1 < len(rows) and merged_above(rows, at + 1, column)
        merge = "continue" if merged_above(rows, at, column) else "restart" if goes_on else ""
        cells.append(word.cell(_cell_text(text), merge=merge))
    return cells


def _cell_text(text: str) -> str:
    return word.paragraph(inner=word.run(text, _SMALL)) if text else word.paragraph()
