"""Orders articles of law anew, by a linear model over what the question and each of the first articles share.

Plans and notices are not touched: they share words with who looks for them, and the order of the fused lists
is right there. The weights are learnt by `python -m scripts.train_articles`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from corpus.store.rows import PassageRow
from index.fusion import Fused
from index.query import Query
from index.scored import Scored
from index.tokens import fold

MOSTLY = 0.5
"""Share of articles among the first passages from which the order is looked at again."""
FIRST = 100
"""Passages that are ordered anew."""
VOTING = 50
"""First passages that speak for the law they are of."""
FEATURES = ("words", "vectors", "coverage", "pairs", "title", "law")
"""Score by words and by vectors, each as a share of the best; share of the question's words, by rarity, and
of its character pairs that the article has; share of its words that the name of the law has, which counts
against it, since the score by words has it already; how much of the first passages' scores is of its law."""
WEIGHTS = (2.65, 5.62, 1.24, 1.17, -3.74, 0.69)
_NUMBER = re.compile(r"第[零〇一二三四五六七八九十百千\d]+条.*$")


def reordered(found: Sequence[Fused], values: Mapping[int, Sequence[float]]) -> list[Fused]:
    """Return `found` with the passages that have values in the order of the model, before all others.

    The scores stay where they are: the first place keeps the best score.
    """
    judged = [item for item in found if item.id in values]
    judged.sort(key=lambda item: _judged(values[item.id]), reverse=True)
    rest = [item for item in found if item.id not in values]
    return [item._replace(score=place.score) for item, place in zip([*judged, *rest], found, strict=True)]


def features(
    query: Query,
    rarity: Mapping[str, float],
    rows: Sequence[PassageRow],
    found: Sequence[Fused],
    lists: tuple[Sequence[Scored], Sequence[Scored]],
) -> dict[int, tuple[float, ...]]:
    """Return the values of `FEATURES` by passage, each 0 to 1.

    Args:
        query: what is asked.
        rarity: of the words that the user wrote.
        rows: the passages to judge.
        found: all that was found, best first.
        lists: what words and vectors found.
    """
    words, vectors = (_shares(listed) for listed in lists)
    laws = {row.id: law_of(row) for row in rows}
    votes: dict[str, float] = {}
    for item in found[:VOTING]:
        if item.id in laws:
            votes[laws[item.id]] = votes.get(laws[item.id], 0.0) + item.score
    most = max(votes.values(), default=0.0)
    return {
        row.id: (
            words.get(row.id, 0.0),
            vectors.get(row.id, 0.0),
            _held(rarity, f"{row.title or ''}\n{row.text}"),
            _held(dict.fromkeys(query.bigrams, 1.0), f"{row.title or ''}\n{row.text}"),
            _held(rarity, row.title or ""),
            votes.get(laws[row.id], 0.0) / most if most else 0.0,
        )
        for row in rows
    }


def law_of(row: PassageRow) -> str:
    """Return the name of the law that an article is of: its title without the article's number."""
    return _NUMBER.sub("", row.title or "")


def _judged(values: Sequence[float]) -> float:
    return sum(weight * value for weight, value in zip(WEIGHTS, values, strict=True))


def _shares(found: Sequence[Scored]) -> dict[int, float]:
    best = max((item.score for item in found), default=0.0)
    return {item.id: item.score / best for item in found} if best > 0 else {}


def _held(weights: Mapping[str, float], text: str) -> float:
    """Return the share of the words, by weight, that stand in `text`; 0 without words."""
    total, folded = sum(weights.values()), fold(text)
    return sum(weight for word, weight in weights.items() if word in folded) / total if total else 0.0
