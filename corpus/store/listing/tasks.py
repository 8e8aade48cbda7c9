"""Reads pages of the ledger: rows with their corrections, status, colour and progress."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, func, select

from corpus.errors import NotFoundError
from corpus.records import JsonObject
from corpus.store.database import batches
from corpus.store.encoding import from_json
from corpus.store.filters import TaskQuery
from corpus.store.identifiers import document_name, document_number, task_name, task_number
from corpus.store.ledger.kept import LISTS, OBJECTS, kept_values
from corpus.store.ledger.limits import is_ongoing, next_of, review_day
from corpus.store.ledger.rules import ColourRules
from corpus.store.ledger.table import BY_HAND, corrected_record, corrections_of, is_shown
from corpus.store.listing.references import with_documents
from corpus.store.listing.standing import (
    Day,
    colour_of_row,
    due_in_month,
    has_colour,
    kept_conditions,
    repeats_of,
)
from corpus.store.rows import Confirmed, Hidden, TaskPage, TaskRow, TaskStatus
from corpus.store.schema import corrections, documents, progress, task_deadlines, task_units, tasks, versions
from corpus.store.searching.feed import names_unit

BROUGHT_BACK = (Hidden.DELETED, Hidden.MERGED)
"""Hidden rows that can be shown again; those of undone edits come back with their edit."""


def read_page(connection: Connection, query: TaskQuery, day: Day) -> TaskPage:
    """Return the rows that the query asks for."""
    found, total = _numbers(connection, query, day)
    return TaskPage(tuple(_rows_of(connection, found, day)), total)


def read_names(connection: Connection, query: TaskQuery, day: Day) -> tuple[list[str], int]:
    """Return the ids of the rows that the query asks for, and how many there are besides its stretch."""
    found, total = _numbers(connection, query, day)
    return [task_name(number) for number in found], total


def _numbers(connection: Connection, query: TaskQuery, day: Day) -> tuple[Sequence[int], int]:
    """Return the numbers of the rows of the stretch asked for, in order, and the number of all rows."""
    narrowing = list(_conditions(connection, query, day))
    conditions = [_is_held(), _is_listed(query), *narrowing]
    # The numbers alone: to sort whole rows, with their records, takes ten times as long.
    order = (tasks.c.due.is_(None), tasks.c.due) if query.order_by_due else ()
    place = (tasks.c.document_id.is_(None), tasks.c.document_id, tasks.c.start, tasks.c.id)
    numbers = select(tasks.c.id).where(*conditions).order_by(*order, *place)
    if narrowing:  # to find the rows takes longest, so they are not looked for again to count them
        every = connection.execute(numbers).scalars().all()
        return every[query.offset : query.offset + query.limit], len(every)
    total = connection.execute(select(func.count()).select_from(tasks).where(*conditions)).scalar_one()
    return connection.execute(numbers.offset(query.offset).limit(query.limit)).scalars().all(), total


def read_row(connection: Connection, name: str, day: Day) -> TaskRow:
    """Return one row of the ledger.

    Raises:
        NotFoundError: when there is no such row, or its document was removed.
    """
    for row in read_rows(connection, [name], day):
        return row
    raise NotFoundError(f"台账中没有编号为 {name} 的任务，请用 taizhang tasks 查看编号。")


def read_rows(connection: Connection, names: Sequence[str], day: Day) -> list[TaskRow]:
    """Return rows in the order of `names`, leaving out those that are gone and those of removed documents.

    Raises:
        NotFoundError: when a name is not an id of a row.
    """
    return _rows_of(connection, [task_number(name) for name in names], day)


def read_typed(connection: Connection) -> dict[str, str]:
    """Return the words of the shown rows whose words a person typed, by id of the row.

    They stand in no document, so that no passage leads to them.
    """
    reworded = select(corrections.c.task_id).where(corrections.c.key == "text")
    typed = (tasks.c.origin == BY_HAND) | tasks.c.id.in_(reworded)
    wanted = select(tasks.c.id, tasks.c.text).where(typed, is_shown(), _is_held())
    return {task_name(row.id): row.text for row in connection.execute(wanted)}


def _rows_of(connection: Connection, numbers: Sequence[int], day: Day) -> list[TaskRow]:
    """Return rows in the order of `numbers`, without those that are gone or of removed documents."""
    # Rows that were entered without a document have none to join.
    joined = tasks.outerjoin(documents, documents.c.id == tasks.c.document_id).outerjoin(
        versions, (versions.c.document_id == documents.c.id) & (versions.c.version == documents.c.version)
    )
    wanted = select(tasks, documents.c.source, versions.c.title).select_from(joined)
    rows: list[TaskRow] = []
    for some in batches(numbers):
        held = connection.execute(wanted.where(tasks.c.id.in_(some), _is_held())).all()
        found = {row.id: row for row in held}
        ordered = [found[number] for number in some if number in found]
        rows += _task_rows(connection, ordered, day)
    return rows


def _is_held() -> ColumnElement[bool]:
    """Return the condition that a row's document, where it has one, was not removed."""
    removed = select(documents.c.id).where(documents.c.removed)
    return tasks.c.document_id.is_(None) | tasks.c.document_id.not_in(removed)


