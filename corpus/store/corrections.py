"""What users say about a row of the ledger: its status, and values that are better than those found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from corpus.errors import NotFoundError, UserError
from corpus.records import JsonObject, task_from_record, task_record
from corpus.store.database import take_numbers
from corpus.store.encoding import from_json, to_json
from corpus.store.identifiers import task_number
from corpus.store.ledger import corrected_record, corrections_of, index_row
from corpus.store.rows import HistoryEntry, TaskStatus
from corpus.store.schema import corrections, history, tasks

NOWHERE = [0, 0]
"""The span of what a user put in by hand."""
WORDS = ("text", "label")
OPTIONAL_WORDS = ("problem", "goal")
LISTS: dict[str, JsonObject] = {
    "units": {"span": NOWHERE, "members": []},
    "refs": {"span": NOWHERE},
    "persons": {},
    "deadlines": {"span": NOWHERE, "start": None, "end": None},
    "indicators": {"span": NOWHERE, "value": None},
    "measures": {"span": NOWHERE},
}
"""The keys whose values are lists of objects, and what an object may leave out."""
CORRECTABLE = frozenset({*WORDS, *OPTIONAL_WORDS, *LISTS, "section", "extra"})
"""The keys of a record that a user may correct."""


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
    before = _record(connection, number)
    for key, value in _checked(before, values).items():
        _drop(connection, number, [key])
        connection.execute(insert(corrections), {"task_id": number, "key": key, "value": to_json(value)})
        _remember(connection, number, key, before[key], value, note)
    index_row(connection, number, _record(connection, number))


def withdraw_corrections(connection: Connection, name: str, keys: Sequence[str], note: str) -> None:
    """Take a user's corrections back, so that the row says again what extraction found.

    Raises:
        NotFoundError: when there is no such row.
    """
    number = _existing(connection, name)
    before = _record(connection, number)
    _drop(connection, number, keys)
    after = _record(connection, number)
    for key in CORRECTABLE.intersection(keys):
        if before[key] != after[key]:
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


def _checked(before: JsonObject, values: Mapping[str, Any]) -> JsonObject:
    """Return the values in the form in which a record has them."""
    if unknown := sorted(set(values) - CORRECTABLE):
        raise UserError(f"这些栏目不能修改：{'、'.join(unknown)}。")
    try:
        checked = {key: _in_form(key, value) for key, value in values.items()}
        normal = task_record(task_from_record({**before, **checked}))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise UserError("修改的内容格式不对，请检查单位、时限等栏目后再保存。") from error
    return {key: normal[key] if key in LISTS else value for key, value in checked.items()}


def _in_form(key: str, value: Any) -> Any:
    """Return the value with what it may leave out filled in.

    Raises:
        TypeError: when the value is not of the key's form.
    """
    if key in LISTS and isinstance(value, list):
        return [{**LISTS[key], **item} for item in value]
    right = {
        **dict.fromkeys(WORDS, isinstance(value, str)),
        **dict.fromkeys(OPTIONAL_WORDS, isinstance(value, str | None)),
        "section": isinstance(value, list) and all(isinstance(item, str) for item in value),
        "extra": isinstance(value, dict) and all(isinstance(item, str) for item in value.values()),
    }
    if not right.get(key):
        raise TypeError(f"{key} has another form")
    return value


def _existing(connection: Connection, name: str) -> int:
    number = task_number(name)
    if connection.execute(select(tasks.c.id).where(tasks.c.id == number)).scalar() is None:
        raise NotFoundError(f"台账中没有编号为 {name} 的任务，请用 taizhang tasks 查看编号。")
    return number


def _record(connection: Connection, number: int) -> JsonObject:
    row = connection.execute(select(tasks).where(tasks.c.id == number)).one()
    return corrected_record(row, corrections_of(connection, [number]).get(number, {}))


def _drop(connection: Connection, number: int, keys: Sequence[str]) -> None:
    ours = (corrections.c.task_id == number) & corrections.c.key.in_(keys)
    connection.execute(delete(corrections).where(ours))


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
