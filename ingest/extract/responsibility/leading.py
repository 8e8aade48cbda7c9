"""The label with which a paragraph begins: 整改措施：…, 【存在问题】…, 问题一：…."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.spans import Span
from ingest.extract.responsibility.labels import FieldKind, field_of

_NUMBER = r"(?:[一二三四五六七八九十]{1,3}|\d{1,3})"
_WORD = r"(?P<word>[\u4e00-\u9fff（）()及和与、]{2,14}?)"
_FRAMED = re.compile(rf"[【〔\[［]\s*{_WORD}{_NUMBER}?\s*[】〕\]］]\s*[:：]?\s*")
_PLAIN = re.compile(rf"{_WORD}{_NUMBER}?\s*[:：]\s*")
_LONGEST_UNKNOWN = 8
"""Longer words before a colon are a sentence that announces a list."""


@dataclass(frozen=True, slots=True)
class LeadingLabel:
    """A label at the beginning of a paragraph."""

    kind: FieldKind
    """`OTHER` for a label that no table knows."""
    word: str
    """Without number, frame and colon."""
    end: int
    """Where its value begins."""


def leading_label(text: str, body: Span) -> LeadingLabel | None:
    """Return the label that the paragraph at `body` begins with, None where it begins with none."""
    match = _FRAMED.match(text, body.start, body.end) or _PLAIN.match(text, body.start, body.end)
    if match is None:
        return None
    word = match["word"].strip("、和及与")
    kind = field_of(word)
    if kind is None and len(word) > _LONGEST_UNKNOWN:
        return None
    return LeadingLabel(kind or FieldKind.OTHER, word, match.end())
