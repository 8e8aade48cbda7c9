"""Texts with the words marked that a task and a claim share."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from itertools import pairwise

from nicegui import ui

from corpus.spans import Span


def marked_html(text: str, shared: Iterable[Span], quote: Span | None = None) -> str:
    """Return a text as HTML: `shared` stretches marked, the `quote` underlined; all spans from 0."""
    marks = list(shared)
    cuts = {0, len(text)}
    for span in [*marks, *([quote] if quote else [])]:
        cuts |= {min(span.start, len(text)), min(span.end, len(text))}
    places = sorted(cuts)
    return "".join(_piece(text, Span(start, end), marks, quote) for start, end in pairwise(places))


def show_marked(text: str, shared: Iterable[Span], quote: Span | None = None) -> None:
    """Show a text with its marks."""
    ui.html(marked_html(text, shared, quote), sanitize=False, tag="p").classes("side-text")


def _piece(text: str, span: Span, marks: Iterable[Span], quote: Span | None) -> str:
    words = escape(span.of(text))
    if any(mark.contains(span) for mark in marks):
        words = f"<mark>{words}</mark>"
    return f"<u>{words}</u>" if quote is not None and quote.contains(span) else words
