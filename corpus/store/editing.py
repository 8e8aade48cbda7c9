"""Makes edits of rows: each change of a key is remembered with before and after, and can be undone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from corpus.errors import NotFoundError, UserError
from corpus.records import JsonObject
from corpus.store.audit import Fact, write_audit
from corpus.store.contents import document_row, write_owners
from corpus.store.corrections import CORRECTABLE, blank_record, checked_values
from corpus.store.database import take_numbers
from corpus.store.edits import Edit, EditKind, NewRow, RowEdits
from corpus.store.encoding import from_json, to_json
from corpus.store.identifiers import document_number, edit_name, task_name, task_number
from corpus.store.ledger import (
    BY_HAND,
    corrected_record,
    corrections_of,
    index_row,
    insert_rows,
    is_assigned,
    spans_of,
    write_correction,
)
from corpus.store.rows import Hidden
from corpus.store.schema import edits, history, tasks

COLUMNS = ("status", "hidden", "merged_into", "confirmed")
"""Keys that are columns of the row and not part of its record."""
PLACES = ("hidden", "span")
"""Keys on which it depends which passages belong to the row."""


def make_edits(connection: Connection, wanted: RowEdits, by: str, note: str, kind: EditKind | None) -> Edit:
    """Make all changes of `wanted` as one edit.

    Raises:
        NotFoundError: when a row or document is not there.
        UserError: when a key cannot be corrected, or a value is not of the key's form.
    """
    editor = Editor(connection, by, kind or wanted.kind, note)
    for name, values in wanted.corrected.items():
        editor.correct(task_number(name), values)
    for new in wanted.added:
        editor.add(new)
    for name in wanted.deleted:
        editor.set(task_number(name), "hidden", Hidden.DELETED.value)
    for name, into in wanted.merged.items():
        editor.merge(task_number(name), task_number(into))
    for name in wanted.restored:
        editor.set(task_number(name), "hidden", None)
    for name, status in wanted.statuses.items():
        editor.set(task_number(name), "status", status.value)
    for name in wanted.confirmed:
        editor.confirm(task_number(name))
    for name in wanted.unconfirmed:
        editor.set(task_number(name), "confirmed", None)
    return editor.close()


def withdraw(connection: Connection, name: str, keys: Sequence[str], by: str, note: str) -> Edit:
    """Take a user's corrections of a row back, so that it says again what extraction found.

    Raises:
        NotFoundError: when there is no such row.
    """
    editor = Editor(connection, by, EditKind.CORRECT, note)
    for key in keys:
        editor.withdraw(task_number(name), key)
    return editor.close()


@dataclass(slots=True)
class _State:
    """A row with its corrections, while an edit is made."""

    row: Any
    corrected: JsonObject
    columns: JsonObject = field(default_factory=dict)

    @property
    def record(self) -> JsonObject:
        """The public record, corrections applied."""
        return corrected_record(self.row, self.corrected)

    def value(self, key: str) -> Any:
        """Return what stands under a key of the record, or in a column."""
        return self.columns[key] if key in COLUMNS else self.record[key]


class Editor:
    """One edit in the making. Every change goes through `set`, which remembers it; `close` ends it."""

    def __init__(self, connection: Connection, by: str, kind: EditKind, note: str = "") -> None:
        self._connection = connection
        self._by = by
        self._kind = kind
        self._note = note
        self._at = datetime.now(UTC)
        self._states: dict[int, _State] = {}
        self._entries: list[JsonObject] = []
        self._added: list[int] = []

    def correct(self, number: int, values: Mapping[str, Any]) -> None:
        """Put a user's values in the place of those that a row has.

        Raises:
            NotFoundError: when there is no such row.
            UserError: when a key cannot be corrected, or a value is not of the key's form.
        """
        state = self._state(number)
        for key, value in checked_values(state.record, values, self._region(state.row.document_id)).items():
            self.set(number, key, value)

    def withdraw(self, number: int, key: str) -> None:
        """Let a key say again what extraction found; nothing happens where nobody corrected it.

        Raises:
            NotFoundError: when there is no such row.
        """
        state = self._state(number)
        if key in state.corrected:
            self.set(number, key, from_json(state.row.record)[key])

    def add(self, new: NewRow) -> int:
        """Make a row and return its number.

        Raises:
            NotFoundError: when its document, or the row that it follows, is not there.
            UserError: when it has no text, or a value is not of its key's form.
        """
        if not str(new.values.get("text") or "").strip():
            raise UserError("新增的任务没有内容，请先填写任务内容。")
        document = document_number(new.document) if new.document else None
        blank = {**blank_record(), **self._beside(new)}
        record = {**blank, **checked_values(blank, new.values, self._region(document))}
        record["assigned"] = is_assigned(record)
        number = take_numbers(self._connection, "task")
        parent = task_number(new.split_from) if new.split_from else None
        status = self._state(parent).value("status") if parent else "not_started"
        more = {"split_from": parent, "status": status, "hidden": Hidden.ABSENT.value}
        start = record["span"][0] if record["span"][1] else self._end_of(new.after)
        insert_rows(self._connection, document, [(number, record)], origin=BY_HAND, **more)
        where = tasks.c.id == number
        end = max(start, record["span"][1])
        self._connection.execute(update(tasks).where(where).values(start=start, end=end))
        self.set(number, "hidden", None)
        self._added.append(number)
        return number

    def merge(self, number: int, into: int) -> None:
        """Hide a row whose words went into another.

        Raises:
            NotFoundError: when one of them is not there.
        """
        self._state(into)
        self.set(number, "merged_into", into)
        self.set(number, "hidden", Hidden.MERGED.value)

    def confirm(self, number: int) -> None:
        """Remember that the person found the row right."""
        self.set(number, "confirmed", {"by": self._by, "at": self._at.isoformat()})

    def set(self, number: int, key: str, value: Any) -> None:
        """Give a key a value of its form, and remember both values; the same value changes nothing.

        Raises:
            NotFoundError: when there is no such row.
        """
        state = self._state(number)
        before = state.value(key)
        if before == value:
            return
        self._write(number, state, key, value)
        entry = {"task_id": number, "key": key, "before": to_json(before), "after": to_json(value)}
        self._entries.append(entry)

    def close(self) -> Edit:
        """Write what is remembered, and what the rows are found by."""
        touched = list(dict.fromkeys(entry["task_id"] for entry in self._entries))
        name = ""
        if touched:
            name = edit_name(self._write_history())
            self._renew_indexes(touched)
        added, changed = (tuple(map(task_name, numbers)) for numbers in (self._added, touched))
        return Edit(name, self._kind, self._by, self._at, self._note, added, changed)

    def _write(self, number: int, state: _State, key: str, value: Any) -> None:
        if key in COLUMNS:
            state.columns[key] = value
            stored = to_json(value) if key == "confirmed" and value is not None else value
            self._update(number, **{key: stored})
            return
        found = from_json(state.row.record)[key]
        write_correction(self._connection, number, key, value, found)
        state.corrected = {**state.corrected, key: value}
        if value == found:
            del state.corrected[key]
        if key == "span":
            self._update(number, start=value[0], end=value[1])

    def _write_history(self) -> int:
        number = take_numbers(self._connection, "edit")
        at = self._at.replace(tzinfo=None)
        row = {"id": number, "at": at, "by": self._by, "kind": self._kind.value, "note": self._note}
        self._connection.execute(insert(edits), row)
        first = take_numbers(self._connection, "history", len(self._entries))
        common = {"at": at, "note": self._note, "by": self._by, "edit_id": number}
        rows = [{**common, **entry, "id": first + index} for index, entry in enumerate(self._entries)]
        self._connection.execute(insert(history), rows)
        write_audit(self._connection, self._by, map(self._fact, self._entries), self._at)
        return number

    def _fact(self, entry: JsonObject) -> Fact:
        values = (from_json(entry["before"]), from_json(entry["after"]))
        return Fact(f"row.{entry['key']}", task_name(entry["task_id"]), *values, self._note)

    def _renew_indexes(self, touched: Sequence[int]) -> None:
        in_record = {entry["task_id"] for entry in self._entries if entry["key"] in CORRECTABLE}
        for number in touched:
            if number in in_record:
                index_row(self._connection, number, self._states[number].record)
        moved = {entry["task_id"] for entry in self._entries if entry["key"] in PLACES}
        documents = {self._states[number].row.document_id for number in moved} - {None}
        for document in documents:
            write_owners(self._connection, document, spans_of(self._connection, document))

    def _state(self, number: int) -> _State:
        if number not in self._states:
            row = self._connection.execute(select(tasks).where(tasks.c.id == number)).one_or_none()
            if row is None:
                raise NotFoundError(
                    f"台账中没有编号为 {task_name(number)} 的任务，请用 taizhang tasks 查看编号。"
                )
            corrected = corrections_of(self._connection, [number]).get(number, {})
            columns = {key: getattr(row, key) for key in COLUMNS}
            columns["confirmed"] = from_json(row.confirmed) if row.confirmed else None
            self._states[number] = _State(row, corrected, columns)
        return self._states[number]

    def _beside(self, new: NewRow) -> JsonObject:
        """Return what a new row takes over from the row that it follows: headings and page."""
        if new.after is None:
            return {}
        record = self._state(task_number(new.after)).record
        return {"section": record["section"], "page": record["page"]}

    def _end_of(self, after: str | None) -> int:
        return int(self._state(task_number(after)).row.end) if after else 0

    def _region(self, document: int | None) -> str | None:
        if document is None:
            return None
        region: str | None = document_row(self._connection, document).region
        return region

    def _update(self, number: int, **values: Any) -> None:
        self._connection.execute(update(tasks).where(tasks.c.id == number).values(**values))


def take_confirmation_back(connection: Connection, number: int) -> None:
    """Remember that a confirmed row says something else since the text was read anew."""
    editor = Editor(connection, "", EditKind.READING, "原文内容有变化，需要重新确认")
    editor.set(number, "confirmed", None)
    editor.close()
