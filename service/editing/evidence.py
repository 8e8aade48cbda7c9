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
    task: str | None = None
    """Key of the ledger's row that a click on the mark shows."""
    document: str | None = None
    """The document that the words refer to, where the library holds it: a link to it follows them."""


def task_marks(rows: Iterable[tuple[str, JsonObject]]) -> Iterator[Mark]:
    """Yield the marks of ledger rows, given as key and record: the task's own words and each of its fields.

    What a person put in by hand stands nowhere in the text; its mark is empty.
    """
    for key, record in rows:
        yield Mark(Span(*record["span"]), "task", key)
        for field, kind in FIELD_KINDS.items():
            for item in record[field]:
                if item.get("span"):
                    yield Mark(Span(*item["span"]), kind, key, item.get("document_id"))


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
    """Return `text` as HTML: one `<p>` a line, escaped, each marked stretch in a `<span>`; "" for no text."""
    return "".join(html for _, html in marked_lines(text, marks))


def marked_lines(text: str, marks: Iterable[Mark]) -> list[tuple[int, str]]:
    """Return each line that is not blank: its first code point in `text`, and the line as HTML.

    `data-start` of a line is that first code point. Marks may nest and overlap: a stretch under several marks
    carries all their classes and the key of the innermost one's row.
    """
    ordered = sorted((mark for mark in marks if len(mark.span)), key=lambda mark: mark.span)
    cuts = _cuts(text, ordered)
    lines: list[tuple[int, str]] = []
    line: list[str] = []
    first = 0
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
        line += [_link(mark.document) for mark in active if mark.document and mark.span.end == end]
        if piece.endswith("\n"):
            lines.append((first, "".join(line)))
            line, first = [], end
    lines.append((first, "".join(line)))
    return [(start, f'<p data-start="{start}">{words}</p>') for start, words in lines if words]


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


def _link(document: str) -> str:
    """Return a link without words, which would be taken for words of the text; the look gives it a sign."""
    return (
        f'<a class="reference-link" href="/documents/{escape(document)}" aria-label="打开引用的文件"'
        ' title="打开引用的文件"></a>'
    )


def _piece(words: str, marks: list[Mark]) -> str:
    if not words:
        return ""
    if not marks:
        return escape(words)
    classes = " ".join(sorted({f"mark-{mark.kind}" for mark in marks}))
    inner = min(
        (mark for mark in marks if mark.task is not None), key=lambda mark: len(mark.span), default=None
    )
    row = f' data-task="{escape(inner.task or "")}"' if inner else ""
    return f'<span class="{classes}"{row}>{escape(words)}</span>'
