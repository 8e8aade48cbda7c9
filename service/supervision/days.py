"""The ledger along time: a calendar of what is due, and how much was overdue at the end of each day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from corpus.errors import UserError
from corpus.store.ledger.limits import next_of, recurring
from corpus.store.ledger.rules import ColourRules, zone_of
from corpus.store.rows import TaskRow, TaskStatus

MOST_DAYS = 3700
"""The longest stretch that one calendar or trend covers."""
CLOSED = (TaskStatus.CLOSED, TaskStatus.RECHECKED)


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """One row on one day."""

    task: str
    kind: str
    """`due`: its date; `period`: a recurring limit falls there; `review`: it is to be looked at again."""
    text: str
    status: str
    colour: str | None


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """A day on which something falls."""

    day: date
    entries: tuple[CalendarEntry, ...]


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """How the ledger stood at the end of one day."""

    day: date
    overdue: int
    """Rows past their day and not done; by the day that was in force then."""
    done: int
    """Rows that were done by then."""


def calendar(rows: Iterable[TaskRow], first: date, last: date) -> list[CalendarDay]:
    """Return the days from `first` to `last` on which something falls, both inclusive; [] for none.

    Recurring limits fall once in each period. Rows that are closed or ended are left out.

    Raises:
        UserError: when `last` is before `first`, or years later.
    """
    _check(first, last)
    days: dict[date, list[CalendarEntry]] = defaultdict(list)
    for row in rows:
        if row.status in (*CLOSED, TaskStatus.CANCELLED):
            continue
        for day, kind in _falls(row, first, last):
            days[day].append(_entry(row, kind))
    return [CalendarDay(day, tuple(days[day])) for day in sorted(days)]


def overdue_trend(
    rows: Sequence[TaskRow], first: date, last: date, rules: ColourRules, step: int = 7
) -> list[TrendPoint]:
    """Return how many rows were overdue, and how many done, every `step` days and on the last day.

    Rows that are done or closed, but nobody knows since when, are left out of both.

    Raises:
        UserError: when `last` is before `first`, or years later.
    """
    _check(first, last)
    days = [first + timedelta(days=count) for count in range(0, (last - first).days, max(step, 1))]
    spells = [spell for row in rows for spell in _overdue_spells(row, rules)]
    done = [row.done_on for row in rows if row.done_on is not None]
    return [
        TrendPoint(day, sum(start <= day < end for start, end in spells), sum(when <= day for when in done))
        for day in [*days, last]
    ]


def _falls(row: TaskRow, first: date, last: date) -> Iterator[tuple[date, str]]:
    if row.due is not None and first <= row.due <= last:
        yield row.due, "due"
    repeats = tuple(recurring(row.record))
    day = next_of(repeats, first)
    while day is not None and day <= last:
        yield day, "period"
        day = next_of(repeats, day + timedelta(days=1))
    if row.review_due is not None and first <= row.review_due <= last:
        yield row.review_due, "review"


def _entry(row: TaskRow, kind: str) -> CalendarEntry:
    words = f"{row.record['label']}{row.record['text']}"
    return CalendarEntry(row.id, kind, words, row.status.value, row.colour.value if row.colour else None)


def _overdue_spells(row: TaskRow, rules: ColourRules) -> Iterator[tuple[date, date]]:
    """Yield when a row was overdue, each stretch from its first day to the day after its last."""
    ended = _end_of(row, rules)
    if ended is None:
        return
    dues = [date.fromisoformat(step["before"]) if step["before"] else None for step in row.extensions]
    stops = [*(_day_of(step["at"], rules) for step in row.extensions), ended]
    begin = date.min  # when the day in force was granted
    for due, stop in zip([*dues, row.due], stops, strict=True):
        start = max(due + timedelta(days=1), begin) if due else ended
        if start < min(stop, ended):
            yield start, min(stop, ended)
        begin = stop


def _end_of(row: TaskRow, rules: ColourRules) -> date | None:
    """Return the day from which a row is not overdue any more, the end of time for one that goes on.

    None for one of which nobody knows when it was done.
    """
    if row.done_on is not None:
        return row.done_on
    if row.ended is not None:
        return _day_of(row.ended["at"], rules)
    unknown = (*CLOSED, TaskStatus.DONE, TaskStatus.CANCELLED)
    return None if row.status in unknown else date.max


def _day_of(moment: str, rules: ColourRules) -> date:
    return datetime.fromisoformat(moment).astimezone(zone_of(rules.time_zone)).date()


def _check(first: date, last: date) -> None:
    if not 0 <= (last - first).days <= MOST_DAYS:
        raise UserError("起止日期写反了，或相隔太久；请写不超过十年的一段时间。")
