"""What every evaluation gives: figures for programs, tables for eyes."""

from __future__ import annotations

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
