"""The characters and lines of a pdf page, with their places."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, NamedTuple

from ingest.readers.base import Box

_LINE_ENDS = "\r\n"
_NOT_WORDS = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]")
_HYPHEN = "\x02"
"""What PDFium gives for a hyphen at the end of a line."""
_HAN = "[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]"
_SPREAD = re.compile(rf"(?<!\S)(?:{_HAN}[ \u3000]){{3,}}{_HAN}(?!\S)")
"""Four or more single characters, each parted by a space: letters spread out to look wide."""
_BLANK = re.compile("[ \u3000]")
_WIDE = 1.5
"""Widths of a character from which a gap in a line parts two things."""
_SAME_HEIGHT = 0.5
"""Share of their height that two pieces of one line have in common at least."""


class Char(NamedTuple):
    """One character; left, top, right, bottom in points from the page's upper left corner."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line of a page in the order of the file."""

    text: str
    box: Box
    start: int
    """Index of its first character among the page's characters."""


@dataclass(frozen=True, slots=True)
class Frame:
    """How the page lies: turns positions of the file into positions on the page as shown."""

    left: float
    bottom: float
    right: float
    top: float
    rotation: int
    """Degrees clockwise by which the page is shown turned: 0, 90, 180 or 270."""

    def place(self, left: float, bottom: float, right: float, top: float) -> Box:
        """Return a box of the file, in points from its origin, as a box on the page as shown."""
        if self.rotation == 90:
            return bottom - self.bottom, left - self.left, top - self.bottom, right - self.left
        if self.rotation == 180:
            return self.right - right, bottom - self.bottom, self.right - left, top - self.bottom
        if self.rotation == 270:
            return self.top - top, self.right - right, self.top - bottom, self.right - left
        return left - self.left, self.top - top, right - self.left, self.top - bottom

    @property
    def width(self) -> float:
        """Width in points of the page as shown."""
        return self.top - self.bottom if self.rotation % 180 else self.right - self.left

    @property
    def height(self) -> float:
        """Height in points of the page as shown."""
        return self.right - self.left if self.rotation % 180 else self.top - self.bottom


def frame_of(page: Any) -> Frame:
    """Return the frame of a pypdfium2 page: the part of it that is shown."""
    left, bottom, right, top = page.get_bbox()
    return Frame(left, bottom, right, top, page.get_rotation())


def characters(page: Any, frame: Frame) -> list[Char]:
    """Return the characters of a pypdfium2 page in the order of the file, line ends included."""
    import pypdfium2.raw as pdfium  # loads a library of 7 MB

    text_page = page.get_textpage()
    try:
        raw, rect = text_page.raw, pdfium.FS_RECTF()
        found: list[Char] = []
        for index in range(text_page.count_chars()):
            pdfium.FPDFText_GetLooseCharBox(raw, index, ctypes.byref(rect))
            text = _character(pdfium.FPDFText_GetUnicode(raw, index))
            found.append(Char(text, *frame.place(rect.left, rect.bottom, rect.right, rect.top)))
        return _whole_characters(found)
    finally:
        text_page.close()


def _character(code: int) -> str:
    text = chr(code) if code <= 0x10FFFF else ""
    return "-" if text == _HYPHEN else _NOT_WORDS.sub("", text) if text not in _LINE_ENDS else "\n"


def _whole_characters(chars: list[Char]) -> list[Char]:
    """Join the two halves in which PDFium gives characters beyond the basic plane."""
    joined: list[Char] = []
    for char in chars:
        if joined and "\udc00" <= char.text <= "\udfff" and "\ud800" <= joined[-1].text <= "\udbff":
            pair = (joined[-1].text + char.text).encode("utf-16", "surrogatepass").decode("utf-16")
            joined[-1] = joined[-1]._replace(text=pair)
        else:
            joined.append(char)
    return [char for char in joined if char.text and not "\ud800" <= char.text <= "\udfff"]


def lines_of(chars: Sequence[Char]) -> list[TextLine]:
    """Return the lines of a page in reading order; pieces of one line that the file parts are joined."""
    lines = [line for line in _pieces(chars) if line.text.strip()]
    return _in_order(_joined(lines))


def words_of(chars: Iterable[Char]) -> str:
    """Return the text of characters, without the spaces that only spread letters out."""
    text = "".join(char.text for char in chars).strip("\n ")
    return _SPREAD.sub(lambda found: _BLANK.sub("", found.group()), text)


def _pieces(chars: Sequence[Char]) -> Iterator[TextLine]:
    start = 0
    for index in range(len(chars) + 1):
        if index == len(chars) or chars[index].text == "\n":
            if index > start:
                part = _with_gaps(chars[start:index])
                yield TextLine(words_of(part), _around(part), start)
            start = index + 1


def _with_gaps(chars: Sequence[Char]) -> list[Char]:
    """Return the characters of a line, with a wide space where PDFium put a space for a wide gap."""
    em = max(char.right - char.left for char in chars)
    spaced = list(chars)
    for index in range(1, len(spaced) - 1):
        gap = spaced[index + 1].left - spaced[index - 1].right
        if spaced[index].text == " " and gap > _WIDE * em:
            spaced[index] = spaced[index]._replace(text="\u3000")
    return spaced


def _around(chars: Sequence[Char]) -> Box:
    seen = [char for char in chars if not char.text.isspace()] or chars
    return (
        min(char.left for char in seen),
        min(char.top for char in seen),
        max(char.right for char in seen),
        max(char.bottom for char in seen),
    )


def _joined(lines: list[TextLine]) -> list[TextLine]:
    joined: list[TextLine] = []
    for line in lines:
        if joined and _beside(joined[-1].box, line.box):
            joined[-1] = _together(joined[-1], line)
        else:
            joined.append(line)
    return joined


def _beside(first: Box, second: Box) -> bool:
    """Tell whether the second box continues the first one's line to the right."""
    return second[0] >= first[2] - 1 and _common_height(first, second) >= _SAME_HEIGHT


def _common_height(first: Box, second: Box) -> float:
    common = min(first[3], second[3]) - max(first[1], second[1])
    return common / max(0.1, min(first[3] - first[1], second[3] - second[1]))


def _together(first: TextLine, second: TextLine) -> TextLine:
    em = second.box[3] - second.box[1]
    gap = "\u3000" if second.box[0] - first.box[2] > em else ""
    left, right = first.box, second.box
    box = (left[0], min(left[1], right[1]), right[2], max(left[3], right[3]))
    return replace(first, text=first.text + gap + second.text, box=box)


def _in_order(lines: list[TextLine]) -> list[TextLine]:
    """Return lines from top to bottom; where lines stand side by side, the order of the file tells more."""
    sorted_lines = sorted(lines, key=lambda line: (line.box[1] + line.box[3]) / 2)
    columns = any(
        _common_height(first.box, second.box) >= _SAME_HEIGHT for first, second in pairwise(sorted_lines)
    )
    return lines if columns else sorted_lines
