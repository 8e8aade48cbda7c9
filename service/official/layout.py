"""How many lines and pages a text takes on the grid of 22 lines of 28 characters."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from itertools import pairwise

from index.tokens import word_tokens
from service.official.document import Form, OfficialDocument
from service.official.paper import BODY, CHARACTERS, LINE_PITCH, LINES, TITLE

TITLE_CHARACTERS = int(CHARACTERS * BODY / TITLE)
"""Characters of a line of the title."""
_NOT_FIRST = frozenset("的和与及年月日》）、，。；：")
HEAD_LINES = 11
"""Lines that 发文机关标志, 发文字号 and the blank lines around them take."""
LETTER_HEAD_LINES = 5
"""Lines that the head of a letter takes of 版心."""
SIGNATURE_LINES = 4
"""Two blank lines, 署名 and 成文日期."""


def width(text: str) -> float:
    """Return the width of a text in characters of the grid; digits and Latin letters take half of one."""
    return sum(1.0 if unicodedata.east_asian_width(letter) in "WFA" else 0.5 for letter in text)


def title_lines(title: str) -> list[str]:
    """Return a title in lines of nearly one length, broken between words; one line where it fits.

    A line takes no more than `TITLE_CHARACTERS`, unless a single word is longer.
    """
    count = -int(-width(title) // TITLE_CHARACTERS)
    cuts, start = [0], 0
    for number in range(1, count):
        target = start + (width(title) - start) / (count - number + 1)
        allowed = [
            end for end in _word_ends(title) if start < end < len(title) and end - start <= TITLE_CHARACTERS
        ]
        start = min(allowed, key=lambda end: abs(end - target), default=start)
        cuts.append(start)
    lines_cut = [title[one:other] for one, other in pairwise([*cuts, len(title)])]
    return [line for line in lines_cut if line] or [""]


def _word_ends(title: str) -> list[int]:
    """Return where a title may be broken: after words, not within 《》 nor before 的 and closing marks."""
    ends = [token.span.end for token in word_tokens(title)]
    return [
        end
        for end in ends
        if title[end : end + 1] not in _NOT_FIRST and title.count("《", 0, end) == title.count("》", 0, end)
    ]


def lines(text: str, indent: float = 2.0, per_line: int = CHARACTERS) -> int:
    """Return the lines of a paragraph whose first line is indented; an empty one takes a line too."""
    return max(1, -int(-(indent + width(text)) // per_line))


def pages(document: OfficialDocument) -> int:
    """Return the pages of a document up to its signature, without annexes and 版记."""
    return max(1, -(-_lines_of(document) // LINES))


def room_on_last_page(document: OfficialDocument, points: float) -> bool:
    """Tell whether the text ends on an even page that has so much room left, counted in points.

    Where footnotes take their part of each page nobody can tell, and the answer is no.
    """
    if any(piece.notes for piece in document.body):
        return False
    left = pages(document) * LINES - _lines_of(document)
    return pages(document) % 2 == 0 and left * LINE_PITCH >= points + LINE_PITCH


def _lines_of(document: OfficialDocument) -> int:
    total = _head_lines(document)
    if document.form is not Form.MINUTES or document.issuer_mark:
        total += len(title_lines(document.title)) + 1
    total += bool(document.recipients) + _sum(piece.text for piece in document.body)
    total += 1 + len(document.attachments) if document.attachments else 0
    if document.attendance:
        total += 1 + sum(lines(names, 3, CHARACTERS - 5) for _, names in document.attendance)
    if document.form is not Form.MINUTES and (document.issuer or document.day):
        total += SIGNATURE_LINES
    return total + bool(document.remark)


def _head_lines(document: OfficialDocument) -> int:
    if document.form is Form.LETTER:
        return LETTER_HEAD_LINES if document.issuer_mark else 0
    if document.form is Form.MINUTES or document.issuer_mark:
        return HEAD_LINES
    return bool(document.number)


def _sum(texts: Iterable[str]) -> int:
    return sum(lines(text) for text in texts)
