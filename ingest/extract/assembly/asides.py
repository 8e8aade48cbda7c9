"""Paragraphs that speak about the plan itself: how lists are to be read, and who shares in all tasks."""

from __future__ import annotations

from corpus.spans import Span
from ingest.extract.responsibility.everywhere import EverywhereClause, find_everywhere
from ingest.extract.responsibility.notes import leading_notes, star_notes

_LONGEST = 200
_TRIFLE = 12
"""So many characters may be left beside notes and clauses: 说明, numbers and marks."""
_MARKS = "（(〔［[【）)〕］]】。；;，,：: \n注备说明"


def free_clause(text: str, span: Span) -> EverywhereClause | None:
    """Return the clause for the whole document that a paragraph is, None for other paragraphs."""
    if len(span) > _LONGEST:
        return None
    clause = find_everywhere(text, span)
    return clause if clause is not None and _is_rest_trifling(text, span, clause) else None


def is_aside(text: str, span: Span) -> bool:
    """Tell whether a paragraph is nothing but notes on lists of units and clauses for the whole document."""
    if len(span) > _LONGEST:
        return False
    clause = find_everywhere(text, span)
    noted = leading_notes(text, span) or star_notes(text, span)
    return bool(clause or noted) and _is_rest_trifling(text, span, clause)


def _is_rest_trifling(text: str, span: Span, clause: EverywhereClause | None) -> bool:
    """Tell whether next to nothing is left when notes and clause are taken away."""
    taken = {
        at
        for note in (*leading_notes(text, span), *star_notes(text, span))
        for at in range(note.span.start, note.span.end)
    }
    if clause:
        taken |= set(range(clause.span.start, clause.span.end))
    rest = "".join(text[at] for at in range(span.start, span.end) if at not in taken)
    return len(rest.strip(_MARKS)) <= _TRIFLE and not rest.endswith("）（")
