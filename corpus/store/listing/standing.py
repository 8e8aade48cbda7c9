"""How rows stand on a day: their colours and months, of one row and as conditions of a listing."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, exists, false, or_, select

from corpus.errors import UserError
from corpus.store.encoding import from_json, to_json
from corpus.store.filters import TaskQuery
from corpus.store.ledger.limits import COLOURLESS, colour_of, colour_of_recurring, next_of
from corpus.store.ledger.rules import ColourRules, Scheme, read_rules
from corpus.store.rows import Colour, TaskStatus
from corpus.store.schema import corrections, tasks


@dataclass(frozen=True, slots=True)
class Day:
    """The day on which rows are looked at, and the rules of the office."""

    today: date
    rules: ColourRules


def day_of(connection: Connection, today: date | None) -> Day:
    """Return `today`, or the day in the office when None, with the office's rules."""
    rules = read_rules(connection)
    return Day(today or rules.today(), rules)


def repeats_of(row: Any) -> tuple[str, ...]:
    """Return the words of the recurring limits of a row of the table, () for none."""
    return _words(row.repeats) if row.repeats else ()


@lru_cache(maxsize=4096)
def _words(stored: str) -> tuple[str, ...]:
    return tuple(from_json(stored))


def colour_of_row(row: Any, day: Day) -> Colour | None:
    """Return the colour of a row of the table: by its date, else by its recurring limits."""
    status = TaskStatus(row.status)
    if row.due is not None or row.repeats is None:
        return colour_of(status, row.due, day.today, day.rules)
    return colour_of_recurring(status, repeats_of(row), row.done_on, day.today, day.rules)


def has_colour(connection: Connection, colour: Colour, day: Day) -> ColumnElement[bool]:
    """Say in SQL what `colour_of_row` says of one row; a test holds the two together."""
    recurring = _recurring_rows(connection, lambda row: colour_of_row(row, day) is colour)
    return or_(_dated_with(colour, day), recurring)


def due_in_month(connection: Connection, month: str, day: Day) -> ColumnElement[bool]:
    """Return the condition that rows are due in a month, recurring ones by the day on which they fall next.

    Raises:
        UserError: when the month is not of the form 2026-06.
    """
    first, last = month_days(month)

    def falls_there(row: Any) -> bool:
        falls = next_of(repeats_of(row), day.today)
        return falls is not None and first <= falls <= last

    return or_(tasks.c.due.between(first, last), _recurring_rows(connection, falls_there))


def month_days(month: str) -> tuple[date, date]:
    """Return the first and the last day of a month.

    Raises:
        UserError: when it is not of the form 2026-06.
    """
    try:
        first = date.fromisoformat(f"{month}-01")
    except ValueError as error:
        raise UserError("月份请写成 2026-06。") from error
    return first, first.replace(day=monthrange(first.year, first.month)[1])


def kept_conditions(query: TaskQuery) -> Iterator[ColumnElement[bool]]:
    """Return what a query asks of the things that the office keeps beside the text."""
    if query.mark is not None:
        yield _holds(tasks.c.marks, to_json(query.mark))
    if query.origin is not None:
        yield _holds(tasks.c.entry, f'"origin":{to_json(query.origin)}')
    if query.leader is not None:
        assigned = _holds(tasks.c.entry, f'"assigned_by":{to_json(query.leader)}')
        yield or_(assigned, _names_person(query.leader))
    if query.officer is not None:
        yield _holds(tasks.c.entry, f'"officer":{to_json(query.officer)}')
    if query.late is not None:
        late = and_(tasks.c.done_on.is_not(None), tasks.c.due.is_not(None), tasks.c.done_on > tasks.c.due)
        yield late if query.late else ~late
    if query.extended is not None:
        yield tasks.c.extensions.is_not(None) if query.extended else tasks.c.extensions.is_(None)
    if query.closing is not None:
        yield _holds(tasks.c.closing, f'"state":{to_json(query.closing)}')


def _names_person(name: str) -> ColumnElement[bool]:
    """Tell whether a row names a person, as found or as corrected."""
    words = f'{{"name":{to_json(name)},"post":'
    ours = (corrections.c.task_id == tasks.c.id) & (corrections.c.key == "persons")
    found = _holds(tasks.c.record, words) & ~exists().where(ours)
    return found | exists().where(ours, _holds(corrections.c.value, words))


def _dated_with(colour: Colour, day: Day) -> ColumnElement[bool]:
    good = Colour.BLUE if day.rules.colour_scheme == Scheme.BLUE_YELLOW_RED else Colour.GREEN
    finished = tasks.c.status == TaskStatus.DONE.value
    watched = tasks.c.due.is_not(None) & tasks.c.status.not_in([status.value for status in COLOURLESS])
    soon = day.today + day.rules.soon
    if colour is good:
        return and_(watched, or_(finished, tasks.c.due > soon))
    if colour is Colour.RED:
        return and_(watched, ~finished, tasks.c.due < day.today)
    if colour is Colour.YELLOW:
        return and_(watched, ~finished, tasks.c.due.between(day.today, soon))
    return false()


def _recurring_rows(connection: Connection, fits: Callable[[Any], bool]) -> ColumnElement[bool]:
    """Return the condition that a row has no date, but recurring limits that fit: their days are computed."""
    columns = (tasks.c.id, tasks.c.due, tasks.c.repeats, tasks.c.status, tasks.c.done_on)
    query = select(*columns).where(tasks.c.repeats.is_not(None), tasks.c.due.is_(None))
    return tasks.c.id.in_([row.id for row in connection.execute(query) if fits(row)])


def _holds(column: ColumnElement[str], words: str) -> ColumnElement[bool]:
    """Tell whether the JSON in a column, which is always written the same way, has these words in it."""
    return column.like(f"%{_escaped(words)}%", escape="/")


def _escaped(words: str) -> str:
    return words.replace("/", "//").replace("%", "/%").replace("_", "/_")
