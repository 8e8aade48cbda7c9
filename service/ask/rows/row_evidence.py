"""Gathers the rows of the ledger that may answer a question, each with what is known of where it stands.

A search finds passages; a passage belongs to one row at most, though a stretch of a table holds several, and
rows that people typed stand in no passage. So all rows of the documents found first are looked at, and all
rows that hold what a person typed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.store.rows import PassageRow, TaskRow
from corpus.store.store import Store
from service.ask.fitting.evidence import Evidence, Gatherer
from service.ask.fitting.matching import Context, Weights, held
from service.ask.rows.row_texts import RowTexts, passage_of, words_of

DOCUMENTS = 6
"""Documents all of whose rows are looked at."""
TYPED_SHARE = 0.4
"""What of the question a typed row must hold to be looked at."""
TYPED_ROWS = 50
Piece = tuple[str, PassageRow]
"""The words of a row, and the row as a passage."""


@dataclass(frozen=True, slots=True)
class RowEvidence:
    """A row that may hold the answer."""

    id: str
    words: str
    """All words of the row."""
    place_fit: float
    """How surely it speaks of the place asked about: above 0, at most 1."""
    year_fit: float
    """How surely it speaks of the year asked about: 1 it says so, 0 where nothing is known."""
    context: Context
    title: str = ""
    """That of its document."""
    quoted: bool = True
    """True where its document, or the row itself, has one of the names that the question quotes."""


def gather_rows(
    gatherer: Gatherer, store: Store, texts: RowTexts, weights: Weights, document: str | None
) -> list[RowEvidence]:
    """Return the rows that may answer; of one document only where the question names it.

    Args:
        gatherer: what searches for the question.
        store: the library's records.
        texts: the words of its rows.
        weights: the question's words.
        document: the id of the document that the question names, None where it names none.
    """
    found = gatherer.task_passages()
    behind = dict.fromkeys(item.passage.task_id for item in found if item.passage.task_id)
    documents = [document] if document else _first_documents(found)
    rows = {row.task_id or "": row for name in documents for row in texts.of(name)}
    rest = [name for name in (*behind, *_typed(texts, weights)) if name not in rows]
    pieces = {name: (row.text, row) for name, row in rows.items()}
    pieces.update(_apart(store, texts, rest))
    return [
        piece
        for name, (words, row) in pieces.items()
        if document in (None, row.document_id) and (piece := _evidence(gatherer, name, words, row))
    ]


def _first_documents(found: Sequence[Evidence]) -> list[str]:
    return list(dict.fromkeys(item.passage.document_id for item in found))[:DOCUMENTS]


def _typed(texts: RowTexts, weights: Weights) -> list[str]:
    """Return the ids of the rows that hold, in words that a person typed, what the question is about."""
    typed = {name: weights.sum(held(weights, words)) for name, words in texts.typed().items()}
    close = [name for name, share in typed.items() if share >= TYPED_SHARE]
    return sorted(close, key=lambda name: -typed[name])[:TYPED_ROWS]


def _apart(store: Store, texts: RowTexts, names: Sequence[str]) -> Iterator[tuple[str, Piece]]:
    """Yield rows by their ids, wherever they stand, with or without a document."""
    known = texts.rows(names)
    rest = [name for name in names if name not in known]
    own = {row.id: (words_of(row), _on_its_own(row, store)) for row in store.task_rows(rest)} if rest else {}
    for name in names:
        if name in known:
            yield name, (known[name].text, known[name])
        elif name in own:
            yield name, own[name]


def _evidence(gatherer: Gatherer, name: str, words: str, row: PassageRow) -> RowEvidence | None:
    """Return what is known of a row; None where it speaks of another place or year."""
    piece = gatherer.evidence(row)
    if piece.place_fit <= 0 or piece.year_fit < 0:
        return None
    title, quoted = row.title or "", gatherer.quotes(row)
    return RowEvidence(name, words, piece.place_fit, piece.year_fit, piece.context, title, quoted)


def _on_its_own(row: TaskRow, store: Store) -> PassageRow:
    """Return a row without a document as a passage that also tells its units, its sender and the office."""
    units = (unit["canonical"] or unit["name"] for unit in row.record["units"])
    sender = (str(value) for value in (row.entry or {}).values() if value)
    office = str(store.settings.read().get("office_name") or "")
    passage = passage_of(row)
    return replace(passage, text=" ".join((passage.text, *units, *sender, office)))
