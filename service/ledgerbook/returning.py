"""A workbook that comes back: read in a worker process, compared with the library, stored as one edit."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any

from corpus.document import Problem
from corpus.errors import UnreadableError, UserError
from corpus.records import JsonObject
from corpus.store.editing.edits import Edit, NewRow, RowEdits
from corpus.store.filters import TaskQuery
from corpus.store.rows import TaskStatus, ledger_record
from corpus.store.store import Store
from service.background.workers import TIME_LIMIT, WorkerPool
from service.editing.cells import Setting
from service.intake.extraction import error_of
from service.ledgerbook.differences import Fate, RowChange, WorkbookDifferences, compare_book
from service.ledgerbook.fields import Changes
from service.ledgerbook.matching import ids_in
from service.ledgerbook.reading import ReadBook, read_book
from service.rows import Rows
from service.supervision.columns import OwnColumn, OwnColumns
from service.supervision.report import Report

MOST_ROWS = 100_000
NOTE = "读回台账"
"""The note under which the edit stands in the history, before the name of the file."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which differences are to be stored."""

    rows: Collection[str] | None = None
    """Names of rows; None takes all that were changed or added."""
    overwrite: bool = False
    """Store also cells that were changed in the library since the workbook was written."""
    drop: bool = False
    """Without `rows`: delete the rows that the workbook no longer holds."""

    def takes(self, row: RowChange) -> bool:
        """Tell whether a row is to be stored."""
        if self.rows is not None:
            return row.name in self.rows
        return self.drop or row.fate is not Fate.DROPPED


class Workbooks:
    """Ledgers as workbooks of a library, coming back. All methods may be called from any thread."""

    def __init__(self, store: Store, rows: Rows, pool: WorkerPool) -> None:
        self._store = store
        self._rows = rows
        self._pool = pool
        self._columns = OwnColumns(store)

    def compare(self, name: str, data: bytes, document: str | None = None) -> WorkbookDifferences:
        """Return what a workbook says that the library does not; nothing is stored.

        `document` is the one whose ledger it is, where neither ids nor words tell.

        Raises:
            UnreadableError: when it is no workbook with a ledger.
            NotFoundError: when there is no such document.
        """
        outcome = self._pool.run(_read, data, name, time_limit=TIME_LIMIT).result()
        if isinstance(outcome, Problem):
            raise error_of(outcome)
        return self.compare_book(outcome, document)

    def compare_book(self, book: ReadBook, document: str | None = None) -> WorkbookDifferences:
        """Return what a workbook that was read says that the library does not.

        Raises:
            NotFoundError: when there is no such document.
        """
        return compare_book(book, self._records(book, document), cache(self._setting))

    def store(
        self, differences: WorkbookDifferences, by: str, wanted: Wanted | None = None, name: str = ""
    ) -> Edit:
        """Store differences as one edit, which is undone as one; what has a problem is left out.

        Raises:
            UserError: when there is nothing to store, or a value is not of its form; nothing is stored then.
        """
        wanted = wanted or Wanted()
        chosen = [row for row in differences.rows if wanted.takes(row)]
        edits = _Edits(self._store, by, cache(self._setting), wanted.overwrite).of(chosen)
        if not any((edits.corrected, edits.added, edits.deleted, edits.statuses, edits.kept)):
            raise UserError("没有可以存入的改动。")
        self._add_columns(edits, by)
        return self._rows.edit(edits, by, f"{NOTE}：{name}" if name else NOTE)

    def _records(self, book: ReadBook, document: str | None) -> list[JsonObject]:
        """Return the rows that may be in the workbook: those it names, and those beside them."""
        named = [ledger_record(row) for row in self._store.task_rows(ids_in(book)) if row.hidden is None]
        if document is not None:
            self._store.document_row(document)  # raises where there is none
        homes = {document} if document else {record["document"] for record in named} - {None}
        whole = not book.stamp.rows
        beside = self._of(homes if named or document else {None}) if whole else []
        known = {record["id"] for record in named}
        return [*named, *(record for record in beside if record["id"] not in known)]

    def _of(self, documents: Collection[str | None]) -> list[JsonObject]:
        queries = [TaskQuery(document=document, limit=MOST_ROWS) for document in documents]
        today = self._store.today()
        return [ledger_record(row) for query in queries for row in self._store.tasks(query, today).items]

    def _setting(self, document: str | None) -> Setting:
        if document is None:
            return Setting(issued=self._store.today())  # what is written beside no document is written today
        return Setting.of(self._store.document(document))

    def _add_columns(self, edits: RowEdits, by: str) -> None:
        """Let the office have the columns that somebody added in the workbook."""
        kept = [*edits.kept.values(), *(new.kept for new in edits.added)]
        named = dict.fromkeys(name for values in kept for name in values.get("own") or ())
        there = self._columns.all()
        new = [OwnColumn(name) for name in named if name not in {column.name for column in there}]
        if new:
            self._columns.replace([*there, *new], by)


def _read(data: bytes, name: str) -> ReadBook | Problem:
    try:
        return read_book(data, name)
    except UnreadableError as error:
        return error.problem


class _Edits:
    """Turns differences into edits of rows."""

    def __init__(self, store: Store, by: str, setting: Any, overwrite: bool) -> None:
        self._by = by
        self._setting = setting
        self._overwrite = overwrite
        self._today = store.today()
        self._at = datetime.now(UTC).isoformat()

    def of(self, rows: Collection[RowChange]) -> RowEdits:
        """Return the edits that store the rows."""
        corrected: dict[str, JsonObject] = {}
        kept: dict[str, JsonObject] = {}
        statuses: dict[str, TaskStatus] = {}
        for row in rows:
            if row.fate is not Fate.CHANGED:
                continue
            changes = self._changes(row)
            corrected |= {row.name: _checked_by_person(row, changes)} if changes.corrected else {}
            kept |= {row.name: self._kept(row, changes)} if changes.kept else {}
            statuses |= {row.name: changes.status} if changes.status else {}
        return RowEdits(
            corrected=corrected,
            added=self._added([row for row in rows if row.fate is Fate.ADDED]),
            deleted=tuple(row.name for row in rows if row.fate is Fate.DROPPED),
            statuses=statuses,
            kept=kept,
        )

    def _changes(self, row: RowChange) -> Changes:
        return row.changes(self._setting(row.document), overwrite=self._overwrite)

    def _kept(self, row: RowChange, changes: Changes) -> JsonObject:
        values = {key: value for key, value in changes.kept.items() if key != "note"}
        if words := changes.kept.get("note"):
            note = Report(words).note(self._today, self._by, self._at)
            values["notes"] = [*(row.record.get("notes") or ()), note]
        return values

    def _added(self, rows: Collection[RowChange]) -> list[NewRow]:
        """Return new rows; those below one row stand in the order in which they are made."""
        made = []
        for row in rows:
            changes = self._changes(row)
            made.append(NewRow(changes.corrected, row.document, row.after, kept=self._kept(row, changes)))
        return made


def _checked_by_person(row: RowChange, changes: Changes) -> JsonObject:
    """Return the corrections; a row that a person has changed needs no further look."""
    return {**changes.corrected, "doubts": []} if row.record["doubts"] else changes.corrected
