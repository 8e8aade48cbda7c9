"""Cuts tasks and claims into stretches that speak of one matter each."""

from __future__ import annotations

import re

from corpus.spans import Span, trim

_STOP = re.compile(r"[。！？；;\n\t]+|(?<![统唯专单第不之其])[一二三四五六七八九十]{1,2}是(?=[^，。])")
_COMMA = re.compile(r"[，,、：:]")
LONG = 36
"""Code points above which a stretch is also cut at its commas."""
SHORT = 10
"""Code points below which a piece stays with its neighbour: 一是强化监管，."""


def segments(text: str) -> list[Span]:
    """Return the stretches of `text` in order, without white space at the ends; [] for blank text.

    Sentences and numbered clauses are cut; a long one also at commas, in pieces of some length. A piece
    overlaps none of its neighbours.
    """
    found: list[Span] = []
    start = 0
    for stop in _STOP.finditer(text):
        found += _pieces(text, Span(start, stop.start()))
        start = stop.end()
    found += _pieces(text, Span(start, len(text)))
    return found


def _pieces(text: str, span: Span) -> list[Span]:
    """Return a stretch cut at commas where it is long; [] where it is blank."""
    whole = trim(text, span)
    if len(whole) <= LONG:
        return [whole] if len(whole) else []
    pieces: list[Span] = []
    start = whole.start
    for comma in _COMMA.finditer(text, whole.start, whole.end):
        if comma.start() - start >= SHORT and whole.end - comma.end() >= SHORT and comma[0] in "，,":
            pieces.append(Span(start, comma.start()))
            start = comma.end()
    return [*pieces, Span(start, whole.end)]
