"""Units that a claim names, held against those that the plan gives the task."""

from __future__ import annotations

from corpus.records import JsonObject
from corpus.registry.units import canonical_unit
from service.verify.facts import FactKind, facts_in

_LEVELS = "省市县区州盟旗镇乡"
"""What may stand before the name of a unit: 市水利局 and 水利局 are the same in one place."""


def units_of_task(task: JsonObject) -> frozenset[str]:
    """Return the units that the plan gives a task, under keys that can be compared."""
    names = {name for unit in task.get("units") or [] for name in (unit["name"], *unit.get("members", ()))}
    return frozenset(unit_key(name) for name in names)


def units_of_claim(text: str) -> frozenset[str]:
    """Return the units that a claim names, under keys that can be compared."""
    return frozenset(unit_key(name) for name in _names(text))


def other_units(task: JsonObject, claim: str) -> tuple[str, ...]:
    """Return the units that a claim names where the plan names others.

    () where the plan gives none, the claim names none, or they have one in common.
    """
    planned = units_of_task(task)
    named = [name for name in _names(claim) if name not in task["text"]]
    keys = {unit_key(name) for name in named}
    if not planned or not keys or any(_same(key, other) for key in keys for other in planned):
        return ()
    if any(unit.get("group") for unit in task["units"]):
        return ()
    return tuple(dict.fromkeys(named))


def unit_key(name: str) -> str:
    """Return a name under which a unit is the same however it is written."""
    full = canonical_unit(name) or name
    return full.lstrip(_LEVELS)


def _same(one: str, other: str) -> bool:
    return one.endswith(other) or other.endswith(one)


def _names(text: str) -> list[str]:
    return [fact.raw for fact in facts_in(text) if fact.kind is FactKind.UNIT]
