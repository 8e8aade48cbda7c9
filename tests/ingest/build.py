"""Builders for the tests of reading: a few words make a whole raw file or document."""

from __future__ import annotations

from corpus.document import Block, BlockKind, Document, Header
from ingest.clean import Cleaned, clean
from ingest.header import header_facts
from ingest.outline import outline
from ingest.readers.base import RawCell, RawDocument, RawLine


def raw_lines(*lines: str | RawLine, whole: bool = False) -> RawDocument:
    """Return a raw file of these lines; `whole` marks strings as whole paragraphs, as docx does."""
    made = tuple(line if isinstance(line, RawLine) else RawLine(line, whole=whole) for line in lines)
    return RawDocument("测试.txt", made, "test-1")


def raw_row(*cells: str | None, table: int = 0, header: bool = False, above: tuple[str, ...] = ()) -> RawLine:
    """Return a table row; None continues the cell above, whose words `above` gives by column."""
    made = tuple(
        RawCell(column, above[column] if text is None else text, own=text is not None)
        for column, text in enumerate(cells)
    )
    words = "\t".join(text or "" for text in cells)
    return RawLine(words, whole=True, cells=made, table=table, header=header)


def cleaned(text: str) -> Cleaned:
    """Return the canonical form of a text file."""
    return clean(raw_lines(*text.split("\n")))


def canonical(text: str) -> list[str]:
    """Return the canonical lines of a text file."""
    return cleaned(text).text.splitlines()


def document(text: str) -> Document:
    """Return the document that whole paragraphs, one to a line, make."""
    made = clean(raw_lines(*text.strip("\n").split("\n"), whole=True))
    blocks = outline(made.text, made.lines)
    return Document("d", "测试.docx", made.text, blocks, header_facts(made.text, blocks, made.clues))


def header(text: str) -> Header:
    """Return the header facts of whole paragraphs, one to a line."""
    return document(text).header


def block_at(read: Document, words: str) -> Block:
    """Return the first block that begins with these words."""
    return next(block for block in read.blocks if block.span.of(read.text).startswith(words))


def section(read: Document, words: str) -> tuple[str, ...]:
    """Return the headings above the first block that begins with these words."""
    return read.section_of(block_at(read, words))


def kinds(read: Document) -> list[tuple[BlockKind, str]]:
    """Return kind and words of every block, in order."""
    return [(block.kind, block.span.of(read.text).strip()) for block in read.blocks]
