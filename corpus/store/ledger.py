"""The rows of the ledger: writing what extraction found, keeping what users said, and reading it back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from corpus.records import JsonObject, progress_record, task_record
from corpus.spans import Span
from corpus.store.database import take_numbers
from corpus.store.encoding import from_json, to_json
from corpus.store.identifiers import task_name
from corpus.store.identity import Placed, match_rows
from corpus.store.limits import ends
from corpus.store.rows import RowChange, TaskStatus
from corpus.store.schema import corrections, history, progress, task_deadlines, task_units, tasks
from corpus.task import Extraction, Progress, Task

POSITION_KEYS = ("span", "page", "found_by", "confidence", "doubts")
"""Keys that tell how and where a row was found, not what it says."""


@dataclass(slots=True)
class RowChanges:
    """What writing an extraction did to the rows of a document."""

    added: list[RowChange] = field(default_factory=list)
    dropped: list[RowChange] = field(default_factory=list)
    altered: list[RowChange] = field(default_factory=list)
    orphaned: list[RowChange] = field(default_factory=list)
    spans: list[tuple[int, Span]] = field(default_factory=list)
    """Number and span of the rows that stand in the text, in its order."""
    moved: bool = False
    """True when some row stands elsewhere or was found otherwise, though it says the same."""

    @property
    def any(self) -> bool:
        """Tell whether anything is different from before."""
        return self.moved or bool(self.added or self.dropped or self.altered or self.orphaned)


@dataclass(frozen=True, slots=True)
class _Stored:
    """A row as it stands in the table, without its corrections."""

    number: int
    record: JsonObject
    in_text: bool
    kept: bool
    """True when a user said something about it, so that it is never dropped."""


def write_extraction(
    connection: Connection, document: int, extraction: Extraction, *, first: bool = False
) -> RowChanges:
    """Write a document's rows and progress over those of its older reading.

    Rows that continue an older row keep its id, corrections and status. Of the others, those with a
    correction or a status stay, marked as no longer in the text; the rest is dropped. `first` spares the look
    for an older reading.
    """
    stored = [] if first else _stored_rows(connection, document)
    ordered = sorted(extraction.tasks, key=lambda task: (task.span.start, task.span.end))
    records = [_recorded(task) for task in ordered]
    matches = match_rows([_placed(row.record) for row in stored], [_placed(record) for record in records])
    done = RowChanges()
    fresh = iter(_fresh_numbers(connection, len(records) - len(matches)))
    new_rows: list[tuple[int, JsonObject]] = []
    for index, record in enumerate(records):
        if index in matches:
            number = stored[matches[index]].number
            _renew_row(connection, stored[matches[index]], record, done)
        else:
            number = next(fresh)
            new_rows.append((number, record))
            done.added.append(RowChange(task_name(number), record["text"]))
        done.spans.append((number, ordered[index].span))
    _insert_rows(connection, document, new_rows)
    matched = set(matches.values())
    _part_with(connection, [row for index, row in enumerate(stored) if index not in matched], done)
    if extraction.progress or not first:
        _write_progress(connection, document, extraction.progress, done)
    return done


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


def spans_of(connection: Connection, document: int) -> list[tuple[int, Span]]:
    """Return number and span of the rows that stand in a document's text, in its order."""
    in_text = (tasks.c.document_id == document) & tasks.c.in_text
    rows = connection.execute(select(tasks).where(in_text).order_by(tasks.c.start, tasks.c.id))
    return [(row.id, Span(row.start, row.end)) for row in rows]


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
    return record


def _recorded(task: Task) -> JsonObject:
    return {key: value for key, value in task_record(task).items() if key != "id"}


def _placed(record: JsonObject) -> Placed:
    return Placed(record["text"], record["label"], tuple(record["section"]))


def _fresh_numbers(connection: Connection, count: int) -> Iterable[int]:
    if not count:
        return ()
    first = take_numbers(connection, "task", count)
    return range(first, first + count)


