"""The ledger seen by unit, month, document and leader: counts of rows, ready for charts and sheets."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from corpus.store.rows import Colour, TaskRow, TaskStatus
from service.acting import ACTING

FINISHED = (TaskStatus.DONE, TaskStatus.CLOSED, TaskStatus.RECHECKED)
NOBODY = ""
"""The name under which rows without unit, month or leader are counted."""


@dataclass(slots=True)
class Group:
    """The rows that have one unit, month, document or leader."""

    key: str
    """What a filter asks for to get these rows: a name, 2026-06, d12; "" for rows without."""
    name: str
    """What is shown."""
    total: int = 0
    statuses: dict[str, int] = field(default_factory=Counter)
    """Rows by status, such as in_progress."""
    colours: dict[str, int] = field(default_factory=Counter)
    """Rows by colour, such as red; "none" for those without."""
    finished: int = 0
    """Rows that are done, closed or rechecked."""
    late: int = 0
    """Rows that were done after their day."""
    extended: int = 0
    """Rows that were ever extended."""
    percent: int | None = None
    """The mean 序时进度, ended rows left out: a finished row counts 100, one without a figure 0."""
    _percents: list[int] = field(default_factory=list, repr=False)

    def count(self, row: TaskRow) -> None:
        """Count one more row."""
        finished = row.status in FINISHED
        self.total += 1
        self.statuses[row.status.value] += 1
        self.colours[row.colour.value if row.colour else "none"] += 1
        self.finished += finished
        self.late += row.late
        self.extended += bool(row.extensions)
        if row.status is not TaskStatus.CANCELLED:
            self._percents.append(100 if finished else row.percent or 0)
            self.percent = round(sum(self._percents) / len(self._percents))

    def record(self) -> dict[str, object]:
        """Return the counts under their names."""
        keys = ("key", "name", "total", "statuses", "colours", "finished", "late", "extended", "percent")
        return {key: getattr(self, key) for key in keys}


def by_unit(rows: Iterable[TaskRow], roles: Sequence[str] = ACTING) -> list[Group]:
    """Return the rows by unit, most rows first; a row of several units counts for each of them."""
    return _most_first(_grouped(rows, lambda row: units_of(row, roles)))


def by_month(rows: Iterable[TaskRow]) -> list[Group]:
    """Return the rows by the month in which they are due, in order; those without a day last."""
    groups = _grouped(rows, lambda row: {month_of(row): month_of(row)})
    return sorted(groups, key=lambda group: (group.key == NOBODY, group.key))


def by_document(rows: Iterable[TaskRow]) -> list[Group]:
    """Return the rows by document, in the order of the documents; those entered without one last."""
    groups = _grouped(rows, lambda row: {row.document_id: row.title or row.source})
    return sorted(groups, key=lambda group: (group.key == NOBODY, int(group.key[1:] or 0)))


def by_leader(rows: Iterable[TaskRow]) -> list[Group]:
    """Return the rows by the leader who assigned them or is named as responsible, most rows first."""
    return _most_first(_grouped(rows, leaders_of))


def by_origin(rows: Iterable[TaskRow]) -> list[Group]:
    """Return the rows by 来源, most rows first."""
    return _most_first(_grouped(rows, lambda row: _named((row.entry or {}).get("origin"))))


VIEWS: Mapping[str, Callable[[Iterable[TaskRow]], list[Group]]] = {
    "unit": by_unit,
    "month": by_month,
    "document": by_document,
    "leader": by_leader,
    "origin": by_origin,
}
"""The views by the names under which programs ask for them."""


def total_of(rows: Iterable[TaskRow]) -> Group:
    """Return all rows as one group."""
    group = Group("", "")
    for row in rows:
        group.count(row)
    return group


def units_of(row: TaskRow, roles: Sequence[str] = ACTING) -> dict[str, str]:
    """Return the full names of a row's units in some roles, each once; "" for none."""
    units = (unit for unit in row.record["units"] if unit["role"] in roles)
    return _named(*(unit["canonical"] or unit["name"] for unit in units))


def month_of(row: TaskRow) -> str:
    """Return the month in which a row is due, or falls next, as 2026-06; "" for none."""
    day = row.due or row.next_due
    return f"{day:%Y-%m}" if day else NOBODY


def leaders_of(row: TaskRow) -> dict[str, str]:
    """Return who assigned a row and who is named as responsible, each once; "" for none."""
    assigned = (row.entry or {}).get("assigned_by")
    return _named(assigned, *(person["name"] for person in row.record["persons"]))


def is_overdue(row: TaskRow) -> bool:
    """Tell whether a row shows in red."""
    return row.colour is Colour.RED


def _named(*names: str | None) -> dict[str, str]:
    return {name: name for name in names if name} or {NOBODY: ""}


def _grouped(rows: Iterable[TaskRow], keys_of: Callable[[TaskRow], Mapping[str, str]]) -> list[Group]:
    groups: dict[str, Group] = {}
    for row in rows:
        for key, name in keys_of(row).items():
            groups.setdefault(key, Group(key, name)).count(row)
    return list(groups.values())


def _most_first(groups: Iterable[Group]) -> list[Group]:
    return sorted(groups, key=lambda group: (group.key == NOBODY, -group.total, group.key))


def unit_by_month(rows: Iterable[TaskRow], roles: Sequence[str] = ACTING) -> dict[str, dict[str, int]]:
    """Return how many unfinished rows each unit has due in each month: the workload."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        if row.status not in (*FINISHED, TaskStatus.CANCELLED):
            for unit in units_of(row, roles):
                found[unit][month_of(row)] += 1
    return {unit: dict(sorted(months.items())) for unit, months in found.items()}
