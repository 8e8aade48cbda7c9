"""The ledger of the whole library as a browser takes it: one lean line a task, kept ready.

Views, filters, counts and charts of 总台账 are made of these lines in the browser alone.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, fields

import orjson

from corpus.records import JsonObject, plain
from corpus.store.filters import TaskQuery
from corpus.store.rows import Colour, TaskRow, TaskStatus
from corpus.store.store import Store
from service.acting import ACTING
from service.intake.sources import shown_title
from service.ledger import SHOWN, STATUS_WORDS, short_text
from service.prepared.parcels import Parcel, parcel_of

MOST_LINES = 100_000
MOST_FOUND = 2_000
"""Characters of a task in which the list finds words."""
OVERLAP = 20
"""Characters that the words left out have in common with those shown: a word may stand across."""
FEW_CHANGES = 300
"""Changed rows that are read into a list that stands; more of them make a new list, in another process."""
ROLES = ("lead", "responsible", "cooperate", "supervise")
COLOUR_WORDS = {
    Colour.RED: "逾期",
    Colour.YELLOW: "将到期",
    Colour.GREEN: "正常",
    Colour.BLUE: "正常",
}
ENTRY_KEYS = ("origin", "number", "assigned_on", "assigned_by", "officer", "phone")
FINISHED = frozenset({TaskStatus.DONE, TaskStatus.CLOSED, TaskStatus.RECHECKED, TaskStatus.CANCELLED})
"""Statuses of rows that nobody waits for any more."""
CLOSING_WORDS = {"applied": "待审核", "accepted": "已销号", "rejected": "已退回"}


@dataclass(frozen=True, slots=True)
class Line:
    """One task in the list. Days are ISO text, "" stands for what is not there."""

    id: str
    document: str
    """"" for a row without a document."""
    title: str
    """Of its document, or the name of the file."""
    text: str
    """Its label and first words."""
    rest: str
    """The words that `text` leaves out, for finding; it begins some words earlier."""
    lead: str
    responsible: str
    cooperate: str
    supervise: str
    names: list[str]
    """For each of `ROLES`, the names of its units as written and in full, for filtering."""
    acting: list[str]
    """The full names of the units that lead or answer for it, for counting."""
    due: str
    """The day by which it is due, the next one where that comes back."""
    first_due: str
    """The day that the text gives, where it was put off since."""
    review_due: str
    done_on: str
    late: bool
    """Done after its day."""
    status: str
    """In words."""
    colour: str
    """red, yellow, green, blue, or ""."""
    percent: int | None
    marks: list[str]
    note: str
    """The newest report: day, unit and words."""
    closing: str
    """How its 销号 stands, in words."""
    extended: int
    """How often it was put off."""
    files: int
    """How many files are attached."""
    origin: str
    number: str
    assigned_on: str
    assigned_by: str
    officer: str
    phone: str
    own: JsonObject
    """Columns that the office added, by name."""


def _rest(record: JsonObject) -> str:
    words = short_text(record, MOST_FOUND)
    return words[SHOWN - OVERLAP :] if len(words) > SHOWN else ""


def line_of(row: TaskRow) -> Line:
    """Return the line of a task."""
    record = row.record
    units: list[JsonObject] = record["units"]
    due = row.due or row.next_due
    entry = row.entry or {}
    return Line(
        id=row.id,
        document=row.document_id,
        title=shown_title(row.title, row.source),
        text=short_text(record),
        rest=_rest(record),
        **{role: _names(units, role) for role in ROLES},
        names=[_all_names(units, role) for role in ROLES],
        acting=list(
            dict.fromkeys(unit["canonical"] or unit["name"] for unit in units if unit["role"] in ACTING)
        ),
        due=plain(due) or "",
        first_due=(plain(row.first_due) or "") if row.extensions else "",
        review_due=plain(row.review_due) or "",
        done_on=plain(row.done_on) or "",
        late=row.late,
        status=STATUS_WORDS[row.status.value],
        colour=row.colour.value if row.colour else "",
        percent=row.percent,
        marks=list(row.marks),
        note=_newest(row.notes),
        closing=CLOSING_WORDS[row.closing["state"]] if row.closing else "",
        extended=len(row.extensions),
        files=len(row.attachments),
        **{key: entry.get(key) or "" for key in ENTRY_KEYS},
        own=row.own,
    )


def _names(units: Iterable[JsonObject], role: str) -> str:
    return "、".join(unit["name"] for unit in units if unit["role"] == role)


def _all_names(units: Iterable[JsonObject], role: str) -> str:
    found = {
        name: None for unit in units if unit["role"] == role for name in (unit["name"], unit["canonical"])
    }
    return " ".join(name for name in found if name)


def _newest(notes: Iterable[JsonObject]) -> str:
    *_, last = [None, *notes]
    if last is None:
        return ""
    return " ".join(filter(None, (last["date"], last["unit"], last["text"] or last["problems"])))[:120]


LINE_FIELDS = tuple(item.name for item in fields(Line))
Values = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Everything:
    """All tasks of a library as they stand at one moment."""

    lines: dict[str, Values] = field(default_factory=dict)
    """By id: the values of a `Line`, in the order of the documents."""
    parcel: Parcel = field(default_factory=lambda: packed({}))
    """JSON: {"fields": names, "rows": [values …]}."""

    @property
    def total(self) -> int:
        """Return the number of tasks."""
        return len(self.lines)


def packed(lines: dict[str, Values]) -> Parcel:
    """Return the lines as the browser takes them."""
    return parcel_of(orjson.dumps({"fields": LINE_FIELDS, "rows": list(lines.values())}))


def values_of(row: TaskRow) -> Values:
    """Return the values of a task's line."""
    line = line_of(row)
    return tuple(getattr(line, name) for name in LINE_FIELDS)


