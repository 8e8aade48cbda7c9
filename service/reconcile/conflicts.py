"""The same or a similar task in several plans of one place, with other units, days or targets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from corpus.records import JsonObject, plain
from corpus.registry.regions import is_within
from corpus.store.rows import TaskRow
from index.tokens import words
from service.acting import acting
from service.reconcile.figures import amount_of
from service.reconcile.snapshot import FINISHED, Snapshot
from service.reconcile.units import unit_key
from service.reconcile.wording import common_words

if TYPE_CHECKING:
    from numpy.typing import NDArray

LEAST_NEAR = 0.72
"""Least cosine of two tasks that may be the same matter."""
LEAST_SHARED = 0.4
"""Least share of the telling words of the shorter of two tasks that the other has too."""
LEAST = 0.6
"""Least likeness of two tasks, by meaning and words together."""
FARTHEST = 550
"""Days between two plans above which the later one replaces the earlier."""
STRIP = 512
"""Rows that are compared with all others at one go."""
MOST_PAIRS = 2_000_000
"""Pairs looked at more closely; a library full of copies of one plan ends here."""
_FORMAL = re.compile(
    r"^[^。；]{0,40}(?:报送|上报|报[省市县区州]|督查|督导|通报|考核|调度)[^。；]{0,60}[。；]?$"
)
"""A clause that any plan has: who reports what to whom, and who checks it."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What two rows say differently."""

    kind: str
    """"units", "due" or "figures"."""
    first: str
    second: str
    """In words for the user."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two rows of different plans that may contradict each other."""

    first: TaskRow
    second: TaskRow
    likeness: float
    """0 to 1."""
    differences: tuple[Difference, ...]
    """At least one."""

    def record(self) -> JsonObject:
        """Return the conflict as JSON knows it."""
        return {
            "tasks": [_brief(self.first), _brief(self.second)],
            "likeness": round(self.likeness, 3),
            "differences": plain(self.differences),
        }


def find_conflicts(snapshot: Snapshot, document: str | None = None) -> tuple[Conflict, ...]:
    """Return the possible conflicts, those with most differences first, then the likest; () for none.

    Rows that are closed or ended, and rows without a document, are left out. `document` narrows to conflicts
    of one plan with any other.
    """
    closer = _Closer(snapshot)
    found = [
        conflict
        for pair in _near_pairs(snapshot, document)
        if (conflict := closer.conflict(*pair)) is not None
    ]
    return tuple(sorted(found, key=lambda item: (-len(item.differences), -item.likeness)))


def _near_pairs(snapshot: Snapshot, document: str | None) -> Iterator[tuple[int, int, float]]:
    """Yield the pairs of rows, in order, that are near in meaning and whose plans govern the same place."""
    seen = 0
    for one, others in _blocks(snapshot, document):
        for start in range(0, len(one), STRIP):
            strip = one[start : start + STRIP]
            cosine = snapshot.vectors[strip] @ snapshot.vectors[others].T
            for left, right in np.argwhere(cosine >= LEAST_NEAR):
                first, second = int(strip[left]), int(others[right])
                if (document or first < second) and _comparable(snapshot, first, second):
                    yield first, second, float(cosine[left, right])
                seen += 1
            if seen > MOST_PAIRS:
                return


def _blocks(
    snapshot: Snapshot, document: str | None
) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """Yield rows that are to be compared with other rows: those of a place with those of places around it."""
    by_region: dict[str, list[int]] = {}
    for index, row in enumerate(snapshot.rows):
        if row.document_id and row.status not in FINISHED:
            by_region.setdefault(snapshot.documents[row.document_id].region, []).append(index)
    for region, rows in by_region.items():
        own = [row for row in rows if document is None or snapshot.rows[row].document_id == document]
        others = [row for other, held in by_region.items() if _related(region, other) for row in held]
        if own:
            yield np.array(own), np.array(others)


def _related(one: str, other: str) -> bool:
    """Tell whether a task of one place can contradict one of the other; what is unknown is one place."""
    if not one or not other:
        return one == other
    return one == other or is_within(one, other) or is_within(other, one)


