"""What every evaluation gives: figures for programs, tables for eyes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from rich.console import Console

from corpus.records import JsonObject


class Report(Protocol):
    """The outcome of one evaluation."""

    @property
    def data(self) -> str:
        """Hash of the data on which it was measured."""
        ...

    def record(self) -> JsonObject:
        """Return the figures as plain JSON values."""
        ...

    def show(self, console: Console) -> None:
        """Print tables."""
        ...


@dataclass(slots=True)
class SystemsReport:
    """What each of several systems reached over the same passages."""

    data: str
    passages: int = 0
    systems: dict[str, JsonObject] = field(default_factory=dict)
    """By system: figures by name."""

    def record(self) -> JsonObject:
        """Return all figures."""
        return {"passages": self.passages, "systems": self.systems}
