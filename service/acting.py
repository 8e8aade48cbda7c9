"""Who answers for a task: the units that lead it; where nobody leads, those that are responsible."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from corpus.records import JsonObject

LEAD, RESPONSIBLE = "lead", "responsible"
ACTING = (LEAD, RESPONSIBLE)
"""Roles of the units that may have to answer."""
Units = Iterable[Mapping[str, Any]]


def acting_role(units: Units) -> str:
    """Return the role in which units answer for a task; that of those who lead where there are none."""
    roles = {unit["role"] for unit in units}
    return RESPONSIBLE if LEAD not in roles and RESPONSIBLE in roles else LEAD


def acting(record: JsonObject) -> list[JsonObject]:
    """Return the units that answer for a row of the ledger, in its order; [] where none is named."""
    role = acting_role(record["units"])
    return [unit for unit in record["units"] if unit["role"] == role]


def acting_units(record: JsonObject, most: int | None = None) -> str:
    """Return their names as written, further ones than `most` as 等; "" where none is named."""
    names = [unit["name"] for unit in acting(record)]
    return "、".join(names[:most]) + ("等" if most is not None and len(names) > most else "")
