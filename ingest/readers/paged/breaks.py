"""Where a line ends because the next word found no room on it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.document import Box
from ingest.readers.paged.page import TextLine

SPARE = 0.4
"""Widths of a character by which a full line and the next word may fall short of the margin."""
_CELL_MARGIN = 5.4
"""Points that words keep from the sides of their cell, as Word sets them."""
_UNBROKEN = re.compile(
    r"[“‘（(《〈【〔\[]*(?:(?:[A-Za-z0-9.%％/+,:\-]+[、，]?)+|.)(?:[“‘].)?[，。、；：！？,;:）)》〉】〕\]”’%％]*"
)
"""What a line break leaves together: a number or Latin word, or one character, with the marks around it."""


def first_word(text: str) -> float:
    """Return the width, in Chinese characters, of what would have had to fit on the line above."""
    found = _UNBROKEN.match(text.strip())
    return max(1.0, characters(found.group())) if found else 1.0


def characters(text: str) -> float:
    """Return the length of a text in Chinese characters; capitals count nearly as much, others half."""
    return sum(1.0 if char >= "\u2000" else 0.72 if char.isupper() else 0.5 for char in text)


def letter_width(line: TextLine) -> float:
    """Return the width of a Chinese letter of a line in points."""
    return line.size or (line.box[2] - line.box[0]) / max(1.0, characters(line.text.strip()))


def cell_words(lines: Sequence[TextLine], cell: Box) -> str:
    """Return the words of a cell; a line end stands only where its author set one, not the cell's width."""
    words = ""
    for at, line in enumerate(lines):
        if at:
            words += "" if _is_full(lines[at - 1], line, cell) else "\n"
        words += line.text
    return words


def _is_full(line: TextLine, below: TextLine, cell: Box) -> bool:
    room = cell[2] - cell[0] - 2 * _CELL_MARGIN
    width = line.box[2] - line.box[0]
    latin = line.text[-1:].isascii() and line.text[-1:].isalpha() and below.text[:1].isascii()
    return not latin and width + (first_word(below.text) + SPARE) * letter_width(line) >= room
