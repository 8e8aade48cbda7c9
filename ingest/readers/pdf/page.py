"""The characters and lines of a pdf page, with their places."""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import Any

from corpus.document import Box
from ingest.readers.paged.order import in_order, in_rows, joined
from ingest.readers.paged.page import Char, TextLine
from ingest.readers.pdf.frame import Frame
from ingest.readers.pdf.objects import is_slanted

_LINE_ENDS = "\r\n"
_NOT_WORDS = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]")
_HYPHEN = "\x02"
"""What PDFium gives for a hyphen at the end of a line."""
_HAN = "[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]"
_SPREAD = re.compile(rf"(?<!\S)(?:{_HAN}[ \u3000]){{3,}}{_HAN}(?!\S)")
"""Four or more single characters, each parted by a space: letters spread out to look wide."""
_BLANK = re.compile("[ \u3000]")
MAX_CHARACTERS = 60_000
"""Characters of one page that are read; a full page of small print has 8,000."""
_LARGE = 40.0
"""Height in points from which a character may belong to a watermark."""
_PALE = 160
_GREY = 24
_OPAQUE = 140
"""A watermark is a light grey, or lets what is below shine through; of 255."""
_STEP_BACK = 3.0
"""Points to the left from which the next character does not continue a line."""
_COLUMN_GAP = 1.5
"""Heights of a character from which a gap may be that between two columns."""
_NO_GAP = 0.3
"""Heights of a character up to which two characters stand side by side."""
_WIDE = 0.85
"""Widths of a character from which a gap in a line parts two things."""


def characters(page: Any, frame: Frame, *, slanted: bool = False) -> list[Char]:
    """Return the characters of a pypdfium2 page in the order of the file, line ends included.

    Watermarks are left out: pale letters of great size and, where the page has `slanted` text, all letters
    that stand neither upright nor on their side.
    """
    import pypdfium2.raw as pdfium  # loads a library of 7 MB

    text_page = page.get_textpage()
    try:
        raw, rect = text_page.raw, pdfium.FS_RECTF()
        reference, place = ctypes.byref(rect), frame.place
        found: list[Char] = []
        for index in range(min(text_page.count_chars(), MAX_CHARACTERS)):
            text = _character(pdfium.FPDFText_GetUnicode(raw, index))
            pdfium.FPDFText_GetLooseCharBox(raw, index, reference)
            char = Char(text, *place(rect.left, rect.bottom, rect.right, rect.top))
            if char.bottom - char.top > _LARGE and _is_pale(raw, index):
                continue
            if slanted and text.strip() and _is_slanted(raw, index):
                continue
            found.append(char)
        return _whole_characters(found)
    finally:
        text_page.close()


def _is_pale(text_page: Any, index: int) -> bool:
    """Tell whether a character is so pale that the text below it can be read."""
    import pypdfium2.raw as pdfium  # loaded already

    red, green, blue, opacity = (ctypes.c_uint() for _ in range(4))
    pdfium.FPDFText_GetFillColor(text_page, index, red, green, blue, opacity)
    grey = abs(red.value - blue.value) < _GREY and abs(red.value - green.value) < _GREY
    return opacity.value < _OPAQUE or (grey and red.value >= _PALE)


def _is_slanted(text_page: Any, index: int) -> bool:
    import pypdfium2.raw as pdfium  # loaded already

    degrees = math.degrees(pdfium.FPDFText_GetCharAngle(text_page, index))
    return is_slanted(degrees)


@cache
def _character(code: int) -> str:
    text = chr(code) if code <= 0x10FFFF else ""
    return "-" if text == _HYPHEN else _NOT_WORDS.sub("", text) if text not in _LINE_ENDS else "\n"


def _whole_characters(chars: list[Char]) -> list[Char]:
    """Join the two halves in which PDFium gives characters beyond the basic plane; drop what is no text."""
    if not any(char.text and "\ud800" <= char.text <= "\udfff" for char in chars):
        return [char for char in chars if char.text]
    whole: list[Char] = []
    for char in chars:
        if whole and "\udc00" <= char.text <= "\udfff" and "\ud800" <= whole[-1].text <= "\udbff":
            pair = (whole[-1].text + char.text).encode("utf-16", "surrogatepass").decode("utf-16")
            whole[-1] = whole[-1]._replace(text=pair)
        else:
            whole.append(char)
    return [char for char in whole if char.text and not "\ud800" <= char.text <= "\udfff"]


def lines_of(chars: Sequence[Char]) -> list[TextLine]:
    """Return the lines of a page in reading order; pieces of one line that the file parts are joined."""
    return in_order(_text_pieces(chars))


def text_lines(chars: Sequence[Char]) -> list[TextLine]:
    """Return the lines of one column, or of one cell, from top to bottom."""
    return joined(_text_pieces(chars)) if chars else []


def _text_pieces(chars: Sequence[Char]) -> list[TextLine]:
    pieces = [_with_gaps(piece) for piece in _interlaced(_pieces(chars))]
    lines = [TextLine(words_of(piece), _around(piece), size=_size(piece)) for piece in pieces]
    return [line for line in lines if line.text.strip()]


def _size(chars: Sequence[Char]) -> float | None:
    """Return the width of the Chinese letters in a piece, None where it has none."""
    widths = sorted(char.right - char.left for char in chars if "\u4e00" <= char.text <= "\u9fff")
    return widths[len(widths) // 2] if widths else None


def words_of(chars: Iterable[Char]) -> str:
    """Return the text of characters, without the spaces that only spread letters out."""
    text = "".join(char.text for char in chars).strip("\n ")
    return _SPREAD.sub(lambda found: _BLANK.sub("", found.group()), text)


def _pieces(chars: Sequence[Char]) -> Iterator[list[Char]]:
    """Yield the stretches between line ends, steps back to the left, and gaps as wide as those of columns."""
    piece: list[Char] = []
    for char in chars:
        if piece and (char.text == "\n" or _parted(piece[-1], char)):
            yield piece
            piece = []
        if char.text != "\n":
            piece.append(char)
    if piece:
        yield piece


def _parted(before: Char, char: Char) -> bool:
    back = char.left < before.left - _STEP_BACK
    em = max(char.right - char.left, char.bottom - char.top)
    return back or char.left - before.right > _COLUMN_GAP * em


def _interlaced(pieces: Iterable[list[Char]]) -> list[list[Char]]:
    """Merge pieces that stand on one line and reach into each other, character by character.

    Some programs write the marks of a line after its words, because they are of another font.
    """
    merged: list[list[Char]] = []
    for row in in_rows([(_around(piece), piece) for piece in pieces]):
        line: list[Char] = []
        for box, piece in row:
            if line and box[0] < _around(line)[2] - 1:
                line = _without_filled_gaps(sorted([*line, *piece], key=lambda char: char.left))
                continue
            merged += [line] if line else []
            line = piece
        merged += [line] if line else []
    return merged


def _without_filled_gaps(chars: list[Char]) -> list[Char]:
    """Drop blanks that PDFium put into gaps which are none any more."""
    kept: list[Char] = []
    words = [char for char in chars if char.text != " "]
    for before, after in pairwise(words):
        kept.append(before)
        gap = after.left - before.right
        if gap >= _NO_GAP * (after.bottom - after.top):
            kept.append(Char(" ", before.right, before.top, after.left, before.bottom))
    return [*kept, *words[-1:]]


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
