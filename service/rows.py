"""What people do to rows of the ledger: each call is one edit under their name, undone as one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from corpus.store.editing.edits import Edit, EditKind, NewRow, RowEdits
from corpus.store.editing.splitting import merge_edits, split_edits
from corpus.store.filters import TaskQuery
from corpus.store.rows import HistoryEntry, TaskRow
from corpus.store.store import Store
from service.supervision.columns import OwnColumns
from service.supervision.given import checked_kept
from service.supervision.statuses import settable

MOST_HIDDEN = 10_000
"""Hidden rows that one listing shows."""


class Rows:
    """The rows of a library, for changing them. All methods may be called from any thread.

    `by` is the person's name, which the history shows. Unknown rows raise `NotFoundError`, values of the
    wrong form `UserError`; then nothing was changed.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._columns = OwnColumns(store)

    def edit(self, edits: RowEdits, by: str, note: str = "", kind: EditKind | None = None) -> Edit:
        """Make several changes at one go; `kind` is how the history calls it when `edits` does not tell.

        Rows that are done by it were done today, unless `edits.on` says when.

        Raises:
            UserError: also for a status that takes a step of 督办, such as 销号; then nothing was changed.
        """
        for status in edits.statuses.values():
            settable(status)
        kept = {name: checked_kept(self._columns, values) for name, values in edits.kept.items()}
        added = [replace(new, kept=checked_kept(self._columns, new.kept)) for new in edits.added]
        on = edits.on or (self._store.today() if edits.statuses else None)
        return self._store.edit(replace(edits, kept=kept, added=added, on=on), by, note, kind)

    def correct(self, task: str, values: Mapping[str, Any], by: str, note: str = "") -> Edit:
        """Put values in the place of what was found; `doubts` may be emptied too."""
        return self._store.edit(RowEdits(corrected={task: values}), by, note)

    def withdraw(self, task: str, keys: Sequence[str], by: str, note: str = "") -> Edit:
        """Let keys say again what was found in the text."""
        return self._store.withdraw_corrections(task, keys, note, by)

    def split(self, task: str, parts: Sequence[str | Mapping[str, Any]], by: str, note: str = "") -> Edit:
        """Cut a row into parts, given by their words, or by values with `text` or `span` among them.

        The first part keeps the row's id; `added` of the answer names the others. Findings go with the part
        in whose words they stand, else with all.
        """
        row = self._store.task(task)
        text = self._store.document(row.document_id).text if row.document_id else ""
        return self._store.edit(split_edits(row, parts, text), by, note, EditKind.SPLIT)

    def merge(self, tasks: Sequence[str], by: str, note: str = "") -> Edit:
        """Put rows together into the first of them; the others are hidden."""
        rows = [self._store.task(task) for task in tasks]
        return self._store.edit(merge_edits(rows), by, note, EditKind.MERGE)

    def add(
        self,
        values: Mapping[str, Any],
        by: str,
        document: str | None = None,
        after: str | None = None,
        note: str = "",
        kept: Mapping[str, Any] | None = None,
    ) -> Edit:
        """Add a row, with or without a document; `text` must be given, other columns go into `extra`.

        `kept` is what the office keeps beside the text: entry, marks, own, percent.
        """
        return self.edit(RowEdits(added=[NewRow(values, document, after, kept=kept or {})]), by, note)

    def delete(self, tasks: Sequence[str], by: str, note: str = "") -> Edit:
        """Hide rows; they stay hidden when their document is read again."""
        return self._store.edit(RowEdits(deleted=tasks), by, note)

    def restore(self, tasks: Sequence[str], by: str, note: str = "") -> Edit:
        """Show hidden rows again."""
        return self._store.edit(RowEdits(restored=tasks), by, note)

    def confirm(self, tasks: Sequence[str], by: str, note: str = "") -> Edit:
        """Remember that the person has looked at the rows and found them right."""
        return self._store.edit(RowEdits(confirmed=tasks), by, note)

    def undo(self, edit: str, by: str) -> Edit:
        """Take an edit back; undoing that again makes the edit anew.

        Raises:
            UserError: when it is undone already, or what it changed was changed since.
        """
        return self._store.undo(edit, by)

    def edits(
        self, document: str | None = None, task: str | None = None, by: str | None = None, limit: int = 50
    ) -> list[Edit]:
        """Return edits, the newest first: all, those of a document's rows, of one row, of one person."""
        return self._store.edits(document, task, by, limit)

    def history(self, task: str) -> list[HistoryEntry]:
        """Return what was done to a row, oldest first, key by key."""
        return self._store.task_history(task)

    def hidden(self, document: str | None = None) -> tuple[TaskRow, ...]:
        """Return the rows that were deleted or merged into others, of all documents when None."""
        return self._store.tasks(TaskQuery(document=document, hidden=True, limit=MOST_HIDDEN)).items
