"""Gathers what may answer a question: passages of the right place, and whole documents that look right."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from corpus.document import Document
from corpus.passages import cut_passages
from corpus.registry.regions import is_within
from corpus.store.filters import Filters
from corpus.store.rows import DocumentRow, PassageRow
from corpus.store.store import Store
from index.hits import Hit
from index.search import SearchIndex
from index.tokens import fold
from service.ask.fitting.matching import (
    BEGINNING,
    Context,
    Weights,
    document_place_fit,
    held,
    held_above,
    held_at_head,
    passage_place_fit,
)
from service.ask.fitting.years import without_quoted_numbers, year_fit
from service.ask.questions.places import Place
from service.ask.questions.question import Kind, Question

DEPTH = 40
"""Passages that a search gives."""
PER_DOCUMENT = 6
WHOLE_DOCUMENTS = 3
"""Documents that are read from beginning to end: 本通知自…起施行 stands far from what the notice is about."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage that may hold the answer."""

    passage: PassageRow
    place_fit: float
    """How surely it speaks of the place asked about: above 0, at most 1."""
    year_fit: float
    """How surely it speaks of the year asked about: 1 it says so, 0 where nothing is known."""
    search_score: float
    """0 to 1; 0 for a passage that no search found."""
    context: Context


class Gatherer:
    """Searches for one question. Texts of documents are read once."""

    def __init__(self, store: Store, index: SearchIndex, question: Question, weights: Weights) -> None:
        self._store = store
        self._index = index
        self._question = question
        self._weights = weights
        self._documents: dict[str, Document] = {}
        self._texts: dict[str, str] = {}
        self._held: dict[str, frozenset[str]] = {}
        self._heads: dict[str, frozenset[str]] = {}
        self._above: dict[tuple[str | None, tuple[str, ...]], frozenset[str]] = {}
        self._place_fits: dict[str, float] = {}

    def passages(self) -> list[Evidence]:
        """Return the passages found, and all passages of the documents that were found first."""
        return self._passages

    @cached_property
    def _passages(self) -> list[Evidence]:
        found = self._found(tasks_only=False)
        seen = {(item.passage.document_id, item.passage.span) for item in found}
        best = list(dict.fromkeys(item.passage.document_id for item in found))[:WHOLE_DOCUMENTS]
        for document in best:
            example = next(item for item in found if item.passage.document_id == document)
            rest = self._whole(example)
            found += [
                item for item in rest if (document, item.passage.span) not in seen and item.year_fit >= 0
            ]
        return self._call(found, near=True) if self._question.kind is Kind.NUMBER else found

    def task_passages(self, depth: int = DEPTH) -> list[Evidence]:
        """Return the passages found that belong to rows of the ledger, at most about `depth`."""
        return self._found(tasks_only=True, depth=depth)

    def document(self, document: str) -> Document:
        """Return a document of the library."""
        if document not in self._documents:
            self._documents[document] = self._store.document(document)
        return self._documents[document]

    def text(self, document: str) -> str:
        """Return the text of a document of the library; "" for what stands in none."""
        if not document:
            return ""
        if document not in self._texts:
            self._texts[document] = self.document(document).text
        return self._texts[document]

    def _fetch_texts(self, documents: Iterable[str]) -> None:
        """Read the texts of documents at one go."""
        self._texts.update(self._store.texts(set(documents) - self._texts.keys()))

    def _held_by(self, document: str) -> frozenset[str]:
        """Return the words of the question that stand anywhere in a document."""
        if document not in self._held:
            self._held[document] = held(self._weights, self.text(document))
        return self._held[document]

    def _context(self, passage: PassageRow) -> Context:
        """Return what of the question stands in a passage and around it; hundreds share what is around."""
        document, around = passage.document_id, (passage.title, passage.section)
        if document not in self._heads:
            self._heads[document] = held_at_head(self._weights, passage.title, self.text(document))
        if around not in self._above:
            self._above[around] = held_above(self._weights, passage)
        own = held(self._weights, passage.text)
        return Context(own, self._above[around], self._held_by(document), self._heads[document])

    def place_fit(self, passage: PassageRow) -> float:
        """Return how surely a passage speaks of the place asked about."""
        places, document = self._question.places, passage.document_id
        if not places:
            return 1.0
        if document not in self._place_fits:
            self._place_fits[document] = document_place_fit(passage, self.text(document), places)
        return passage_place_fit(passage, self._place_fits[document], places)

    def quotes(self, passage: PassageRow) -> bool:
        """Tell whether a passage, or else its document, has one of the names that the question quotes."""
        texts = (passage.text, self.text(passage.document_id)) if self._question.quoted else ()
        return any(name in text for name in self._question.quoted for text in texts)

    def documents_of_place(self, documents: Collection[str]) -> set[str]:
        """Return those of the documents that are of a place asked about, by region or else by head."""
        places = self._question.places
        rows = [row for row in self._store.documents() if row.id in documents]
        self._fetch_texts(row.id for row in rows if not row.region)
        return {row.id for row in rows if any(self._is_of(row, place) for place in places)}

    def _is_of(self, row: DocumentRow, place: Place) -> bool:
        if row.region:
            return is_within(row.region, place.name)
        head = f"{row.title or ''}{row.source}{self.text(row.id)[:BEGINNING]}"
        return place.written in head

    def _found(self, *, tasks_only: bool, depth: int = DEPTH) -> list[Evidence]:
        """Return what the search gives, of the place asked about where there is one, best first."""
        places = self._question.places
        hits = {hit.passage.id: hit for hit in self._search(Filters(), tasks_only, depth)}
        if len(places) == 1:
            narrow = self._search(Filters(region=places[0].name), tasks_only, depth)
            hits.update({hit.passage.id: hit for hit in narrow})
        self._fetch_texts(hit.passage.document_id for hit in hits.values())
        found = [self.evidence(hit.passage, hit.score) for hit in hits.values()]
        kept = [item for item in found if item.place_fit > 0 and item.year_fit >= 0]
        kept = self._call(kept, near=False)
        if self._question.number:
            kept = [item for item in kept if self._has_number(item.passage.document_id)] or kept
        return sorted(kept, key=lambda item: -item.place_fit * item.search_score)

    def _call(self, found: list[Evidence], *, near: bool) -> list[Evidence]:
        """Return what is of documents that have a name which the question quotes; all where none has.

        Args:
            found: what to choose from.
            near: whether the name must stand in the passage, above it, or at the head of its document.
        """
        names = self._question.called
        calling = [item for item in found if any(name in self._told(item.passage, near) for name in names)]
        return calling or found

    def _told(self, passage: PassageRow, near: bool) -> str:
        text = self.text(passage.document_id)
        above = f"{passage.title or ''}{''.join(passage.section)}"
        return f"{above}{passage.text}{text[:BEGINNING] if near else text}"

    def _has_number(self, document: str) -> bool:
        """Tell whether a document begins with the number asked about, and does not only quote it."""
        head = "".join(self.text(document)[:BEGINNING].split())
        return fold(self._question.number) in fold(without_quoted_numbers(head))

    def _search(self, filters: Filters, tasks_only: bool, depth: int) -> Sequence[Hit]:
        return self._index.search(
            self._question.sought,
            filters,
            depth,
            per_document=max(PER_DOCUMENT, depth // 5),
            collapse=False,
            tasks_only=tasks_only,
        ).hits

    def evidence(self, passage: PassageRow, score: float = 0.0) -> Evidence:
        """Return what is known of a passage; `score` is that of the search, 0 where no search found it."""
        text = self.text(passage.document_id)
        years = year_fit(passage, text, self._question.years)
        return Evidence(passage, self.place_fit(passage), years, score, self._context(passage))

    def _whole(self, example: Evidence) -> Iterator[Evidence]:
        """Yield the passages of a document of which one was found."""
        known = example.passage
        document = self.document(known.document_id)
        for passage in cut_passages(document):
            row = PassageRow(
                id=0,
                document_id=known.document_id,
                version=known.version,
                title=known.title,
                source=known.source,
                date=known.date,
                region=known.region,
                doc_type=known.doc_type,
                text=passage.span.of(document.text),
                section=passage.section,
                span=passage.span,
                page=passage.page,
                task_id=None,
            )
            yield self.evidence(row)
