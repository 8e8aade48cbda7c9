"""What an index gives for a query."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scored:
    """A passage that was found."""

    id: int
    score: float
    """Higher is better; of its own scale in each index."""
