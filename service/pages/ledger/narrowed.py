"""What the list is narrowed to: the parameters of the page's address, which are also what a person saves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any
from urllib.parse import urlencode

LONGEST = 200
"""Characters of one value."""
OPEN, ENDED = "未办结", "办结"
"""Choices among the statuses: all that is neither done nor ended, and all that is."""
VIEWS = {
    "": "列表",
    "unit": "按单位",
    "month": "按月份",
    "document": "按文件",
    "leader": "按领导",
    "calendar": "日历",
    "charts": "图表",
}
"""How the narrowed rows may be shown, by the parameter `view`."""


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What the address of the page asks for; "" where nothing is asked."""

    q: str = ""
    """Words of the task, of its number or of the newest report, separated by blanks."""
    unit: str = ""
    """Part of the name of a unit."""
    role: str = ""
    """In which role the unit stands: lead, responsible, cooperate, supervise, or acting for the first two."""
    month: str = ""
    """A month in which rows are due, as 2026-06, or a day of it."""
    status: str = ""
    """In words, or `OPEN`, or `ENDED`."""
    colour: str = ""
    """red, yellow, green, blue, none, or late for 逾期完成."""
    mark: str = ""
    origin: str = ""
    document: str = ""
    """The id of a document, "none" for rows without one."""
    leader: str = ""
    officer: str = ""
    closing: str = ""
    view: str = ""
    """How the rows are shown: one of `VIEWS`."""

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Narrowed:
        """Return what the values by name ask for; unknown names and what is no text are left out."""
        known = {field.name for field in fields(cls)}
        given = {
            name: value[:LONGEST]
            for name, value in values.items()
            if name in known and isinstance(value, str)
        }
        return cls(**{**given, "view": given.get("view", "") if given.get("view") in VIEWS else ""})

    def with_(self, **values: str) -> Narrowed:
        """Return the same with some values changed."""
        return replace(self, **values)

    def values(self) -> dict[str, str]:
        """Return what is asked, by name."""
        return {name: value for name, value in asdict(self).items() if value}

    def address(self) -> str:
        """Return the address of the page for this."""
        return f"/ledger?{urlencode(self.values())}" if self.values() else "/ledger"
