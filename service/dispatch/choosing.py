"""Whom a dispatch may ask: the units that have open rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from corpus.errors import UserError
from corpus.records import JsonObject
from corpus.registry.own_units import follow_own_units
from corpus.store.filters import TaskQuery
from corpus.store.rows import ledger_record
from corpus.store.store import Store
from service.background.work import kept_store
from service.dispatch.rows import is_open, is_overdue
from service.dispatch.sharing import Share, rows_without_unit, share_out
from service.place import Place

MOST_ROWS = 100_000


@dataclass(frozen=True, slots=True)
class UnitChoice:
    """A unit that a dispatch may ask."""

    share: Share
    acting: int
    """Open rows that it leads or answers for."""
    cooperating: int
    overdue: int


@dataclass(frozen=True, slots=True)
class Choice:
    """Whom a dispatch may ask."""

    units: tuple[UnitChoice, ...]
    """Most rows first."""
    without_unit: int
    """Open rows that nobody leads or answers for."""


def kept_choice(place: Place, spread: bool, cooperating: bool, day: date) -> Choice:
    """Run in a worker: return the units that have open rows on a day (`Dispatches.choice`)."""
    follow_own_units(place.units_file)
    return choice_of(kept_store(place), spread, cooperating, day)


def choice_of(store: Store, spread: bool, cooperating: bool, day: date) -> Choice:
    """Return the units that have open rows on a day."""
    rows = store.tasks(TaskQuery(limit=MOST_ROWS), day).items
    records = [record for record in map(ledger_record, rows) if is_open(record)]
    by_id = {record["id"]: record for record in records}
    regions = {row.id: row.region for row in store.documents() if row.region}
    shares = share_out(records, regions, spread=spread, cooperating=cooperating)
    units = [_choice(share, by_id, day) for share in shares]
    units.sort(key=lambda unit: (-unit.acting, -unit.cooperating, unit.share.unit))
    return Choice(tuple(units), len(rows_without_unit(records)))


def share_of(shares: Sequence[Share], name: str) -> Share:
    """Return the unit of a name: in full, or as some document calls it where only one unit is called so.

    Raises:
        UserError: when there is none, or several bear the name.
    """
    found = [share for share in shares if share.unit == name]
    found = found or [share for share in shares if name in share.names]
    if not found:
        raise UserError(f"“{name}”没有未完成的任务，请核对单位名称。")
    if len(found) > 1:
        names = "、".join(share.unit for share in found)
        raise UserError(f"有几个单位都叫“{name}”：{names}，请写全称。")
    return found[0]


def _choice(share: Share, records: Mapping[str, JsonObject], day: date) -> UnitChoice:
    acting = [records[part.task] for part in share.parts if part.role != "cooperate"]
    overdue = sum(is_overdue(record, day) for record in acting)
    return UnitChoice(share, len(acting), len(share.parts) - len(acting), overdue)
