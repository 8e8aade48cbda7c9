"""One search: what both indexes find, joined, chosen, and dressed as hits."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from corpus.store.rows import PassageRow
from corpus.store.store import Store
from index.fields import Scope
from index.folding import Chosen, Wanted, choose, copies_of
from index.fusion import Fused, fuse
from index.hits import Hit, SearchResult, coverage, highlights
from index.lexical import LexicalIndex
from index.query import Query, with_feedback
from index.reading import Semantic
from index.scored import Scored

if TYPE_CHECKING:
    from index.encoders.base import Vectors

LEAST_DEPTH = 200
"""Passages that each index is asked for at least; the facets count among them."""
DEPTH_PER_HIT = 8
"""Passages that each index is asked for per hit wanted: copies and the limit per document use them up."""
FEEDBACK_PASSAGES = 5
"""First passages whose words enrich the query."""
NARROW = 0.05
"""A scope that keeps a smaller share of the library is answered by comparing every vector it keeps."""
ROWS_AT_ONCE = 32


class LookUp:
    """One query over the indexes as they are now."""

    def __init__(
        self, lexical: LexicalIndex, semantic: Semantic | None, store: Store, query: Query, scope: Scope
    ) -> None:
        self._lexical = lexical
        self._semantic = semantic
        self._store = store
        self._query = query
        self._scope = scope

    def run(self, wanted: Wanted) -> SearchResult:
        """Return the hits wanted, best first, with counts over what was found."""
        self._query = self._enriched()
        depth = max(LEAST_DEPTH, DEPTH_PER_HIT * wanted.k)
        found, chosen = self._chosen(depth, wanted)
        while len(chosen) < wanted.k and len(found) >= depth:  # copies and long documents used the list up
            depth *= 4
            found, chosen = self._chosen(depth, wanted)
        facets = self._store.facets([item.id for item in found[:LEAST_DEPTH]])
        return SearchResult(tuple(self._hits(chosen, wanted)), facets)

    def _enriched(self) -> Query:
        """Return the query with words of the first passages that it finds."""
        first = [item.id for item in self._lexical.search(self._query, FEEDBACK_PASSAGES, self._scope)]
        texts = [row.text for row in self._store.passages(first)]
        return with_feedback(self._query, texts, self._lexical.rarity)

    def _chosen(self, depth: int, wanted: Wanted) -> tuple[list[Fused], list[Chosen]]:
        found = fuse(self._lexical.search(self._query, depth, self._scope), self._near(depth), self._share)
        return found, choose(self._rows(found), wanted)

    def _near(self, depth: int) -> list[Scored]:
        """Return the passages in scope whose vectors are nearest to the query's."""
        if self._semantic is None or not self._vector.any():
            return []
        vectors = self._semantic.vectors
        if self._scope.everything:
            return vectors.search(self._vector, depth)
        allowed, total = self._lexical.count(self._scope), len(self._lexical)
        if not allowed:
            return []
        if allowed < NARROW * total:
            return vectors.search(self._vector, depth, self._lexical.allowed(self._scope, allowed))
        wide = vectors.search(self._vector, math.ceil(depth * total / allowed))
        kept = self._lexical.within([item.id for item in wide], self._scope)
        return [item for item in wide if item.id in kept][:depth]

    @property
    def _share(self) -> float:
        return self._semantic.encoder.share if self._semantic is not None else 0.0

    @cached_property
    def _vector(self) -> Vectors:
        assert self._semantic is not None
        return self._semantic.encoder.encode_query(self._query.text)

    def _rows(self, found: Sequence[Fused]) -> Iterator[tuple[Fused, PassageRow]]:
        """Yield what was found with its text, reading the store as far as it is asked for."""
        for start in range(0, len(found), ROWS_AT_ONCE):
            some = {item.id: item for item in found[start : start + ROWS_AT_ONCE]}
            for row in self._store.passages(list(some)):
                yield some[row.id], row

    def _hits(self, chosen: Sequence[Chosen], wanted: Wanted) -> Iterator[Hit]:
        copies = self._copies(chosen) if wanted.collapse else {}
        rarity = self._lexical.rarity(self._query.written)
        for item in chosen:
            yield Hit(
                passage=item.row,
                score=item.found.score,
                coverage=coverage(rarity, item.row),
                ranks=item.found.ranks,
                highlights=highlights(self._query, item.row.text),
                copies=copies_of(item, copies.get(item.key, [])),
            )

    def _copies(self, chosen: Sequence[Chosen]) -> dict[int, list[PassageRow]]:
        """Return, by text key, the passages that carry the same text as a chosen one."""
        own = {item.row.id for item in chosen}
        same = self._lexical.copies((item.key for item in chosen), self._scope)
        others = {key: [id for id in found if id not in own] for key, found in same.items()}
        ids = [id for found in others.values() for id in found]
        rows = {row.id: row for row in self._store.passages(ids)}
        return {key: [rows[id] for id in found if id in rows] for key, found in others.items()}
