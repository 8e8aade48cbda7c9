"""Joins what words find with what vectors find."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from corpus.store.rows import PassageRow
from index.scored import Scored

UNSURE, SURE = 0.55, 0.9
"""Coverage up to which the vectors count in full, and from which on they count least."""
LEAST = 0.25
"""What is left of their share then. All three were learnt on questions about statutes, see docs/search.md."""
OTHERS = 0.45
"""What is left of it among documents that are no statutes."""
_ARTICLE = re.compile(r"第[零〇一二三四五六七八九十百千\d]+条(之[一二三四五六七八九十]+)?$")
_ARTICLE_BEGINS = re.compile(r"\s*第[零〇一二三四五六七八九十百千\d]+条")


class Fused(NamedTuple):
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


def vector_share(most: float, coverage: float, statutes: float, question: bool) -> float:
    """Return what the vectors count in a search, at most `most`; the words count the rest.

    Args:
        most: what they count among statutes for a question whose words are not found.
        coverage: share of the query's words that the first passage found by words has. Where it has all,
            words are right more often than vectors; where it has few, they have missed what was meant.
        statutes: share of articles of law among the first passages found. People ask about law in words that
            no statute has; plans and notices share words with those who look for them.
        question: False for a pasted paragraph, which is worded as documents are.
    """
    sure = min(1.0, max(0.0, (coverage - UNSURE) / (SURE - UNSURE))) if question else 1.0
    return most * (OTHERS + (1 - OTHERS) * statutes) * (1 - (1 - LEAST) * sure)


def is_article(row: PassageRow) -> bool:
    """Tell whether a passage is an article of a law or rule: by its document's name, or by how it begins."""
    return bool(_ARTICLE.search(row.title or "") or _ARTICLE_BEGINS.match(row.text))


def fuse(words: Sequence[Scored], vectors: Sequence[Scored], vector_weight: float) -> list[Fused]:
    """Return the passages of both lists by the weighted sum of their scores, best first.

    Each list is scaled so that its best passage has 1; what is not in a list has 0 there, so both are to hold
    all that either of them found. With one list empty the order of the other stands.
    """
    share = vector_weight if words and vectors else float(not words)
    by_words, by_vectors = _scaled(words, 1 - share), _scaled(vectors, share)
    places, near = _places(words), _places(vectors)
    joined = [
        Fused(id, by_words.get(id, 0.0) + by_vectors.get(id, 0.0), places.get(id), near.get(id))
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
