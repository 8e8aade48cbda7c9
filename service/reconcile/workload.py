"""How many tasks each unit has in each month."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from corpus.records import JsonObject, plain
from corpus.store.rows import TaskRow, TaskStatus
from service.acting import ACTING
from service.supervision.views import month_of, units_of

DONE = frozenset({TaskStatus.DONE, TaskStatus.CLOSED, TaskStatus.RECHECKED, TaskStatus.CANCELLED})


@dataclass(frozen=True, slots=True)
class UnitLoad:
    """The open tasks of one unit."""

    unit: str
    """Its full name where the registry knows it."""
    months: dict[str, int]
    """Tasks due in each month, as 2026-06, in order; "" for those without a day."""
    open: int
    overdue: int
    done: int

    def record(self) -> JsonObject:
        """Return the load as JSON knows it."""
        found: JsonObject = plain(self)
        return found


def workload(rows: Iterable[TaskRow], today: date) -> tuple[UnitLoad, ...]:
    """Return the load of each unit that leads or answers for tasks, most open tasks first."""
    months: dict[str, Counter[str]] = {}
    overdue: Counter[str] = Counter()
    done: Counter[str] = Counter()
    for row in rows:
        for unit in filter(None, units_of(row, ACTING)):
            months.setdefault(unit, Counter())
            if row.status in DONE:
                done[unit] += 1
                continue
            months[unit][month_of(row)] += 1
            overdue[unit] += bool(row.due and row.due < today)
    loads = [
        UnitLoad(unit, dict(sorted(counts.items())), counts.total(), overdue[unit], done[unit])
        for unit, counts in months.items()
    ]
    return tuple(sorted(loads, key=lambda load: (-load.open, load.unit)))
