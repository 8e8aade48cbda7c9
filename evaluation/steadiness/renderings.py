"""One document written as docx, pdf, html, GBK text and doc, as offices write them."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from html import escape

from docx import Document as new_word_file
from docx.document import Document as WordFile
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table
from docx.text.paragraph import Paragraph

from corpus.document import Block, BlockKind, Document
from ingest.readers.libreoffice import convert

Render = Callable[[Document], bytes]

_BODY, _HEADING, _TITLE = "仿宋_GB2312", "黑体", "方正小标宋简体"
_SIZE, _TITLE_SIZE, _CELL_SIZE = 16.0, 22.0, 12.0
_LINE = 28.0
"""Points from line to line, as GB/T 9704 sets official texts."""
_DATE = re.compile(
    r"[\d〇○一二三四五六七八九十]{4}年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日"
)
_PAGE = """<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>{title}</title></head>
<body><div class="TRS_Editor">
{body}
</div></body></html>
"""


def as_docx(document: Document) -> bytes:
    """Return the document as a Word file on the page of GB/T 9704: title centred, first lines indented."""
    word = new_word_file()
    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    for blocks in _grouped(document):
        if blocks[0].row is not None:
            _add_table(word, document, blocks)
        else:
            _add_paragraph(word, document, blocks[0])
    if document.blocks and document.blocks[-1].row is not None:
        word.add_paragraph()  # a table that ends a file loses its cells on the way to doc
    written = io.BytesIO()
    word.save(written)
    return written.getvalue()


def as_pdf(document: Document) -> bytes:
    """Return the document as LibreOffice prints it."""
    return convert(as_docx(document), ".docx", "pdf", document.source)


def as_doc(document: Document) -> bytes:
    """Return the document as a file of Word 97."""
    return convert(as_docx(document), ".docx", "doc", document.source)


def as_html(document: Document) -> bytes:
    """Return the document as a plain web page."""
    body = "\n".join(_html_of(document, blocks) for blocks in _grouped(document))
    return _PAGE.format(title=escape(document.header.title or ""), body=body).encode()


def as_text(document: Document) -> bytes:
    """Return the document as a text file in GBK, one line per paragraph, cells parted by tabs."""
    lines = (_indented(document, blocks) for blocks in _grouped(document))
    return "\r\n".join(lines).encode("gb18030")


RENDERINGS: dict[str, Render] = {
    "docx": as_docx,
    "pdf": as_pdf,
    "html": as_html,
    "txt": as_text,
    "doc": as_doc,
}
"""By suffix; the first is what the others are compared with."""


def _grouped(document: Document) -> Iterator[list[Block]]:
    """Yield single blocks, and the rows of one table together."""
    rows: list[Block] = []
    for block in document.blocks:
        if rows and (block.row is None or rows[-1].row is None or block.row.table != rows[-1].row.table):
            yield rows
            rows = []
        if block.row is None:
            yield [block]
        else:
            rows.append(block)
    if rows:
        yield rows


def _words(document: Document, block: Block) -> str:
    return block.span.of(document.text).strip("\n")


def _add_paragraph(word: WordFile, document: Document, block: Block) -> None:
    paragraph = word.add_paragraph()
    paragraph.paragraph_format.line_spacing = Pt(_LINE)
    paragraph.paragraph_format.space_after = Pt(0)
    if block.kind is BlockKind.TITLE:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _write(paragraph, _words(document, block), _TITLE, _TITLE_SIZE)
        return
    if _is_signature(document, block):
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    elif block.kind is not BlockKind.FURNITURE:
        paragraph.paragraph_format.first_line_indent = Pt(2 * _SIZE)
    font = _HEADING if block.kind is BlockKind.HEADING and block.level == 1 else _BODY
    _write(paragraph, _words(document, block), font, _SIZE)


def _is_signature(document: Document, block: Block) -> bool:
    """Tell whether a line is the date below a text, or the organ above that date."""
    at = document.blocks.index(block)
    lines = [_words(document, each) for each in document.blocks[at : at + 2]]
    plain = block.kind in (BlockKind.FURNITURE, BlockKind.PARAGRAPH) and block.row is None
    return plain and at > 0 and len(lines[0]) <= 40 and any(map(_DATE.fullmatch, lines))


def _write(paragraph: Paragraph, text: str, font: str, size: float) -> None:
    run = paragraph.add_run(text)
    run.font.size, run.font.name = Pt(size), "Times New Roman"
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)


def _add_table(word: WordFile, document: Document, blocks: list[Block]) -> None:
    columns = max(
        (cell.column + cell.columns for block in blocks if block.row for cell in block.row.cells), default=1
    )
    table = word.add_table(len(blocks), columns, style="Table Grid")
    for index, block in enumerate(blocks):
        for cell in block.row.cells if block.row else ():
            _fill_cell(table, index, cell.column, cell.columns, _cell_words(document, block, cell.column))


def _cell_words(document: Document, block: Block, column: int) -> str | None:
    """Return the words of the cell that begins in a column, None where it goes on from the row above."""
    cells = block.row.cells if block.row else ()
    found = next(cell for cell in cells if cell.column == column)
    return found.span.of(document.text) if found.own else None


def _fill_cell(table: Table, row: int, column: int, columns: int, words: str | None) -> None:
    cell = table.cell(row, column)
    if columns > 1:
        cell = cell.merge(table.cell(row, column + columns - 1))
    if words is None:
        if row:
            table.cell(row - 1, column).merge(cell)
        return
    _write(cell.paragraphs[0], words, _BODY, _CELL_SIZE)


def _html_of(document: Document, blocks: list[Block]) -> str:
    block = blocks[0]
    if block.row is not None:
        rows = "".join(_html_row(document, blocks, at) for at in range(len(blocks)))
        return f"<table border='1'>{rows}</table>"
    words = escape(_words(document, block))
    if block.kind is BlockKind.TITLE:
        return f'<p style="text-align:center"><b>{words}</b></p>'
    indent = "" if block.kind is BlockKind.FURNITURE else ' style="text-indent:2em"'
    return f"<p{indent}>{words}</p>"


def _html_row(document: Document, blocks: list[Block], at: int) -> str:
    row = blocks[at].row
    written = [
        f'<td colspan="{cell.columns}" rowspan="{_reach(blocks, at, cell.column)}">'
        f"{escape(cell.span.of(document.text))}</td>"
        for cell in (row.cells if row else ())
        if cell.own
    ]
    return f"<tr>{''.join(written)}</tr>"


def _reach(blocks: list[Block], at: int, column: int) -> int:
    """Return over how many rows the cell goes that begins in a row and column."""
    rows = 1
    for block in blocks[at + 1 :]:
        below = next((cell for cell in (block.row.cells if block.row else ()) if cell.column == column), None)
        if below is None or below.own:
            break
        rows += 1
    return rows


def _indented(document: Document, blocks: list[Block]) -> str:
    if blocks[0].row is not None:
        return "\r\n".join(_words(document, block) for block in blocks)
    plain = blocks[0].kind in (BlockKind.TITLE, BlockKind.FURNITURE)
    return ("" if plain else "　　") + _words(document, blocks[0])
