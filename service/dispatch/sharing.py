"""Which unit gets which rows: names of one unit put together, groups spread over their members."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from corpus.records import JsonObject
from corpus.registry.own_units import own_unit
from corpus.registry.regions import Region, places_below
from service.dispatch.rows import due_day

ROLES = ("lead", "responsible", "cooperate")
"""The roles that bring a row onto a unit's sheet, the strongest first."""
ROLE_WORDS = {"lead": "牵头", "responsible": "责任", "cooperate": "配合"}
NO_DAY = date.max
_EVERY_PLACE = re.compile(r"(?:各|全[省市州县]各?)?((?:自治)?[市州盟县区旗、（()）]+?)(?:人民)?(?:政府)?")
"""各县区, 各市（州）人民政府: a group that the registry of places can spread."""


@dataclass(frozen=True, slots=True)
class Part:
    """A row on a unit's sheet."""

    task: str
    role: str
    """One of `ROLES`: the strongest that the unit has in the row."""


@dataclass(frozen=True, slots=True)
class Share:
    """What one unit has to report on."""

    unit: str
    """Its full name where one is known, else the name as written."""
    names: tuple[str, ...]
    """Every name that the rows give it, the unit's own first."""
    parts: tuple[Part, ...]
    group: bool = False
    """True for a group whose members nobody knows."""


@dataclass(slots=True)
class _Gathered:
    names: dict[str, None] = field(default_factory=dict)
    roles: dict[str, str] = field(default_factory=dict)
    """By row, the strongest role."""
    group: bool = False


def share_out(
    records: Sequence[JsonObject],
    regions: Mapping[str, str] | None = None,
    *,
    spread: bool = True,
    cooperating: bool = True,
) -> list[Share]:
    """Return the shares of all units that the rows name, by the order in which these are first named.

    Args:
        records: ledger records.
        regions: the place that each document governs, by the document's id; it tells who 各县区 are.
        spread: groups give their rows to their members where these are known, else groups stay as they are.
        cooperating: rows in which a unit only cooperates come too.

    Rows within a share stand by role, then by due day, those without one last.
    """
    sharing = _Sharing(records, regions or {}, spread)
    wanted = ROLES if cooperating else ROLES[:2]
    for record in records:
        for unit in record["units"]:
            if unit["role"] in wanted:
                sharing.give(record, unit)
    return sharing.shares()


def rows_without_unit(records: Iterable[JsonObject]) -> list[JsonObject]:
    """Return the rows that nobody leads or answers for, so that no sheet asks for them."""
    return [record for record in records if not any(unit["role"] in ROLES[:2] for unit in record["units"])]


class _Sharing:
    """Rows on their way to the units."""

    def __init__(self, records: Sequence[JsonObject], regions: Mapping[str, str], spread: bool) -> None:
        self._regions = regions
        self._spread = spread
        self._records = {record["id"]: record for record in records}
        self._full = _full_names(records)
        self._units: dict[str, _Gathered] = {}

    def give(self, record: JsonObject, unit: JsonObject) -> None:
        """Put a row on the sheet of the unit, or on those of the members of a group."""
        members = self._members(record, unit) if self._spread else ()
        if members:
            for member in members:
                self._put(record, member, unit["role"], group=False)
        else:
            self._put(record, unit["name"], unit["role"], group=bool(unit.get("group")))

    def shares(self) -> list[Share]:
        """Return what was gathered."""
        return [
            Share(unit, tuple(gathered.names), self._parts(gathered), gathered.group)
            for unit, gathered in self._units.items()
        ]

    def _members(self, record: JsonObject, unit: JsonObject) -> Sequence[str]:
        if unit.get("members"):
            return list(unit["members"])
        if not unit.get("group"):
            return ()
        return _places(unit["name"], self._regions.get(record.get("document") or "", ""))

    def _put(self, record: JsonObject, name: str, role: str, group: bool) -> None:
        full = self._full_name(record, name)
        gathered = self._units.setdefault(full, _Gathered(group=group))
        gathered.names.setdefault(full)
        gathered.names.setdefault(name)
        before = gathered.roles.get(record["id"], role)
        gathered.roles[record["id"]] = min(before, role, key=ROLES.index)

    def _full_name(self, record: JsonObject, name: str) -> str:
        own = own_unit(name)
        if own is not None and not own.group:
            return own.name
        return self._full.get((record.get("document"), name), name)

    def _parts(self, gathered: _Gathered) -> tuple[Part, ...]:
        def order(part: Part) -> tuple[int, date]:
            return ROLES.index(part.role), due_day(self._records[part.task]) or NO_DAY

        return tuple(sorted((Part(task, role) for task, role in gathered.roles.items()), key=order))


def _full_names(records: Iterable[JsonObject]) -> dict[tuple[str | None, str], str]:
    """Return the full name of each name that a document uses."""
    return {
        (record.get("document"), unit["name"]): unit["canonical"]
        for record in records
        for unit in record["units"]
        if unit.get("canonical")
    }


def _places(group: str, region: str) -> tuple[str, ...]:
    """Return the places that a group such as 各县区 stands for in `region`; () where that is not known."""
    found = _EVERY_PLACE.fullmatch(group)
    if found is None or not region:
        return ()
    below = places_below(region)
    return tuple(place.name for place in below if _is_called(found[1], place))


def _is_called(kinds: str, place: Region) -> bool:
    """Tell whether 县区 or 市州 fits the level of a place."""
    counties = set(kinds) & set("县区旗")
    return place.level == "县" if counties else place.level == "市"
