"""What search is put together from, each part alone: words, pairs of characters, vectors, their sum."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from index.hits import Hit
from index.lexical.fields import Scope
from index.lexical.lexical_index import LexicalIndex
from index.lexical.terms import BALANCED, WORDS_ONLY, Weights
from index.lookup import LookUp
from index.query.parsing import plain_query
from index.ranking.fusion import Fused, Lists, fuse
from index.ranking.reranking import FIRST, reordered, words_of
from index.rerankers.base import Reranker
from index.scored import Scored
from index.vectors.semantic import Semantic

BIGRAMS_ONLY = Weights(words=0.0, bigrams=1.0, headings=0.0)
AS_FOUND = "articles as found"
"""The whole search, but for the order of articles of law."""
OURS = "taizhang"
RERANKED = "reranked"
"""Ours with its first hits ordered anew by the reranker that the environment names."""
PATIENCE = 600.0
"""Seconds that a reranker may take for a question: quality is measured here, not speed."""

Ranked = Callable[[str, Scope, int], list[Scored]]
"""Gives at most so many passages for a query within a scope, best first."""


def search_parts(lexical: LexicalIndex, semantic: Semantic) -> dict[str, Ranked]:
    """Return the parts by name, simplest first; none of them understands a hint or an everyday word."""

    def by_words(weights: Weights) -> Ranked:
        return lambda text, scope, count: lexical.search(plain_query(text), count, scope, weights)

    def by_vectors(text: str, scope: Scope, count: int) -> list[Scored]:
        vector = semantic.of_query(text)
        if not vector.any():
            return []
        ids = None if scope.everything else lexical.allowed(scope, len(lexical))
        return semantic.vectors.search(vector, count, ids)

    def fused(text: str, scope: Scope, count: int) -> list[Scored]:
        found = lexical.search(plain_query(text), count, scope)
        both = fuse(Lists.of(dict(found), dict(by_vectors(text, scope, count))), semantic.encoder.share)
        return [Scored(item.id, item.score) for item in both]

    return {
        "BM25 words": by_words(WORDS_ONLY),
        "BM25 bigrams": by_words(BIGRAMS_ONLY),
        "words and bigrams": by_words(BALANCED),
        "vectors": by_vectors,
        "fused": fused,
    }


class AsFoundLookUp(LookUp):
    """Leaves articles of law in the order of the fused lists."""

    def found(self, depth: int) -> tuple[list[Fused], dict[int, tuple[float, ...]]]:
        """Return what is found, best first, and nothing by which it could be judged."""
        return super().found(depth)[0], {}


def reranked(reranker: Reranker, text: str, hits: Sequence[Hit]) -> list[Hit]:
    """Return the hits as the product orders them by a reranker, as long as that may take."""
    first = hits[:FIRST]
    scores = reranker.scores(text, [words_of(hit.passage) for hit in first], PATIENCE)
    return [*reordered(first, scores), *hits[FIRST:]]
