"""A task and a header as scoring sees them: only what is compared, under keys that can be compared."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.records import JsonObject
from evaluation.text import squash, unit_key

HEADER_FIELDS = ("title", "doc_type", "issuer", "doc_number", "date", "region", "level")
_DATED = ("date", "period")
_SHOWN = 24


@dataclass(frozen=True, slots=True)
class Entry:
    """One task of the gold, or one that was extracted. Inherited units and limits are not in it."""

    words: str
    """Its first words, for lists of errors."""
    assigned: bool
    units: tuple[tuple[str, str], ...] = ()
    """(name, role) in order of the text; a unit that stands twice is here twice."""
    limits: tuple[str, ...] = ()
    """The time limits as written."""
    ends: tuple[str, ...] = ()
    """Last days (ISO, sorted, each once) of dates and periods that the text itself fixes."""
    rule: str = ""
    """Name of the rule that found it; "" in the gold."""

    @property
    def names(self) -> tuple[str, ...]:
        """The units without their roles."""
        return tuple(name for name, _ in self.units)


def gold_entry(item: JsonObject) -> Entry:
    """Return the entry for a task of a gold file."""
    return _entry(item, item["start"], bool(item.get("assigned")))


def found_entry(item: JsonObject) -> Entry:
    """Return the entry for a task record; it is assigned when its own words assign it."""
    assigned = bool(_own(item, "units") or item.get("refs") or _own(item, "deadlines") or item.get("persons"))
    return _entry(item, item["text"], assigned)


def same_fact(field: str, gold: str | None, found: str | None) -> bool:
    """Tell whether a header fact is right; a region also when one name ends in the other."""
    left, right = squash(gold), squash(found)
    if field == "region" and left and right:
        return left.endswith(right) or right.endswith(left)
    return left == right


def _entry(item: JsonObject, words: str, assigned: bool) -> Entry:
    limits = _own(item, "deadlines")
    return Entry(
        words=words.strip()[:_SHOWN],
        assigned=assigned,
        units=tuple((unit_key(unit["name"]), unit["role"]) for unit in _own(item, "units")),
        limits=tuple(squash(limit["raw"]) for limit in limits),
        ends=tuple(sorted({limit["end"] for limit in limits if _has_scored_end(limit)})),
        rule=item.get("found_by", ""),
    )


def _own(item: JsonObject, key: str) -> list[JsonObject]:
    return [part for part in item.get(key) or [] if not part.get("inherited")]


def _has_scored_end(limit: JsonObject) -> bool:
    return bool(limit.get("end")) and limit.get("kind", "date") in _DATED and not limit.get("loose")
