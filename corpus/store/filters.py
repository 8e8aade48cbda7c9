"""What narrows a search or a listing. Every field is optional; those given must all hold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from corpus.store.rows import Colour, TaskStatus
from corpus.task import Role


@dataclass(frozen=True, slots=True)
class Filters:
    """Narrows a search to passages whose document, or whose task, is of a kind."""

    region: str | None = None
    """A place; everything below it counts: 甘肃省 finds documents of 临夏州 too."""
    year_from: int | None = None
    """First year of the document's date, inclusive."""
    year_to: int | None = None
    """Last year of the document's date, inclusive."""
    doc_type: str | None = None
    """类别, such as 实施方案."""
    unit: str | None = None
    """Part of a unit's name, as written or in full: the passage's task names such a unit."""
    due_before: date | None = None
    """The passage's task has a time limit that ends on this day or earlier."""
    document: str | None = None
    """A document's id."""
    issuer: str | None = None
    """The unit that issued the document, as its head names it."""
    date_from: date | None = None
    """First day of the document's date, inclusive; with years the narrower counts."""
    date_to: date | None = None
    """Last day of the document's date, inclusive."""
    has_tasks: bool = False
    """Only passages that belong to a row of the ledger."""

    @property
    def first_day(self) -> date | None:
        """The first day that the document's date may have, None for any."""
        days = [self.date_from, date(self.year_from, 1, 1) if self.year_from is not None else None]
        return max((day for day in days if day), default=None)

    @property
    def last_day(self) -> date | None:
        """The last day that the document's date may have, None for any."""
        days = [self.date_to, date(self.year_to, 12, 31) if self.year_to is not None else None]
        return min((day for day in days if day), default=None)

    @property
    def empty(self) -> bool:
        """Tell whether nothing is narrowed."""
        return self == Filters()


@dataclass(frozen=True, slots=True)
class TaskQuery:
    """Narrows a listing of the ledger. Without `order_by_due` rows stand in the order of their documents."""

    unit: str | None = None
    """Part of a unit's name, as written or in full."""
    role: Role | None = None
    """The role in which the row names the unit, or any unit when none is asked for."""
    status: TaskStatus | None = None
    due_from: date | None = None
    """Some time limit ends on this day or later."""
    due_before: date | None = None
    """Some time limit ends on this day or earlier; recurring ones have no end and never count."""
    document: str | None = None
    colour: Colour | None = None
    words: str | None = None
    """Part of the row's text."""
    month: str | None = None
    """The month in which the row is due, as 2026-06; recurring rows by the day on which they fall next."""
    mark: str | None = None
    """紧急 or 重点."""
    origin: str | None = None
    """来源 of a row that was entered: 批示, 会议 …"""
    leader: str | None = None
    """The name of the one who assigned it, or of a person that the text makes responsible."""
    officer: str | None = None
    """The name of the one who works on it: 承办人."""
    late: bool | None = None
    """Only rows that were done after their day; False for all others."""
    extended: bool | None = None
    """Only rows that were ever extended; False for all others."""
    closing: str | None = None
    """How far 销号 has come: applied, accepted, rejected."""
    order_by_due: bool = False
    """Earliest due first, rows without a date last."""
    hidden: bool = False
    """Ask for the rows that were deleted or merged into others, and for no other."""
    offset: int = 0
    limit: int = 100
