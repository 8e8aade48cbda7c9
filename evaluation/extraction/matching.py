"""Pairs gold with what was extracted: one to one, the best overlap first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.spans import Span
from evaluation.extraction.places import overlap

ENOUGH = 0.5
"""Least overlap (intersection over union) of a pair."""


@dataclass(frozen=True, slots=True, order=True)
class Pair:
    """Gold item `gold` found as extracted item `found` (both 0-indexed), with their overlap."""

    overlap: float
    gold: int
    found: int


def match(gold: Sequence[Span | None], found: Sequence[Span | None]) -> dict[int, Pair]:
    """Return the pairs by index of the gold item; what stands nowhere is in no pair.

    Greedy: the pair with the largest overlap first, later items first among equals, each item once.
    """
    pairs: dict[int, Pair] = {}
    taken: set[int] = set()
    for pair in sorted(_candidates(gold, found), reverse=True):
        if pair.gold not in pairs and pair.found not in taken:
            pairs[pair.gold] = pair
            taken.add(pair.found)
    return pairs


def match_in_order(gold: Sequence[Span | None], found: Sequence[Span | None]) -> int:
    """Return how many gold items get a partner when each, in order, takes the best one that is left."""
    left = {index: place for index, place in enumerate(found) if place is not None}
    matched = 0
    for place in gold:
        if place is None:
            continue
        best = max(((overlap(place, other), index) for index, other in left.items()), default=(0.0, -1))
        if best[0] >= ENOUGH:
            del left[best[1]]
            matched += 1
    return matched


def _candidates(gold: Sequence[Span | None], found: Sequence[Span | None]) -> list[Pair]:
    pairs = [
        Pair(overlap(left, right), i, j)
        for i, left in enumerate(gold)
        if left is not None
        for j, right in enumerate(found)
        if right is not None
    ]
    return [pair for pair in pairs if pair.overlap >= ENOUGH]
