"""One question over one library, with what every way of answering it needs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.spans import Span
from corpus.store.rows import PassageRow
from corpus.store.store import Store
from index.search import SearchIndex
from service.ask.filters import filters_of
from service.ask.fitting.evidence import Gatherer
from service.ask.fitting.matching import Weights, rarity_of, said_otherwise
from service.ask.questions.question import Kind, Question
from service.ask.result import LONGEST_ANSWER, Answer, Citation, cite
from service.ask.rows.row_texts import RowTexts
from service.ask.texts.passages import sentences

MOST_CITATIONS = 3


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A question on its way to its answer."""

    question: Question
    store: Store
    index: SearchIndex
    row_texts: RowTexts
    weights: Weights
    gatherer: Gatherer

    @classmethod
    def of(cls, question: Question, store: Store, index: SearchIndex, row_texts: RowTexts) -> Inquiry:
        """Return the inquiry for a question, its words weighed by how rare they are in the library."""
        otherwise = said_otherwise(index, question.topic)
        weights = Weights.of(rarity_of(index, question.topic), question.beside, otherwise)
        return cls(question, store, index, row_texts, weights, Gatherer(store, index, question, weights))

    def answered(
        self,
        value: str | None,
        citations: Sequence[Citation],
        fit: float,
        *,
        kind: Kind | None = None,
        items: tuple[str, ...] = (),
        rows: tuple[str, ...] = (),
        document: str | None = None,
    ) -> Answer:
        """Return an answer to the question, of its own kind unless another is given."""
        question = self.question
        return Answer(
            question.text,
            kind or question.kind,
            value,
            items,
            tuple(citations),
            min(1.0, fit),
            filters_of(question, document),
            rows,
        )

    def none(self) -> Answer:
        """Return that nothing supports an answer, and what is nearest."""
        hits = self.index.search(self.question.sought, k=MOST_CITATIONS).hits
        nearest = [cite(hit.passage, _first_sentence(hit.passage)) for hit in hits]
        return self.answered(None, nearest, 0.0, kind=Kind.NONE)


def joined(names: Sequence[str]) -> str:
    """Return as many names as an answer may hold, joined by 、."""
    kept = names[0][:LONGEST_ANSWER]
    for name in names[1:]:
        if len(kept) + 1 + len(name) > LONGEST_ANSWER:
            break
        kept = f"{kept}、{name}"
    return kept


def _first_sentence(passage: PassageRow) -> Span:
    return next(sentences(passage.text), Span(0, len(passage.text)))
