"""When a row of the ledger is due, in which colour that shows, and when it is to be looked at again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import lru_cache

from corpus.records import JsonObject
from corpus.store.ledger.recurrence import next_due
from corpus.store.ledger.rules import ColourRules, Scheme
from corpus.store.rows import Colour, TaskStatus
from corpus.task import DeadlineKind

COLOURLESS = (TaskStatus.CLOSED, TaskStatus.RECHECKED, TaskStatus.CANCELLED)
"""Rows that nobody has to watch any more."""
FINISHED = (TaskStatus.DONE, TaskStatus.CLOSED, TaskStatus.RECHECKED)
"""Rows whose task is done."""
DEFAULT_RULES = ColourRules()


def ends(record: JsonObject, extended: date | None = None) -> list[date]:
    """Return the last days of a task record's time limits, earliest first.

    An extension takes the place of the limits before its day; later ones stand.
    """
    found = sorted(date.fromisoformat(item["end"]) for item in record["deadlines"] if item["end"])
    if extended is None or (found and found[0] >= extended):
        return found
    return [extended, *(day for day in found if day > extended)]


def recurring(record: JsonObject) -> Iterable[str]:
    """Return the words of the record's recurring limits: 每月25日前."""
    return (item["raw"] for item in record["deadlines"] if item["kind"] == DeadlineKind.RECURRING)


def is_ongoing(record: JsonObject) -> bool:
    """Tell whether the task goes on for good: 长期坚持, 持续推进."""
    return any(item["kind"] == DeadlineKind.ONGOING for item in record["deadlines"])


@lru_cache(maxsize=4096)
def falls_on(raw: str, today: date) -> date | None:
    """Return the first day from `today` on on which a recurring limit falls, None for one without days."""
    return next_due(raw, today)


def next_of(repeats: Iterable[str], today: date) -> date | None:
    """Return the first day from `today` on on which one of the recurring limits falls, None for none."""
    return min((day for raw in repeats if (day := falls_on(raw, today))), default=None)


def period_is_over(repeats: Sequence[str], done_on: date | None, today: date) -> bool:
    """Tell whether the period for which a recurring task was done has ended, so that it is due again."""
    covered = next_of(repeats, done_on) if done_on else None
    return covered is not None and covered < today


def colour_of(
    status: TaskStatus, due: date | None, today: date, rules: ColourRules = DEFAULT_RULES
) -> Colour | None:
    """Return the colour in which a row shows today, None without a date or when it is closed."""
    if due is None or status in COLOURLESS:
        return None
    if status is TaskStatus.DONE or due > today + rules.soon:
        return Colour.BLUE if rules.colour_scheme == Scheme.BLUE_YELLOW_RED else Colour.GREEN
    return Colour.RED if due < today else Colour.YELLOW


def colour_of_recurring(
    status: TaskStatus,
    repeats: Sequence[str],
    done_on: date | None,
    today: date,
    rules: ColourRules = DEFAULT_RULES,
) -> Colour | None:
    """Return the colour of a row that has recurring limits and no date: it is due each period."""
    again = status is TaskStatus.DONE and period_is_over(repeats, done_on, today)
    shown = TaskStatus.IN_PROGRESS if again else status
    return colour_of(shown, next_of(repeats, today), today, rules)


def review_day(
    status: TaskStatus, dated: bool, ongoing: bool, last: date | None, rules: ColourRules = DEFAULT_RULES
) -> date | None:
    """Return the day on which a row is to be looked at again, None for one that its date watches over.

    Args:
        status: how far it has come; what is done or ended is not looked at again.
        dated: True when it has a date or falls on some day each period.
        ongoing: True for 长期坚持.
        last: the day of the last report, else that on which it came into the ledger.
        rules: the office's.
    """
    if status in (*FINISHED, TaskStatus.CANCELLED) or last is None or (dated and not ongoing):
        return None
    return last + timedelta(days=rules.review_days)
