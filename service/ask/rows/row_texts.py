"""The rows of documents as passages that questions are held against, kept until something changes.

To read a row with all that is known of it takes far longer than to hold its words against a question, and
each question goes through the rows of several documents.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from corpus.spans import Span
from corpus.store.filters import TaskQuery
from corpus.store.rows import DocumentRow, PassageRow, TaskRow
from corpus.store.store import Store

ROWS_PER_DOCUMENT = 300
MOST_DOCUMENTS = 64
"""Documents whose rows are kept, those last asked for: some 25 MB where all of them are long."""
MOST_SINGLE = 2_048
"""Rows of other documents that are kept, those first asked for."""
FEW_CHANGES = 100
"""Changed rows that are put into what is kept; more of them, and all is read anew when it is asked for."""


class RowTexts:
    """The words of a library's rows. May be used from several threads."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._change = -1
        self._edit = 0
        self._documents: OrderedDict[str, dict[str, PassageRow]] = OrderedDict()
        self._single: dict[str, PassageRow] = {}
        self._typed: Mapping[str, str] | None = None

    def of(self, document: str) -> tuple[PassageRow, ...]:
        """Return the first `ROWS_PER_DOCUMENT` rows of a document in ledger order; () where it has none."""
        with self._lock:
            self._bring_up()
            if document not in self._documents:
                self._documents[document] = self._read(document)
            self._documents.move_to_end(document)
            if len(self._documents) > MOST_DOCUMENTS:
                self._documents.popitem(last=False)
            return tuple(self._documents[document].values())

    def rows(self, names: Sequence[str]) -> dict[str, PassageRow]:
        """Return rows by their ids, without those gone or without a document, in the order of the ids."""
        with self._lock:
            self._bring_up()
            new = [name for name in names if name not in self._single]
            self._single.update((row.task_id or "", row) for row in self._in_documents(new))
            found = {name: self._single[name] for name in names if name in self._single}
            while len(self._single) > MOST_SINGLE:
                del self._single[next(iter(self._single))]
            return found

    def typed(self) -> Mapping[str, str]:
        """Return the words of the rows whose words a person typed, by id."""
        with self._lock:
            self._bring_up()
            if self._typed is None:
                self._typed = self._store.typed_rows()
            return self._typed

    def _read(self, document: str) -> dict[str, PassageRow]:
        rows = self._store.tasks(TaskQuery(document=document, limit=ROWS_PER_DOCUMENT)).items
        about = self._store.document_row(document) if rows else None
        return {row.id: in_document(row, about) for row in rows if about}

    def _in_documents(self, names: Sequence[str]) -> Iterator[PassageRow]:
        rows = [row for row in self._store.task_rows(names) if row.document_id] if names else []
        facts = {name: self._store.document_row(name) for name in {row.document_id for row in rows}}
        return (in_document(row, facts[row.document_id]) for row in rows)

    def _bring_up(self) -> None:
        """Put in what was changed since, or forget what cannot be told any more."""
        change, edit = self._store.last_change(), self._store.last_edit()
        if change != self._change or edit < self._edit:  # documents came, went or were read anew
            self._forget()
            self._typed = None
        elif edit > self._edit:
            self._typed = None
            self._put_in(self._store.rows_edited_after(self._edit))
        self._change, self._edit = change, edit

    def _put_in(self, changed: list[str]) -> None:
        rows = self._store.task_rows(changed) if len(changed) <= FEW_CHANGES else []
        if len(rows) < len(changed):
            self._forget()
            return
        for row in rows:
            self._single.pop(row.id, None)
            kept = self._documents.get(row.document_id, {})
            known, now = kept.get(row.id), passage_of(row)
            if known is None or row.hidden is not None or now.span != known.span:
                self._documents.pop(row.document_id, None)
            else:
                kept[row.id] = replace(now, date=known.date, region=known.region, doc_type=known.doc_type)

    def _forget(self) -> None:
        self._documents.clear()
        self._single.clear()


def in_document(row: TaskRow, about: DocumentRow) -> PassageRow:
    """Return the row as a passage of its document."""
    return replace(passage_of(row), date=about.date, region=about.region, doc_type=about.doc_type)


def passage_of(row: TaskRow) -> PassageRow:
    """Return the row as a passage, without what only its document tells."""
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


def words_of(row: TaskRow) -> str:
    """Return all words of a row: its number, its text, and what other columns of its table say of it."""
    others = (value for value in row.record["extra"].values() if isinstance(value, str))
    return " ".join((f"{row.record['label']}{row.record['text']}", *others))
