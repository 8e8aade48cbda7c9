"""What of a question narrowed the search, as answers tell it."""

from __future__ import annotations

from corpus.records import JsonObject
from service.ask.questions.question import Question


def filters_of(question: Question, document: str | None) -> JsonObject:
    """Return what narrowed the search under public keys; `document` is the id of the one that was meant."""
    named = {
        "region": "、".join(place.name for place in question.places),
        "document": document,
        "unit": question.unit,
        "year": "、".join(map(str, question.years)),
        "role": question.role.value if question.role else None,
        "due_from": question.due.first.isoformat() if question.due and question.due.strict else None,
        "status": _status_words(question),
        "due_before": question.due.last.isoformat() if question.due else None,
    }
    return {key: value for key, value in named.items() if value}


def _status_words(question: Question) -> str | None:
    if question.status is None:
        return None
    return "overdue" if question.status.overdue else " ".join(sorted(question.status.statuses))
