"""Joins what words find with what vectors find."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from index.scored import Scored


@dataclass(frozen=True, slots=True)
class Fused:
    """A passage with its joint score and its 1-indexed places in the lists that found it."""

    id: int
    score: float
    """0 to 1; 1 stands for the best of both lists."""
    words: int | None = None
    vectors: int | None = None

    @property
    def ranks(self) -> dict[str, int]:
        """Return the places by the name of the list, without the lists that did not find it."""
        places = {"words": self.words, "vectors": self.vectors}
        return {name: place for name, place in places.items() if place is not None}


def fuse(words: Sequence[Scored], vectors: Sequence[Scored], vector_weight: float) -> list[Fused]:
    """Return the passages of both lists by the weighted sum of their scores, best first.

    Each list is scaled so that its best passage has 1. What a list did not find counts in it as its last one
    does, for it cannot be better. With one list empty the order of the other stands.
    """
    share = vector_weight if words and vectors else float(not words)
    parts = [_Part.of(words, 1 - share), _Part.of(vectors, share)]
    ids = dict.fromkeys(item.id for item in (*words, *vectors))
    joined = [
        Fused(id, sum(part.share(id) for part in parts), *(part.places.get(id) for part in parts))
        for id in ids
    ]
    return sorted(joined, key=lambda item: -item.score)


@dataclass(frozen=True, slots=True)
class _Part:
    """One list, scaled and weighted."""

    shares: dict[int, float]
    places: dict[int, int]
    floor: float

    @classmethod
    def of(cls, found: Sequence[Scored], weight: float) -> _Part:
        best = max((item.score for item in found), default=0.0)
        scale = weight / best if best > 0 else 0.0
        shares = {item.id: item.score * scale for item in found}
        places = {item.id: place for place, item in enumerate(found, 1)}
        return cls(shares, places, min(shares.values(), default=0.0))

    def share(self, id: int) -> float:
        return self.shares.get(id, self.floor)
