"""How many lines and pages a text takes on the grid of 22 lines of 28 characters."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from service.official.document import OfficialDocument
from service.official.paper import BODY, CHARACTERS, LINES, TITLE

TITLE_CHARACTERS = int(CHARACTERS * BODY / TITLE)
"""Characters of a line of the title."""
HEAD_LINES = 9
"""Lines that 发文机关标志, 发文字号 and the blank lines around them take."""
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
    total = HEAD_LINES if document.issuer_mark or document.number else 0
    total += lines(document.title, 0, TITLE_CHARACTERS) + 1
    total += bool(document.recipients) + _sum(piece.text for piece in document.body)
    total += 1 + len(document.attachments) if document.attachments else 0
    total += SIGNATURE_LINES if document.issuer or document.day else 0
    total += bool(document.remark)
    return max(1, -(-total // LINES))


def _sum(texts: Iterable[str]) -> int:
    return sum(lines(text) for text in texts)
