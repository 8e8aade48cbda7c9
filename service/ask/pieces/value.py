"""A piece of a sentence that may answer a question."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.spans import Span


@dataclass(frozen=True, slots=True)
class Value:
    """Something that may answer the question."""

    text: str
    """The bare value, without spaces."""
    span: Span
    """Where it stands in the sentence."""
    suits: float = 0.0
    """How well the words around it suit what is asked, 0 to 1."""


def squeezed(words: str) -> str:
    """Return words without the blanks between them."""
    return re.sub(r"\s", "", words)
