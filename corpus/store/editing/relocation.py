"""Finds the words of a row again in a text that has changed."""

from __future__ import annotations

import re

from corpus.spans import Span


def moved_span(text: str, words: str, near: int) -> Span | None:
    """Return where `words` stand in `text`, the place nearest to `near`; white space does not count.

    None where they do not stand there; empty words stand nowhere.
    """
    letters = [re.escape(letter) for letter in words if not letter.isspace()]
    if not letters:
        return None
    places = [Span(*match.span()) for match in re.finditer(r"\s*".join(letters), text)]
    return min(places, key=lambda span: abs(span.start - near), default=None)
