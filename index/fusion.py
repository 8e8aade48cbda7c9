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
    by_words, by_vectors = _scaled(words, 1 - share), _scaled(vectors, share)
    places, near = _places(words), _places(vectors)
    least = min(by_words.values(), default=0.0), min(by_vectors.values(), default=0.0)
    joined = [
        Fused(id, by_words.get(id, least[0]) + by_vectors.get(id, least[1]), places.get(id), near.get(id))
        for id in by_words | by_vectors
    ]
    joined.sort(key=lambda item: item.score, reverse=True)
    return joined


def _scaled(found: Sequence[Scored], weight: float) -> dict[int, float]:
    """Return the scores by id, the best one being `weight`."""
    best = max((item.score for item in found), default=0.0)
    # Divided first: `weight / best` overflows where the best score is next to nothing.
    return {item.id: item.score / best * weight if best > 0 else 0.0 for item in found}


def _places(found: Sequence[Scored]) -> dict[int, int]:
    return {item.id: place for place, item in enumerate(found, 1)}
