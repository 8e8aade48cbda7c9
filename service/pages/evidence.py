"""A document's text as HTML in which the evidence of its ledger is marked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from corpus.records import JsonObject
from corpus.spans import Span

FIELD_KINDS = {"units": "unit", "deadlines": "deadline", "refs": "reference", "indicators": "indicator"}
"""Fields of a task record whose items carry a span, and the mark that shows them."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the text to colour."""

    span: Span
    kind: str
    """task, unit, deadline, reference, indicator, progress or found; a CSS class `mark-…`."""
    task: int | None = None
    """0-indexed row of the ledger that a click on the mark shows."""


def task_marks(tasks: Iterable[JsonObject]) -> Iterator[Mark]:
    """Yield the marks of ledger rows: one for the task's own words and one for each of its fields."""
    for number, task in enumerate(tasks):
        yield Mark(Span(*task["span"]), "task", number)
        for field, kind in FIELD_KINDS.items():
            # A value that a user corrected stands nowhere in the text.
            yield from (Mark(Span(*item["span"]), kind, number) for item in task[field] if item.get("span"))


def progress_marks(progress: Iterable[JsonObject]) -> Iterator[Mark]:
    """Yield one mark for each progress item."""
    yield from (Mark(Span(*item["span"]), "progress") for item in progress)


def highlighted_html(text: str, spans: Iterable[Span]) -> str:
    """Return `text` as HTML with the words at `spans`, in order and without overlap, in `<em>`."""
    pieces: list[str] = []
    position = 0
    for span in spans:
        pieces += [escape(text[position : span.start]), "<em>", escape(span.of(text)), "</em>"]
        position = span.end
    return "".join([*pieces, escape(text[position:])])


def marked_html(text: str, marks: Iterable[Mark]) -> str:
    """Return `text` as HTML: one `<p>` a line, escaped, each marked stretch in a `<span>`.

    Marks may nest and overlap: a stretch under several marks carries all their classes and the number of the
    innermost one's task. An empty text gives "".
    """
    ordered = sorted((mark for mark in marks if len(mark.span)), key=lambda mark: mark.span)
    cuts = _cuts(text, ordered)
    lines: list[str] = []
    line: list[str] = []
    active: list[Mark] = []
    waiting = iter([*ordered, None])
    upcoming = next(waiting)
    for start, end in pairwise(cuts):
        active = [mark for mark in active if mark.span.end > start]
        while upcoming is not None and upcoming.span.start <= start:
            active.append(upcoming)
            upcoming = next(waiting)
        piece = text[start:end]
        line.append(_piece(piece.rstrip("\n"), active))
        if piece.endswith("\n"):
            lines.append("".join(line))
            line = []
    lines.append("".join(line))
    return "".join(f"<p>{words}</p>" for words in lines if words)


def _cuts(text: str, marks: list[Mark]) -> list[int]:
    """Return every position where the set of marks or the line changes, ends of the text included."""
    cuts = {0, len(text)}
    for mark in marks:
        cuts.update((min(mark.span.start, len(text)), min(mark.span.end, len(text))))
    position = text.find("\n")
    while position >= 0:
        cuts.add(position + 1)
        position = text.find("\n", position + 1)
    return sorted(cuts)


def _piece(words: str, marks: list[Mark]) -> str:
    if not words:
        return ""
    if not marks:
        return escape(words)
    classes = " ".join(sorted({f"mark-{mark.kind}" for mark in marks}))
    inner = min(
        (mark for mark in marks if mark.task is not None), key=lambda mark: len(mark.span), default=None
    )
    row = f' data-task="{inner.task}"' if inner else ""
    return f'<span class="{classes}"{row}>{escape(words)}</span>'
