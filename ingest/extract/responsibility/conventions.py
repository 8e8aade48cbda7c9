"""What a document says about its own statements: ★ marks the lead, the unit named first leads."""

from __future__ import annotations

import re

from corpus.spans import Span
from ingest.extract.responsibility.notes import Note, leading_notes, star_notes
from ingest.extract.responsibility.statement import Conventions

_BRACKET_BEFORE = re.compile(r"[（(〔［\[【][^（(〔［\[【）)〕］\]】]*$")
_LONGEST_REMARK = 400


def find_conventions(text: str) -> Conventions:
    """Return what the document says about its statements; nothing for most documents."""
    whole = Span(0, len(text))
    star = next(iter(star_notes(text, whole)), None)
    first = next((note for note in leading_notes(text, whole) if _holds_on(text, note)), None)
    others = (first and first.others) or (star and star.others)
    return Conventions(
        stars=star.stars if star else None,
        leading=first.leading if first else None,
        leading_from=first.span.start if first and _in_statement(text, first) else 0,
        others=others or None,
    )


def _holds_on(text: str, note: Note) -> bool:
    """Tell whether a note speaks of more than the list that it stands in."""
    return note.later or not _in_statement(text, note)


def _in_statement(text: str, note: Note) -> bool:
    """Tell whether a note closes a list in brackets, so that it holds from that list on."""
    line = text.rfind("\n", 0, note.span.start) + 1
    position = note.span.start + 1
    found = _BRACKET_BEFORE.search(text, max(line, position - _LONGEST_REMARK), position)
    return found is not None and found.start() < note.span.start
