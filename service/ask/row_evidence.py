"""Gathers the rows of the ledger that may answer a question, each with what is known of where it stands.

A search finds passages; a passage belongs to one row at most, though a stretch of a table holds several, and
rows that people typed stand in no passage. So all rows of the documents found first are looked at, and all
rows that hold what a person typed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.spans import Span
from corpus.store.filters import TaskQuery
from corpus.store.rows import DocumentRow, PassageRow, TaskRow
from corpus.store.store import Store
from service.ask.evidence import Evidence, Gatherer
from service.ask.matching import Context, Weights, held

DOCUMENTS = 6
"""Documents all of whose rows are looked at."""
ROWS_PER_DOCUMENT = 300
TYPED_SHARE = 0.4
"""What of the question a typed row must hold to be looked at."""
TYPED_ROWS = 50


@dataclass(frozen=True, slots=True)
class RowEvidence:
    """A row that may hold the answer."""

    row: TaskRow
    place_fit: float
    """How surely it speaks of the place asked about: above 0, at most 1."""
    year_fit: float
    """How surely it speaks of the year asked about: 1 it says so, 0 where nothing is known."""
    context: Context
    quoted: bool = True
    """True where its document, or the row itself, has one of the names that the question quotes."""


def gather_rows(
    gatherer: Gatherer, store: Store, weights: Weights, document: str | None
) -> list[RowEvidence]:
    """Return the rows that may answer; of one document only where the question names it.

    Args:
        gatherer: what searches for the question.
        store: the library's records.
        weights: the question's words.
        document: the id of the document that the question names, None where it names none.
    """
    found = gatherer.task_passages()
    behind = dict.fromkeys(item.passage.task_id for item in found if item.passage.task_id)
    documents = [document] if document else _first_documents(found)
    rows = {row.id: row for row in _rows_of(store, documents)}
    rest = [name for name in behind if name not in rows] + _typed(store, weights)
    rows.update({row.id: row for row in store.task_rows(rest)})
    shown = (row for row in rows.values() if document is None or row.document_id == document)
    return list(_evidence(gatherer, store, shown))


def _first_documents(found: Sequence[Evidence]) -> list[str]:
    return list(dict.fromkeys(item.passage.document_id for item in found))[:DOCUMENTS]


def _rows_of(store: Store, documents: Iterable[str]) -> Iterator[TaskRow]:
    for document in documents:
        yield from store.tasks(TaskQuery(document=document, limit=ROWS_PER_DOCUMENT)).items


def _typed(store: Store, weights: Weights) -> list[str]:
    """Return the ids of the rows that hold, in words that a person typed, what the question is about."""
    typed = {name: weights.sum(held(weights, words)) for name, words in store.typed_rows().items()}
    close = [name for name, share in typed.items() if share >= TYPED_SHARE]
    return sorted(close, key=lambda name: -typed[name])[:TYPED_ROWS]


def _evidence(gatherer: Gatherer, store: Store, rows: Iterable[TaskRow]) -> Iterator[RowEvidence]:
    facts: dict[str, DocumentRow] = {}
    for row in rows:
        if row.document_id and row.document_id not in facts:
            facts[row.document_id] = store.document_row(row.document_id)
        about = facts.get(row.document_id)
        piece = gatherer.evidence(_in_document(row, about) if about else _on_its_own(row, store))
        if piece.place_fit > 0 and piece.year_fit >= 0:
            quoted = gatherer.quotes(piece.passage)
            yield RowEvidence(row, piece.place_fit, piece.year_fit, piece.context, quoted)


def _in_document(row: TaskRow, about: DocumentRow) -> PassageRow:
    """Return the row as a passage of its document."""
    return replace(_passage(row), date=about.date, region=about.region, doc_type=about.doc_type)


def _on_its_own(row: TaskRow, store: Store) -> PassageRow:
    """Return a row without a document as a passage that also tells its units, its sender and the office."""
    units = (unit["canonical"] or unit["name"] for unit in row.record["units"])
    sender = (str(value) for value in (row.entry or {}).values() if value)
    office = str(store.settings.read().get("office_name") or "")
    passage = _passage(row)
    return replace(passage, text=" ".join((passage.text, *units, *sender, office)))


def words_of(row: TaskRow) -> str:
    """Return all words of a row: its number, its text, and what other columns of its table say of it."""
    others = (value for value in row.record["extra"].values() if isinstance(value, str))
    return " ".join((f"{row.record['label']}{row.record['text']}", *others))


def _passage(row: TaskRow) -> PassageRow:
    record = row.record
    return PassageRow(
        id=0,
        document_id=row.document_id,
        version=0,
        title=row.title,
        source=row.source,
        date=None,
        region=None,
        doc_type=None,
        text=words_of(row),
        section=tuple(record["section"]),
        span=Span(*record["span"]),
        page=record["page"],
        task_id=row.id,
    )
