"""The rows of the ledger in their tables: written with what finds them, read with what users said."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, delete, insert, select, update

from corpus.records import JsonObject
from corpus.spans import Span
from corpus.store.database import batches
from corpus.store.encoding import from_json, to_json
from corpus.store.identifiers import task_name
from corpus.store.ledger.kept import extended_to
from corpus.store.ledger.limits import ends, recurring
from corpus.store.ledger.rules import read_rules
from corpus.store.rows import TaskStatus
from corpus.store.schema import corrections, progress, task_deadlines, task_units, tasks
from corpus.task import DeadlineKind

FROM_TEXT = "text"
BY_HAND = "hand"
"""Where a row comes from, in the column `origin`."""


@dataclass(frozen=True, slots=True)
class Indexed:
    """What a row is found by."""

    number: int
    record: JsonObject
    """The public record, corrections applied."""
    extensions: list[JsonObject] = field(default_factory=list)
    """How often and to which day it was extended; the last one counts."""

    @property
    def ends(self) -> list[date]:
        """The last days of its limits, earliest first."""
        return ends(self.record, extended_to(self.extensions))

    @property
    def columns(self) -> JsonObject:
        """The columns that follow from it."""
        repeats = list(recurring(self.record))
        return {
            "due": next(iter(self.ends), None),
            "first_due": next(iter(ends(self.record)), None),
            "repeats": to_json(repeats) if repeats else None,
            "text": self.record["text"],
        }


def index_row(connection: Connection, number: int, record: JsonObject) -> None:
    """Write the columns and side tables by which a row is found, from its corrected record."""
    kept = connection.execute(select(tasks.c.extensions).where(tasks.c.id == number)).scalar()
    index_rows(connection, [Indexed(number, record, from_json(kept) if kept else [])])


def index_rows(connection: Connection, rows: Sequence[Indexed]) -> None:
    """Write the columns and side tables by which rows are found."""
    if not rows:
        return
    for table in (task_units, task_deadlines):
        ours = delete(table).where(table.c.task_id == bindparam("number"))
        connection.execute(ours, [{"number": row.number} for row in rows])
    _insert_side_rows(connection, rows)
    names = ("due", "first_due", "repeats", "text")
    statement = update(tasks).where(tasks.c.id == bindparam("number"))
    values = statement.values({name: bindparam(f"new_{name}") for name in names})
    connection.execute(
        values,
        [
            {"number": row.number, **{f"new_{key}": value for key, value in row.columns.items()}}
            for row in rows
        ],
    )


def corrections_of(connection: Connection, numbers: Sequence[int]) -> dict[int, JsonObject]:
    """Return what users corrected, by row and key."""
    found: dict[int, JsonObject] = defaultdict(dict)
    for some in batches(numbers):
        for row in connection.execute(select(corrections).where(corrections.c.task_id.in_(some))):
            found[row.task_id][row.key] = from_json(row.value)
    return found


def write_correction(connection: Connection, number: int, key: str, value: Any, found: Any) -> None:
    """Put a user's value in the place of what was found; the same value takes an older correction back."""
    write_corrections(connection, [(number, key, value, found)])


def write_corrections(connection: Connection, given: Sequence[tuple[int, str, Any, Any]]) -> None:
    """Do for many rows and keys, each with value and what was found, what `write_correction` does for one."""
    if not given:
        return
    ours = (corrections.c.task_id == bindparam("number")) & (corrections.c.key == bindparam("name"))
    places = [{"number": number, "name": key} for number, key, _, _ in given]
    connection.execute(delete(corrections).where(ours), places)
    new = [
        {"task_id": number, "key": key, "value": to_json(value)}
        for number, key, value, found in given
        if value != found
    ]
    if new:
        connection.execute(insert(corrections), new)


def spans_of(connection: Connection, document: int) -> list[tuple[int, Span]]:
    """Return number and span of the rows that are shown and stand in a document's text, in its order."""
    in_text = (tasks.c.document_id == document) & tasks.c.in_text & is_shown()
    query = select(tasks.c.id, tasks.c.start, tasks.c.end).where(in_text).order_by(tasks.c.start, tasks.c.id)
    return [(row.id, Span(row.start, row.end)) for row in connection.execute(query)]


def is_shown() -> ColumnElement[bool]:
    """Return the condition that a row is not hidden."""
    return tasks.c.hidden.is_(None)


def read_progress(connection: Connection, document: int) -> list[JsonObject]:
    """Return a document's progress records in the order of its text."""
    query = select(progress.c.record).where(progress.c.document_id == document).order_by(progress.c.place)
    return [from_json(record) for record in connection.execute(query).scalars()]


def corrected_record(row: Any, corrected: JsonObject) -> JsonObject:
    """Return the public record of a row with its corrections; what a user put in has the span [0, 0]."""
    record: JsonObject = {"id": task_name(row.id), **from_json(row.record), **corrected}
    for key in ("problem", "goal"):
        if record[key] is not None and record[f"{key}_span"] is None:
            record[f"{key}_span"] = [0, 0]
    if corrected:
        record["assigned"] = is_assigned(record)
    return record


def columns_of(record: JsonObject) -> JsonObject:
    """Return the columns of a row that follow from where its record stands."""
    return {
        "start": record["span"][0],
        "end": record["span"][1],
        "in_text": True,
        "record": to_json(record),
    }


def insert_rows(
    connection: Connection,
    document: int | None,
    rows: Sequence[tuple[int, JsonObject]],
    *,
    origin: str = FROM_TEXT,
    **more: Any,
) -> None:
    """Write new rows of a document, given by number and record; `more` are further columns of all of them."""
    if not rows:
        return
    since = read_rules(connection).today()
    indexed = [Indexed(number, record) for number, record in rows]
    connection.execute(
        insert(tasks),
        [
            {
                "id": row.number,
                "document_id": document,
                "status": TaskStatus.NOT_STARTED.value,
                "since": since,
                "origin": origin,
                **row.columns,
                **columns_of(row.record),
                **more,
            }
            for row in indexed
        ],
    )
    _insert_side_rows(connection, indexed)


def is_assigned(record: JsonObject) -> bool:
    """Tell of a record what `Task.assigned` tells of a task."""
    own = [*record["units"], *record["deadlines"]]
    return any(not item["inherited"] for item in own) or bool(record["refs"] or record["persons"])


def _insert_side_rows(connection: Connection, rows: Sequence[Indexed]) -> None:
    units = [
        {"task_id": row.number, "name": unit["name"], "canonical": unit["canonical"], "role": unit["role"]}
        for row in rows
        for unit in row.record["units"]
    ]
    deadlines = [limit for row in rows for limit in _limits(row)]
    if units:
        connection.execute(insert(task_units), units)
    if deadlines:
        connection.execute(insert(task_deadlines), deadlines)


def _limits(row: Indexed) -> Iterator[JsonObject]:
    """Yield a row's limits for the side table; of dated ones those that an extension left in force."""
    in_force = row.ends
    for limit in row.record["deadlines"]:
        start, end = _day(limit["start"]), _day(limit["end"])
        if end is None or end in in_force:
            yield {"task_id": row.number, "kind": limit["kind"], "start": start, "end": end}
    extended = extended_to(row.extensions)
    if extended is not None and extended in in_force:
        kind = DeadlineKind.DATE.value
        yield {"task_id": row.number, "kind": kind, "start": None, "end": extended}


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
