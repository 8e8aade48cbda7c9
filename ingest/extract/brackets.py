"""Brackets and quotation marks: which stretches of a text stand inside them, whatever their kinds."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.spans import Span

OPENING = "（(〔［[【〖〈<＜｛{《「『“‘"
CLOSING = "）)〕］]】〗〉>＞｝}》」』”’"
QUOTES = frozenset("“”‘’「」『』《》")
_MARKS = re.compile("[" + re.escape(OPENING + CLOSING) + "]")


@dataclass(frozen=True, slots=True)
class Bracket:
    """A stretch in brackets."""

    span: Span
    """With its brackets; up to the end of the searched stretch where the closing one is missing."""
    inner: Span
    """Without them."""
    closed: bool = True


def find_brackets(text: str, span: Span) -> list[Bracket]:
    """Return the round, square and corner brackets within `span`, ordered by where they open.

    Documents mix the kinds (〔A；B）) and forget one of a pair, so any closing bracket ends the last open
    one. Quotation marks are left out. A bracket without its end reaches to the end of `span`.
    """
    found: list[Bracket] = []
    opened: list[int] = []
    for match in _MARKS.finditer(text, span.start, span.end):
        mark = match.group()
        if mark in QUOTES:
            continue
        if mark in OPENING:
            opened.append(match.start())
        elif opened:
            start = opened.pop()
            found.append(Bracket(Span(start, match.end()), Span(start + 1, match.start())))
    found += [Bracket(Span(start, span.end), Span(start + 1, span.end), closed=False) for start in opened]
    return sorted(found, key=lambda bracket: bracket.span.start)


def outside(text: str, span: Span) -> list[Span]:
    """Return the stretches of `span` outside all brackets and quotation marks, in order.

    A mark that has no partner counts as an ordinary character.
    """
    if not _MARKS.search(text, span.start, span.end):
        return [span] if span else []
    parts: list[Span] = []
    position = span.start
    for start, end in _covered(text, span):
        if start > position:
            parts.append(Span(position, start))
        position = max(position, end)
    if position < span.end:
        parts.append(Span(position, span.end))
    return parts


def _covered(text: str, span: Span) -> list[tuple[int, int]]:
    """Return where pairs of marks begin and end, ordered; pairs inside pairs included."""
    pairs: list[tuple[int, int]] = []
    opened: list[int] = []
    for match in _MARKS.finditer(text, span.start, span.end):
        if match.group() in OPENING:
            opened.append(match.start())
        elif opened:
            pairs.append((opened.pop(), match.end()))
    return sorted(pairs)
