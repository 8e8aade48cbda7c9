"""One query put to the index of vectors: what is near to it in meaning, and how near given passages are."""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from index.lexical.fields import Scope
from index.lexical.lexical_index import LexicalIndex
from index.query.parsing import Query
from index.vectors.semantic import Semantic

if TYPE_CHECKING:
    from index.encoders.base import Vectors
    from index.scored import Scored

NARROW = 0.05
"""A scope that keeps a smaller share of the library is answered by looking only for vectors that it keeps."""
NEARNESS = 0.5
"""Share of the best cosine that a passage must reach to be found by its vector. Of 58,000 statutes the
hundredth reaches 0.6; in a library of ten files nearly all stay below."""


class Compared:
    """A query within a scope, for vectors as they are now."""

    def __init__(self, semantic: Semantic, lexical: LexicalIndex, query: Query, scope: Scope) -> None:
        self._semantic = semantic
        self._lexical = lexical
        self._query = query
        self._scope = scope

    def near(self, limit: int) -> dict[int, float]:
        """Return the nearest passages in scope with their cosines, at most `limit`, none too far away.

        Raises:
            NotAnsweredError: when the encoder fails.
        """
        found = self._nearest(limit) if self._says_something else []
        floor = max(self._semantic.encoder.floor, NEARNESS * found[0].score) if found else 0.0
        return {id: score for id, score in found if score >= floor}

    def cosines(self, ids: Sequence[int]) -> dict[int, float]:
        """Return the cosines of those of `ids`, all in scope, that have vectors; {} for a query without any.

        Raises:
            NotAnsweredError: when the encoder fails.
        """
        if not ids or not self._says_something:
            return {}
        return dict(self._semantic.vectors.cosines(self._vector, ids, self._key))

    def _nearest(self, limit: int) -> list[Scored]:
        vectors = self._semantic.vectors
        if self._scope.everything:
            return vectors.search(self._vector, limit)
        allowed, total = self._lexical.count(self._scope), len(self._lexical)
        if not allowed:
            return []
        if allowed < NARROW * total:
            ids = self._lexical.allowed(self._scope, allowed)
            return vectors.search(self._vector, limit, ids, scope=self._key)
        wide = vectors.search(self._vector, math.ceil(limit * total / allowed))
        kept = self._lexical.within([item.id for item in wide], self._scope)
        return [item for item in wide if item.id in kept][:limit]

    @property
    def _key(self) -> Hashable:
        """Stands for the passages in scope as they are now."""
        return self._scope, self._lexical.last_change

    @cached_property
    def _says_something(self) -> bool:
        """Whether there is anything to compare."""
        return bool(self._query.written) and bool(self._vector.any())

    @cached_property
    def _vector(self) -> Vectors:
        return self._semantic.of_query(self._query.text)
