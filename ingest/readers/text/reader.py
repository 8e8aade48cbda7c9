"""Plain text and Markdown: layout lines, pages by form feed, tables by tabs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.readers.base import RawDocument, RawLine
from ingest.readers.encodings import decode
from ingest.readers.limits import refuse_excess
from ingest.readers.refusal import unreadable
from ingest.readers.text.table import unbarred, ungapped, with_tables

_LINE_END = re.compile("\r\n|[\n\r\x0b\x85\u2028\u2029]")
_HEADING = re.compile(r" {0,3}(#{1,6})\s+(.*?)\s*#*\s*$")


class TextReader:
    """Reads plain text in the encodings of Chinese offices."""

    name = "txt"
    version = 2
    suffixes: tuple[str, ...] = (".txt", ".text", ".log")

    def recognises(self, data: bytes) -> bool:
        """Tell whether the bytes are characters: text is what no other format claims."""
        return decode(data) is not None

    def read(self, data: bytes, source: str) -> RawDocument:
        """Return one layout line per line of the file; pages are counted where it holds form feeds.

        Raises:
            UnreadableError: when the bytes are not text, or nothing but white space.
        """
        text = readable_text(data, source)
        lines = with_tables(ungapped(unbarred(list(_layout_lines(text)))))
        return RawDocument(source, tuple(lines), f"{self.name}-{self.version}")


class MarkdownReader:
    """Reads Markdown: as plain text, but the hashes of a heading become its depth."""

    name = "md"
    version = 1
    suffixes: tuple[str, ...] = (".md", ".markdown")

    def recognises(self, data: bytes) -> bool:
        """Say no: Markdown is text, so only its suffix tells (`ingest.detect` asks for it)."""
        return False

    def read(self, data: bytes, source: str) -> RawDocument:
        """Return one line per line of the file, headings without their hashes.

        Raises:
            UnreadableError: when the bytes are not text, or nothing but white space.
        """
        text = readable_text(data, source)
        lines = with_tables(unbarred([_marked_down(line) for line in _layout_lines(text)]))
        return RawDocument(source, tuple(lines), f"{self.name}-{self.version}")


def readable_text(data: bytes, source: str) -> str:
    """Return the characters of a text file.

    Raises:
        UnreadableError: when the bytes are not text, nothing but white space, or far too much of it.
    """
    text = decode(data)
    if text is None:
        raise unreadable(source, "damaged", "不是可以识别的文本文件，请用记事本打开后另存为 UTF-8 文本再试。")
    if not text.strip():
        raise unreadable(source, "empty", "文件里没有文字，请检查是否选错了文件。")
    refuse_excess(text, source)
    return text


def _layout_lines(text: str) -> Iterator[RawLine]:
    pages = text.rstrip("\f").split("\f")
    for number, page in enumerate(pages, start=1):
        for line in _LINE_END.split(page):
            yield RawLine(line, page=number if len(pages) > 1 else None)


def _marked_down(line: RawLine) -> RawLine:
    heading = _HEADING.match(line.text)
    if heading is None:
        return line
    return RawLine(heading[2], page=line.page, whole=True, heading=len(heading[1]))


READER = TextReader()
MARKDOWN = MarkdownReader()
