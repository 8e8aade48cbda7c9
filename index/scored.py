"""What an index gives for a query."""

from __future__ import annotations

from typing import NamedTuple


class Scored(NamedTuple):
    """A passage that was found."""

    id: int
    score: float
    """Higher is better; of its own scale in each index."""
