"""What the library gives back, as the JSON that programs rely on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from corpus.records import JsonObject, plain
from corpus.store.filters import Filters
from corpus.store.rows import DocumentRow
from index.hits import SearchResult, hit_record

if TYPE_CHECKING:
    from service.ask.result import Answer
    from service.library import Library


def search_record(query: str, filters: Filters, result: SearchResult) -> JsonObject:
    """Return the object that `taizhang search --json` prints."""
    hits = [hit_record(hit) for hit in result.hits]
    return {
        "query": query,
        "filters": filters_record(filters),
        "hits": hits,
        "facets": result.facets,
        "understood": [hint.record() for hint in result.understood],
        "also": [item.record() for item in result.stand_ins],
        "notices": list(result.notices),
    }


def answer_record(library: Library, question: str, before: Sequence[str], worded: bool) -> JsonObject:
    """Return the object that `taizhang ask --json` prints; with `worded` as a language model says it, too.

    A model that cannot be reached costs only its wording.
    """
    answer = library.ask(question, before)
    return {**answer.record(), "worded": _worded(library, answer) if worded else None}


def _worded(library: Library, answer: Answer) -> JsonObject | None:
    from service.ask.model import ModelError  # brings the readers of facts

    try:
        wording = library.word(answer)
    except ModelError as error:
        return {"text": "", "dropped": [], "problem": str(error)}
    return {**wording.record(), "problem": None} if wording else None


def filters_record(filters: Filters) -> JsonObject:
    """Return the filters that are set."""
    return {key: value for key, value in plain(filters).items() if value not in (None, False)}


def document_row_record(row: DocumentRow) -> JsonObject:
    """Return a document as a listing shows it."""
    record: JsonObject = plain(row)
    return record
