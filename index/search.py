"""Search over one library: what words and vectors find together, as hits that show their place."""

from __future__ import annotations

import logging
import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from corpus.store.filters import Filters
from corpus.store.rows import PassageRow
from corpus.store.store import Store
from index.catchup import PATIENCE, CatchUp, Progress, silent
from index.encoders.base import Encoder
from index.fields import Scope
from index.files import DamagedIndexError
from index.folding import Chosen, Wanted, choose, copies_of
from index.fusion import Fused, fuse
from index.hits import Hit, SearchResult, coverage, highlights
from index.lexical import LexicalIndex
from index.reading import Reading
from index.scored import Scored
from index.tokens import words

log = logging.getLogger(__name__)

PER_DOCUMENT = 3
LEAST_DEPTH = 200
"""Passages that each index is asked for at least; the facets count among them."""
DEPTH_PER_HIT = 8
"""Passages that each index is asked for per hit wanted: copies and the limit per document use them up."""
NARROW = 0.05
"""Filters that keep a smaller share of the library are answered by comparing every vector they keep."""
ROWS_AT_ONCE = 32
NO_LIMIT = 2**31
"""More passages than a library holds."""


class SearchIndex:
    """The search over one library. Threads may share it; any number of processes may have it open."""

    def __init__(self, reading: Reading, store: Store, catch_up: CatchUp) -> None:
        self._reading = reading
        self._store = store
        self._catch_up = catch_up

    @classmethod
    def open(cls, folder: Path, store: Store, encoder: Encoder | None = None) -> SearchIndex:
        """Open the index in `folder`, which need not exist; `catch_up` makes what is missing.

        `encoder` makes the vectors; None takes the library's own, fitted once there is enough to learn from.
        """
        reading = Reading(folder, encoder)
        return cls(reading, store, CatchUp(reading, store, encoder))

    @property
    def behind(self) -> bool:
        """Tell whether the store has changes that cannot be found yet."""
        lexical = self._reading.lexical()
        return lexical is None or lexical.last_change != self._store.last_change()

    def catch_up(
        self,
        progress: Progress | None = None,
        *,
        wait: float = PATIENCE,
        renew: bool = True,
        background: bool = False,
    ) -> bool:
        """Make everything in the store searchable, and mend what is damaged or missing.

        Tells False when another process kept the lock for `wait` seconds; it does the work then. Once the
        library has doubled its encoder is fitted anew, for half a minute: here and now, or in a thread if
        `background` is set, or not yet without `renew`, for who is still adding.
        """
        return self._catch_up.run(progress or silent, wait, renew, background)

    def close(self) -> None:
        """Wait for what runs in the background."""
        self._catch_up.close()

    def search(
        self,
        query: str,
        filters: Filters | None = None,
        k: int = 10,
        *,
        per_document: int | None = PER_DOCUMENT,
        collapse: bool = True,
        tasks_only: bool = False,
    ) -> SearchResult:
        """Return the `k` passages that answer `query` best.

        At most `per_document` come from one document (None: no limit). With `collapse` the same passage in
        other documents is folded into one hit. `tasks_only` keeps to passages that belong to a row of the
        ledger. A query without a word to look for finds nothing.
        """
        scope = Scope(filters or Filters(), tasks_only)
        return self._answer(query, scope, Wanted(k, per_document, collapse))

    def similar(
        self,
        text: str,
        filters: Filters | None = None,
        k: int = 10,
        *,
        exclude_document: str | None = None,
        per_document: int | None = PER_DOCUMENT,
        tasks_only: bool = False,
    ) -> SearchResult:
        """Return the `k` passages most like `text`, none of them from `exclude_document`."""
        scope = Scope(filters or Filters(), tasks_only, without=exclude_document)
        return self._answer(text, scope, Wanted(k, per_document, True))

    def rarity(self, text: str) -> dict[str, float]:
        """Return the inverse document frequency of each word of `text`; empty while nothing is indexed."""
        lexical = self._reading.lexical()
        return lexical.rarity(set(words(text))) if lexical is not None else {}

    def _answer(self, query: str, scope: Scope, wanted: Wanted) -> SearchResult:
        try:
            return self._look_up(query, scope, wanted)
        except DamagedIndexError as error:
            log.warning("a search found the index damaged, making it anew: %s", error)
            self._catch_up.start_over()
            return self._look_up(query, scope, wanted)

    def _look_up(self, query: str, scope: Scope, wanted: Wanted) -> SearchResult:
        lexical = self._reading.lexical()
        if lexical is None or not query.strip():
            return SearchResult()
        scope = self._resolved(scope)
        depth = max(LEAST_DEPTH, DEPTH_PER_HIT * wanted.k)
        found = self._found(lexical, query, scope, depth)
        chosen = choose(self._rows(found), wanted)
        while len(chosen) < wanted.k and len(found) >= depth:  # copies and long documents used the list up
            depth *= 4
            found = self._found(lexical, query, scope, depth)
            chosen = choose(self._rows(found), wanted)
        facets = self._store.facets([item.id for item in found[:LEAST_DEPTH]])
        return SearchResult(tuple(self._hits(lexical, query, scope, chosen, wanted)), facets)

    def _resolved(self, scope: Scope) -> Scope:
        """Return `scope` with the ids of the passages where only the store can tell."""
        filters = scope.filters
        if filters.unit is None and filters.due_before is None:
            return scope
        return replace(scope, ids=tuple(self._store.matching(filters, NO_LIMIT) or ()))

    def _found(self, lexical: LexicalIndex, query: str, scope: Scope, depth: int) -> list[Fused]:
        return fuse(lexical.search(query, depth, scope), self._near(lexical, query, scope, depth))

    def _near(self, lexical: LexicalIndex, query: str, scope: Scope, depth: int) -> list[Scored]:
        """Return the passages in `scope` whose vectors are nearest to the query's."""
        semantic = self._reading.semantic()
        if semantic is None:
            return []
        vector = semantic.encoder.encode_query(query)
        if not vector.any():
            return []
        if scope.everything:
            return semantic.vectors.search(vector, depth)
        allowed = lexical.count(scope)
        if not allowed:
            return []
        if allowed < NARROW * len(lexical):
            return semantic.vectors.search(vector, depth, lexical.allowed(scope, allowed))
        wide = semantic.vectors.search(vector, math.ceil(depth * len(lexical) / allowed))
        kept = lexical.within([item.id for item in wide], scope)
        return [item for item in wide if item.id in kept][:depth]

    def _rows(self, found: Sequence[Fused]) -> Iterator[tuple[Fused, PassageRow]]:
        """Yield what was found with its text, reading the store as far as it is asked for."""
        for start in range(0, len(found), ROWS_AT_ONCE):
            some = {item.id: item for item in found[start : start + ROWS_AT_ONCE]}
            for row in self._store.passages(list(some)):
                yield some[row.id], row

    def _hits(
        self, lexical: LexicalIndex, query: str, scope: Scope, chosen: Sequence[Chosen], wanted: Wanted
    ) -> Iterator[Hit]:
        copies = self._copies(lexical, scope, chosen) if wanted.collapse else {}
        rarity = lexical.rarity(set(words(query)))
        for item in chosen:
            yield Hit(
                passage=item.row,
                score=item.found.score,
                coverage=coverage(rarity, item.row),
                ranks=item.found.ranks,
                highlights=highlights(query, item.row.text),
                copies=copies_of(item, copies.get(item.key, [])),
            )

    def _copies(
        self, lexical: LexicalIndex, scope: Scope, chosen: Sequence[Chosen]
    ) -> dict[int, list[PassageRow]]:
        """Return, by text key, the passages that carry the same text as a chosen one."""
        own = {item.row.id for item in chosen}
        ids = {
            key: [id for id in found if id not in own]
            for key, found in lexical.copies((item.key for item in chosen), scope).items()
        }
        rows = {row.id: row for row in self._store.passages([id for found in ids.values() for id in found])}
        return {key: [rows[id] for id in found if id in rows] for key, found in ids.items()}
