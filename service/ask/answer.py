"""Answers a question: from the ledger where records hold the answer, else from the passage that fits best."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from corpus.store.filters import Filters
from corpus.store.store import Store
from index.search import SearchIndex
from service.ask.from_ledger import FromLedger
from service.ask.from_text import FromText
from service.ask.inquiry import Inquiry
from service.ask.named_documents import NamedDocuments
from service.ask.pieces.duties import asks_procedure, asks_seat
from service.ask.pieces.posts import post_asked
from service.ask.questions.question import Kind, Question, understand
from service.ask.result import Answer
from service.ask.rows.row_answers import LEAST_FIT
from service.ask.rows.row_texts import RowTexts

SURE_FIT = 0.75
"""What of the question a row must hold before its time limit is taken rather than a day in running text."""
CLEARLY = 0.1
"""By how much a sentence must fit better than the best row to be taken rather than that."""
MOST_BEFORE = 10
"""Questions of a conversation that are looked back upon."""


def answer(
    text: str,
    store: Store,
    index: SearchIndex,
    before: Sequence[str] = (),
    row_texts: RowTexts | None = None,
) -> Answer:
    """Answer a question over the whole library; `none` when nothing in it supports an answer.

    Args:
        text: the question.
        store: the library's records.
        index: the library's search.
        before: the questions asked before it, first to last; it may keep their subject.
        row_texts: what was kept of the rows since earlier questions; None reads it anew.
    """
    today = store.today()
    is_place = partial(_is_place, store)
    earlier: Question | None = None
    for words in before[-MOST_BEFORE:]:
        earlier = understand(words, today, earlier, is_place)
    question = understand(text, today, earlier, is_place)
    return _Asker(Inquiry.of(question, store, index, row_texts or RowTexts(store))).answer()


def _is_place(store: Store, name: str) -> bool:
    """Tell whether documents of the library are of a place of that name."""
    return store.matching(Filters(region=name), 0) != []


class _Asker:
    """The order in which ledger and text are asked for one question."""

    def __init__(self, inquiry: Inquiry) -> None:
        named = NamedDocuments(inquiry)
        self._inquiry = inquiry
        self._ledger = FromLedger(inquiry, named)
        self._text = FromText(inquiry, named)

    def answer(self) -> Answer:
        return self._surely() or self._text.ahead() or self._inquiry.none()

    def _surely(self) -> Answer | None:
        """Return what fits as it should."""
        question, kind = self._inquiry.question, self._inquiry.question.kind
        if question.asks == "doc_number":
            return self._text.document_number()
        if kind in (Kind.LIST, Kind.COUNT):
            return self._listed()
        if kind is Kind.WHO:
            return self._who()
        if question.asks == "status":
            return self._ledger.row(SURE_FIT) or self._text.value()
        if question.how_many:
            return self._text.together()
        if question.asks == "papers":
            return self._text.together() or self._text.value()
        if kind is Kind.WHEN and question.asks == "limit":
            return self._either(self._ledger.row(SURE_FIT)) or self._ledger.row(LEAST_FIT)
        counted = self._text.numbered() if kind is Kind.NUMBER else None
        return counted or self._text.value() or self._text.names_counted()

    def _listed(self) -> Answer | None:
        """Answer with what the question wants listed or counted."""
        if self._inquiry.question.kind is Kind.COUNT:
            return self._text.counted() or self._ledger.answer()
        return self._text.numbered() or self._ledger.answer() or self._text.enumerated()

    def _who(self) -> Answer | None:
        """Answer with the units of a row, or with those of a sentence that fits clearly better."""
        asked = self._inquiry.question.text
        if post_asked(asked):
            return self._text.value()  # rows name units, not who chairs a group
        if asks_procedure(asked):
            return self._text.value() or self._ledger.row(LEAST_FIT)
        row = None if asks_seat(asked) else self._ledger.row(LEAST_FIT)
        if row and row.confidence >= SURE_FIT:
            return row
        return self._either(row)

    def _either(self, row: Answer | None) -> Answer | None:
        """Return what a row answers, or what a sentence does that fits clearly better."""
        told = self._text.value()
        clear = told and (row is None or told.confidence >= row.confidence + CLEARLY)
        return told if clear else row
