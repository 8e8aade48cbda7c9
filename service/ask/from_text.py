"""Answers from running text: a value, a list, a number of things, the number of a document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from service.ask.inquiry import MOST_CITATIONS, Inquiry, joined
from service.ask.named_documents import NAMED_PLACE_FIT, NamedDocuments
from service.ask.questions.naming import names_role
from service.ask.questions.question import Kind, Question, counted_in, names_counted
from service.ask.result import Answer, Citation, cite
from service.ask.texts.document_facts import QUOTED_ALIKE, number_of, number_quoted
from service.ask.texts.listed import noun_listed, read_numbered
from service.ask.texts.passages import Found, agreeing, clearly_ahead, read_passages
from service.ask.texts.running import COUNTED, FoundList, read_lists

SURELY_COUNTED = 0.75
"""What of the question a sentence must hold before its number is taken rather than that of rows."""
CLEARLY = 0.1
"""By how much a list must fit better than any other before its names are counted."""
LEAST_COUNTED = 0.7
"""What of the question such a list must hold: notices of neighbouring places read alike."""


class FromText:
    """What passages answer to one question; each way tells None where it finds no answer."""

    def __init__(self, inquiry: Inquiry, named: NamedDocuments) -> None:
        self._inquiry = inquiry
        self._named = named
        self._question = inquiry.question
        self._weights = inquiry.weights
        self._gatherer = inquiry.gatherer

    def value(self) -> Answer | None:
        """Answer with the value, or the sentence, that fits best, and as it should."""
        return self._best_of(read_passages(self._gatherer.passages(), self._question, self._weights))

    def ahead(self) -> Answer | None:
        """Answer with a value that fits less than wanted, and far more than any other."""
        question = self._question
        listed = question.kind in (Kind.LIST, Kind.COUNT) or noun_listed(question.text)
        if listed or question.asks in {"doc_number", "status"}:
            return None
        return self._best_of(clearly_ahead(self._gatherer.passages(), question, self._weights))

    def _best_of(self, found: Sequence[Found]) -> Answer | None:
        if not found:
            return None
        best = found[0]
        support = agreeing(found, best)[:MOST_CITATIONS]
        return self._inquiry.answered(best.answer, list(map(_cite, support)), best.sureness)

    def counted(self) -> Answer | None:
        """Answer with a number that a sentence tells (梳理了32项) where no rows of a plan are meant."""
        asked, unit = self._question, counted_in(self._question.text)
        if not unit or asked.document or asked.unit or asked.due or asked.status or names_role(asked.text):
            return None
        question = replace(asked, kind=Kind.NUMBER, counted=unit)
        found = read_passages(self._gatherer.passages(), question, self._weights)
        if not found or found[0].sureness < SURELY_COUNTED:
            return None
        best = found[0]
        return self._inquiry.answered(best.answer, [_cite(best)], best.sureness, kind=Kind.NUMBER)

    def document_number(self) -> Answer | None:
        """Answer with the number of the document that the question names, by its head or who quotes it."""
        for passage in self._named.passages():
            if found := number_of(self._gatherer.document(passage.document_id), passage):
                return self._inquiry.answered(found[0], [found[1]], 1.0)
        near = (item.passage for item in self._gatherer.passages() if item.place_fit >= NAMED_PLACE_FIT)
        quoted = number_quoted(self._question, near)
        return self._inquiry.answered(quoted[0], [quoted[1]], QUOTED_ALIKE) if quoted else None

    def enumerated(self) -> Answer | None:
        """Answer with the items of a sentence that lists what the question asks for."""
        best = self._list(self._question)
        return self._inquiry.answered(None, [_cite(best)], best.fit, items=best.items) if best else None

    def together(self) -> Answer | None:
        """Answer with the names that a sentence lists, joined by 、."""
        best = self._list(self._question)
        return self._inquiry.answered(joined(best.items), [_cite(best)], best.fit) if best else None

    def names_counted(self) -> Answer | None:
        """Answer with the number of the names that a sentence lists: 11 for 几个村."""
        noun = names_counted(self._question.text) if self._question.kind is Kind.NUMBER else ""
        question = replace(self._question, counted=noun, asks=COUNTED)
        found = read_lists(self._gatherer.passages(), question, self._weights) if noun else []
        found = [one for one in found if one.fit >= LEAST_COUNTED]
        # Of 撤销了几个村 each of several sentences tells a part.
        of_one = [one for one in found if one.passage.document_id == found[0].passage.document_id]
        if not found or any(
            one.fit > of_one[0].fit - CLEARLY and one.items != of_one[0].items for one in of_one
        ):
            return None
        best, number = found[0], str(len(found[0].items))
        return self._inquiry.answered(number, [_cite(best)], best.fit, kind=Kind.COUNT, items=best.items)

    def _list(self, question: Question) -> FoundList | None:
        return next(iter(read_lists(self._gatherer.passages(), question, self._weights)), None)

    def numbered(self) -> Answer | None:
        """Answer with the items of a numbered list, or with their number; not where rows are picked out."""
        question = self._question
        if question.unit or question.due or question.status or not noun_listed(question.text):
            return None
        evidence, named = self._gatherer.passages(), self._named.ids()
        found = read_numbered(evidence, self._gatherer.text, question, self._weights, named)
        if not found:
            return None
        best, lists = found[0], question.kind is Kind.LIST
        return self._inquiry.answered(
            None if lists else str(len(best.items)),
            [_cite(best)],
            best.fit,
            kind=Kind.LIST if lists else Kind.COUNT,
            items=best.items,
        )


def _cite(found: Found | FoundList) -> Citation:
    return cite(found.passage, found.sentence)
