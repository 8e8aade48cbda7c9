"""Leaves what failed alone for a while, so that not every search waits for it anew."""

from __future__ import annotations

from collections.abc import Hashable
from time import monotonic

REST = 30.0
"""Seconds for which a model that failed is left alone."""


class Resting:
    """What failed a short while ago. Safe to use from threads."""

    def __init__(self, seconds: float = REST) -> None:
        """Let each rest for `seconds`; 0 lets none rest."""
        self._seconds = seconds
        self._until: dict[Hashable, float] = {}

    def add(self, name: Hashable) -> None:
        """Let `name` rest from now on."""
        self._until[name] = monotonic() + self._seconds

    def discard(self, name: Hashable) -> None:
        """Let `name` rest no longer."""
        self._until.pop(name, None)

    def __contains__(self, name: Hashable) -> bool:
        return monotonic() < self._until.get(name, 0.0)
