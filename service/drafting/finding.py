"""Finds the rows that a draft is made from. What another place was told to do is never taken for ours."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from corpus.registry.regions import is_within
from corpus.store.filters import TaskQuery
from corpus.store.rows import TaskRow, TaskStatus, ledger_record

if TYPE_CHECKING:
    from service.library import Library

MOST_ROWS = 10_000
SUBJECT_ROWS = 200
"""Rows about a topic that are looked at."""


def rows_of_plans(library: Library, plans: Iterable[str], today: date) -> list[TaskRow]:
    """Return all rows of the plans, in the order of the ledger.

    Raises:
        NotFoundError: when there is no such plan.
    """
    return [
        row
        for plan in plans
        for row in library.store.tasks(TaskQuery(document=plan, limit=MOST_ROWS), today).items
    ]


def rows_about(library: Library, topic: str, place: str, today: date) -> list[TaskRow]:
    """Return our rows about a topic: those whose words hold it, else those that a search finds.

    Ours are, with a `place`, the rows of its documents; without one the rows of documents that the office
    keeps a ledger of, or, where it keeps none, of the only place that the rows are of.
    """
    rows = list(library.store.tasks(TaskQuery(words=topic.strip(), limit=SUBJECT_ROWS), today).items)
    if not rows:
        hits = library.search(topic, k=SUBJECT_ROWS).hits
        ids = list(dict.fromkeys(hit.passage.task_id for hit in hits if hit.passage.task_id))
        rows = library.store.task_rows(ids, today)
    return _ours(library, rows, place)


def within_period(row: TaskRow, first: date | None, last: date | None) -> bool:
    """Tell whether a row is due within a period; a row without a date always is."""
    if row.due is None:
        return True
    return (first is None or row.due >= first) and (last is None or row.due <= last)


def _ours(library: Library, rows: list[TaskRow], place: str) -> list[TaskRow]:
    ids = {row.document_id for row in rows if row.document_id}
    regions = {document: library.document_row(document).region or "" for document in ids}
    if place:
        near = {document for document, region in regions.items() if region and _is_of(region, place)}
        return [row for row in rows if not row.document_id or row.document_id in near]
    kept = {row.document_id for row in rows if _is_kept(row)}
    if not kept and len(set(regions.values())) > 1:
        return []
    return [row for row in rows if not kept or row.document_id in kept]


def _is_of(region: str, place: str) -> bool:
    return region == place or is_within(region, place)


def _is_kept(row: TaskRow) -> bool:
    """Tell whether somebody follows the row up: it has a status, a report or was entered by hand."""
    record = ledger_record(row)
    touched = row.by_hand or row.confirmed is not None or row.status is not TaskStatus.NOT_STARTED
    return touched or any(record.get(key) for key in ("notes", "entry", "marks"))
