"""Makes edits of rows: each change of a key is remembered with before and after, and can be undone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from corpus.errors import NotFoundError, UserError
from corpus.records import JsonObject, plain
from corpus.store.attached import keep_attachment
from corpus.store.audit import Fact, write_audit
from corpus.store.contents import document_row, write_owners
from corpus.store.corrections import CORRECTABLE, blank_record, checked_values
from corpus.store.database import batches, take_numbers
from corpus.store.edits import Edit, EditKind, NewRow, RowEdits
from corpus.store.encoding import from_json, to_json
from corpus.store.identifiers import document_number, edit_name, task_name, task_number
from corpus.store.kept import AT_ONCE, DAY, KEPT, kept_values, to_column
from corpus.store.ledger import (
    BY_HAND,
    Indexed,
    corrected_record,
    corrections_of,
    index_rows,
    insert_rows,
    is_assigned,
    spans_of,
    write_corrections,
)
from corpus.store.rows import Hidden, TaskStatus
from corpus.store.rules import read_rules
from corpus.store.schema import edits, history, tasks

COLUMNS = ("status", "hidden", "merged_into", "confirmed", *KEPT)
"""Keys that are columns of the row and not part of its record."""
INDEXED = CORRECTABLE | {"extensions"}
"""Keys on which it depends what a row is found by."""
FINISHED = (TaskStatus.DONE.value, TaskStatus.CLOSED.value, TaskStatus.RECHECKED.value)
PLACES = ("hidden", "span")
"""Keys on which it depends which passages belong to the row."""


def make_edits(connection: Connection, wanted: RowEdits, by: str, note: str, kind: EditKind | None) -> Edit:
    """Make all changes of `wanted` as one edit.

    Raises:
        NotFoundError: when a row or document is not there.
        UserError: when a key cannot be corrected, or a value is not of the key's form.
    """
    editor = Editor(connection, by, kind or wanted.kind, note)
    editor.load([*wanted.corrected, *wanted.deleted, *wanted.statuses, *wanted.kept, *wanted.confirmed])
    _change_rows(editor, wanted)
    _change_standing(editor, wanted)
    return editor.close()


def _change_rows(editor: Editor, wanted: RowEdits) -> None:
    """Change what rows say, and which rows there are."""
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


def _change_standing(editor: Editor, wanted: RowEdits) -> None:
    """Change how far rows have come, and what is kept beside their text."""
    for name, status in wanted.statuses.items():
        editor.set_status(task_number(name), status, wanted.on)
    for name, values in wanted.kept.items():
        for key, value in values.items():
            editor.set(task_number(name), key, value)
    for name in wanted.confirmed:
        editor.confirm(task_number(name))
    for name in wanted.unconfirmed:
        editor.set(task_number(name), "confirmed", None)


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
    _found: JsonObject | None = None

    @property
    def found(self) -> JsonObject:
        """What extraction found, without corrections."""
        if self._found is None:
            self._found = from_json(self.row.record)
        return self._found

    @property
    def record(self) -> JsonObject:
        """The public record, corrections applied."""
        return corrected_record(self.row, self.corrected)

    def value(self, key: str) -> Any:
        """Return what stands under a key of the record, or in a column."""
        return self.columns[key] if key in COLUMNS else self.record[key]


class Editor:
    """One edit in the making. Every change goes through `set`, which remembers it; `close` ends it.

    What is set reaches the tables at the end, all of it at once, since edits may be of thousands of rows.
    """

    def __init__(self, connection: Connection, by: str, kind: EditKind, note: str = "") -> None:
        self.by = by
        self.at = datetime.now(UTC)
        self.rules = read_rules(connection)
        self._connection = connection
        self._kind = kind
        self._note = note
        self._states: dict[int, _State] = {}
        self._entries: list[JsonObject] = []
        self._added: list[int] = []
        self._columns: dict[int, JsonObject] = defaultdict(dict)
        self._corrections: dict[tuple[int, str], tuple[Any, Any]] = {}
        self._regions: dict[int, str | None] = {}

    @property
    def today(self) -> date:
        """The day in the office."""
        return self.rules.today(self.at)

    def load(self, names: Sequence[str]) -> list[int]:
        """Read rows that are to be changed, all at once, and return their numbers, each once, in order.

        Raises:
            NotFoundError: when one of them is not there.
        """
        numbers = list(dict.fromkeys(map(task_number, names)))
        for some in batches([number for number in numbers if number not in self._states]):
            corrected = corrections_of(self._connection, some)
            for row in self._connection.execute(select(tasks).where(tasks.c.id.in_(some))):
                self._states[row.id] = _State(row, corrected.get(row.id, {}), _columns(row))
        for number in numbers:
            self._state(number)
        return numbers

    def value(self, number: int, key: str) -> Any:
        """Return what stands under a key of a row, with what this edit has changed.

        Raises:
            NotFoundError: when there is no such row.
        """
        return self._state(number).value(key)

    def keep(self, data: bytes) -> str:
        """Keep a file that is to be attached to a row, and return its id."""
        return keep_attachment(self._connection, data)

    def due(self, number: int) -> date | None:
        """Return the day by which a row is due, with what this edit has changed."""
        state = self._state(number)
        return next(iter(Indexed(number, state.record, state.value("extensions")).ends), None)

    def set_status(self, number: int, status: TaskStatus, on: date | None) -> None:
        """Give a row a status; `on` is the day on which one that is now done was done, None for unknown.

        What is taken up again is neither done nor ended nor closed any more.

        Raises:
            NotFoundError: when there is no such row.
        """
        was_finished = self.value(number, "status") in FINISHED
        self.set(number, "status", status.value)
        if status.value in FINISHED:
            if not was_finished:
                self.set(number, DAY, plain(on))
        elif status is not TaskStatus.CANCELLED:
            self._take_up_again(number)

    def _take_up_again(self, number: int) -> None:
        self.set(number, DAY, None)
        self.set(number, "ended", None)
        if self.value(number, "percent") == 100:
            self.set(number, "percent", None)
        closing = self.value(number, "closing")
        if closing is not None and closing["state"] != "rejected":
            self.set(number, "closing", None)

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
            self.set(number, key, state.found[key])

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
        more = {**self._taken_over(parent), "split_from": parent, "hidden": Hidden.ABSENT.value}
        more |= {key: to_column(key, value) for key, value in new.kept.items()}
        start = record["span"][0] if record["span"][1] else self._end_of(new.after)
        insert_rows(self._connection, document, [(number, record)], origin=BY_HAND, **more)
        self._columns[number] |= {"start": start, "end": max(start, record["span"][1])}
        self.set(number, "hidden", None)
        self._added.append(number)
        return number

    def merge(self, number: int, into: int) -> None:
        """Hide a row whose words went into another.

        Raises:
            NotFoundError: when one of them is not there.
        """
        for key in ("notes", "attachments", "marks"):
            both = [*self.value(into, key), *self.value(number, key)]
            self.set(into, key, [item for index, item in enumerate(both) if item not in both[:index]])
        self.set(number, "merged_into", into)
        self.set(number, "hidden", Hidden.MERGED.value)

    def confirm(self, number: int) -> None:
        """Remember that the person found the row right."""
        self.set(number, "confirmed", {"by": self.by, "at": self.at.isoformat()})

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
        self._flush()
        if touched:
            name = edit_name(self._write_history())
            self._renew_indexes(touched)
        added, changed = (tuple(map(task_name, numbers)) for numbers in (self._added, touched))
        return Edit(name, self._kind, self.by, self.at, self._note, added, changed)

    def _write(self, number: int, state: _State, key: str, value: Any) -> None:
        if key in COLUMNS:
            state.columns[key] = value
            self._columns[number][key] = _stored(key, value)
            return
        found = state.found[key]
        self._corrections[number, key] = (value, found)
        state.corrected = {**state.corrected, key: value}
        if value == found:
            del state.corrected[key]
        if key == "span":
            self._columns[number] |= {"start": value[0], "end": value[1]}

    def _flush(self) -> None:
        """Write columns and corrections, rows with the same columns together."""
        alike: dict[tuple[str, ...], list[JsonObject]] = defaultdict(list)
        for number, values in self._columns.items():
            row = {"number": number, **{f"new_{key}": value for key, value in values.items()}}
            alike[tuple(sorted(values))].append(row)
        for keys, rows in alike.items():
            statement = update(tasks).where(tasks.c.id == bindparam("number"))
            self._connection.execute(statement.values({key: bindparam(f"new_{key}") for key in keys}), rows)
        given = [(number, key, *values) for (number, key), values in self._corrections.items()]
        write_corrections(self._connection, given)

    def _write_history(self) -> int:
        number = take_numbers(self._connection, "edit")
        at = self.at.replace(tzinfo=None)
        row = {"id": number, "at": at, "by": self.by, "kind": self._kind.value, "note": self._note}
        self._connection.execute(insert(edits), row)
        first = take_numbers(self._connection, "history", len(self._entries))
        common = {"at": at, "note": self._note, "by": self.by, "edit_id": number}
        rows = [{**common, **entry, "id": first + index} for index, entry in enumerate(self._entries)]
        self._connection.execute(insert(history), rows)
        write_audit(self._connection, self.by, map(self._fact, self._entries), self.at)
        return number

    def _fact(self, entry: JsonObject) -> Fact:
        values = (from_json(entry["before"]), from_json(entry["after"]))
        return Fact(f"row.{entry['key']}", task_name(entry["task_id"]), *values, self._note)

    def _renew_indexes(self, touched: Sequence[int]) -> None:
        found_by = {entry["task_id"] for entry in self._entries if entry["key"] in INDEXED}
        states = [(number, self._states[number]) for number in touched if number in found_by]
        index_rows(
            self._connection,
            [Indexed(number, state.record, state.value("extensions")) for number, state in states],
        )
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
            self._states[number] = _State(row, corrected, _columns(row))
        return self._states[number]

    def _beside(self, new: NewRow) -> JsonObject:
        """Return what a new row takes over from the row that it follows: headings and page."""
        if new.after is None:
            return {}
        record = self._state(task_number(new.after)).record
        return {"section": record["section"], "page": record["page"]}

    def _end_of(self, after: str | None) -> int:
        return int(self._state(task_number(after)).row.end) if after else 0

    def _taken_over(self, parent: int | None) -> JsonObject:
        """Return the columns that a part of a split row takes over from it."""
        if parent is None:
            return {"status": TaskStatus.NOT_STARTED.value}
        state = self._state(parent)
        kept = {key: to_column(key, state.value(key)) for key in AT_ONCE}
        return {**kept, "status": state.value("status")}

    def _region(self, document: int | None) -> str | None:
        if document is None:
            return None
        if document not in self._regions:
            self._regions[document] = document_row(self._connection, document).region
        return self._regions[document]


def _columns(row: Any) -> JsonObject:
    """Return what stands under the keys that are columns, as the history has it."""
    values = {key: getattr(row, key) for key in ("status", "hidden", "merged_into")}
    confirmed = from_json(row.confirmed) if row.confirmed else None
    return {**values, "confirmed": confirmed, **kept_values(row)}


def _stored(key: str, value: Any) -> Any:
    if key in KEPT:
        return to_column(key, value)
    return to_json(value) if key == "confirmed" and value is not None else value


def take_confirmation_back(connection: Connection, number: int) -> None:
    """Remember that a confirmed row says something else since the text was read anew."""
    editor = Editor(connection, "", EditKind.READING, "原文内容有变化，需要重新确认")
    editor.set(number, "confirmed", None)
    editor.close()