def _is_listed(query: TaskQuery) -> ColumnElement[bool]:
    return tasks.c.hidden.in_([kind.value for kind in BROUGHT_BACK]) if query.hidden else is_shown()


def _conditions(connection: Connection, query: TaskQuery, day: Day) -> Iterator[ColumnElement[bool]]:
    if query.document is not None:
        yield tasks.c.document_id == document_number(query.document)
    if query.status is not None:
        yield tasks.c.status == query.status.value
    if query.words is not None:
        yield tasks.c.text.contains(query.words, autoescape=True)
    if query.unit is not None or query.role is not None:
        yield tasks.c.id.in_(select(task_units.c.task_id).where(*_unit_conditions(query)))
    if query.colour is not None:
        yield has_colour(connection, query.colour, day)
    if query.month is not None:
        yield due_in_month(connection, query.month, day)
    if limits := _end_conditions(query):
        yield tasks.c.id.in_(select(task_deadlines.c.task_id).where(*limits))
    yield from kept_conditions(query)


def _unit_conditions(query: TaskQuery) -> Iterator[ColumnElement[bool]]:
    if query.unit is not None:
        yield names_unit(query.unit)
    if query.role is not None:
        yield task_units.c.role == query.role.value


def _end_conditions(query: TaskQuery) -> list[ColumnElement[bool]]:
    limits: list[ColumnElement[bool]] = []
    if query.due_from is not None:
        limits.append(task_deadlines.c.end >= query.due_from)
    if query.due_before is not None:
        limits.append(task_deadlines.c.end <= query.due_before)
    return limits


def _task_rows(connection: Connection, rows: Sequence[Row[Any]], day: Day) -> Iterator[TaskRow]:
    numbers = [row.id for row in rows]
    corrected = corrections_of(connection, numbers)
    reported = _progress_of(connection, numbers)
    records = with_documents(connection, (corrected_record(row, corrected.get(row.id, {})) for row in rows))
    for row, record in zip(rows, records, strict=True):
        yield _task_row(row, record, corrected.get(row.id, {}), reported.get(row.id, []), day)


def _task_row(
    row: Row[Any], record: JsonObject, corrected: JsonObject, reported: list[JsonObject], day: Day
) -> TaskRow:
    status = TaskStatus(row.status)
    kept = kept_values(row)
    next_day = next_of(repeats_of(row), day.today)
    return TaskRow(
        task_name(row.id),
        document_name(row.document_id) if row.document_id is not None else "",
        row.source or "",
        row.title,
        record,
        status,
        colour_of_row(row, day),
        row.due,
        next_day,
        tuple(reported),
        tuple(sorted(corrected)),
        row.in_text,
        row.origin == BY_HAND,
        Hidden(row.hidden) if row.hidden else None,
        _confirmed(row.confirmed),
        first_due=row.first_due,
        review_due=_review_due(row, record, kept, next_day, day.rules),
        done_on=row.done_on,
        percent=kept["percent"],
        own=kept["own"],
        **_as_fields(kept),
    )


def _as_fields(kept: JsonObject) -> dict[str, Any]:
    return {**{key: tuple(kept[key]) for key in LISTS}, **{key: kept[key] for key in OBJECTS}}


def _review_due(
    row: Row[Any], record: JsonObject, kept: JsonObject, next_day: date | None, rules: ColourRules
) -> date | None:
    dated = row.due is not None or next_day is not None
    ongoing = is_ongoing(record)
    if dated and not ongoing:
        return None
    told = [date.fromisoformat(note["date"]) for note in kept["notes"] if note["date"]]
    last = max(told, default=row.since)
    return review_day(TaskStatus(row.status), dated, ongoing, last, rules)


def _confirmed(stored: str | None) -> Confirmed | None:
    if stored is None:
        return None
    value = from_json(stored)
    return Confirmed(value["by"], datetime.fromisoformat(value["at"]))


def _progress_of(connection: Connection, numbers: Sequence[int]) -> dict[int, list[JsonObject]]:
    query = (
        select(progress)
        .where(progress.c.task_id.in_(numbers))
        .order_by(progress.c.document_id, progress.c.place)
    )
    found: dict[int, list[JsonObject]] = defaultdict(list)
    for row in connection.execute(query):
        found[row.task_id].append(from_json(row.record))
    return found
