"""Lifts what stands where most of a question's wording is found, in notices and plans.

Who asks about a notice names its matter, its place and a detail, which stand in different passages of it: the
passages around each one found are read with it. A question in everyday words shares little with any document;
the less the best place has of it, the less this counts, down to nothing.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpus.store.rows import PassageRow
from index.fusion import SURE, UNSURE, Fused
from index.query import Query
from index.scored import Scored
from index.tokens import fold, query_bigrams

FIRST = 100
"""Passages that are looked at."""
REACH = 1_500
"""Characters between two passages of a document up to which they are read together."""
FEW = 2
"""Added to a question's character pairs when the share found of them is taken: four of five may be chance."""
STRENGTH = 2.0
"""What each kind of evidence counts beside the fused score where the wording is sure."""
_ASKING = re.compile(
    "[?？吗呢谁哪啥几]|什么|怎么|怎样|如何|多[少久长大]|何[时人地]|[是能可]否|能不能|可不可以|是不是|有没有"
)


@dataclass(frozen=True, slots=True)
class _Place:
    """A passage with those around it."""

    pairs: frozenset[str]
    """Character pairs of the question that it has."""
    words: float
    """Best score by words in it, as a share of the best one."""


def asks(query: Query) -> bool:
    """Tell whether a query is a question, and no name of a matter or pasted paragraph."""
    return query.question and bool(_ASKING.search(query.text))


def lifted(
    query: Query,
    rows: Sequence[PassageRow],
    found: Sequence[Fused],
    by_words: Sequence[Scored],
    meant: Mapping[int, float],
) -> list[Fused]:
    """Return `found` in its new order; scores stay between 0 and 1.

    Args:
        query: a question.
        rows: the passages to look at.
        found: all that was found, best first.
        by_words: what words found.
        meant: what being of a document that the question speaks of is worth, as a share of the best.
    """
    pairs = frozenset(query_bigrams(query.text))
    places = _places(pairs, rows, by_words)
    sure = _sure(pairs, places)
    if not sure:
        return list(found)
    rarity = _rarity(pairs, rows, places)
    total = sum(rarity.values())
    worth = {
        id: place.words + len(place.pairs) / len(pairs) + sum(map(rarity.__getitem__, place.pairs)) / total
        for id, place in places.items()
    }
    best = max(worth.values())
    worth = {id: own + best * meant.get(id, 0.0) for id, own in worth.items()}
    weight = STRENGTH * sure
    most = 1 + weight * max(worth.values())
    again = [item._replace(score=(item.score + weight * worth.get(item.id, 0.0)) / most) for item in found]
    return sorted(again, key=lambda item: item.score, reverse=True)


def _places(
    pairs: frozenset[str], rows: Sequence[PassageRow], by_words: Sequence[Scored]
) -> dict[int, _Place]:
    """Return, by passage, what it and those around it have."""
    best = max((item.score for item in by_words), default=0.0)
    shares = {item.id: item.score / best for item in by_words} if best > 0 else {}
    held = {row.id: _held(pairs, row) for row in rows}
    documents: dict[str, list[PassageRow]] = {}
    for row in rows:
        documents.setdefault(row.document_id, []).append(row)
    places = {}
    for row in rows:
        around = [other.id for other in documents[row.document_id] if _between(row, other) <= REACH]
        together = frozenset().union(*(held[id] for id in around))
        places[row.id] = _Place(together, max(shares.get(id, 0.0) for id in around))
    return places


def _sure(pairs: frozenset[str], places: Mapping[int, _Place]) -> float:
    """Return how far the wording is that of documents, 0 to 1: by how much of it the best place has."""
    most = max((len(place.pairs) for place in places.values()), default=0) / (len(pairs) + FEW)
    return min(1.0, max(0.0, (most - UNSURE) / (SURE - UNSURE)))


def _rarity(
    pairs: frozenset[str], rows: Sequence[PassageRow], places: Mapping[int, _Place]
) -> dict[str, float]:
    """Return what each pair tells, as BM25 has it: the less, the more documents found have it."""
    documents: dict[str, set[str]] = {}
    for row in rows:
        documents.setdefault(row.document_id, set()).update(places[row.id].pairs)
    among = Counter(pair for held in documents.values() for pair in held)
    return {pair: math.log(1 + (len(documents) - among[pair] + 0.5) / (among[pair] + 0.5)) for pair in pairs}


def _held(pairs: frozenset[str], row: PassageRow) -> frozenset[str]:
    text = fold("\n".join((row.title or "", *row.section, row.text)))
    return frozenset(pair for pair in pairs if pair in text)


def _between(row: PassageRow, other: PassageRow) -> int:
    """Return how many characters lie between two passages of a document, below 0 where they overlap."""
    return max(other.span.start - row.span.end, row.span.start - other.span.end)
