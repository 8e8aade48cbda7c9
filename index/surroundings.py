"""Lifts what stands where most of a question's wording is found, in notices and plans.

Who asks about a notice names its matter, its place and a detail, which stand in different passages of it:
the passages around each one found are read with it. What a passage says itself counts once more, and three
letters in a row more than two; a long document has much of any wording by chance. A question in everyday
words shares little with any document: the less the best place has of it, the less this counts, down to
nothing.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from corpus.store.rows import PassageRow
from index.fusion import SURE, UNSURE, Fused
from index.hints import HintKind
from index.query import Query
from index.tokens import fold, query_bigrams

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
class _Held:
    """Which pieces of the question each passage has, and what a piece tells."""

    by_passage: Mapping[int, frozenset[str]]
    rarity: Mapping[str, float]
    """By piece of the question, as BM25 has it: the less, the more documents found have it."""
    _worth: Mapping[str, float] = field(init=False)

    def __post_init__(self) -> None:
        total, each = sum(self.rarity.values()), 1 / max(1, len(self.rarity))
        worth = {piece: each + own / total for piece, own in self.rarity.items()}
        object.__setattr__(self, "_worth", worth)

    def share(self, ids: Sequence[int]) -> float:
        """Return the share of the pieces that the passages have together, counted and by rarity: 0 to 2."""
        return sum(map(self._worth.__getitem__, self.together(ids)))

    def together(self, ids: Sequence[int]) -> frozenset[str]:
        """Return the pieces that any of the passages has."""
        return frozenset().union(*(self.by_passage[id] for id in ids))


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
    texts = {row.id: fold("\n".join((row.title or "", *row.section, row.text))) for row in rows}
    pairs = _held(frozenset(query_bigrams(query.text)), texts, rows)
    around = _around(rows)
    sure = _sure(pairs, around)
    if not sure:
        return list(found)
    worth = _worth(rows, pairs, _held(_triples(query.text), texts, rows), around, by_words)
    best = max(worth.values())
    place = best * max(0.0, 1 - sure / WORDED)
    named = _named(query, pairs, around, meant)
    worth = {id: own + place * named.get(id, 0.0) for id, own in worth.items()}
    most = 1 + sure * max(worth.values())
    again = [item._replace(score=(item.score + sure * worth.get(item.id, 0.0)) / most) for item in found]
    return sorted(again, key=lambda item: item.score, reverse=True)


def _worth(
    rows: Sequence[PassageRow],
    pairs: _Held,
    triples: _Held,
    around: Mapping[int, Sequence[int]],
    by_words: Mapping[int, float],
) -> dict[int, float]:
    """Return how much of the wording each passage and those around it have, at least 0."""
    many = Counter(row.document_id for row in rows)
    worth = {}
    for row in rows:
        near = around[row.id]
        together = max(by_words.get(id, 0.0) for id in near) + pairs.share(near)
        own = pairs.share([row.id]) + triples.share([row.id])
        long = math.log1p(many[row.document_id])
        worth[row.id] = max(0.0, TOGETHER * together + own - MANY * long)
    return worth


def _named(
    query: Query, pairs: _Held, around: Mapping[int, Sequence[int]], meant: Mapping[int, float]
) -> Mapping[int, float]:
    """Return `meant` with a document whose place is not known taken to be of the place that it names."""
    places = [frozenset(query_bigrams(hint.words)) for hint in query.hints if hint.kind is HintKind.REGION]
    most = max((meant.get(id, 0.0) for id in around), default=0.0)
    if not places or not most:
        return meant
    names = frozenset().union(*places)
    unknown = [id for id in around if meant.get(id, 0.0) >= KNOWN * most]
    return {**meant, **{id: most for id in unknown if names <= pairs.together(around[id])}}


def _around(rows: Sequence[PassageRow]) -> dict[int, list[int]]:
    """Return, by passage, it and those of its document near it."""
    documents: dict[str, list[PassageRow]] = {}
    for row in rows:
        documents.setdefault(row.document_id, []).append(row)
    return {
        row.id: [other.id for other in documents[row.document_id] if _between(row, other) <= REACH]
        for row in rows
    }


def _sure(pairs: _Held, around: Mapping[int, Sequence[int]]) -> float:
    """Return how far the wording is that of documents, 0 to 1: by how much of it the best place has."""
    most = max((len(pairs.together(near)) for near in around.values()), default=0) / (len(pairs.rarity) + FEW)
    return min(1.0, max(0.0, (most - UNSURE) / (SURE - UNSURE)))


def _held(pieces: frozenset[str], texts: Mapping[int, str], rows: Sequence[PassageRow]) -> _Held:
    """Return which of the pieces each text has."""
    own = {id: frozenset(piece for piece in pieces if piece in text) for id, text in texts.items()}
    documents: dict[str, set[str]] = {}
    for row in rows:
        documents.setdefault(row.document_id, set()).update(own[row.id])
    among = Counter(piece for held in documents.values() for piece in held)
    count = len(documents)
    return _Held(
        own, {piece: math.log(1 + (count - among[piece] + 0.5) / (among[piece] + 0.5)) for piece in pieces}
    )


def _triples(text: str) -> frozenset[str]:
    """Return each three letters or digits that stand in a row."""
    folded = fold(text)
    return frozenset(found[1] for found in _TRIPLE.finditer(folded))


def _between(row: PassageRow, other: PassageRow) -> int:
    """Return how many characters lie between two passages of a document, below 0 where they overlap."""
    return max(other.span.start - row.span.end, row.span.start - other.span.end)
