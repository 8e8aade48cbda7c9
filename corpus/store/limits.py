"""When a row of the ledger is due, and in which colour that shows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from corpus.records import JsonObject
from corpus.store.rows import Colour, TaskStatus
from corpus.task import DeadlineKind

SOON = timedelta(days=30)
"""How long before its date a row turns yellow."""
COLOURLESS = (TaskStatus.CLOSED, TaskStatus.RECHECKED, TaskStatus.CANCELLED)
"""Rows that nobody has to watch any more."""


def ends(record: JsonObject) -> list[date]:
    """Return the last days of a task record's time limits, earliest first."""
    return sorted(date.fromisoformat(item["end"]) for item in record["deadlines"] if item["end"])


def recurring(record: JsonObject) -> Iterable[str]:
    """Return the words of the record's recurring limits: 每月25日前."""
    return (item["raw"] for item in record["deadlines"] if item["kind"] == DeadlineKind.RECURRING)


def colour_of(status: TaskStatus, due: date | None, today: date) -> Colour | None:
    """Return the colour in which a row shows today, None without a date or when it is closed."""
    if due is None or status in COLOURLESS:
        return None
    if status is TaskStatus.DONE or due > today + SOON:
        return Colour.GREEN
    return Colour.RED if due < today else Colour.YELLOW
