"""Which rows are overdue and which are due soon."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from corpus.store.filters import TaskQuery
from corpus.store.rows import TaskRow, TaskStatus
from service.ledger import short_text
from service.library import Library

SETTLED = frozenset({TaskStatus.DONE, TaskStatus.CLOSED, TaskStatus.RECHECKED, TaskStatus.CANCELLED})
"""States of rows that nobody waits for."""
MOST_ROWS = 100_000
MOST_UNITS = 3
"""Units of a row that a reminder names."""
MAIL_SENT = "mail.sent"
"""What the log of changes calls a message that was sent."""


@dataclass(frozen=True, slots=True)
class Due:
    """The open rows that have a day, as they stand on one day."""

    today: date
    days: int
    """Rows due within so many days count as due soon."""
    overdue: tuple[TaskRow, ...]
    """Longest overdue first."""
    soon: tuple[TaskRow, ...]
    """The next due first."""

    def __bool__(self) -> bool:
        return bool(self.overdue or self.soon)


def due_of(library: Library, query: TaskQuery | None = None, days: int | None = None) -> Due:
    """Return what is overdue, and due within `days`, among the rows that `query` asks for.

    None for `days` takes those after which rows turn yellow in this office.
    """
    within = library.settings.read().due_soon_days if days is None else days
    rows = library.tasks(query or TaskQuery(limit=MOST_ROWS)).items
    return due_among(rows, library.today(), within)


def due_among(rows: Iterable[TaskRow], today: date, days: int) -> Due:
    """Return what of the rows is overdue on `today`, and due within `days`; a recurring row is due next."""
    waiting = sorted((day_of(row) or date.max, row.id, row) for row in rows if row.status not in SETTLED)
    overdue = [row for day, _, row in waiting if day < today]
    soon = [row for day, _, row in waiting if today <= day <= today + timedelta(days=days)]
    return Due(today, days, tuple(overdue), tuple(soon))


def day_of(row: TaskRow) -> date | None:
    """Return the day by which a row is due, None where it has none."""
    return row.due or row.next_due


def late_words(row: TaskRow, today: date) -> str:
    """Return how a row stands to its day: 逾期3天, 今天到期, 还有5天; "" without a day."""
    day = day_of(row)
    if day is None:
        return ""
    left = (day - today).days
    return "今天到期" if left == 0 else f"逾期{-left}天" if left < 0 else f"还有{left}天"


def brief_text(row: TaskRow, longest: int) -> str:
    """Return the first words of a row on one line, up to the end of a short first sentence."""
    words = short_text(row.record, 200)
    first = words.partition("。")[0]
    words = first if 6 <= len(first) <= longest else words
    return words if len(words) <= longest else f"{words[: longest - 1]}…"
