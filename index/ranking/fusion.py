"""Joins what words find with what vectors find."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from corpus.store.rows import PassageRow

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Scores = NDArray[np.float64]
    Ids = NDArray[np.int64]

UNSURE, SURE = 0.55, 0.9
"""Coverage up to which the vectors count in full, and from which on they count least."""
LEAST = 0.25
"""What is left of their share then. All learnt on questions about statutes (docs/search-quality.md)."""
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


@dataclass(frozen=True)
class Lists:
    """What words and what vectors say of the passages that either of them found, side by side."""

    ids: Ids
    """Shape (passages,), each once."""
    words: Scores
    """Scores by words, shape (passages,); NaN for a passage that is not in this list."""
    vectors: Scores
    """The same by vectors: cosines, and what they were lifted by."""

    @classmethod
    def of(cls, words: Mapping[int, float], vectors: Mapping[int, float]) -> Lists:
        """Return two lists of scores by passage; equal scores keep the order of the passages."""
        ids = list({**words, **vectors})
        columns = ([found.get(id, np.nan) for id in ids] for found in (words, vectors))
        return cls(np.array(ids, np.int64), *map(np.array, columns))

    def lifted(self, worth: Mapping[int, float]) -> Lists:
        """Return both lists, each score raised by what the passage is worth: a share of the list's best."""
        if not worth:
            return self
        own = np.array([worth.get(id, 0.0) for id in self.ids.tolist()])
        return Lists(self.ids, *(scores + _best(scores) * own for scores in (self.words, self.vectors)))

    def first_by_words(self, count: int) -> list[int]:
        """Return the passages that the words put first, at most `count`."""
        order = np.argsort(self.word_places, kind="stable")
        first: list[int] = self.ids[order[: min(count, np.count_nonzero(~np.isnan(self.words)))]].tolist()
        return first

    @cached_property
    def word_places(self) -> Ids:
        """The place of each passage in the list of words, from 1; those that are not in it come after all."""
        return _places(self.words)

    @cached_property
    def vector_places(self) -> Ids:
        """The same in the list of vectors."""
        return _places(self.vectors)

    def shares_by_words(self) -> dict[int, float]:
        """Return the scores by words as shares of the best, 0 where the list does not hold the passage."""
        return self._by_id(_scaled(self.words, 1.0))

    def shares_by_vectors(self) -> dict[int, float]:
        """Return the scores by vectors as shares of the best, 0 where the list does not hold the passage."""
        return self._by_id(_scaled(self.vectors, 1.0))

    def by_vectors(self) -> dict[int, float]:
        """Return the scores by vectors, 0 where the list does not hold the passage."""
        return self._by_id(np.nan_to_num(self.vectors))

    def _by_id(self, values: Scores) -> dict[int, float]:
        return dict(zip(self.ids.tolist(), values.tolist(), strict=True))


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


def fuse(lists: Lists, vector_weight: float) -> list[Fused]:
    """Return the passages of both lists by the weighted sum of their scores, best first.

    Each list is scaled so that its best passage has 1; what is not in a list has 0 there, so both are to hold
    all that either of them found. With one list empty the order of the other stands.
    """
    no_words, no_vectors = np.isnan(lists.words), np.isnan(lists.vectors)
    share = float(no_words.all()) if no_words.all() or no_vectors.all() else vector_weight
    scores = _scaled(lists.words, 1 - share) + _scaled(lists.vectors, share)
    order = np.lexsort((lists.vector_places, lists.word_places, -scores))
    columns = (
        lists.ids[order].tolist(),
        scores[order].tolist(),
        _listed(lists.word_places, no_words, order),
        _listed(lists.vector_places, no_vectors, order),
    )
    return list(map(Fused._make, zip(*columns, strict=True)))


def _best(scores: Scores) -> float:
    return float(np.fmax.reduce(scores, initial=0.0))


def _scaled(scores: Scores, weight: float) -> Scores:
    """Return the scores, the best one being `weight`; 0 for who has none."""
    best = _best(scores)
    # Divided first: `weight / best` overflows where the best score is next to nothing.
    return np.where(np.isnan(scores), 0.0, scores / best) * weight if best > 0 else np.zeros(len(scores))


def _listed(places: Ids, absent: NDArray[np.bool_], order: Ids) -> list[int | None]:
    """Return the places in an order, None for who is not in the list."""
    return [place or None for place in np.where(absent, 0, places)[order].tolist()]


def _places(scores: Scores) -> Ids:
    places = np.empty(len(scores), np.int64)
    places[np.argsort(-scores, kind="stable")] = np.arange(1, len(scores) + 1)
    return places
