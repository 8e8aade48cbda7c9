"""Orders articles of law anew, by a linear model over what the question and each of the first articles share.

Plans and notices are not touched: they share words with who looks for them, and the order of the fused lists
is right there. The weights are learnt by `python -m scripts.train_articles`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from operator import mul

from corpus.store.rows import PassageRow
from index.query.parsing import Query
from index.ranking.fusion import Fused, Lists
from index.tokens import fold, query_bigrams

MOSTLY = 0.5
"""Share of articles among the first passages from which the order is looked at again."""
FIRST = 400
"""Passages that are ordered anew: all that are found for ten hits, and worth it for who reads on to the
hundredth."""
CLOSELY = 50
"""First of them that are compared gram by gram."""
LONG = 10.0
"""Logarithm of the length that counts as 1, some 22,000 characters."""
VOTING = 50
"""First passages that speak for the law they are of."""
FEATURES = (
    "words",
    "vectors",
    "coverage",
    "pairs",
    "title",
    "law",
    "best of law",
    "length",
    "cosine",
    "words where sure",
    "rare pairs",
    "statute",
    "interpretation",
    "regulation",
    "code",
)
"""Score by words and by vectors, each as a share of the best; share of the question's words, by rarity, and
of its character pairs that the article has; share of its words that the name of the law has, which counts
against it, since the score by words has it already; how much of the first passages' scores is of its law, and
the best of them; its length; the score by vectors as it is; that by words times the first one's coverage; the
share of the pairs by how few of the articles found have them; and of what rank its law is: a statute, what a
court makes of one, a regulation, or a statute that gathers a whole field, since questions of daily life are
mostly answered by the first two and by the last."""
WEIGHTS = (0.64, 4.56, 2.33, 0.79, -0.23, -0.25, 1.36, 1.53, 2.87, -0.08, 3.26, 2.25, 1.45, 0.41, 1.4)
CLOSE_WEIGHTS = (
    0.13,
    2.61,
    0.38,
    -0.68,
    -0.32,
    -0.13,
    0.87,
    -0.51,
    3.66,
    0.16,
    2.66,
    2.36,
    1.62,
    0.74,
    1.33,
    -1.1,
    4.67,
    11.13,
    -3.14,
)
"""Weights of the features, and of them together with the likenesses of the encoder."""
_RANKS = (
    re.compile(r"^(?!.*最高人民(?:法院|检察院)).*(?<!办)法典?$"),
    re.compile(r"最高人民(?:法院|检察院)"),
    re.compile(r"^(?!.*最高人民(?:法院|检察院)).*条例$"),
    re.compile(r"^(?!.*最高人民(?:法院|检察院)).*法典$"),
)
"""How statutes, interpretations by courts, regulations and codes are named, without what is in brackets."""
_BRACKETS = re.compile(r"[（(][^（()）]*[)）]")
_NUMBER = re.compile(r"第[零〇一二三四五六七八九十百千\d]+条.*$")

Values = Mapping[int, Sequence[float]]
"""Numbers by passage."""


def reordered(
    found: Sequence[Fused], values: Values, compared: Callable[[Sequence[int]], Values]
) -> list[Fused]:
    """Return `found` with the passages that have values in the order of the model, before all others.

    The scores stay where they are: the first place keeps the best score.

    Args:
        found: best first.
        values: of `FEATURES`.
        compared: gives the `LIKENESSES` of passages.
    """
    judged = in_order([item.id for item in found if item.id in values], values, WEIGHTS)
    close = compared(judged[:CLOSELY])
    both = {id: (*values[id], *close[id]) for id in close}
    ids = [*in_order(judged[:CLOSELY], both, CLOSE_WEIGHTS), *judged[CLOSELY:]]
    items = {item.id: item for item in found}
    order = [items.pop(id) for id in ids]
    return [item._replace(score=at.score) for item, at in zip([*order, *items.values()], found, strict=True)]


def in_order(ids: Sequence[int], values: Values, weights: Sequence[float]) -> list[int]:
    """Return `ids` by the weighted sums of their values, the highest first."""
    sums = {id: sum(map(mul, weights, values[id])) for id in ids}
    return sorted(ids, key=sums.__getitem__, reverse=True)


def features(
    query: Query,
    rarity: Mapping[str, float],
    rows: Sequence[PassageRow],
    found: Sequence[Fused],
    lists: Lists,
    coverage: float,
) -> dict[int, tuple[float, ...]]:
    """Return the values of `FEATURES` by passage, each 0 to 1.

    Args:
        query: what is asked.
        rarity: of the words that the user wrote.
        rows: the passages to judge.
        found: all that was found, best first.
        lists: what words and vectors found.
        coverage: share of the words that the first passage found by words has.
    """
    words, vectors, cosines = lists.shares_by_words(), lists.shares_by_vectors(), lists.by_vectors()
    laws = {row.id: law_of(row) for row in rows}
    votes, best = _votes(laws, found)
    pairs = dict.fromkeys(query.bigrams, 1.0)
    wholes = {row.id: fold(f"{row.title or ''}\n{row.text}") for row in rows}
    rare = _rarity(query_bigrams(query.text), wholes.values())
    judged: dict[int, tuple[float, ...]] = {}
    for row in rows:
        title, whole, law = fold(row.title or ""), wholes[row.id], laws[row.id]
        judged[row.id] = (
            words.get(row.id, 0.0),
            vectors.get(row.id, 0.0),
            _held(rarity, whole),
            _held(pairs, whole),
            _held(rarity, title),
            votes.get(law, 0.0),
            best.get(law, 0.0),
            min(1.0, math.log1p(len(row.text)) / LONG),
            cosines.get(row.id, 0.0),
            coverage * words.get(row.id, 0.0),
            _held(rare, whole),
            *_ranks(law),
        )
    return judged


def law_of(row: PassageRow) -> str:
    """Return the name of the law that an article is of: its title without the article's number."""
    return _NUMBER.sub("", row.title or "")


@lru_cache(maxsize=1024)
def _ranks(law: str) -> tuple[float, ...]:
    """Tell of a law's name whether it is a statute, an interpretation by a court, a regulation, or a code."""
    name = _BRACKETS.sub("", law)
    return tuple(float(bool(form.search(name))) for form in _RANKS)


def _rarity(pairs: Iterable[str], texts: Collection[str]) -> dict[str, float]:
    """Return what each pair tells among the texts, as BM25 has it: the less, the more of them have it."""
    among = {pair: sum(pair in text for text in texts) for pair in pairs}
    return {pair: math.log(1 + (len(texts) - held + 0.5) / (held + 0.5)) for pair, held in among.items()}


def _votes(laws: Mapping[int, str], found: Sequence[Fused]) -> tuple[dict[str, float], dict[str, float]]:
    """Return, by law, its share of the scores of the first passages, the most being 1, and its best score."""
    votes: dict[str, float] = {}
    best: dict[str, float] = {}
    for item in found[:VOTING]:
        if law := laws.get(item.id):
            votes[law] = votes.get(law, 0.0) + item.score
            best[law] = max(best.get(law, 0.0), item.score)
    most, first = max(votes.values(), default=0.0), found[0].score if found else 0.0
    return (
        {law: vote / most for law, vote in votes.items() if most},
        {law: score / first for law, score in best.items() if first},
    )


def _held(weights: Mapping[str, float], text: str) -> float:
    """Return the share of the words, by weight, that stand in folded `text`; 0 without words."""
    total = sum(weights.values())
    return sum(weight for word, weight in weights.items() if word in text) / total if total else 0.0
