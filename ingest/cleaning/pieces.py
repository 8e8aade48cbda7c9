"""Pieces: the lines of a file as cleaning works on them, without blank lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from corpus.document import Box
from ingest.cleaning.unbroken import lines_of
from ingest.readers.base import RawDocument, RawLine

LONG_LINE = 200
"""From this length on wide gaps within a line part paragraphs, not columns."""
MIN_PARAGRAPHS = 3

_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_LONE_NUMBER = re.compile(r"[0-9]{1,3}[.．、]")
_INDENTS = re.compile(r"\u3000\u3000[\s\u3000]*")
_INDENT = re.compile(r"[\s\u3000]*")
# Two ideographic spaces are the indent of a paragraph; inside a line they tell where a paragraph began
# before some converter lost the line ends.
_LOST_LINE_END = re.compile(r"(?<=[。！？：；）》”.!?:;)])[ \t\xa0]*\u3000\u3000+[\s\u3000]*")


@dataclass(frozen=True, slots=True)
class Piece:
    """One line of the file, or the part of a line that is a paragraph of its own."""

    text: str
    """Without white space at the ends; the own cells joined by tabs for a table row."""
    raw: RawLine
    line: int
    """0-indexed line of the file."""
    indent: float = 0.0
    """Width of the white space before the text, in widths of a Chinese character."""
    gap: bool = False
    """True when a blank line stands before it."""
    glued: bool = False
    """True when it continues the piece before in mid-word, whatever the layout says."""

    @property
    def printed(self) -> float:
        """Where the line ends on paper, in widths of a Chinese character from the left margin."""
        return width(self.text) + self.indent

    @property
    def page(self) -> int | None:
        """1-indexed page."""
        return self.raw.page

    @property
    def box(self) -> Box | None:
        """Place on the page."""
        return self.raw.box

    @property
    def fixed(self) -> bool:
        """Tell whether the format itself says that this is a whole paragraph or a table row."""
        return self.raw.whole or bool(self.raw.cells) or self.raw.heading > 0


def pieces_of(raw: RawDocument) -> list[Piece]:
    """Return the pieces of a file in reading order; blank lines survive only as `gap`."""
    pieces: list[Piece] = []
    gap = False
    length = sum(len(line.text) for line in raw.lines)
    for number, line in enumerate(raw.lines):
        found = list(_split(line, number, length))
        if not found:
            gap = True
            continue
        found[0] = replace(found[0], gap=gap)
        pieces.extend(found)
        gap = False
    return _with_number(pieces)


def _with_number(pieces: list[Piece]) -> list[Piece]:
    """Return the pieces with a number that stands alone on the first line put before the title."""
    if len(pieces) < 2 or not _LONE_NUMBER.fullmatch(pieces[0].text) or pieces[1].raw.cells:
        return pieces
    titled = replace(pieces[1], text=pieces[0].text + pieces[1].text, line=pieces[0].line)
    return [titled, *pieces[2:]]


def _split(line: RawLine, number: int, length: int) -> Iterator[Piece]:
    if line.cells:
        yield Piece(line.text, line, number)
        return
    paragraphs = _paragraphs(without_controls(line.text))
    if len(paragraphs) == 1:
        paragraphs = lines_of(paragraphs[0], length)
        line = replace(line, whole=line.whole or len(paragraphs) > 1)
    for position, part in enumerate(paragraphs):
        text = part.strip()
        if text:
            lead = _INDENT.match(part).group()  # type: ignore[union-attr]  # matches the empty string too
            yield Piece(text, line, number, indent=2.0 if position else width(lead.expandtabs(4)))


def without_controls(text: str) -> str:
    """Return `text` without control characters and halves of surrogate pairs, which no text means to hold."""
    return _CONTROLS.sub("", text)


def _paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a line that lost its line ends; nearly always the line itself."""
    if "\u3000\u3000" not in text:
        return [text]
    parts = _INDENTS.split(text.strip()) if len(text) > LONG_LINE else []
    return parts if len(parts) >= MIN_PARAGRAPHS else _LOST_LINE_END.split(text)


def width(text: str) -> float:
    """Return the printed width of `text` in Chinese characters: Latin letters, digits, spaces count half."""
    wide = (len(text.encode("utf-8", "surrogatepass")) - len(text)) / 2
    return (len(text) + wide) / 2
