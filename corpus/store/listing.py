"""Reads pages of the ledger, and writes what users say about a row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, delete, func, insert, or_, select, update

from corpus.errors import NotFoundError, UserError
from corpus.records import JsonObject, task_from_record
from corpus.store.database import take_numbers
from corpus.store.encoding import from_json, to_json
from corpus.store.feed import names_unit
from corpus.store.filters import TaskQuery
from corpus.store.identifiers import document_name, document_number, task_name, task_number
from corpus.store.ledger import base_record, corrections_of, index_row
from corpus.store.limits import COLOURLESS, SOON, colour_of, recurring
from corpus.store.recurrence import next_due
from corpus.store.rows import Colour, HistoryEntry, TaskPage, TaskRow, TaskStatus
from corpus.store.schema import (
    corrections,
    documents,
    history,
    progress,
    task_deadlines,
    task_units,
    tasks,
    versions,
)

CORRECTABLE = frozenset(
    ("text", "label", "section", "units", "refs", "persons", "deadlines", "indicators", "measures", "extra")
) | {"problem", "goal"}
"""The keys of a record that a user may correct."""


def read_page(connection: Connection, query: TaskQuery, today: date) -> TaskPage:
    """Return the rows that the query asks for."""
    conditions = list(_conditions(query, today))
    total = connection.execute(_all_rows(func.count()).where(*conditions)).scalar_one()
    wanted = _all_rows(tasks, documents.c.source, versions.c.title).where(*conditions)
    order = (tasks.c.due.is_(None), tasks.c.due) if query.order_by_due else ()
    wanted = wanted.order_by(*order, tasks.c.document_id, tasks.c.start, tasks.c.id)
    rows = connection.execute(wanted.offset(query.offset).limit(query.limit)).all()
    return TaskPage(tuple(_task_rows(connection, rows, today)), total)


def read_row(connection: Connection, name: str, today: date) -> TaskRow:
    """Return one row of the ledger.

    Raises:
        NotFoundError: when there is no such row, or its document was removed.
    """
    for row in read_rows(connection, [name], today):
        return row
    raise NotFoundError(f"台账中没有编号为 {name} 的任务，请用 taizhang tasks 查看编号。")


def read_rows(connection: Connection, names: Sequence[str], today: date) -> list[TaskRow]:
    """Return rows in the order of `names`, leaving out those that are gone and those of removed documents.

    Raises:
        NotFoundError: when a name is not an id of a row.
    """
    numbers = [task_number(name) for name in names]
    wanted = _all_rows(tasks, documents.c.source, versions.c.title).where(tasks.c.id.in_(numbers))
    found = {row.id: row for row in _task_rows(connection, connection.execute(wanted).all(), today)}
    return [found[name] for name in names if name in found]


def write_status(connection: Connection, name: str, status: TaskStatus, note: str) -> None:
    """Give a row a status, and remember the one before.

    Raises:
        NotFoundError: when there is no such row.
    """
    number = _existing(connection, name)
    before = connection.execute(select(tasks.c.status).where(tasks.c.id == number)).scalar_one()
    connection.execute(update(tasks).where(tasks.c.id == number).values(status=status.value))
    _remember(connection, number, "status", before, status.value, note)


def write_corrections(connection: Connection, name: str, values: Mapping[str, Any], note: str) -> None:
    """Put a user's values in the place of what extraction found, key by key.

    Raises:
        NotFoundError: when there is no such row.
        UserError: when a key cannot be corrected, or a value is not of the key's form.
    """
    number = _existing(connection, name)
    if unknown := sorted(set(values) - CORRECTABLE):
        raise UserError(f"这些栏目不能修改：{'、'.join(unknown)}。")
    before = _record(connection, number)
    _check({**before, **values})
    for key, value in values.items():
        _replace_correction(connection, number, key, value)
        _remember(connection, number, key, before[key], value, note)
    index_row(connection, number, _record(connection, number))


def withdraw_corrections(connection: Connection, name: str, keys: Sequence[str], note: str) -> None:
    """Take a user's corrections back, so that the row says again what extraction found.

    Raises:
        NotFoundError: when there is no such row.
    """
    number = _existing(connection, name)
    before = _record(connection, number)
    ours = (corrections.c.task_id == number) & corrections.c.key.in_(keys)
    connection.execute(delete(corrections).where(ours))
    after = _record(connection, number)
    for key in keys:
        if before.get(key) != after.get(key):
            _remember(connection, number, key, before[key], after[key], note)
    index_row(connection, number, after)


def read_history(connection: Connection, name: str) -> list[HistoryEntry]:
    """Return what users did to a row, oldest first.

    Raises:
        NotFoundError: when there is no such row.
    """
    number = _existing(connection, name)
    rows = connection.execute(select(history).where(history.c.task_id == number).order_by(history.c.id))
    return [
        HistoryEntry(
            row.at.replace(tzinfo=UTC), row.key, from_json(row.before), from_json(row.after), row.note
        )
        for row in rows
    ]


def _all_rows(*columns: Any) -> Select[Any]:
    joined = tasks.join(documents, documents.c.id == tasks.c.document_id).join(
        versions, (versions.c.document_id == documents.c.id) & (versions.c.version == documents.c.version)
    )
    return select(*columns).select_from(joined).where(documents.c.removed.is_(False))


def _conditions(query: TaskQuery, today: date) -> Iterator[ColumnElement[bool]]:
    if query.document is not None:
        yield tasks.c.document_id == document_number(query.document)
    if query.status is not None:
        yield tasks.c.status == query.status.value
    if query.words is not None:
        yield tasks.c.text.contains(query.words, autoescape=True)
    if query.unit is not None:
        yield tasks.c.id.in_(select(task_units.c.task_id).where(names_unit(query.unit)))
    if query.colour is not None:
        yield _has_colour(query.colour, today)
    if limits := _end_conditions(query):
        yield tasks.c.id.in_(select(task_deadlines.c.task_id).where(*limits))


def _end_conditions(query: TaskQuery) -> list[ColumnElement[bool]]:
    limits: list[ColumnElement[bool]] = []
    if query.due_from is not None:
        limits.append(task_deadlines.c.end >= query.due_from)
    if query.due_before is not None:
        limits.append(task_deadlines.c.end <= query.due_before)
    return limits


def _has_colour(colour: Colour, today: date) -> ColumnElement[bool]:
    """Say in SQL what `colour_of` says of one row; a test holds the two together."""
    finished = tasks.c.status == TaskStatus.DONE.value
    watched = tasks.c.due.is_not(None) & tasks.c.status.not_in([status.value for status in COLOURLESS])
    if colour is Colour.GREEN:
        return and_(watched, or_(finished, tasks.c.due > today + SOON))
    if colour is Colour.RED:
        return and_(watched, ~finished, tasks.c.due < today)
    return and_(watched, ~finished, tasks.c.due.between(today, today + SOON))


def _task_rows(connection: Connection, rows: Sequence[Row[Any]], today: date) -> Iterator[TaskRow]:
    numbers = [row.id for row in rows]
    corrected = corrections_of(connection, numbers)
    reported = _progress_of(connection, numbers)
    for row in rows:
        yield _task_row(row, corrected.get(row.id, {}), reported.get(row.id, []), today)


def _task_row(row: Row[Any], corrected: JsonObject, reported: list[JsonObject], today: date) -> TaskRow:
    record = {**base_record(row), **corrected}
    status = TaskStatus(row.status)
    falls = [day for raw in recurring(record) if (day := next_due(raw, today))]
    return TaskRow(
        task_name(row.id),
        document_name(row.document_id),
        row.source,
        row.title,
        record,
        status,
        colour_of(status, row.due, today),
        row.due,
        min(falls, default=None),
        tuple(reported),
        tuple(sorted(corrected)),
        row.in_text,
    )


def _progress_of(connection: Connection, numbers: Sequence[int]) -> dict[int, list[JsonObject]]:
    query = select(progress).where(progress.c.task_id.in_(numbers)).order_by(progress.c.id)
    found: dict[int, list[JsonObject]] = defaultdict(list)
    for row in connection.execute(query):
        found[row.task_id].append(from_json(row.record))
    return found


def _existing(connection: Connection, name: str) -> int:
    number = task_number(name)
    if connection.execute(select(tasks.c.id).where(tasks.c.id == number)).scalar() is None:
        raise NotFoundError(f"台账中没有编号为 {name} 的任务，请用 taizhang tasks 查看编号。")
    return number


def _record(connection: Connection, number: int) -> JsonObject:
    row = connection.execute(select(tasks).where(tasks.c.id == number)).one()
    return {**base_record(row), **corrections_of(connection, [number]).get(number, {})}


def _check(record: JsonObject) -> None:
    try:
        task_from_record(record)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise UserError("修改的内容格式不对，请检查单位、时限等栏目后再保存。") from error


def _replace_correction(connection: Connection, number: int, key: str, value: Any) -> None:
    place = (corrections.c.task_id == number) & (corrections.c.key == key)
    connection.execute(delete(corrections).where(place))
    connection.execute(insert(corrections), {"task_id": number, "key": key, "value": to_json(value)})


def _remember(connection: Connection, number: int, key: str, before: Any, after: Any, note: str) -> None:
    row = {
        "id": take_numbers(connection, "history"),
        "task_id": number,
        "at": datetime.now(UTC).replace(tzinfo=None),
        "key": key,
        "before": to_json(before),
        "after": to_json(after),
        "note": note,
    }
    connection.execute(insert(history), row)
