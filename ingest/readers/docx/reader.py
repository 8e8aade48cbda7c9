"""Word documents: the body in reading order, with the labels that Word numbers by itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from ingest.readers.base import RawDocument, RawLine
from ingest.readers.docx.numbering import Numbering
from ingest.readers.docx.pages import has_page_marks, page_turns
from ingest.readers.docx.styles import Styles, W, number, value
from ingest.readers.docx.table import framed_cells, table_rows
from ingest.readers.docx.text import children, mark_deleted, paragraph_words
from ingest.readers.package import Package, part_names
from ingest.readers.refusal import unreadable

_MAIN_PART = "word/document.xml"
_OUTLINE_LEVELS = range(9)
"""0-indexed outline levels of headings; 9 means running text."""
_HOLDERS = frozenset(W + name for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"))


class DocxReader:
    """Reads the body of a Word document straight from its XML.

    Page heads are kept as furniture, since a 密级 may stand there; page feet are not read.
    """

    name = "docx"
    version = 2
    suffixes: tuple[str, ...] = (".docx", ".docm")

    def recognises(self, data: bytes) -> bool:
        """Tell whether the bytes are a zip archive with the parts of a Word document."""
        if not data.startswith(b"PK\x03\x04"):
            return False
        names = part_names(data)
        return b"word/" in data if names is None else any(name.startswith("word/") for name in names)

    def read(self, data: bytes, source: str) -> RawDocument:
        """Return whole paragraphs and table rows in reading order, footnotes at the end.

        Text boxes follow the paragraph they are anchored in. Comments are left out; tracked insertions are
        read, deletions are not. Entries of a table of contents are marked as furniture. Pages are those that
        Word noted when it last showed the file, None where it noted none.

        Raises:
            UnreadableError: when the file is damaged, encrypted, hostile or has no text.
        """
        package = Package(data, source)
        main = package.main_part(_MAIN_PART)
        root = package.tree(main)
        body = None if root is None else root.find(W + "body")
        if body is None:
            raise unreadable(source, "damaged", "文件里没有正文部分，可能已损坏；请用 Word 打开后另存再试。")
        folder = main.rpartition("/")[0]
        styles = Styles(package.tree(f"{folder}/styles.xml"))
        numbering = Numbering(package.tree(f"{folder}/numbering.xml"), styles)
        lines = tuple(_Body(styles, numbering, has_page_marks(body)).lines(body))
        if not any(line.text.strip() for line in lines):
            raise unreadable(source, "no-text", "文档里没有文字（可能只有图片），需要先做文字识别（OCR）。")
        notes = tuple(_note_lines(package, folder, styles, numbering))
        heads = tuple(_head_lines(package, folder, styles, numbering))
        return RawDocument(source, lines + notes + heads, f"{self.name}-{self.version}")


def _head_lines(package: Package, folder: str, styles: Styles, numbering: Numbering) -> Iterator[RawLine]:
    """Yield the lines of all page heads, marked as furniture."""
    for name in package.parts(f"{folder}/header"):
        head = package.tree(name)
        if head is not None and head.tag == W + "hdr":
            lines = _Body(styles, numbering).lines(head)
            yield from (replace(line, furniture=True) for line in lines)


def _note_lines(package: Package, folder: str, styles: Styles, numbering: Numbering) -> Iterator[RawLine]:
    """Yield the lines of footnotes and endnotes in their order, marked as notes."""
    for part in ("footnotes", "endnotes"):
        root = package.tree(f"{folder}/{part}.xml")
        notes = () if root is None else root.iterfind(W + part[:-1])
        for note in notes:
            if note.get(W + "type") in (None, "normal"):
                lines = _Body(styles, numbering).lines(note)
                yield from (replace(line, text=line.text.strip(), note=True) for line in lines)


class _Body:
    """Walks the body; keeps count of lists, tables and pages."""

    def __init__(self, styles: Styles, numbering: Numbering, paged: bool = False) -> None:
        self._styles = styles
        self._numbering = numbering
        self._tables = 0
        self._page: int | None = 1 if paged else None
        self._bare_label = ""
        """The number of an empty paragraph of the cell that is being read."""

    def lines(self, parent: etree._Element) -> Iterator[RawLine]:
        """Yield the lines below a body, a text box or a cell that serves as a frame."""
        kept: RawLine | None = None
        for block in _blocks(parent):
            if block.tag == W + "tbl":
                yield from self._table(block)
                continue
            page = self._turn_page(block)
            read = list(self._paragraph(block))
            if page is not None:
                read = [replace(line, page=page) for line in read]
            if kept is not None and read:
                read[0] = replace(read[0], text=kept.text + read[0].text)
                kept = None
            if read and mark_deleted(block):
                kept = read.pop()
            yield from read
        if kept is not None:
            yield kept

    def _turn_page(self, element: etree._Element) -> int | None:
        """Return the page on which a paragraph or row begins, and go on to the one on which it ends."""
        if self._page is None:
            return None
        before, within = page_turns(element)
        start = self._page + before
        self._page += within
        return start

    def _table(self, table: etree._Element) -> Iterator[RawLine]:
        frames = framed_cells(table)
        if frames:
            for frame in frames:
                yield from self.lines(frame)
            return
        rows = table_rows(table, self._tables, self._cell_text, self._turn_page)
        self._tables += bool(rows)
        yield from rows

    def _cell_text(self, cell: etree._Element) -> str:
        """Return the words of a cell; a table within it is read row by row, its cells apart by a space.

        A cell without words shows the number that Word gives its paragraph, as number columns often do.
        """
        parts: list[str] = []
        self._bare_label = ""
        for block in _blocks(cell):
            if block.tag == W + "tbl":
                rows = table_rows(block, 0, self._cell_text)
                parts += [" ".join(row.text.split("\t")).strip() for row in rows]
            else:
                parts += [line.text.strip() for line in self._paragraph(block)]
        return "\n".join(part for part in parts if part) or self._bare_label

    def _paragraph(self, paragraph: etree._Element) -> Iterator[RawLine]:
        properties = paragraph.find(W + "pPr")
        style_id = value(properties, "pStyle")
        words = paragraph_words(paragraph)
        if words.text.strip() or not mark_deleted(paragraph):
            label = self._numbering.label(properties, style_id)  # Word counts empty paragraphs too
            self._bare_label = self._bare_label or ("" if words.text.strip() else label)
            yield from self._lines_of(_labelled(label, words.text), properties, style_id)
        for box in words.boxes:
            yield from self.lines(box)

    def _lines_of(
        self, text: str, properties: etree._Element | None, style_id: str | None
    ) -> Iterator[RawLine]:
        style = self._styles.of(style_id)
        outline = number(value(properties, "outlineLvl"))
        outline = style.outline if outline is None else outline
        alignment = value(properties, "jc")
        for piece in text.split("\n"):
            if piece.strip():
                yield RawLine(
                    piece,
                    whole=True,
                    heading=outline + 1 if outline in _OUTLINE_LEVELS and outline is not None else 0,
                    centred=style.centred if alignment is None else alignment == "center",
                    furniture=style.contents,
                )


def _blocks(parent: etree._Element) -> Iterator[etree._Element]:
    """Yield the paragraphs and tables below `parent`, also where controls or changes enclose them."""
    for child in children(parent):
        if child.tag in (W + "p", W + "tbl"):
            yield child
        elif child.tag in _HOLDERS:
            yield from _blocks(child)


def _labelled(label: str, words: str) -> str:
    """Put a label before its words; a space keeps a number apart from a figure: 1. 2025年."""
    if not words.strip():
        return ""
    words = words.lstrip() if label else words
    apart = label[-1:].isascii() and words[:1].isdigit()
    return f"{label} {words}" if label and apart else label + words


READER = DocxReader()
