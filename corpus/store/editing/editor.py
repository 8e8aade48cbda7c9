"""One edit of rows in the making: each change of a key is remembered with before and after."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from corpus.errors import NotFoundError, UserError
from corpus.records import JsonObject, plain
from corpus.store.audit import Fact, write_audit
from corpus.store.database import batches, take_numbers
from corpus.store.documents.attached import keep_attachment
from corpus.store.documents.contents import document_row
from corpus.store.editing.corrections import CORRECTABLE, blank_record, checked_values
from corpus.store.editing.edits import Edit, EditKind, NewRow
from corpus.store.editing.row_state import COLUMNS, RowState, state_of, stored_value
from corpus.store.encoding import from_json, to_json
from corpus.store.identifiers import document_number, edit_name, task_name, task_number
from corpus.store.ledger.kept import AT_ONCE, DAY, to_column
from corpus.store.ledger.rules import read_rules
from corpus.store.ledger.table import (
    BY_HAND,
    Indexed,
    corrections_of,
    index_rows,
    insert_rows,
    is_assigned,
    spans_of,
    write_corrections,
)
from corpus.store.rows import Hidden, TaskStatus
from corpus.store.schema import edits, history, tasks
from corpus.store.searching.published import write_owners

INDEXED = CORRECTABLE | {"extensions"}
"""Keys on which it depends what a row is found by."""
FINISHED = (TaskStatus.DONE.value, TaskStatus.CLOSED.value, TaskStatus.RECHECKED.value)
PLACES = ("hidden", "span")
"""Keys on which it depends which passages belong to the row."""


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
        self._states: dict[int, RowState] = {}
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
        self._read([number for number in numbers if number not in self._states])
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
            if self.value(number, "percent") is not None:
                self.set(number, "percent", 100)
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

    def add(self, rows: Sequence[NewRow]) -> list[int]:
        """Make rows and return their numbers, in order.

        Raises:
            NotFoundError: when the document of one, or the row that it follows, is not there.
            UserError: when one has no text, or a value is not of its key's form.
        """
        if not rows:
            return []
        first = take_numbers(self._connection, "task", len(rows))
        numbers = list(range(first, first + len(rows)))
        made: dict[int | None, list[tuple[int, JsonObject]]] = defaultdict(list)
        for number, new in zip(numbers, rows, strict=True):
            document = document_number(new.document) if new.document else None
            record = self._new_record(new, document)
            start = record["span"][0] if record["span"][1] else self._end_of(new.after)
            self._columns[number] |= {"start": start, "end": max(start, record["span"][1])}
            self._columns[number] |= self._beside(new)
            made[document].append((number, record))
        for document, records in made.items():
            insert_rows(self._connection, document, records, origin=BY_HAND, hidden=Hidden.ABSENT.value)
        self._flush()  # what stands beside the records, so that the rows are read whole
        self._read(numbers)
        for number in numbers:
            self.set(number, "hidden", None)
        self._added += numbers
        return numbers

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

    def _write(self, number: int, state: RowState, key: str, value: Any) -> None:
        if key in COLUMNS:
            state.columns[key] = value
            self._columns[number][key] = stored_value(key, value)
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
        self._columns.clear()
        self._corrections.clear()

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
        found_by |= {number for number in self._added if self.value(number, "extensions")}
        states = [(number, self._states[number]) for number in touched if number in found_by]
        index_rows(
            self._connection,
            [Indexed(number, state.record, state.value("extensions")) for number, state in states],
        )
        moved = {entry["task_id"] for entry in self._entries if entry["key"] in PLACES}
        documents = {self._states[number].row.document_id for number in moved} - {None}
        for document in documents:
            write_owners(self._connection, document, spans_of(self._connection, document))

    def _read(self, numbers: Sequence[int]) -> None:
        for some in batches(numbers):
            corrected = corrections_of(self._connection, some)
            for row in self._connection.execute(select(tasks).where(tasks.c.id.in_(some))):
                self._states[row.id] = state_of(row, corrected.get(row.id, {}))

    def _state(self, number: int) -> RowState:
        if number not in self._states:
            self._read([number])
        if number not in self._states:
            raise NotFoundError(
                f"台账中没有编号为 {task_name(number)} 的任务，请用 taizhang tasks 查看编号。"
            )
        return self._states[number]

    def _new_record(self, new: NewRow, document: int | None) -> JsonObject:
        """Return the record of a new row; headings and page are those of the row that it follows."""
        if not str(new.values.get("text") or "").strip():
            raise UserError("新增的任务没有内容，请先填写任务内容。")
        blank = blank_record()
        if new.after is not None:
            before = self._state(task_number(new.after)).record
            blank |= {"section": before["section"], "page": before["page"]}
        record = {**blank, **checked_values(blank, new.values, self._region(document))}
        return {**record, "assigned": is_assigned(record)}

    def _beside(self, new: NewRow) -> JsonObject:
        """Return the columns of a new row that stand beside its record; a part takes some from the whole."""
        given = {key: to_column(key, value) for key, value in new.kept.items()}
        if new.split_from is None:
            return given
        parent = task_number(new.split_from)
        whole = self._state(parent)
        taken = {key: to_column(key, whole.value(key)) for key in AT_ONCE}
        return {**taken, "status": whole.value("status"), "split_from": parent, **given}

    def _end_of(self, after: str | None) -> int:
        return int(self._state(task_number(after)).row.end) if after else 0

    def _region(self, document: int | None) -> str | None:
        if document is None:
            return None
        if document not in self._regions:
            self._regions[document] = document_row(self._connection, document).region
        return self._regions[document]
