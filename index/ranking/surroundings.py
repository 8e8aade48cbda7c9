"""Lifts what stands where most of a question's wording is found, in notices and plans.

Who asks about a notice names its matter, its place and a detail, which stand in different passages of it:
the passages around each one found are read with it. What a passage says itself counts once more, and three
letters in a row more than two; a long document has much of any wording by chance. A question in everyday
words shares little with any document: the less the best place has of it, the less this counts, down to
nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from corpus.store.rows import PassageRow
from index.query.hints import HintKind
from index.query.parsing import Query
from index.ranking.fusion import SURE, UNSURE, Fused
from index.tokens import fold, query_bigrams

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]
    Places = NDArray[np.int64]

FIRST = 100
"""Passages that are looked at."""
REACH = 1_500
"""Characters between two passages of a document up to which they are read together."""
FEW = 2
"""Added to a question's character pairs when the share found of them is taken: four of five may be chance."""
TOGETHER = 2.0
"""What each kind of evidence around a passage counts beside the fused score where the wording is sure; what
the passage has itself counts 1."""
MANY = 0.4
"""What is taken off for the logarithm of how many passages of the document are looked at."""
WORDED = 0.5
"""How sure the wording has to be for the place of a document to be left to it."""
KNOWN = 0.5
"""Share of the most that any document is worth by what the question says of it, from which on it is not known
to be of another place."""
_ASKING = re.compile(
    "[?？吗呢谁哪啥几]|什么|怎么|怎样|如何|多[少久长大]|何[时人地]|[是能可]否|能不能|可不可以|是不是|有没有"
)
_TRIPLE = re.compile(r"(?=(\w{3}))")


@dataclass(frozen=True, slots=True)
class _Pieces:
    """Pieces of the question, which passages have them, and what each piece tells."""

    names: Sequence[str]
    held: Numbers
    """1 where a passage has a piece, shape (passages, pieces)."""
    worth: Numbers
    """What each piece counts, shape (pieces,), 2 together: half the same for all, half by rarity as BM25 has
    it: the more documents have one, the less."""

    @classmethod
    def of(cls, pieces: Iterable[str], texts: Sequence[str], documents: Places) -> _Pieces:
        """Look for each piece in each text; `documents` numbers the document of each from 0."""
        names = sorted(set(pieces))
        held = np.array([[name in text for name in names] for text in texts], np.float64)
        held = held.reshape(len(texts), len(names))
        of_document = (documents == np.unique(documents)[:, None]).astype(np.float64)
        among = np.count_nonzero(of_document @ held, axis=0)
        rarity = np.log(1 + (len(of_document) - among + 0.5) / (among + 0.5))
        return cls(names, held, 1 / max(1, len(names)) + rarity / rarity.sum())

    def together(self, near: Numbers) -> Numbers:
        """Return which pieces any of the passages near each one has, 0 or 1, shaped as `held`."""
        return np.minimum(near @ self.held, 1)


def asks(query: Query) -> bool:
    """Tell whether a query is a question, and no name of a matter or pasted paragraph."""
    return query.question and bool(_ASKING.search(query.text))


def lifted(
    query: Query,
    rows: Sequence[PassageRow],
    found: Sequence[Fused],
    by_words: Mapping[int, float],
    meant: Mapping[int, float],
) -> list[Fused]:
    """Return `found` in its new order; scores stay between 0 and 1.

    Args:
        query: a question.
        rows: the passages to look at.
        found: all that was found, best first.
        by_words: its scores by words, as shares of the best.
        meant: what being of a document that the question speaks of is worth, as a share of the best.
    """
    if not rows:
        return list(found)
    texts = [fold("\n".join((row.title or "", *row.section, row.text))) for row in rows]
    documents = _numbered([row.document_id for row in rows])
    near = _near(rows, documents)
    pairs = _Pieces.of(query_bigrams(query.text), texts, documents)
    around = pairs.together(near)
    sure = _sure(around)
    if not sure:
        return list(found)
    triples = _Pieces.of(_triples(query.text), texts, documents)
    own = pairs.held @ pairs.worth + triples.held @ triples.worth
    together = _most_near(near, _of_rows(rows, by_words)) + around @ pairs.worth
    many = np.bincount(documents)[documents]
    worth = np.maximum(0.0, TOGETHER * together + own - MANY * np.log1p(many))
    place = worth.max() * max(0.0, 1 - sure / WORDED)
    worth += place * _named(query, pairs, around, _of_rows(rows, meant))
    return _raised(found, dict(zip([row.id for row in rows], (sure * worth).tolist(), strict=True)))


def _raised(found: Sequence[Fused], worth: Mapping[int, float]) -> list[Fused]:
    """Return what was found with its scores raised by what each is worth, and scaled back to at most 1."""
    most = 1 + max(worth.values())
    again = [
        Fused(item.id, (item.score + worth.get(item.id, 0.0)) / most, item.words, item.vectors)
        for item in found
    ]
    return sorted(again, key=lambda item: item.score, reverse=True)


def _named(query: Query, pairs: _Pieces, around: Numbers, meant: Numbers) -> Numbers:
    """Return `meant` with a document whose place is not known taken to be of the place that it names."""
    places = [hint.words for hint in query.hints if hint.kind is HintKind.REGION]
    names = {pair for words in places for pair in query_bigrams(words)}
    if not names or not meant.any() or not names <= set(pairs.names):
        return meant
    known = meant >= KNOWN * meant.max()
    says_them = around[:, [pairs.names.index(name) for name in names]].all(axis=1)
    return np.where(known & says_them, meant.max(), meant)


def _near(rows: Sequence[PassageRow], documents: Places) -> Numbers:
    """Return 1 for each two passages of a document that are read together, shape (passages, passages)."""
    starts = np.array([row.span.start for row in rows])
    ends = np.array([row.span.end for row in rows])
    between = starts[None, :] - ends[:, None]
    together = np.maximum(between, between.T) <= REACH
    near: Numbers = (together & (documents[None, :] == documents[:, None])).astype(np.float64)
    return near


def _most_near(near: Numbers, values: Numbers) -> Numbers:
    """Return the highest of the values, none below 0, of the passages near each one."""
    most: Numbers = (near * values).max(axis=1)
    return most


def _sure(around: Numbers) -> float:
    """Return how far the wording is that of documents, 0 to 1: by how much of it the best place has."""
    most: float = around.sum(axis=1).max() / (around.shape[1] + FEW)
    return min(1.0, max(0.0, (most - UNSURE) / (SURE - UNSURE)))


def _of_rows(rows: Sequence[PassageRow], values: Mapping[int, float]) -> Numbers:
    return np.array([values.get(row.id, 0.0) for row in rows])


def _numbered(names: Sequence[str]) -> Places:
    """Return a number for each name, from 0 in the order of their first places, the same for equal names."""
    numbers = {name: number for number, name in enumerate(dict.fromkeys(names))}
    return np.array([numbers[name] for name in names])


def _triples(text: str) -> frozenset[str]:
    """Return each three letters or digits that stand in a row."""
    folded = fold(text)
    return frozenset(found[1] for found in _TRIPLE.finditer(folded))
