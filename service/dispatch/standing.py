"""How a dispatch stands: who returned, how far each unit's rows are, what is overdue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from corpus.records import JsonObject
from corpus.store.office.dispatches import Dispatch, DispatchReturn, DispatchSheet
from corpus.store.rows import TaskStatus
from service.dispatch.rows import due_day, is_finished, is_overdue


@dataclass(frozen=True, slots=True)
class UnitStanding:
    """How one unit stands; cooperating counts among the rows asked for, and for nothing else."""

    sheet: int
    """1-indexed sheet of the dispatch."""
    unit: str
    rows: int
    """Rows that it was asked for and that are still in the ledger."""
    acting: int
    """Of these the ones that it leads or answers for, without those that were cancelled."""
    finished: int
    overdue: int
    returned_at: datetime | None
    """When its sheet was stored last (UTC), None while it is missing."""
    late: bool
    """Whether it returned after the day on which the sheet was due."""
    returns: tuple[DispatchReturn, ...] = ()
    """What was stored of it and is in force, oldest first."""

    @property
    def rate(self) -> float | None:
        """Return the share of its rows that are finished, None where it leads and answers for none."""
        return self.finished / self.acting if self.acting else None


@dataclass(frozen=True, slots=True)
class Overdue:
    """A row that is open after its day."""

    task: str
    record: JsonObject
    days: int


@dataclass(frozen=True, slots=True)
class Standing:
    """How a dispatch stands on a day."""

    dispatch: Dispatch
    day: date
    units: tuple[UnitStanding, ...]
    """In the order of the sheets."""
    counted: int
    """How many rows there are, each counted once, without those that were cancelled."""
    finished: int
    overdue_count: int
    records: Mapping[str, JsonObject]
    """The rows that were asked for and are still in the ledger, in their order; {} in a summary."""

    @property
    def missing(self) -> tuple[UnitStanding, ...]:
        """The units whose sheet has not come back."""
        return tuple(unit for unit in self.units if unit.returned_at is None)

    @property
    def overdue(self) -> tuple[Overdue, ...]:
        """The rows that are overdue, the longest first; () in a summary."""
        late = [
            Overdue(task, record, (self.day - due).days)
            for task, record in self.records.items()
            if is_overdue(record, self.day) and (due := due_day(record)) is not None
        ]
        return tuple(sorted(late, key=lambda item: -item.days))

    def summary(self) -> Standing:
        """Return the counts without the rows, which are much to hand from process to process."""
        return replace(self, records={})

    def ranked(self) -> list[tuple[int, UnitStanding]]:
        """Return the units that act, best completion first, with their places; equals share a place."""
        acting = [unit for unit in self.units if unit.rate is not None]
        acting.sort(key=lambda unit: (-(unit.rate or 0), unit.overdue, unit.returned_at is None, unit.unit))
        places: list[tuple[int, UnitStanding]] = []
        for at, unit in enumerate(acting, start=1):
            same = bool(places) and _equal(places[-1][1], unit)
            places.append((places[-1][0] if same else at, unit))
        return places


def _equal(one: UnitStanding, other: UnitStanding) -> bool:
    return (one.rate, one.overdue, one.returned_at is None) == (
        other.rate,
        other.overdue,
        other.returned_at is None,
    )


def standing_of(
    dispatch: Dispatch,
    returns: Sequence[DispatchReturn],
    records: Mapping[str, JsonObject],
    day: date,
) -> Standing:
    """Return how a dispatch stands on a day.

    Args:
        dispatch: the dispatch.
        returns: what came back for it; what was undone does not count.
        records: ledger records of its rows by id, without those that are gone.
        day: today.
    """
    by_sheet: dict[int, list[DispatchReturn]] = {}
    for item in returns:
        if not item.undone:
            by_sheet.setdefault(item.sheet, []).append(item)
    units = tuple(
        _unit(number, sheet, tuple(by_sheet.get(number, ())), records, day, dispatch.due)
        for number, sheet in enumerate(dispatch.sheets, start=1)
    )
    return Standing(
        dispatch,
        day,
        units,
        sum(record["status"] != TaskStatus.CANCELLED for record in records.values()),
        sum(map(is_finished, records.values())),
        sum(is_overdue(record, day) for record in records.values()),
        records,
    )


def _unit(
    number: int,
    sheet: DispatchSheet,
    returns: tuple[DispatchReturn, ...],
    records: Mapping[str, JsonObject],
    day: date,
    due: date,
) -> UnitStanding:
    asked = [row for row in sheet.rows if row.task in records]
    acting = [records[row.task] for row in asked if row.role != "cooperate"]
    acting = [record for record in acting if record["status"] != TaskStatus.CANCELLED]
    first = returns[0].at if returns else None
    return UnitStanding(
        number,
        sheet.unit,
        len(asked),
        len(acting),
        sum(map(is_finished, acting)),
        sum(is_overdue(record, day) for record in acting),
        returns[-1].at if returns else None,
        first is not None and first.astimezone().date() > due,
        returns,
    )
