"""A task: one row of the ledger that a document implies; and progress, its counterpart in reports.

What counts as a task is settled by the annotation guidelines of the project's gold; the keys under which
outside programs see these types are made in `corpus.records`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from corpus.document import Evidence, Problem
from corpus.spans import Span


class Role(StrEnum):
    """What a unit does for a task."""

    LEAD = "lead"
    RESPONSIBLE = "responsible"
    COOPERATE = "cooperate"
    SUPERVISE = "supervise"


class DeadlineKind(StrEnum):
    """How a time limit is worded."""

    DATE = "date"
    """A day, month, quarter or year by which."""
    PERIOD = "period"
    RECURRING = "recurring"
    IMMEDIATE = "immediate"
    ONGOING = "ongoing"
    RELATIVE = "relative"
    CONDITION = "condition"


class ProgressStatus(StrEnum):
    """How far a report says a matter has come."""

    DONE = "done"
    ONGOING = "ongoing"
    NOT_STARTED = "not_started"


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit that a task names, in one role. A unit that stands twice is two of these."""

    name: str
    """As written."""
    role: Role
    span: Span
    canonical: str | None = None
    """The full name the registry gives, None where it knows none."""
    group: bool = False
    """True for names that stand for many units: 各县（区）, 市直有关部门."""
    members: tuple[str, ...] = ()
    """On a group, the members that the document itself lists (以上简称…), as written."""
    inherited: bool = False
    """True when a heading or a clause for the whole document gave the unit, not the task's own words."""


@dataclass(frozen=True, slots=True)
class Reference:
    """Responsibility given by pointing to another document: 按照《…》分工负责."""

    raw: str
    document: str
    """The title inside 《》."""
    span: Span


@dataclass(frozen=True, slots=True)
class Person:
    """A person or post named as responsible."""

    name: str
    post: str = ""


@dataclass(frozen=True, slots=True)
class Deadline:
    """A time limit: the words as written, and the dates they mean."""

    raw: str
    kind: DeadlineKind
    span: Span
    start: date | None = None
    """First day, inclusive; None where the text gives none."""
    end: date | None = None
    """Last day, inclusive; None for limits without a date of their own."""
    loose: bool = False
    """True where common usage, not the text, fixes the day: 6月前 means 06-30."""
    inherited: bool = False


@dataclass(frozen=True, slots=True)
class Indicator:
    """A numeric target."""

    raw: str
    span: Span
    value: float | None
    """As written (93 with unit %, 151.52 with 万亩); None for placeholders such as xx."""
    unit: str = ""
    op: str = "="
    """One of = >= <= > < ~."""
    max: float | None = None
    """Upper end of a range, in the same unit."""


@dataclass(frozen=True, slots=True)
class Task:
    """One row of the ledger: the smallest block that carries its own responsibility or time limit."""

    span: Span
    text: str
    """Its words without number label and closing responsibility statement; table cells joined by a tab."""
    label: str = ""
    """Its number label as written, "" when it has none."""
    section: tuple[str, ...] = ()
    page: int | None = None
    units: tuple[Unit, ...] = ()
    refs: tuple[Reference, ...] = ()
    persons: tuple[Person, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    measures: tuple[Evidence, ...] = ()
    problem: Evidence | None = None
    goal: Evidence | None = None
    extra: dict[str, str] = field(default_factory=dict)
    """Columns of a table that have no key of their own, by their head."""
    found_by: str = ""
    """Name of the rule that found the task."""
    confidence: float = 1.0
    """0 to 1."""
    doubts: tuple[str, ...] = ()
    """What is unclear, in words for the user."""
    id: str = ""
    """Given by the store; "" before."""

    @property
    def assigned(self) -> bool:
        """Tell whether the task's own words give it a unit, a reference, a person or a time limit."""
        own = any(not unit.inherited for unit in self.units)
        limited = any(not deadline.inherited for deadline in self.deadlines)
        return own or limited or bool(self.refs or self.persons)


@dataclass(frozen=True, slots=True)
class Count:
    """A part of a counted whole: 4个完成整改."""

    value: int
    status: ProgressStatus


@dataclass(frozen=True, slots=True)
class Progress:
    """What a report says has been done about one matter."""

    text: str
    span: Span
    status: ProgressStatus
    section: tuple[str, ...] = ()
    counts: tuple[Count, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    of: Span | None = None
    """Where the task stands whose row of a ledger tells it; None for the matters of a report."""


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that one document yields."""

    tasks: tuple[Task, ...] = ()
    progress: tuple[Progress, ...] = ()
    problems: tuple[Problem, ...] = ()
    """Words that look like a statement of responsibility and ended in no task."""
