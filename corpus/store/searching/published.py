"""What search sees of documents: their places, their passages, and the steps of the library's history."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, delete, func, insert, select, update

from corpus.document import Document, Passage
from corpus.passages import cut_passages
from corpus.records import JsonObject
from corpus.registry.regions import place_keys
from corpus.spans import Span
from corpus.store.database import take_numbers
from corpus.store.encoding import to_json
from corpus.store.schema import changes, passages, places

TaskSpans = Sequence[tuple[int, Span]]
"""Number and span of each row that stands in the text, in the order of the text."""
Coming = tuple[int, int, Document, TaskSpans]
"""What comes into search: a document's number, the version, its reading, and its rows."""
Run = tuple[int, int]
"""The first and the last of a run of passage ids."""
NO_PASSAGES: Run = (1, 0)
"""The run that holds none."""


def write_places(connection: Connection, regions: Sequence[tuple[int, str | None]]) -> None:
    """Write the place that each document governs, given by its number, and every place above it."""
    rows = [
        {"document_id": number, "place": key}
        for number, region in regions
        if region
        for key in place_keys(region)
    ]
    if rows:
        connection.execute(insert(places), rows)


def drop_places(connection: Connection, number: int) -> None:
    """Forget the places of a document."""
    connection.execute(delete(places).where(places.c.document_id == number))


def drop_passages(connection: Connection, number: int) -> Run:
    """Take a document out of search and return the run of passage ids that this removed."""
    ours = passages.c.document_id == number
    query = select(func.min(passages.c.id), func.max(passages.c.id)).where(ours)
    first, last = connection.execute(query).one()
    connection.execute(delete(passages).where(ours))
    return (first, last) if first is not None else NO_PASSAGES


def write_passages(connection: Connection, coming: Sequence[Coming]) -> list[Run]:
    """Cut the documents, write their passages, and return the run of ids of each."""
    cut = [cut_passages(document) for _, _, document, _ in coming]
    total = sum(map(len, cut))
    first = take_numbers(connection, "passage", total) if total else 1
    runs: list[Run] = []
    rows: list[JsonObject] = []
    for each, own in zip(coming, cut, strict=True):
        runs.append((first, first + len(own) - 1) if own else NO_PASSAGES)
        rows += _passage_rows(each, own, first)
        first += len(own)
    if rows:
        connection.execute(insert(passages), rows)
    return runs


def _passage_rows(coming: Coming, cut: Sequence[Passage], first: int) -> Iterator[JsonObject]:
    number, version, _, tasks = coming
    for index, (passage, owner) in enumerate(zip(cut, _task_of_each(cut, tasks), strict=True)):
        yield {
            "id": first + index,
            "document_id": number,
            "version": version,
            "start": passage.span.start,
            "end": passage.span.end,
            "page": passage.page,
            "task_id": owner,
            "section": to_json(passage.section),
        }


def write_owners(connection: Connection, number: int, tasks: TaskSpans) -> None:
    """Write to which row of the ledger each passage of the document belongs now.

    Where a passage has a row for the first time, or none any more, the passages get new ids, and a step of
    the history tells of it: search keeps beside each id whether it has a row.
    """
    query = select(passages.c.id, passages.c.start, passages.c.end, passages.c.task_id)
    ours = query.where(passages.c.document_id == number).order_by(passages.c.start)
    rows = connection.execute(ours).all()
    owners = _task_of_each([Passage(Span(row.start, row.end)) for row in rows], tasks)
    changed = [(row, owner) for row, owner in zip(rows, owners, strict=True) if row.task_id != owner]
    for row, owner in changed:
        connection.execute(update(passages).where(passages.c.id == row.id).values(task_id=owner))
    if any((row.task_id is None) != (owner is None) for row, owner in changed):
        _renumber(connection, number, (rows[0].id, rows[-1].id))


def _renumber(connection: Connection, number: int, run: Run) -> None:
    """Give the passages of a document, which have the ids of `run`, new ones in the same order."""
    first, last = run
    moved = take_numbers(connection, "passage", last - first + 1) - first
    ours = passages.c.document_id == number
    connection.execute(update(passages).where(ours).values(id=passages.c.id + moved))
    write_changes(connection, [(number, run, (first + moved, last + moved))])


def write_changes(connection: Connection, steps: Sequence[tuple[int, Run, Run]]) -> None:
    """Write steps of the library's history: a document's number, what it removed, what it added."""
    first = take_numbers(connection, "change", len(steps))
    rows = [
        {
            "number": step,
            "document_id": number,
            "removed_first": removed[0],
            "removed_last": removed[1],
            "added_first": added[0],
            "added_last": added[1],
        }
        for step, (number, removed, added) in enumerate(steps, start=first)
    ]
    connection.execute(insert(changes), rows)


def _task_of_each(cut: Sequence[Passage], tasks: TaskSpans) -> list[int | None]:
    """Return for each passage the row with which it shares most code points."""
    owners: list[int | None] = []
    first = 0
    for passage in cut:
        while first < len(tasks) and tasks[first][1].end <= passage.span.start:
            first += 1
        near = []
        for number, span in tasks[first:]:
            if span.start >= passage.span.end:
                break
            near.append((_shared(span, passage.span), number))
        shared, owner = max(near, default=(0, None), key=lambda pair: pair[0])
        owners.append(owner if shared > 0 else None)
    return owners


def _shared(one: Span, other: Span) -> int:
    return min(one.end, other.end) - max(one.start, other.start)
