"""What a query may say of the documents it wants, as one number of each passage: place, level, year, kind.

The index of words has it in a column. To read that for what was found takes a tenth of the time that it takes
to ask for the same passages once more by their values.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from functools import lru_cache

from corpus.registry.regions import LEVELS, codes_upwards, find_region, place_keys
from corpus.store.rows import PassageRow
from index.query.hints import HintKind
from index.query.parsing import Query

UNKNOWN = "?"
UNKNOWN_YEAR = 0
OTHER_KIND = "其他"
"""The kind of a document whose head tells none: as unknown as where there is no head."""
HINT_FIELDS = {
    HintKind.REGION: ("region", 0.4),
    HintKind.LEVEL: ("level", 0.2),
    HintKind.YEAR: ("year", 0.1),
    HintKind.TYPE: ("doc_type", 0.1),
}
"""Where what a hint speaks of is kept, and what being so adds to a score, as a share of the best score."""
UNKNOWN_LIFT = 0.5
"""Share of that lift for documents of which it is not known: each may be one that is meant."""
NO_PLACE, NO_CODE = 0, 1
"""For documents that tell no place, and for places of which the registry knows nothing."""
YEARS, KINDS = 10**4, 2**24
"""Numbers that there may be of each; places have codes of six digits."""
Value = tuple[str, str | int]
"""A field with one of its values."""


def about(row: PassageRow) -> int:
    """Return the number of a passage's document, at least 0 and below 2**63."""
    level = LEVELS.index(known.level) + 1 if (known := find_region(row.region or "")) else 0
    year = row.date.year if row.date else UNKNOWN_YEAR
    kind = _kind(row.doc_type) if row.doc_type else 0
    return ((_place(row.region) * (len(LEVELS) + 1) + level) * YEARS + year) * KINDS + kind


class Worth:
    """What being of a document that a query speaks of is worth, as shares of the best score."""

    def __init__(self, query: Query) -> None:
        self._lifts: Mapping[Value, float] = {
            (name, _kind(str(value)) if name == "doc_type" and value != UNKNOWN else value): lift
            for name, value, lift in lifts(query)
        }

    def __bool__(self) -> bool:
        """Tell whether the query speaks of any."""
        return bool(self._lifts)

    def of(self, number: int) -> float:
        """Return what a passage with that number is worth, 0 where it is of no such document."""
        return sum(self._lifts.get(value, 0.0) for value in _values(number))

    def is_meant(self, number: int) -> bool:
        """Tell whether a passage is known to be of such a document."""
        known = (value for value in _values(number) if value[1] not in (UNKNOWN, UNKNOWN_YEAR))
        return any(value in self._lifts for value in known)


def lifts(query: Query) -> list[tuple[str, str | int, float]]:
    """Return field, value and what having it adds, as a share of the best score; [] if nothing is named."""
    found: list[tuple[str, str | int, float]] = []
    for kind, (name, weight) in HINT_FIELDS.items():
        if keys := query.keys(kind):
            # A place within a place is named once with both, and bears both keys.
            each = weight / len(keys) if kind is HintKind.REGION else weight
            unknown = UNKNOWN_YEAR if kind is HintKind.YEAR else UNKNOWN
            found += [(name, key, each) for key in keys]
            found.append((name, unknown, weight * UNKNOWN_LIFT))
    return found


@lru_cache(maxsize=10_000)
def _values(number: int) -> tuple[Value, ...]:
    """Return what a number says, by the names of the fields that hints speak of."""
    rest, kind = divmod(number, KINDS)
    rest, year = divmod(rest, YEARS)
    place, level = divmod(rest, len(LEVELS) + 1)
    places = (UNKNOWN,) if place == NO_PLACE else codes_upwards(str(place))
    return (
        *(("region", code) for code in places),
        ("level", LEVELS[level - 1] if level else UNKNOWN),
        ("year", year),
        ("doc_type", UNKNOWN if kind in (0, _kind(OTHER_KIND)) else kind),
    )


def _place(region: str | None) -> int:
    """Return the code of the innermost place that the registry knows."""
    codes = (int(key) for key in place_keys(region or "") if codes_upwards(key))
    return next(codes, NO_CODE) if region else NO_PLACE


@lru_cache(maxsize=1_000)
def _kind(name: str) -> int:
    """Return a number above 0 for a kind of document; two kinds hardly ever share one."""
    return zlib.crc32(name.encode()) % (KINDS - 1) + 1
