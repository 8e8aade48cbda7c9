"""The ledger of the whole library: lean lines for a long list, and counts for charts."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import astuple, dataclass, fields

import orjson

from corpus.records import JsonObject
from corpus.store.filters import TaskQuery
from corpus.store.rows import Colour, TaskRow, TaskStatus
from corpus.store.store import Store
from service.ledger import STATUS_WORDS, short_text

MOST_LINES = 100_000

COLOUR_WORDS = {
    Colour.RED: "逾期",
    Colour.YELLOW: "将到期",
    Colour.GREEN: "正常",
    Colour.BLUE: "正常",
}
NO_COLOUR = "已办结"
FINISHED = frozenset({TaskStatus.DONE, TaskStatus.CLOSED, TaskStatus.RECHECKED, TaskStatus.CANCELLED})
_ACTING = ("lead", "responsible")
"""Roles of the units that answer for a task."""


@dataclass(frozen=True, slots=True)
class Line:
    """One task in a list."""

    id: str
    document: str
    title: str
    text: str
    """Its label and first words."""
    lead: str
    responsible: str
    cooperate: str
    units: str
    """Every name of its units, as written and in full, for filtering."""
    due: str
    """ISO text of the day by which it is due, "" without one."""
    status: str
    """In words."""
    colour: str
    """red, yellow, green, or "" for none."""


def line_of(row: TaskRow) -> Line:
    """Return the line of a task."""
    record = row.record
    due = row.due or row.next_due
    return Line(
        row.id,
        row.document_id,
        row.title or row.source,
        short_text(record),
        _names(record, "lead"),
        _names(record, "responsible"),
        _names(record, "cooperate"),
        " ".join({name for unit in record["units"] for name in (unit["name"], unit["canonical"]) if name}),
        due.isoformat() if due else "",
        STATUS_WORDS[row.status.value],
        row.colour.value if row.colour else "",
    )


def _names(record: JsonObject, role: str) -> str:
    return "、".join(unit["name"] for unit in record["units"] if unit["role"] == role)


@dataclass(frozen=True, slots=True)
class Overview:
    """Counts of a number of tasks."""

    months: Mapping[str, Mapping[str, int]]
    """For each month in which tasks are due, as 2026-06, in order: tasks by colour, in words."""
    units: Mapping[str, Mapping[str, int]]
    """For each unit that leads or answers for tasks, most tasks first: "已完成" and "未完成"."""
    statuses: Mapping[str, int]
    """Tasks of each status, in words, in the order of a task's life."""


def overview(rows: Iterable[TaskRow]) -> Overview:
    """Return the counts of the rows; empty mappings for none."""
    months: dict[str, Counter[str]] = {}
    units: dict[str, Counter[str]] = {}
    statuses: Counter[str] = Counter()
    for row in rows:
        statuses[row.status.value] += 1
        if row.due:
            colour = COLOUR_WORDS[row.colour] if row.colour else NO_COLOUR
            months.setdefault(row.due.strftime("%Y-%m"), Counter())[colour] += 1
        end = "已完成" if row.status in FINISHED else "未完成"
        for name in {
            unit["canonical"] or unit["name"] for unit in row.record["units"] if unit["role"] in _ACTING
        }:
            units.setdefault(name, Counter())[end] += 1
    most_first = sorted(units.items(), key=lambda item: (-item[1].total(), item[0]))
    known = {words: statuses[status] for status, words in STATUS_WORDS.items() if statuses[status]}
    return Overview(dict(sorted(months.items())), dict(most_first), known)


@dataclass(frozen=True, slots=True)
class Everything:
    """All tasks of a library as they stand at one moment."""

    counts: Overview
    total: int
    lines: bytes
    """JSON: {"fields": names, "rows": [values …]}, in the order of the documents."""


class LatestOverview:
    """The list and the counts of a library's tasks, made anew only when something has changed.

    May be used from several threads.
    """

    def __init__(self, store: Store, make: Callable[[], Everything]) -> None:
        """Take the store to see changes in, and what makes the state of now, in another process at best."""
        self._store = store
        self._make = make
        self._lock = threading.Lock()
        self._stamp: tuple[object, ...] = ()
        self._latest = Everything(Overview({}, {}, {}), 0, b"")

    def get(self) -> Everything:
        """Return the state of now."""
        with self._lock:
            stamp = self._stamp_now()
            if stamp != self._stamp:
                self._latest = self._make()
                self._stamp = stamp
            return self._latest

    def _stamp_now(self) -> tuple[object, ...]:
        """Return what differs after every change of documents, rows or the day."""
        edits = self._store.edits(limit=1)
        return self._store.last_change(), edits[0].id if edits else "", self._store.today()


def everything_of(store: Store) -> Everything:
    """Return all tasks as they stand now; a second of work for five thousand."""
    rows = store.tasks(TaskQuery(limit=MOST_LINES)).items
    table = {
        "fields": [field.name for field in fields(Line)],
        "rows": [astuple(line_of(row)) for row in rows],
    }
    return Everything(overview(rows), len(rows), orjson.dumps(table))
