"""Writes what extraction found in a document over its older reading, keeping what users said."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from corpus.records import JsonObject, progress_record, task_record
from corpus.spans import Span
from corpus.store.database import take_numbers
from corpus.store.editing.making import take_confirmation_back
from corpus.store.editing.relocation import moved_span
from corpus.store.encoding import from_json, to_json
from corpus.store.identifiers import task_name
from corpus.store.ledger.table import (
    BY_HAND,
    columns_of,
    corrections_of,
    index_row,
    insert_rows,
    read_progress,
    spans_of,
    write_correction,
)
from corpus.store.rereading.identity import Placed, folded, match_equal, match_rows
from corpus.store.rows import Hidden, RowChange, TaskStatus
from corpus.store.schema import history, progress, task_deadlines, task_units, tasks
from corpus.task import Extraction, Progress, Task

Match = Callable[[Sequence[Placed], Sequence[Placed]], dict[int, int]]
POSITION_KEYS = ("span", "page", "found_by", "confidence", "doubts")
"""Keys that tell how and where a row was found, not what it says."""
SHORTEST_PART = 4
"""Characters that a row must have to be taken for a part of another that users split."""


@dataclass(slots=True)
class RowChanges:
    """What writing an extraction did to the rows of a document."""

    added: list[RowChange] = field(default_factory=list)
    dropped: list[RowChange] = field(default_factory=list)
    altered: list[RowChange] = field(default_factory=list)
    orphaned: list[RowChange] = field(default_factory=list)
    spans: list[tuple[int, Span]] = field(default_factory=list)
    """Number and span of the rows that are shown and stand in the text, in its order."""
    moved: bool = False
    """True when some row stands elsewhere or was found otherwise, though it says the same."""

    @property
    def any(self) -> bool:
        """Tell whether anything is different from before."""
        return self.moved or bool(self.added or self.dropped or self.altered or self.orphaned)


@dataclass(frozen=True, slots=True)
class _Stored:
    """A row as it stands in the table."""

    number: int
    record: JsonObject
    """What was found, without corrections."""
    corrected: JsonObject
    in_text: bool
    by_hand: bool
    confirmed: bool
    kept: bool
    """True when a user did something to it, so that it is never dropped."""

    @property
    def text(self) -> str:
        """The words it shows."""
        return str(self.corrected.get("text", self.record["text"]))


def write_extraction(
    connection: Connection, document: int, text: str, extraction: Extraction, *, first: bool = False
) -> RowChanges:
    """Write a document's rows and progress over those of its older reading.

    Rows that continue an older row keep its id, corrections and status. Of the others, those that a user
    touched stay, marked as no longer in the text; the rest is dropped. `first` spares the look for an older
    reading.

    Args:
        connection: one that writes.
        document: the document's number.
        text: its canonical text.
        extraction: what the rules of today find in it.
        first: True for the first reading of a new document.
    """
    stored = [] if first else _stored_rows(connection, document)
    ordered = sorted(extraction.tasks, key=lambda task: (task.span.start, task.span.end))
    writing = _Writing(connection, document, text, stored, [_recorded(task) for task in ordered])
    writing.run()
    done = writing.done
    done.spans = spans_of(connection, document)
    if extraction.progress or not first:
        _write_progress(connection, document, extraction.progress, done)
    return done


class _Writing:
    """One reading on its way into the tables."""

    def __init__(
        self,
        connection: Connection,
        document: int,
        text: str,
        stored: Sequence[_Stored],
        records: Sequence[JsonObject],
    ) -> None:
        self.done = RowChanges()
        self._connection = connection
        self._document = document
        self._text = text
        self._stored = stored
        self._records = records

    def run(self) -> None:
        """Write the rows."""
        matches = _matches(self._stored, self._records)
        split = self._reworded_splits(matches)
        fresh = iter(_fresh_numbers(self._connection, len(self._records) - len(matches)))
        new: list[tuple[int, JsonObject]] = []
        for index, record in enumerate(self._records):
            if index in matches:
                self._renew(self._stored[matches[index]], record)
            elif any(_is_part(record, whole) for whole in split):
                insert_rows(
                    self._connection, self._document, [(next(fresh), record)], hidden=Hidden.MERGED.value
                )
            else:
                number = next(fresh)
                new.append((number, record))
                self.done.added.append(RowChange(task_name(number), record["text"]))
        insert_rows(self._connection, self._document, new)
        found = set(matches.values())
        self._part_with([row for index, row in enumerate(self._stored) if index not in found])

    def _renew(self, stored: _Stored, record: JsonObject) -> None:
        if stored.by_hand:
            self._place(stored, Span(*record["span"]))
        elif stored.record != record or not stored.in_text:
            self._rewrite(stored, record)
        self._replace_span(stored, record)

    def _rewrite(self, stored: _Stored, record: JsonObject) -> None:
        old = stored.record
        differing = [key for key in record if old.get(key) != record[key] and key not in POSITION_KEYS]
        keys = tuple(key for key in differing if not _same_but_for_spans(old.get(key), record[key]))
        if keys or not stored.in_text:
            self.done.altered.append(RowChange(task_name(stored.number), record["text"], keys))
        else:
            self.done.moved = True
        if stored.confirmed and set(keys) - set(stored.corrected):
            take_confirmation_back(self._connection, stored.number)
        self._update(stored.number, **columns_of(record))
        index_row(self._connection, stored.number, {**record, **stored.corrected})

    def _replace_span(self, stored: _Stored, record: JsonObject) -> None:
        """Let the place that a user gave a row follow its words, or give it up for the one that was found."""
        if "span" not in stored.corrected or stored.by_hand:
            return
        span = moved_span(self._text, stored.text, record["span"][0]) or Span(*record["span"])
        place = [span.start, span.end]
        write_correction(self._connection, stored.number, "span", place, record["span"])
        self._update(stored.number, start=span.start, end=span.end)

    def _part_with(self, rows: Sequence[_Stored]) -> None:
        by_hand = [row for row in rows if row.by_hand]
        for row in by_hand:
            self._follow_words(row)
        self._orphan([row for row in rows if row.kept and not row.by_hand and row.in_text])
        dropped = [row for row in rows if not row.kept and not row.by_hand]
        self.done.dropped += [RowChange(task_name(row.number), row.record["text"]) for row in dropped]
        if dropped:
            _delete_rows(self._connection, [row.number for row in dropped])

    def _follow_words(self, row: _Stored) -> None:
        """Find the words of a row that a person made; one that was typed in never had a place in the text."""
        start, end = row.record["span"]
        if start == end:
            return
        span = moved_span(self._text, row.text, start)
        if span is not None:
            self._place(row, span)
        elif row.in_text:
            self._orphan([row])

    def _place(self, row: _Stored, span: Span) -> None:
        place = [span.start, span.end]
        if place != row.record["span"] or not row.in_text:
            self.done.moved = True
            self._update(row.number, **columns_of({**row.record, "span": place}))

    def _orphan(self, rows: Sequence[_Stored]) -> None:
        self.done.orphaned += [RowChange(task_name(row.number), row.text) for row in rows]
        for row in rows:
            self._update(row.number, in_text=False)

    def _reworded_splits(self, matches: dict[int, int]) -> list[str]:
        """Return the older words of rows that users split and that are now read otherwise."""
        split_from = select(tasks.c.split_from).where(
            tasks.c.document_id == self._document, tasks.c.split_from.is_not(None), tasks.c.hidden.is_(None)
        )
        split = set(self._connection.execute(split_from).scalars()) if self._stored else set()
        now = {self._stored[old].number: self._records[new]["text"] for new, old in matches.items()}
        return [
            folded(row.record["text"])
            for row in self._stored
            if row.number in split and folded(now.get(row.number, "")) != folded(row.record["text"])
        ]

    def _update(self, number: int, **values: Any) -> None:
        self._connection.execute(update(tasks).where(tasks.c.id == number).values(**values))


def _matches(stored: Sequence[_Stored], records: Sequence[JsonObject]) -> dict[int, int]:
    """Return for new records the stored row that each continues.

    First rows that are found with the very words they were found with before; then rows to which users gave
    these very words; at last like words, which only rows of the text may claim.
    """
    new = [Placed.of(record) for record in records]
    found = [index for index, row in enumerate(stored) if not row.by_hand]
    given = [index for index, row in enumerate(stored) if row.by_hand or "text" in row.corrected]
    steps: tuple[tuple[Match, list[int], Callable[[_Stored], Placed]], ...] = (
        (match_equal, found, lambda row: Placed.of(row.record)),
        (match_equal, given, lambda row: Placed.of({**row.record, **row.corrected})),
        (match_rows, found, lambda row: Placed.of(row.record)),
    )
    matches: dict[int, int] = {}
    for match, candidates, words in steps:
        taken = set(matches.values())
        old = [index for index in candidates if index not in taken]
        left = [index for index in range(len(new)) if index not in matches]
        pairs = match([words(stored[index]) for index in old], [new[index] for index in left])
        matches.update({left[one]: old[other] for one, other in pairs.items()})
    return matches


def _is_part(record: JsonObject, whole: str) -> bool:
    words = folded(record["text"])
    return len(words) >= SHORTEST_PART and words in whole


def _recorded(task: Task) -> JsonObject:
    return {key: value for key, value in task_record(task).items() if key != "id"}


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
    touched_query = select(history.c.task_id).where(history.c.task_id.in_(numbers)).distinct()
    touched = set(connection.execute(touched_query).scalars()) if numbers else set()
    return [
        _Stored(
            row.id,
            from_json(row.record),
            corrected.get(row.id, {}),
            row.in_text,
            row.origin == BY_HAND,
            row.confirmed is not None,
            row.status != TaskStatus.NOT_STARTED or row.id in touched,
        )
        for row in rows
    ]


def _same_but_for_spans(one: Any, other: Any) -> bool:
    return bool(_without_spans(one) == _without_spans(other))


def _without_spans(value: Any) -> Any:
    if isinstance(value, list):
        return [_without_spans(item) for item in value]
    if isinstance(value, dict):
        return {key: _without_spans(item) for key, item in value.items() if not key.endswith("span")}
    return value


def _delete_rows(connection: Connection, numbers: Sequence[int]) -> None:
    for table in (task_units, task_deadlines):
        connection.execute(delete(table).where(table.c.task_id.in_(numbers)))
    connection.execute(delete(tasks).where(tasks.c.id.in_(numbers)))


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
                "task_id": _task_at(item.of or item.span, done.spans),
                "record": to_json(record),
            }
            for place, (item, record) in enumerate(zip(items, records, strict=True))
        ],
    )


def _task_at(span: Span, spans: Sequence[tuple[int, Span]]) -> int | None:
    """Return the row in whose words the progress stands: the 进展情况 column of a rectification table."""
    return next((number for number, task in spans if task.contains(span)), None)
