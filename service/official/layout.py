"""How many lines and pages a text takes on the grid of 22 lines of 28 characters."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from service.official.document import Form, OfficialDocument
from service.official.paper import BODY, CHARACTERS, LINE_PITCH, LINES, TITLE

TITLE_CHARACTERS = int(CHARACTERS * BODY / TITLE)
"""Characters of a line of the title."""
HEAD_LINES = 11
"""Lines that 发文机关标志, 发文字号 and the blank lines around them take."""
LETTER_HEAD_LINES = 5
"""Lines that the head of a letter takes of 版心."""
SIGNATURE_LINES = 4
"""Two blank lines, 署名 and 成文日期."""


def width(text: str) -> float:
    """Return the width of a text in characters of the grid; digits and Latin letters take half of one."""
    return sum(1.0 if unicodedata.east_asian_width(letter) in "WFA" else 0.5 for letter in text)


def lines(text: str, indent: float = 2.0, per_line: int = CHARACTERS) -> int:
    """Return the lines of a paragraph whose first line is indented; an empty one takes a line too."""
    return max(1, -int(-(indent + width(text)) // per_line))


def pages(document: OfficialDocument) -> int:
    """Return the pages of a document up to its signature, without annexes and 版记."""
    return max(1, -(-_lines_of(document) // LINES))


def room_on_last_page(document: OfficialDocument, points: float) -> bool:
    """Tell whether the text ends on an even page that has so much room left, counted in points."""
    left = pages(document) * LINES - _lines_of(document)
    return pages(document) % 2 == 0 and left * LINE_PITCH >= points + LINE_PITCH


def _lines_of(document: OfficialDocument) -> int:
    total = _head_lines(document)
    if document.form is not Form.MINUTES or document.issuer_mark:
        total += lines(document.title, 0, TITLE_CHARACTERS) + 1
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