def everything_of(store: Store) -> Everything:
    """Return all tasks as they stand now; a second of work for five thousand."""
    lines = {row.id: values_of(row) for row in store.tasks(TaskQuery(limit=MOST_LINES)).items}
    return Everything(lines, packed(lines))


class LatestOverview:
    """The list of a library's tasks, kept in step with what changes. May be used from several threads.

    Changed rows are read into the list that stands; after a change of documents, of the office's rules or of
    the day it is made anew.
    """

    def __init__(self, store: Store, make: Callable[[], Everything]) -> None:
        """Take the store to see changes in, and what makes the state of now, in another process at best."""
        self._store = store
        self._make = make
        self._lock = threading.Lock()
        self._stamp: tuple[object, ...] = ()
        self._edit = 0
        self._latest = Everything()

    def get(self) -> Everything:
        """Return the state of now."""
        with self._lock:
            edit, stamp = self._store.last_edit(), self._stamp_now()
            if stamp != self._stamp or edit < self._edit:
                self._latest = self._make()
            elif edit != self._edit:
                self._latest = self._brought_up() or self._make()
            self._edit, self._stamp = edit, stamp
            return self._latest

    def _stamp_now(self) -> tuple[object, ...]:
        """Return what differs when more than single rows have changed."""
        return self._store.last_change(), self._store.today(), self._store.settings.read()

    def _brought_up(self) -> Everything | None:
        """Return the list with the rows that were edited since; None where it has to be made anew."""
        changed = self._store.rows_edited_after(self._edit)
        if len(changed) > FEW_CHANGES:
            return None
        lines = dict(self._latest.lines)
        rows = {row.id: row for row in self._store.task_rows(changed) if row.hidden is None}
        for name in changed:
            if name not in rows:
                lines.pop(name, None)
            elif name in lines or not rows[name].document_id:  # rows without a document stand at the end
                lines[name] = values_of(rows[name])
            else:
                return None
        return Everything(lines, packed(lines))
