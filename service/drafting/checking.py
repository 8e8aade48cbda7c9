"""Checks what a finished text states against the ledger and the documents it was made from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from corpus.store.filters import TaskQuery
from ingest.labels import find_label
from service.drafting.contents.registry import count_sentences
from service.drafting.examples import EXAMPLE_MARK
from service.drafting.finding import MOST_ROWS
from service.drafting.wording import subject_of
from service.facts import Fact, FactKind, Grounds
from service.library import Library
from service.official.document import written_day
from service.official.fault import Fault

_NAMES = {FactKind.FIGURE: "数字", FactKind.DAY: "日期", FactKind.UNIT: "单位", FactKind.QUOTATION: "引文"}


def check_facts(
    paragraphs: Iterable[tuple[int, str]],
    library: Library,
    documents: Iterable[str],
    today: date | None = None,
) -> tuple[Fault, ...]:
    """Return the facts of a text that none of its sources states, in text order.

    Args:
        paragraphs: the text, each paragraph with its number.
        library: where the sources are.
        documents: ids of the documents that it was made from; their ledgers are sources too.
        today: the day of the text, None for the present one.

    Raises:
        NotFoundError: when there is no such document.
    """
    grounds = Grounds(_sources(library, documents, today or date.today()))
    return tuple(
        _fault(fact, number)
        for number, text in paragraphs
        if not text.startswith(EXAMPLE_MARK)
        for fact in grounds.unsupported(_without_label(text))
    )


def _sources(library: Library, documents: Iterable[str], today: date) -> Iterator[str]:
    """Yield the texts of the documents, their rows as corrected, and the counts that their ledgers give."""
    yield written_day(today)
    for document in documents:
        shown = library.show(document)
        yield f"{shown.document.header.title or ''}\n{shown.document.text}"
        rows = library.store.tasks(TaskQuery(document=document, limit=MOST_ROWS), today).items
        yield "\n".join(count_sentences(subject_of(shown.document.header.title or ""), rows, today))


def _without_label(text: str) -> str:
    label = find_label(text)
    return text[label.end :] if label else text


def _fault(fact: Fact, number: int) -> Fault:
    return Fault(
        f"fact_{fact.kind.value}", f"材料中没有{_NAMES[fact.kind]}“{fact.raw}”，请核对。", number, fact.raw
    )
