"""Where one would most likely split a row of a ledger."""

from __future__ import annotations

from itertools import pairwise

SENTENCE_ENDS = "。；;\t"


def proposed_parts(text: str) -> list[str]:
    """Return the sentences of a row's text, where one would most likely split it."""
    ends = [place + 1 for place, mark in enumerate(text) if mark in SENTENCE_ENDS]
    pieces = [text[start:end] for start, end in pairwise([0, *ends, len(text)])]
    return [piece.strip() for piece in pieces if piece.strip()]
