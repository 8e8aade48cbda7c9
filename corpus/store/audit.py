"""The audit log: who changed what and when, before and after. It only grows; triggers refuse the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, insert, select

from corpus.store.database import Database, take_numbers
from corpus.store.encoding import from_json, to_json
from corpus.store.schema import audit


@dataclass(frozen=True, slots=True)
class Fact:
    """One change, as it is to be remembered."""

    action: str
    """What was done, such as row.units, document.add, account.role."""
    subject: str
    """What it was done to: t12, d3, an account's name, a setting's key."""
    before: Any = None
    after: Any = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One change, as it was remembered."""

    number: int
    at: datetime
    """UTC."""
    by: str
    """Who did it; "" where nobody was named."""
    fact: Fact


@dataclass(frozen=True, slots=True)
class AuditQuery:
    """Narrows a reading of the log; every field is optional, newest entries come first."""

    by: str | None = None
    action: str | None = None
    """The beginning of the action: `row` finds row.units too."""
    subject: str | None = None
    day_from: date | None = None
    """First day (UTC), inclusive."""
    day_to: date | None = None
    """Last day (UTC), inclusive."""
    offset: int = 0
    limit: int = 100


@dataclass(frozen=True, slots=True)
class AuditPage:
    """A stretch of the log, and how many entries the whole answer has."""

    items: tuple[AuditEntry, ...]
    total: int


class AuditLog:
    """Reads the log. Whoever changes records writes to it in the transaction of the change.

    `before_reading` lets those write that tell several changes as one.
    """

    def __init__(self, database: Database, before_reading: Callable[[], None] = lambda: None) -> None:
        self._database = database
        self._before_reading = before_reading

    def page(self, query: AuditQuery | None = None) -> AuditPage:
        """Return entries, the newest first."""
        self._before_reading()
        wanted = query or AuditQuery()
        conditions = list(_conditions(wanted))
        with self._database.reading() as connection:
            counted = select(func.count()).select_from(audit).where(*conditions)
            total = connection.execute(counted).scalar_one()
            found = select(audit).where(*conditions).order_by(audit.c.id.desc())
            rows = connection.execute(found.offset(wanted.offset).limit(wanted.limit)).all()
        return AuditPage(tuple(_entry(row) for row in rows), total)

    def remember(
        self, by: str, action: str, subject: str, note: str = "", before: Any = None, after: Any = None
    ) -> None:
        """Remember something that changed no record: a copy that was made, a file of the library's own."""
        with self._database.writing() as connection:
            write_audit(connection, by, [Fact(action, subject, before, after, note)])

    @contextmanager
    def remembering(self, by: str, facts: Iterable[Fact]) -> Iterator[None]:
        """Remember what the block changes outside the records; nothing when it raises."""
        with self._database.writing() as connection:
            write_audit(connection, by, facts)
            yield


def write_audit(connection: Connection, by: str, facts: Iterable[Fact], at: datetime | None = None) -> None:
    """Remember what `by` changed, in the transaction that changes it."""
    known = list(facts)
    if not known:
        return
    first = take_numbers(connection, "audit", len(known))
    moment = (at or datetime.now(UTC)).replace(tzinfo=None)
    rows = [
        {
            "id": first + index,
            "at": moment,
            "by": by,
            "action": fact.action,
            "subject": fact.subject,
            "before": to_json(fact.before),
            "after": to_json(fact.after),
            "note": fact.note,
        }
        for index, fact in enumerate(known)
    ]
    connection.execute(insert(audit), rows)


def _conditions(query: AuditQuery) -> Iterator[ColumnElement[bool]]:
    if query.by is not None:
        yield audit.c.by == query.by
    if query.action is not None:
        yield audit.c.action.startswith(query.action, autoescape=True)
    if query.subject is not None:
        yield audit.c.subject == query.subject
    if query.day_from is not None:
        yield audit.c.at >= datetime.combine(query.day_from, time.min)
    if query.day_to is not None:
        yield audit.c.at <= datetime.combine(query.day_to, time.max)


def _entry(row: Any) -> AuditEntry:
    fact = Fact(row.action, row.subject, from_json(row.before), from_json(row.after), row.note)
    return AuditEntry(row.id, row.at.replace(tzinfo=UTC), row.by, fact)
