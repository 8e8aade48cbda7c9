"""密级 and 紧急程度: the marks at the upper left of an official document's first page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.headfacts.head import Head
from ingest.readers.base import RawDocument

HEAD_LINES = 12
"""A mark stands within the first lines that hold words."""

_SECRECY = re.compile(
    r"[【（(★]?(?:密级[:：]?)?(?P<mark>绝密|机密|秘密)级?"
    r"(?:[★☆▲*（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})?(?:年|个月|长期|启用前|解密前)?)?[】）)★]?"
)
_SECRET_WITH_TERM = re.compile(r"(?P<mark>绝密|机密|秘密)[★☆]")
_URGENCY = re.compile(r"特急|特提|加急|平急|急件")
_PARTS = re.compile(r"\t|[ \u3000]{2,}|\n")
_NUMBER = re.compile(r"\d{6}")


def secrecy_mark(raw: RawDocument) -> str | None:
    """Return the 密级 with which a file is marked, None for a file without such a mark.

    The mark stands alone at the head (机密★1年); the word in running text is no mark.
    """
    for part in _head_parts(raw):
        words = "".join(part.split())
        found = _SECRECY.fullmatch(_URGENCY.sub("", _NUMBER.sub("", words, count=1))) or (
            _SECRET_WITH_TERM.search(words) if len(words) <= 30 else None
        )
        if found:
            return found["mark"]
    return None


def _head_parts(raw: RawDocument) -> Iterator[str]:
    """Yield the words of the first lines, cells and columns apart; page heads count as well."""
    seen = 0
    for line in raw.lines:
        if line.text.strip():
            seen += 1
            if seen <= HEAD_LINES or line.furniture:
                texts = [cell.text for cell in line.cells] or [line.text[:200]]
                yield from (part for text in texts for part in _PARTS.split(text) if part.strip())


def find_urgency(head: Head) -> str | None:
    """Return the 紧急程度 marked at the head, None for none."""
    for line in head.marks:
        found = _URGENCY.search(line)
        if found and len(line) <= 20:
            return found[0]
    return None