def _stored_rows(connection: Connection, document: int) -> list[_Stored]:
    query = select(tasks).where(tasks.c.document_id == document).order_by(tasks.c.start, tasks.c.id)
    rows = connection.execute(query).all()
    numbers = [row.id for row in rows]
    corrected = corrections_of(connection, numbers) if numbers else {}
    return [
        _Stored(
            row.id,
            from_json(row.record),
            row.in_text,
            row.status != TaskStatus.NOT_STARTED or row.id in corrected,
        )
        for row in rows
    ]


def _renew_row(connection: Connection, stored: _Stored, record: JsonObject, done: RowChanges) -> None:
    if stored.record == record and stored.in_text:
        return
    differing = [key for key in record if stored.record.get(key) != record[key] and key not in POSITION_KEYS]
    keys = tuple(key for key in differing if not _same_but_for_spans(stored.record.get(key), record[key]))
    if keys or not stored.in_text:
        done.altered.append(RowChange(task_name(stored.number), record["text"], keys))
    else:
        done.moved = True
    connection.execute(update(tasks).where(tasks.c.id == stored.number).values(**_columns(record)))
    corrected = corrections_of(connection, [stored.number]).get(stored.number, {})
    index_row(connection, stored.number, {**record, **corrected})


def _same_but_for_spans(one: Any, other: Any) -> bool:
    return bool(_without_spans(one) == _without_spans(other))


def _without_spans(value: Any) -> Any:
    if isinstance(value, list):
        return [_without_spans(item) for item in value]
    if isinstance(value, dict):
        return {key: _without_spans(item) for key, item in value.items() if not key.endswith("span")}
    return value


def _part_with(connection: Connection, rows: Sequence[_Stored], done: RowChanges) -> None:
    orphans = [row for row in rows if row.kept and row.in_text]
    dropped = [row for row in rows if not row.kept]
    done.orphaned += [RowChange(task_name(row.number), row.record["text"]) for row in orphans]
    done.dropped += [RowChange(task_name(row.number), row.record["text"]) for row in dropped]
    if orphans:
        numbers = [row.number for row in orphans]
        connection.execute(update(tasks).where(tasks.c.id.in_(numbers)).values(in_text=False))
    if dropped:
        _delete_rows(connection, [row.number for row in dropped])


def _delete_rows(connection: Connection, numbers: Sequence[int]) -> None:
    for table in (task_units, task_deadlines, history):
        connection.execute(delete(table).where(table.c.task_id.in_(numbers)))
    connection.execute(delete(tasks).where(tasks.c.id.in_(numbers)))


def _columns(record: JsonObject) -> JsonObject:
    return {
        "start": record["span"][0],
        "end": record["span"][1],
        "in_text": True,
        "record": to_json(record),
    }


def _insert_rows(connection: Connection, document: int, rows: Sequence[tuple[int, JsonObject]]) -> None:
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
                **_columns(record),
            }
            for number, record in rows
        ],
    )
    _insert_side_rows(connection, rows)


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


def _write_progress(
    connection: Connection, document: int, items: Sequence[Progress], done: RowChanges
) -> None:
    ours = progress.c.document_id == document
    records = [progress_record(item) for item in items]
    done.moved = done.moved or records != read_progress(connection, document)
    connection.execute(delete(progress).where(ours))
    if not records:
        return
    connection.execute(
        insert(progress),
        [
            {
                "document_id": document,
                "place": place,
                "task_id": _task_at(item.span, done.spans),
                "record": to_json(record),
            }
            for place, (item, record) in enumerate(zip(items, records, strict=True))
        ],
    )


def _task_at(span: Span, spans: Sequence[tuple[int, Span]]) -> int | None:
    """Return the row in whose words the progress stands: the 进展情况 column of a rectification table."""
    return next((number for number, task in spans if task.contains(span)), None)
