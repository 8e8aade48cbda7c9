"""What an office keeps beside the text of its rows, as it goes over HTTP."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from service.api.models.record import Record

Day = date
"""The name of a field hides the type's."""


class NoteRecord(Record):
    """What a unit reported about a row."""

    text: str
    unit: str | None
    date: Day
    percent: int | None
    by: str
    at: datetime
    source: str | None
    problems: str
    next_step: str
    officer: str
    phone: str
    reviewer: str


class ExtensionRecord(Record):
    """延期: `before` is null for a row that had no date."""

    before: date | None
    to: date
    reason: str
    approver: str
    by: str
    at: datetime


class HandoverRecord(Record):
    """移交: the units before and after."""

    before: list[str]
    to: list[str]
    reason: str
    by: str
    at: datetime


class EndedRecord(Record):
    """终止."""

    reason: str
    by: str
    at: datetime


class ClosingRecord(Record):
    """销号: who applied with which evidence, and who reviewed it."""

    state: Literal["applied", "accepted", "rejected"]
    applicant: str
    applied_on: date
    evidence: str
    reviewer: str | None
    reviewed_on: date | None
    reason: str


class RecheckRecord(Record):
    """回头看."""

    on: date
    good: bool
    finding: str
    by: str


class EntryRecord(Record):
    """Where a row comes from and who works on it."""

    origin: str | None
    assigned_on: date | None
    assigned_by: str | None
    number: str | None
    officer: str | None
    phone: str | None


class AttachmentRecord(Record):
    """A file that was attached to a row."""

    id: str
    name: str
    size: int
    by: str
    at: datetime


class GroupRecord(Record):
    """The rows of one unit, month, document, leader or 来源; `key` is what a filter asks for."""

    key: str
    name: str
    total: int
    statuses: dict[str, int]
    colours: dict[str, int]
    finished: int
    late: int
    extended: int
    percent: int | None


class ViewRecord(Record):
    """A view of the ledger: `items`, or for the workload `units` with rows by month; and all rows as one."""

    items: list[GroupRecord] | None = None
    units: dict[str, dict[str, int]] | None = None
    total: GroupRecord


class CalendarEntryRecord(Record):
    """One row on one day: its date, a period of a recurring limit, or a review."""

    task: str
    kind: Literal["due", "period", "review"]
    text: str
    status: str
    colour: str | None


class CalendarDayRecord(Record):
    """A day on which something falls."""

    day: date
    entries: list[CalendarEntryRecord]


class TrendRecord(Record):
    """How the ledger stood at the end of one day."""

    day: date
    overdue: int
    done: int


class ColumnRecord(Record):
    """A column that the office added."""

    name: str
    kind: Literal["text", "date", "choice"]
    choices: list[str]


class FilterRecord(Record):
    """A filter that a person keeps."""

    name: str
    query: dict[str, Any]
