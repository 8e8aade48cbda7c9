"""Answers from the ledger: the rows that a question picks out, or what one row says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corpus.store.rows import TaskRow
from service.ask.inquiry import Inquiry, joined
from service.ask.named_documents import NamedDocuments
from service.ask.questions.naming import names_role
from service.ask.questions.question import Kind, Question
from service.ask.result import Answer
from service.ask.rows.records import about, bare_names, ledger_rows, rows_about
from service.ask.rows.row_answers import rows_for
from service.ask.rows.row_citations import cite_row
from service.ask.rows.row_evidence import gather_rows

MOST_ROW_CITATIONS = 20
SUBJECT_ROWS = 500
"""Rows looked at where a question tells no more of them than what they are about."""
LISTED_FIT = 0.9
"""How surely rows are meant that a question picks out."""


class FromLedger:
    """What the rows of the ledger answer to one question."""

    def __init__(self, inquiry: Inquiry, named: NamedDocuments) -> None:
        self._inquiry = inquiry
        self._named = named
        self._question = inquiry.question
        self._store = inquiry.store
        self._weights = inquiry.weights
        self._gatherer = inquiry.gatherer

    def answer(self) -> Answer | None:
        """Answer with the rows that the question picks out; None where it picks out none."""
        question = self._question
        narrowed = question.unit or question.due or question.status
        if question.kind is Kind.LIST and not narrowed and question.asks != "tasks":
            return None  # conditions and cases are no rows
        documents = self._named.with_rows()
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

    def row(self, least: float) -> Answer | None:
        """Answer with what a row of the ledger says, None where no row fits enough."""
        document = next(iter(self._named.ids()), None)
        evidence = gather_rows(self._gatherer, self._store, self._inquiry.row_texts, self._weights, document)
        best = next(rows_for(evidence, self._question, self._weights, self._store.task_rows), None)
        if best is None or best.fit < least:
            return None
        citation = cite_row(best.row, self._gatherer.text(best.row.document_id), best.findings)
        return self._inquiry.answered(joined(best.words), [citation], best.fit, rows=(best.row.id,))

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
            rows,
            self._weights,
            beside="" if self._question.document else "".join(self._question.quoted),
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
        return self._inquiry.answered(
            str(len(rows)) if self._question.kind is Kind.COUNT else None,
            [cite_row(row, self._gatherer.text(row.document_id)) for row in rows[:MOST_ROW_CITATIONS]],
            LISTED_FIT,
            items=tuple(row.record["text"] for row in rows),
            rows=tuple(row.id for row in rows),
            document=document,
        )
