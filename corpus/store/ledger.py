"""The rows of the ledger in their tables: written with what finds them, read with what users said."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, insert, select, update

from corpus.records import JsonObject
from corpus.spans import Span
from corpus.store.encoding import from_json, to_json
from corpus.store.identifiers import task_name
from corpus.store.limits import ends
from corpus.store.rows import TaskStatus
from corpus.store.schema import corrections, progress, task_deadlines, task_units, tasks

FROM_TEXT = "text"
BY_HAND = "hand"
"""Where a row comes from, in the column `origin`."""


def index_row(connection: Connection, number: int, record: JsonObject) -> None:
    """Write the columns and side tables by which a row is found, from its corrected record."""
    for table in (task_units, task_deadlines):
        connection.execute(delete(table).where(table.c.task_id == number))
    _insert_side_rows(connection, [(number, record)])
    due = next(iter(ends(record)), None)
    connection.execute(update(tasks).where(tasks.c.id == number).values(due=due, text=record["text"]))


def corrections_of(connection: Connection, numbers: Sequence[int]) -> dict[int, JsonObject]:
    """Return what users corrected, by row and key."""
    query = select(corrections).where(corrections.c.task_id.in_(numbers))
    found: dict[int, JsonObject] = defaultdict(dict)
    for row in connection.execute(query):
        found[row.task_id][row.key] = from_json(row.value)
    return found


def write_correction(connection: Connection, number: int, key: str, value: Any, found: Any) -> None:
    """Put a user's value in the place of what was found; the same value takes an older correction back."""
    ours = (corrections.c.task_id == number) & (corrections.c.key == key)
    connection.execute(delete(corrections).where(ours))
    if value != found:
        connection.execute(insert(corrections), {"task_id": number, "key": key, "value": to_json(value)})


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
    connection.execute(
        insert(tasks),
        [
            {
                "id": number,
                "document_id": document,
                "status": TaskStatus.NOT_STARTED.value,
                "due": next(iter(ends(record)), None),
                "text": record["text"],
                "origin": origin,
                **columns_of(record),
                **more,
            }
            for number, record in rows
        ],
    )
    _insert_side_rows(connection, rows)


def is_assigned(record: JsonObject) -> bool:
    """Tell of a record what `Task.assigned` tells of a task."""
    own = [*record["units"], *record["deadlines"]]
    return any(not item["inherited"] for item in own) or bool(record["refs"] or record["persons"])


def _insert_side_rows(connection: Connection, rows: Sequence[tuple[int, JsonObject]]) -> None:
    units = [
        {"task_id": number, "name": unit["name"], "canonical": unit["canonical"], "role": unit["role"]}
        for number, record in rows
        for unit in record["units"]
    ]
    deadlines = [
        {
            "task_id": number,
            "kind": deadline["kind"],
            "start": _day(deadline["start"]),
            "end": _day(deadline["end"]),
        }
        for number, record in rows
        for deadline in record["deadlines"]
    ]
    if units:
        connection.execute(insert(task_units), units)
    if deadlines:
        connection.execute(insert(task_deadlines), deadlines)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
