"""What an index gives for a query."""

from __future__ import annotations

from collections.abc import Iterable
from operator import itemgetter
from typing import NamedTuple


class Scored(NamedTuple):
    """A passage that was found."""

    id: int
    score: float
    """Higher is better; of its own scale in each index."""


def best_first(found: Iterable[Scored]) -> list[Scored]:
    """Return what was found in the order of its scores; of equal ones the first stays first."""
    return sorted(found, key=itemgetter(1), reverse=True)