def _comparable(snapshot: Snapshot, first: int, second: int) -> bool:
    """Tell whether two rows are of different plans that are in force together."""
    one, other = snapshot.rows[first], snapshot.rows[second]
    if one.document_id == other.document_id:
        return False
    days = snapshot.documents[one.document_id].date, snapshot.documents[other.document_id].date
    return days[0] is None or days[1] is None or abs((days[0] - days[1]).days) <= FARTHEST


class _Closer:
    """Looks at near pairs more closely; the words of a row are cut once, however many it is near to."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._words: dict[int, frozenset[str]] = {}

    def conflict(self, first: int, second: int, near: float) -> Conflict | None:
        """Return the conflict of two rows, None where they speak of different matters or agree."""
        one, other = self._snapshot.rows[first], self._snapshot.rows[second]
        differences = tuple(_differences(one, other, self._region(one) == self._region(other)))
        if not differences or _is_formal(one) or _is_formal(other):
            return None
        shared = self._shared(first, second)
        alike = (near + shared) / 2
        return Conflict(one, other, alike, differences) if shared >= LEAST_SHARED and alike >= LEAST else None

    def _region(self, row: TaskRow) -> str:
        return self._snapshot.documents[row.document_id].region

    def _shared(self, first: int, second: int) -> float:
        left, right = self._telling(first), self._telling(second)
        return len(left & right) / min(len(left), len(right)) if left and right else 0.0

    def _telling(self, row: int) -> frozenset[str]:
        if row not in self._words:
            self._words[row] = _telling(self._snapshot.rows[row].record["text"])
        return self._words[row]


def _is_formal(row: TaskRow) -> bool:
    return _FORMAL.search(row.record["text"]) is not None


def _telling(text: str) -> frozenset[str]:
    return frozenset(word for word in words(text) if len(word) > 1 and word not in common_words())


def _differences(first: TaskRow, second: TaskRow, same_place: bool) -> Iterator[Difference]:
    """Yield what two rows say differently; a province and its city have other units and targets anyway."""
    one, other = _acting(first.record), _acting(second.record)
    if same_place and one and other and not one.keys() & other.keys():
        yield Difference("units", "、".join(one.values()), "、".join(other.values()))
    days = _days(first.record), _days(second.record)
    if days[0] and days[1] and not days[0] & days[1] and _apart(*map(max, days)) <= FARTHEST:
        yield Difference("due", "、".join(sorted(days[0])), "、".join(sorted(days[1])))
    if same_place:
        yield from _figures(first.record, second.record)


def _days(record: JsonObject) -> set[str]:
    """Return the days by which parts of a task are due, as ISO text; one in common is no conflict."""
    return {limit["end"] for limit in record["deadlines"] if limit["end"]}


def _apart(one: str, other: str) -> int:
    return abs((date.fromisoformat(one) - date.fromisoformat(other)).days)


def _acting(record: JsonObject) -> dict[str, str]:
    """Return the units that lead, else those that answer for a task, by keys that can be compared.

    {} where one of them is a group: it may hold any unit.
    """
    units = acting(record)
    if any(unit["group"] for unit in units):
        return {}
    return {unit_key(unit["name"]): unit["name"] for unit in units}


def _figures(one: JsonObject, other: JsonObject) -> Iterator[Difference]:
    """Yield the targets that are counted in the same measure, once in each row, and differ."""
    left, right = _targets(one["indicators"]), _targets(other["indicators"])
    for unit in left.keys() & right.keys():
        (value, raw), (second, second_raw) = left[unit], right[unit]
        if value != second:
            yield Difference("figures", raw, second_raw)


def _targets(indicators: Iterable[JsonObject]) -> dict[str, tuple[float, str]]:
    found: dict[str, list[tuple[float, str]]] = {}
    for item in indicators:
        if item["value"] is not None and item["unit"]:
            amount = amount_of(item["value"], item["unit"])
            found.setdefault(amount.unit, []).append((amount.value, item["raw"]))
    return {unit: values[0] for unit, values in found.items() if len(values) == 1}


def _brief(row: TaskRow) -> JsonObject:
    record = row.record
    return {
        "id": row.id,
        "document": row.document_id,
        "title": row.title or row.source,
        "text": record["text"],
        "span": record["span"],
        "units": [{"name": unit["name"], "role": unit["role"]} for unit in record["units"]],
        "due": plain(row.due),
        "status": row.status.value,
    }
