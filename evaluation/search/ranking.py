"""How good an order of documents is."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

DEPTH = 10


def ndcg(found: Sequence[frozenset[str]], grades: Mapping[str, int], depth: int = DEPTH) -> float:
    """Return the normalised discounted cumulated gain of the first `depth` places, 0 to 1.

    Järvelin and Kekäläinen 2002 with linear gains and the discount log2(1 + rank). Each place is a set of
    names: a hit and the copies folded into it. Its gain is the best grade among names that no earlier place
    had, so a document gains once; a place that brings no new document takes up no rank. Without a relevant
    document 0.
    """
    ideal = sorted(grades.values(), reverse=True)[:depth]
    best = _cumulated(ideal)
    return _cumulated(_gains(found[:depth], grades)) / best if best else 0.0


def recall(found: Sequence[frozenset[str]], grades: Mapping[str, int], depth: int = DEPTH) -> float:
    """Return the share of relevant documents among the first `depth` places, of at most `depth` of them."""
    names = frozenset().union(*found[:depth]) & grades.keys()
    return min(1.0, len(names) / min(depth, len(grades))) if grades else 0.0


def _gains(found: Sequence[frozenset[str]], grades: Mapping[str, int]) -> list[int]:
    seen: set[str] = set()
    gains = []
    for names in found:
        if new := names - seen:
            gains.append(max(grades.get(name, 0) for name in new))
        seen |= names
    return gains


def _cumulated(gains: Sequence[int]) -> float:
    return sum(gain / math.log2(rank + 1) for rank, gain in enumerate(gains, 1))
