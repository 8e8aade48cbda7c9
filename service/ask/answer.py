"""Answers a question: from the ledger where records hold the answer, else from the passage that fits best."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from corpus.spans import Span
from corpus.store.filters import Filters
from corpus.store.rows import PassageRow, TaskRow
from corpus.store.store import Store
from index.search import SearchIndex
from service.ask.document_facts import QUOTED_ALIKE, number_of, number_quoted
from service.ask.duties import asks_procedure, asks_seat
from service.ask.evidence import Gatherer
from service.ask.filters import filters_of
from service.ask.listed import noun_listed, read_numbered
from service.ask.matching import Weights, rarity_of, said_otherwise
from service.ask.naming import names_role
from service.ask.passages import (
    Found,
    agreeing,
    clearly_ahead,
    read_passages,
    sentences,
)
from service.ask.question import Kind, Question, counted_in, names_counted, understand
from service.ask.records import (
    about,
    bare_names,
    document_of_file,
    documents_named,
    ledger_rows,
    rows_about,
)
from service.ask.result import LONGEST_ANSWER, Answer, Citation, cite
from service.ask.row_answers import LEAST_FIT, rows_for
from service.ask.row_citations import cite_row
from service.ask.row_evidence import gather_rows
from service.ask.row_texts import RowTexts
from service.ask.running import COUNTED, FoundList, read_lists
from service.ask.untitled import untitled_document
from service.ask.wording import years_named
from service.ask.years import year_fit

MOST_CITATIONS = 3
MOST_ROW_CITATIONS = 20
NAMED_PLACE_FIT = 0.9
"""How surely a document must speak of the place in its name: that it mentions the place is not enough."""
SAME_TITLE = 0.7
"""How alike a title and a name must be for the document to be meant though it only mentions the place."""
MENTIONED_PLACE_FIT = 0.6
AS_ALIKE = 0.05
"""By how much less alike titles may be and still be taken for the one that is meant."""
WHOLE_NAME = 0.8
"""How alike a title is in which a name stands wholly, see `records.titles_alike`."""
SURE_FIT = 0.75
"""What of the question a row must hold before its time limit is taken rather than a day in running text."""
CLEARLY = 0.1
"""By how much a sentence must fit better than the best row to be taken rather than that."""
MOST_BEFORE = 10
"""Questions of a conversation that are looked back upon."""
SUBJECT_ROWS = 500
"""Rows looked at where a question tells no more of them than what they are about."""


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
    return _Asker(store, index, row_texts or RowTexts(store), question).answer()


def _is_place(store: Store, name: str) -> bool:
    """Tell whether documents of the library are of a place of that name."""
    return store.matching(Filters(region=name), 0) != []


class _Asker:
    """One question on its way to its answer."""

    def __init__(self, store: Store, index: SearchIndex, row_texts: RowTexts, question: Question) -> None:
        self._store = store
        self._index = index
        self._row_texts = row_texts
        self._question = question
        otherwise = said_otherwise(index, question.topic)
        self._weights = Weights.of(rarity_of(index, question.topic), question.beside, otherwise)
        self._gatherer = Gatherer(store, index, question, self._weights)

    def answer(self) -> Answer:
        kind = self._question.kind
        if self._question.asks == "doc_number":
            return self._number_of_document() or self._none()
        if kind in (Kind.LIST, Kind.COUNT):
            return self._listed() or self._none()
        if kind is Kind.WHO:
            return self._who() or self._none()
        if self._question.asks == "status":
            return self._from_rows(SURE_FIT) or self._from_passages() or self._none()
        if self._question.how_many:
            return self._told_together() or self._none()
        if self._question.asks == "papers":
            return self._told_together() or self._from_passages() or self._none()
        if kind is Kind.WHEN and self._question.asks == "limit":
            return self._either(self._from_rows(SURE_FIT)) or self._none()
        counted = self._from_numbered() if kind is Kind.NUMBER else None
        return counted or self._from_passages() or self._names_counted() or self._none()

    def _listed(self) -> Answer | None:
        """Answer with what the question wants listed or counted."""
        if self._question.kind is Kind.COUNT:
            return self._counted_in_text() or self._from_ledger()
        return self._from_numbered() or self._from_ledger() or self._from_enumerations()

    def _counted_in_text(self) -> Answer | None:
        """Answer with a number that a sentence tells (梳理了32项) where no rows of a plan are meant."""
        asked, unit = self._question, counted_in(self._question.text)
        if not unit or asked.document or asked.unit or asked.due or asked.status or names_role(asked.text):
            return None
        question = replace(asked, kind=Kind.NUMBER, counted=unit)
        found = read_passages(self._gatherer.passages(), question, self._weights)
        if not found or found[0].sureness < SURE_FIT:
            return None
        told = self._made(found[0].answer, [_cite_found(found[0])], found[0].sureness)
        return replace(told, kind=Kind.NUMBER)

    def _number_of_document(self) -> Answer | None:
        """Answer with the number of the document that the question names; None where its head tells none."""
        for passage in self._passages_named():
            if found := number_of(self._gatherer.document(passage.document_id), passage):
                return self._made(found[0], [found[1]], 1.0)
        near = (item.passage for item in self._gatherer.passages() if item.place_fit >= NAMED_PLACE_FIT)
        quoted = number_quoted(self._question, near)
        return self._made(quoted[0], [quoted[1]], QUOTED_ALIKE) if quoted else None

    def _who(self) -> Answer | None:
        """Answer with the units of a row, or with those of a sentence that fits clearly better."""
        asked = self._question.text
        if asks_procedure(asked):
            return self._from_passages() or self._from_rows(LEAST_FIT)
        row = None if asks_seat(asked) else self._from_rows(LEAST_FIT)
        if row and row.confidence >= SURE_FIT:
            return row
        return self._either(row)

    def _either(self, row: Answer | None) -> Answer | None:
        """Return what a row answers, or what a sentence does that fits clearly better."""
        told = self._from_passages()
        clear = told and (row is None or told.confidence >= row.confidence + CLEARLY)
        return told if clear else row

    def _from_rows(self, least: float) -> Answer | None:
        """Answer with what a row of the ledger says, None where no row fits enough."""
        document = self._document_named()
        evidence = gather_rows(self._gatherer, self._store, self._row_texts, self._weights, document)
        best = next(rows_for(evidence, self._question, self._weights, self._store.task_rows), None)
        if best is None or best.fit < least:
            return None
        citation = cite_row(best.row, self._gatherer.text(best.row.document_id), best.findings)
        return self._made(_joined(best.words), [citation], best.fit, (best.row.id,))

    def _from_passages(self) -> Answer | None:
        return self._best_of(read_passages(self._gatherer.passages(), self._question, self._weights))

    def _clearly_ahead(self) -> Answer | None:
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
        return self._made(best.answer, [_cite_found(item) for item in support], best.sureness)

    def _from_ledger(self) -> Answer | None:
        """Answer with the rows that the question picks out; None where it picks out none."""
        question = self._question
        narrowed = question.unit or question.due or question.status
        if question.kind is Kind.LIST and not narrowed and question.asks != "tasks":
            return None  # conditions and cases are no rows
        documents = self._documents_of_rows()
        if (not documents and question.document) or (not question.unit and names_role(question.text)):
            return None
        document = documents[0] if documents else None
        if document or narrowed or not self._weights.topic:
            document, rows = self._rows_of(documents)
        elif question.kind is Kind.COUNT or question.asks == "tasks":
            rows = self._rows_about()
        else:
            return None
        if not rows and not self._may_be_none(document):
            return None
        return self._listing(rows, document)

    def _may_be_none(self, document: str | None) -> bool:
        """Tell whether 0 answers: where a document is named, only if its rows tell whose they are, or when.

        Not for a unit that the document speaks of and no row has.
        """
        question = self._question
        if question.kind is not Kind.COUNT or not (question.unit or question.due or question.status):
            return False
        if not document:
            return bool(question.due or question.status)
        rows = [row.record for row in ledger_rows(self._store, Question("", Kind.COUNT), document)]
        if not rows or (question.unit and not any(row["units"] for row in rows)):
            return False
        if not question.unit or not self._speaks_of_unit(document):
            return True
        in_any_role = replace(question, role=None, alone=False, partners=(), due=None, status=None)
        return bool(ledger_rows(self._store, in_any_role, document))

    def _documents_of_rows(self) -> list[str]:
        """Return the documents whose rows may be meant: by title, by what it quotes, else by their text."""
        question = self._question
        documents = self._documents_named() or self._documents_quoted()
        if not documents and question.unit:
            told = untitled_document(question, self._store, self._index, self._gatherer)
            return [told] if told else []
        return documents

    def _documents_quoted(self) -> list[str]:
        """Return the documents in whose titles the name stands that a question for a unit's rows quotes."""
        question = self._question
        names = question.quoted if question.unit and not question.document else ()
        alike = [one for name in names for one in documents_named(self._index, name)]
        return [one.document_id for share, one in alike if share >= WHOLE_NAME and self._is_named(one, share)]

    def _speaks_of_unit(self, document: str) -> bool:
        """Tell whether a document has the unit asked about, be it as 局, 厅 or 委."""
        text = "".join(self._gatherer.text(document).split())
        return any(name[:-1] in text for name in bare_names(self._question.unit))

    def _rows_of(self, documents: Sequence[str]) -> tuple[str | None, list[TaskRow]]:
        """Return the rows asked for in the first of the documents that has any, and that document's id.

        Plans of several places are called the same; the one meant is one of which there is something to tell.
        """
        for document in documents:
            if rows := self._about(ledger_rows(self._store, self._question, document)):
                return document, rows
        if documents:
            return documents[0], []
        return None, self._of_place(about(ledger_rows(self._store, self._question, None), self._weights))

    def _about(self, rows: Sequence[TaskRow]) -> list[TaskRow]:
        """Return the rows of a document that are about the question's subject, which its name is none of."""
        return about(
            rows, self._weights, beside="" if self._question.document else "".join(self._question.quoted)
        )

    def _rows_about(self) -> list[TaskRow]:
        """Return the rows that are about the question's subject, of its place and year."""
        return rows_about(self._gatherer.task_passages(SUBJECT_ROWS), self._store, self._weights)

    def _of_place(self, rows: Sequence[TaskRow]) -> list[TaskRow]:
        """Return the rows whose documents speak of the place that the question names."""
        if not self._question.places:
            return list(rows)
        inside = self._gatherer.documents_of_place({row.document_id for row in rows})
        return [row for row in rows if row.document_id in inside]

    def _listing(self, rows: Sequence[TaskRow], document: str | None) -> Answer:
        question = self._question
        return Answer(
            question.text,
            question.kind,
            str(len(rows)) if question.kind is Kind.COUNT else None,
            tuple(row.record["text"] for row in rows),
            tuple(cite_row(row, self._gatherer.text(row.document_id)) for row in rows[:MOST_ROW_CITATIONS]),
            0.9,
            filters_of(self._question, document),
            tuple(row.id for row in rows),
        )

    def _document_named(self) -> str | None:
        return next(iter(self._documents_named()), None)

    def _documents_named(self) -> list[str]:
        """Return the ids of the documents that the question may mean by a name, the likeliest first."""
        file = self._question.file
        of_file = document_of_file(self._store, file) if file else None
        return [of_file] if of_file else [passage.document_id for passage in self._passages_named()]

    def _passages_named(self) -> list[PassageRow]:
        """Return a passage of each document that the question may mean by its name, the likeliest first."""
        name = self._question.document
        alike = documents_named(self._index, name) if name else []
        named = [(share, one) for share, one in alike if self._is_named(one, share)]
        return [one for share, one in named if share >= named[0][0] - AS_ALIKE]

    def _is_named(self, passage: PassageRow, share: float) -> bool:
        """Tell whether a document whose title is like the name asked about is of its place and year, too.

        One whose title is nearly the name need not say its place in so many words: 全省 for 云岭省.
        """
        least = MENTIONED_PLACE_FIT if share >= SAME_TITLE and not passage.region else NAMED_PLACE_FIT
        if self._gatherer.place_fit(passage) < least:
            return False
        text = self._gatherer.text(passage.document_id)
        return year_fit(passage, text, years_named(self._question.document)) >= 0

    def _from_enumerations(self) -> Answer | None:
        """Answer with the items of a sentence that lists what the question asks for."""
        found = read_lists(self._gatherer.passages(), self._question, self._weights)
        if not found:
            return None
        best = found[0]
        made = self._made(None, [_cite_found(best)], best.fit)
        return replace(made, items=best.items)

    def _names_counted(self) -> Answer | None:
        """Answer with the number of the names that a sentence lists: 11 for 几个村."""
        noun = names_counted(self._question.text) if self._question.kind is Kind.NUMBER else ""
        question = replace(self._question, counted=noun, asks=COUNTED)
        found = read_lists(self._gatherer.passages(), question, self._weights) if noun else []
        if not found:
            return None
        best = found[0]
        made = self._made(str(len(best.items)), [_cite_found(best)], best.fit)
        return replace(made, kind=Kind.COUNT, items=best.items)

    def _from_numbered(self) -> Answer | None:
        """Answer with the items of a numbered list, or with their number; not where rows are picked out."""
        question = self._question
        if question.unit or question.due or question.status or not noun_listed(question.text):
            return None
        evidence, named = self._gatherer.passages(), self._documents_named()
        found = read_numbered(evidence, self._gatherer.text, question, self._weights, named)
        if not found:
            return None
        best, lists = found[0], question.kind is Kind.LIST
        made = self._made(None if lists else str(len(best.items)), [_cite_found(best)], best.fit)
        return replace(made, kind=Kind.LIST if lists else Kind.COUNT, items=best.items)

    def _told_together(self) -> Answer | None:
        """Answer with the names that a sentence lists, joined by 、."""
        found = read_lists(self._gatherer.passages(), self._question, self._weights)
        return self._made(_joined(found[0].items), [_cite_found(found[0])], found[0].fit) if found else None

    def _made(
        self, value: str | None, citations: Sequence[Citation], fit: float, rows: tuple[str, ...] = ()
    ) -> Answer:
        question = self._question
        filters = filters_of(self._question, None)
        return Answer(question.text, question.kind, value, (), tuple(citations), min(1.0, fit), filters, rows)

    def _none(self) -> Answer:
        """Return the value that stands out, else say that nothing supports an answer, and what is nearest."""
        if ahead := self._clearly_ahead():
            return ahead
        hits = self._index.search(self._question.sought, k=MOST_CITATIONS).hits
        nearest = tuple(cite(hit.passage, _first_sentence(hit.passage)) for hit in hits)
        return Answer(
            self._question.text, Kind.NONE, citations=nearest, filters=filters_of(self._question, None)
        )


def _joined(names: Sequence[str]) -> str:
    """Return as many names as an answer may hold, joined by 、."""
    kept = names[0][:LONGEST_ANSWER]
    for name in names[1:]:
        if len(kept) + 1 + len(name) > LONGEST_ANSWER:
            break
        kept = f"{kept}、{name}"
    return kept


def _cite_found(found: Found | FoundList) -> Citation:
    return cite(found.passage, found.sentence)


def _first_sentence(passage: PassageRow) -> Span:
    return next(sentences(passage.text), Span(0, len(passage.text)))
