"""The library's records: one door to documents, passages, the ledger and the feed of changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from corpus.document import Document
from corpus.records import JsonObject
from corpus.store.adding import (
    add_documents,
    held_keys,
    known_document,
    remove_document,
    renew_document,
    restore_document,
)
from corpus.store.audit import AuditLog
from corpus.store.database import Database, open_database
from corpus.store.documents.attached import read_attachment
from corpus.store.documents.contents import (
    document_row,
    read_document,
    read_original,
    read_texts,
    read_versions,
)
from corpus.store.editing.editor import Editor
from corpus.store.editing.edits import Edit, EditKind, RowEdits
from corpus.store.editing.making import make_edits, withdraw
from corpus.store.editing.undoing import last_edit, read_edits, read_history, rows_edited_after, undo_edit
from corpus.store.filters import Filters, TaskQuery
from corpus.store.identifiers import document_name, document_number
from corpus.store.ledger.rules import ColourRules, read_rules
from corpus.store.ledger.table import read_progress
from corpus.store.listing.documents import count_documents, list_document, list_documents
from corpus.store.listing.layouts import DocumentLayout, read_layouts
from corpus.store.listing.standing import day_of
from corpus.store.listing.tasks import read_names, read_page, read_row, read_rows, read_typed
from corpus.store.office.accounts import AccountTable
from corpus.store.office.dispatches import DispatchTable
from corpus.store.office.drafts import DraftTable
from corpus.store.office.jobs import JobTable
from corpus.store.office.saved_filters import SavedFilterTable
from corpus.store.office.settings import SettingsTable
from corpus.store.rows import (
    Added,
    DocumentRow,
    HistoryEntry,
    NewDocument,
    Renewed,
    TaskPage,
    TaskRow,
    TaskStatus,
    VersionRow,
)
from corpus.store.searching.records import SearchedRecords
from corpus.task import Extraction


class Store(SearchedRecords):
    """The records of one library. Threads may share a store, and several processes may have the library open.

    Every method that writes does so in one transaction: when it returns, what it wrote survives a crash, and
    when it raises, nothing was written. `BusyError` is raised when another process writes for half a minute.
    """

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self.accounts = AccountTable(database)
        self.settings = SettingsTable(database)
        self.jobs = JobTable(database)
        self.drafts = DraftTable(database)
        self.audit = AuditLog(database, self.drafts.tell_log)
        self.saved_filters = SavedFilterTable(database)
        self.dispatches = DispatchTable(database)

    @classmethod
    def open(cls, location: str | Path) -> Store:
        """Open the library in a folder, which is made when missing, or at an SQLAlchemy URL.

        Raises:
            UserError: when a newer version of the program made the library.
        """
        return cls(open_database(location))

    def close(self) -> None:
        """Let the database go. Iterators over changes end with an error."""
        self._database.close()

    @contextmanager
    def moment(self) -> Iterator[Connection]:
        """Give a connection on which all records are as they stand now, for a copy of them."""
        with self._database.reading() as connection:
            yield connection

    @contextmanager
    def replacing(self) -> Iterator[Connection]:
        """Give a connection that may replace all records, the audit log too, for a copy to be put in."""
        with self._database.replacing() as connection:
            yield connection

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # Documents

    def known(self, key: str, data: bytes) -> Added | None:
        """Return the document that has these bytes as its current version under `key`, None without one."""
        with self._database.reading() as connection:
            return known_document(connection, key, data)

    def held(self, keys: Sequence[str]) -> set[str]:
        """Return those of the keys under which there is or was a document: any other is new."""
        with self._database.reading() as connection:
            return held_keys(connection, keys)

    def add(
        self,
        source: str,
        data: bytes,
        document: Document,
        extraction: Extraction,
        key: str | None = None,
        by: str = "",
    ) -> Added:
        """Add one file under `key`, or under `source` when `key` is None; `by` is who adds it."""
        return self.add_many([NewDocument(source, data, document, extraction, key)], by)[0]

    def add_many(self, items: Iterable[NewDocument], by: str = "") -> list[Added]:
        """Add files in one transaction, each with its own change number; the results are in their order.

        Sharing a transaction saves the wait for the disk that ends each; 20 to 100 files are a good number.
        """
        with self._database.writing() as connection:
            return add_documents(connection, list(items), by)

    def remove(self, document_id: str, by: str = "") -> None:
        """Take a document out of search and lists; its versions and its rows are kept.

        Raises:
            NotFoundError: when there is no such document.
        """
        with self._database.writing() as connection:
            remove_document(connection, document_number(document_id), by)

    def restore(self, document_id: str, by: str = "") -> None:
        """Bring a removed document back as it was.

        Raises:
            NotFoundError: when there is no such document.
        """
        with self._database.writing() as connection:
            restore_document(connection, document_number(document_id), by)

    def replace_reading(
        self, document_id: str, document: Document, extraction: Extraction, by: str = ""
    ) -> Renewed:
        """Put a new reading of the current version's bytes in the place of the older one.

        Ids, corrections and status of the rows stay. There is no change number when nothing came out
        differently.

        Raises:
            NotFoundError: when there is no such document.
        """
        with self._database.writing() as connection:
            return renew_document(connection, document_number(document_id), document, extraction, by)

    def document(self, document_id: str, version: int | None = None) -> Document:
        """Return a version of a document, the current one for None; removed ones too.

        Raises:
            NotFoundError: when there is no such document or version.
        """
        with self._database.reading() as connection:
            return read_document(connection, document_number(document_id), version)

    def texts(self, document_ids: Iterable[str]) -> dict[str, str]:
        """Return the texts of documents in their current versions, by id; unknown ids are left out."""
        numbers = [document_number(document) for document in document_ids]
        with self._database.reading() as connection:
            return {document_name(number): text for number, text in read_texts(connection, numbers).items()}

    def versions(self, document_id: str) -> list[VersionRow]:
        """Return the versions of a document, the newest first; of removed ones too.

        Raises:
            NotFoundError: when there is no such document.
        """
        with self._database.reading() as connection:
            return read_versions(connection, document_number(document_id))

    def original(self, document_id: str, version: int | None = None) -> bytes:
        """Return the bytes of a version of a document, the current one for None.

        Raises:
            NotFoundError: when there is no such document or version.
        """
        with self._database.reading() as connection:
            return read_original(connection, document_number(document_id), version)

    def documents(
        self,
        filters: Filters | None = None,
        *,
        removed: bool = False,
        offset: int = 0,
        limit: int | None = None,
    ) -> list[DocumentRow]:
        """Return the documents in the order in which they came; `removed` asks for those that were removed.

        Of the filters those on the document count; `unit` and `due_before` are for passages and rows.
        """
        with self._database.reading() as connection:
            return list_documents(connection, filters or Filters(), removed, offset, limit)

    def document_row(self, document_id: str) -> DocumentRow:
        """Return one document as it stands in a listing; removed ones too.

        Raises:
            NotFoundError: when there is no such document.
        """
        with self._database.reading() as connection:
            return list_document(connection, document_number(document_id))

    def count_documents(self, removed: bool = False) -> int:
        """Return how many documents the library holds, or with `removed` how many were removed."""
        with self._database.reading() as connection:
            return count_documents(connection, removed)

    # The ledger

    def tasks(self, query: TaskQuery | None = None, today: date | None = None) -> TaskPage:
        """Return rows of the ledger; `today`, the office's when None, decides about their colours."""
        with self._database.reading() as connection:
            return read_page(connection, query or TaskQuery(), day_of(connection, today))

    def task_ids(self, query: TaskQuery | None = None, today: date | None = None) -> tuple[list[str], int]:
        """Return the ids of the rows that `tasks` gives, and how many rows the whole listing has."""
        with self._database.reading() as connection:
            return read_names(connection, query or TaskQuery(), day_of(connection, today))

    def task(self, task_id: str, today: date | None = None) -> TaskRow:
        """Return one row of the ledger.

        Raises:
            NotFoundError: when there is no such row, or its document was removed.
        """
        with self._database.reading() as connection:
            return read_row(connection, task_id, day_of(connection, today))

    def typed_rows(self) -> dict[str, str]:
        """Return the words of the rows whose words a person typed, by id: no passage leads to those."""
        with self._database.reading() as connection:
            return read_typed(connection)

    def attachment(self, attachment_id: str) -> bytes:
        """Return a file that was attached to a row.

        Raises:
            NotFoundError: when there is none of that id.
        """
        with self._database.reading() as connection:
            return read_attachment(connection, attachment_id)

    def task_rows(self, task_ids: Sequence[str], today: date | None = None) -> list[TaskRow]:
        """Return rows of the ledger in the order of `task_ids`, leaving out those that are gone."""
        with self._database.reading() as connection:
            return read_rows(connection, task_ids, day_of(connection, today))

    def progress(self, document_id: str) -> list[JsonObject]:
        """Return what the document reports about matters, by the public keys, in the order of its text.

        Raises:
            NotFoundError: when there is no such document.
        """
        number = document_number(document_id)
        with self._database.reading() as connection:
            document_row(connection, number)
            return read_progress(connection, number)

    def edit(self, edits: RowEdits, by: str = "", note: str = "", kind: EditKind | None = None) -> Edit:
        """Change rows in one transaction; the answer tells which rows are new and which were touched.

        Spans may be left out of values: what is put in by hand has the span [0, 0]. What comes out as it was
        found before counts as not corrected.

        Args:
            edits: what to change.
            by: who changes it.
            note: why, in the person's words.
            kind: what to call it in the history; the kind of `edits` when None.

        Raises:
            NotFoundError: when a row or a document is not there.
            UserError: when a key cannot be corrected, or a value is not of the key's form.
        """
        with self._database.writing() as connection:
            return make_edits(connection, edits, by, note, kind)

    def change(self, act: Callable[[Editor], None], by: str, kind: EditKind, note: str = "") -> Edit:
        """Let `act` change rows in one transaction, as one edit; when it raises, nothing was changed."""
        with self._database.writing() as connection:
            editor = Editor(connection, by, kind, note)
            act(editor)
            return editor.close()

    def rules(self) -> ColourRules:
        """Return the rules that the office has set for the colours of its ledger."""
        with self._database.reading() as connection:
            return read_rules(connection)

    def today(self) -> date:
        """Return the day in the office."""
        return self.rules().today()

    def undo(self, edit_id: str, by: str = "") -> Edit:
        """Take an edit back, as an edit of its own that can be undone in turn.

        Raises:
            NotFoundError: when there is no such edit.
            UserError: when it is undone already, or something that it changed was changed since.
        """
        with self._database.writing() as connection:
            return undo_edit(connection, edit_id, by)

    def edits(
        self, document: str | None = None, task: str | None = None, by: str | None = None, limit: int = 50
    ) -> list[Edit]:
        """Return edits, the newest first: all, those of a document's rows, of one row, of one person.

        Raises:
            NotFoundError: when there is no such document or row.
        """
        with self._database.reading() as connection:
            return read_edits(connection, document, task, by, limit)

    def last_edit(self, document: str | None = None) -> int:
        """Return the number of the newest edit of all rows, or of a document's rows; 0 where there is none.

        Raises:
            NotFoundError: when `document` is not such an id.
        """
        with self._database.reading() as connection:
            return last_edit(connection, document)

    def rows_edited_after(self, edit: int) -> list[str]:
        """Return the ids of the rows, hidden ones too, that edits after the one with this number touched."""
        with self._database.reading() as connection:
            return rows_edited_after(connection, edit)

    def set_status(self, task_id: str, status: TaskStatus, note: str = "", by: str = "") -> Edit:
        """Give a row a status.

        Raises:
            NotFoundError: when there is no such row.
        """
        return self.edit(RowEdits(statuses={task_id: status}), by, note)

    def correct_task(self, task_id: str, values: Mapping[str, Any], note: str = "", by: str = "") -> Edit:
        """Put a user's values, by the public keys of a task's record, in the place of what extraction found.

        Raises:
            NotFoundError: when there is no such row.
            UserError: when a key cannot be corrected, or a value is not of the key's form.
        """
        return self.edit(RowEdits(corrected={task_id: values}), by, note)

    def withdraw_corrections(self, task_id: str, keys: Sequence[str], note: str = "", by: str = "") -> Edit:
        """Take corrections back, so that the row says again what extraction found.

        Raises:
            NotFoundError: when there is no such row.
        """
        with self._database.writing() as connection:
            return withdraw(connection, task_id, keys, by, note)

    def task_history(self, task_id: str) -> list[HistoryEntry]:
        """Return what users did to a row, oldest first.

        Raises:
            NotFoundError: when there is no such row.
        """
        with self._database.reading() as connection:
            return read_history(connection, task_id)

    def layouts(self, doc_types: Sequence[str]) -> list[DocumentLayout]:
        """Return the outermost headings of the current documents of some 类别."""
        with self._database.reading() as connection:
            return read_layouts(connection, doc_types)
