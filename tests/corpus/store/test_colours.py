"""The colours of thousands of rows on given days, against a computation that shares nothing with ours.

The product computes with months and periods; the one here walks from day to day over the calendar.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from corpus.errors import UserError
from corpus.store.database import FILE_NAME
from corpus.store.editing.edits import NewRow, RowEdits
from corpus.store.filters import TaskQuery
from corpus.store.ledger.rules import ColourRules
from corpus.store.rows import Colour, TaskStatus
from corpus.store.store import Store

ROWS = 5000
ONE = timedelta(days=1)
DAYS = (date(2024, 2, 29), date(2025, 2, 28), date(2026, 12, 31), date(2027, 1, 1))
"""A leap day, the last day of a February without one, the end of a year and the beginning of the next."""
OPEN = ("not_started", "in_progress", "extended")
WATCHED = (*OPEN, "done")
Falls = Callable[[date], bool]


def is_last(day: date) -> bool:
    return (day + ONE).month != day.month


def monthly(number: int) -> Falls:
    return lambda day: day.day == number or (is_last(day) and day.day < number)


PERIODS: dict[str, Falls] = {
    **{f"每月{number}日前": monthly(number) for number in (1, 15, 28, 29, 30, 31)},
    "每周五前": lambda day: day.strftime("%a") == "Fri",
    "每季度末": lambda day: is_last(day) and day.month % 3 == 0,
    "每半年": lambda day: is_last(day) and day.month in (6, 12),
    "每年2月底前": lambda day: is_last(day) and day.month == 2,
    "每年底": lambda day: (day + ONE).year != day.year,
    "每天": lambda _: True,
}


@dataclass(frozen=True)
class Case:
    """One row: its limits, how far it has come, and when it was reported on."""

    ends: tuple[date, ...]
    period: str
    ongoing: bool
    status: str
    extended: date | None
    done_on: date | None
    reported: date | None

    def new_row(self) -> NewRow:
        """Return it as a row that can be stored."""
        limits = [{"raw": f"{end}前", "kind": "date", "end": end.isoformat()} for end in self.ends]
        limits += [{"raw": self.period, "kind": "recurring"}] if self.period else []
        limits += [{"raw": "长期坚持", "kind": "ongoing"}] if self.ongoing else []
        kept: dict[str, object] = {"done_on": self.done_on.isoformat() if self.done_on else None}
        if self.extended:
            kept["extensions"] = [{"before": None, "to": self.extended.isoformat()}]
        if self.reported:
            kept["notes"] = [{"text": "进展", "date": self.reported.isoformat()}]
        return NewRow({"text": "疏浚河道。", "deadlines": limits}, kept=kept)


def some_day(chance: random.Random) -> date:
    near = chance.choice(DAYS)
    return near + timedelta(days=chance.choice((0, -1, 1, 29, 30, 31, -30, chance.randint(-400, 400))))


def a_case(chance: random.Random) -> Case:
    ends = tuple(some_day(chance) for _ in range(chance.choice((0, 0, 1, 1, 1, 2))))
    status = chance.choice([item.value for item in TaskStatus])
    return Case(
        ends,
        chance.choice((*PERIODS, *[""] * len(PERIODS))),
        chance.random() < 0.2,
        status,
        some_day(chance) if chance.random() < 0.2 else None,
        some_day(chance) if status == "done" and chance.random() < 0.9 else None,
        some_day(chance) if chance.random() < 0.3 else None,
    )


def due_of(case: Case) -> int | None:
    """Return the day number by which a row is due: the later of its first limit and its extension."""
    first = min((end.toordinal() for end in case.ends), default=None)
    if case.extended is None:
        return first
    return max(case.extended.toordinal(), first or 0)


def walk(case: Case, start: date) -> date:
    """Return the first day from `start` on on which the period of a row ends."""
    day = start
    while not PERIODS[case.period](day):
        day += ONE
    return day


def colour_on(case: Case, today: date, soon: int, good: str) -> str | None:
    """Return the colour of a row: what has to happen by which day, seen from today."""
    due, finished = due_of(case), case.status == "done"
    if case.status not in WATCHED:
        return None
    if due is None:
        if not case.period:
            return None
        if finished and case.done_on is not None:
            finished = today <= walk(case, case.done_on)
        due = walk(case, today).toordinal()
    left = due - today.toordinal()
    return good if finished or left > soon else "red" if left < 0 else "yellow"


def review_on(case: Case, added: date, interval: int) -> date | None:
    watched_by_day = due_of(case) is not None or bool(case.period)
    if case.status not in OPEN or (watched_by_day and not case.ongoing):
        return None
    return date.fromordinal((case.reported or added).toordinal() + interval)


@pytest.fixture(scope="module")
def cases() -> list[Case]:
    chance = random.Random(20240229)
    return [a_case(chance) for _ in range(ROWS)]


@pytest.fixture(scope="module")
def ledger(
    cases: list[Case], empty_library: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Store]:
    folder = tmp_path_factory.mktemp("colours")
    shutil.copy(empty_library / FILE_NAME, folder)
    with Store.open(folder) as store:
        names = store.edit(RowEdits(added=[case.new_row() for case in cases])).added
        statuses = {name: TaskStatus(case.status) for name, case in zip(names, cases, strict=True)}
        days = {
            name: {"done_on": row.kept["done_on"]}
            for name, row in zip(names, map(Case.new_row, cases), strict=True)
        }
        store.edit(RowEdits(statuses=statuses, kept=days))
        yield store


@pytest.mark.parametrize("today", DAYS)
def test_every_row_has_the_colour_of_the_day(ledger: Store, cases: list[Case], today: date) -> None:
    rows = ledger.tasks(TaskQuery(limit=ROWS), today).items
    added = ledger.today()
    shown = [(row.colour.value if row.colour else None, row.review_due, row.late) for row in rows]
    wanted = [
        (
            colour_on(case, today, 30, "green"),
            review_on(case, added, 90),
            bool(case.done_on and due_of(case) and case.done_on.toordinal() > (due_of(case) or 0)),
        )
        for case in cases
    ]
    assert shown == wanted
    found = {colour: ledger.tasks(TaskQuery(colour=colour, limit=1), today).total for colour in Colour}
    assert found == {colour: [one for one, *_ in wanted].count(colour.value) for colour in Colour}


def test_a_blue_office_of_three_days(ledger: Store, cases: list[Case]) -> None:
    ledger.settings.write({"colour_scheme": "blue_yellow_red", "due_soon_days": 3}, "王明")
    today = date(2024, 2, 29)
    for colour in Colour:
        wanted = sum(colour_on(case, today, 3, "blue") == colour for case in cases)
        assert ledger.tasks(TaskQuery(colour=colour, limit=1), today).total == wanted
    ledger.settings.write({"colour_scheme": None, "due_soon_days": None}, "王明")


def test_months_count_rows_by_their_day_or_period(ledger: Store, cases: list[Case]) -> None:
    today = date(2024, 2, 29)

    def month_of(case: Case) -> str | None:
        due = due_of(case)
        if due is None:
            return walk(case, today).isoformat()[:7] if case.period else None
        return date.fromordinal(due).isoformat()[:7]

    for month in ("2024-02", "2024-03", "2026-12", "2027-01"):
        wanted = sum(month_of(case) == month for case in cases)
        assert ledger.tasks(TaskQuery(month=month, limit=1), today).total == wanted
    with pytest.raises(UserError):
        ledger.tasks(TaskQuery(month="2026-13"))


@pytest.mark.parametrize(
    ("moment", "zone", "day"),
    [
        ("2024-02-28T15:59:59", "+08:00", "2024-02-28"),
        ("2024-02-28T16:00:00", "+08:00", "2024-02-29"),
        ("2024-02-29T16:00:00", "+08:00", "2024-03-01"),
        ("2025-02-28T16:00:00", "+08:00", "2025-03-01"),
        ("2026-12-31T15:59:59", "+08:00", "2026-12-31"),
        ("2026-12-31T16:00:00", "+08:00", "2027-01-01"),
        ("2026-12-31T23:59:59", "+00:00", "2026-12-31"),
        ("2026-12-31T18:29:59", "+05:30", "2026-12-31"),
        ("2026-12-31T18:30:00", "+05:30", "2027-01-01"),
        ("2027-01-01T04:59:59", "-05:00", "2026-12-31"),
    ],
)
def test_the_day_is_that_of_the_office(moment: str, zone: str, day: str) -> None:
    now = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    assert ColourRules(time_zone=zone).today(now).isoformat() == day
