"""Search over one library: what words and vectors find together, as hits that show their place."""

from __future__ import annotations

import logging
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from corpus.store.filters import Filters
from corpus.store.store import Store
from index.catchup import PATIENCE, CatchUp, Progress, silent
from index.encoders.base import Encoder
from index.encoders.configured import configured_encoder
from index.fields import Scope
from index.files import DamagedIndexError
from index.folding import Wanted
from index.hits import SearchResult
from index.lexical import LexicalIndex
from index.lookup import LookUp
from index.mined import MinedPair, MinedWords
from index.own_words import OwnWords
from index.query import Query, parse_query
from index.reading import Reading, Semantic
from index.tokens import words
from index.wording import Wording

log = logging.getLogger(__name__)

PER_DOCUMENT = 3
NO_LIMIT = 2**31
"""More passages than a library holds."""


class SearchIndex:
    """The search over one library. Threads may share it; any number of processes may have it open."""

    def __init__(self, reading: Reading, store: Store, catch_up: CatchUp, wording: Wording) -> None:
        self._reading = reading
        self._store = store
        self._catch_up = catch_up
        self._wording = wording

    @classmethod
    def open(
        cls, folder: Path, store: Store, encoder: Encoder | None = None, own_words: Path | None = None
    ) -> SearchIndex:
        """Open the index in `folder`, which need not exist; `catch_up` makes what is missing.

        `encoder` makes the vectors; None takes the one that the environment names (`TAIZHANG_ENCODER`), else
        the one that comes with the product. `own_words` is the users' table of everyday words, see
        `index.own_words`; it need not exist.

        Raises:
            UserError: when the environment names a model that cannot be loaded.
        """
        encoder = encoder or configured_encoder()
        reading = Reading(folder, encoder)
        wording = Wording(OwnWords(own_words), MinedWords(reading.layout.mined))
        return cls(reading, store, CatchUp(reading, store, encoder), wording)

    @property
    def lexical(self) -> LexicalIndex | None:
        """The index of words as it is now, None while there is none; for who measures it alone."""
        return self._reading.lexical()

    @property
    def semantic(self) -> Semantic | None:
        """The vectors with their encoder as they are now, None while there are none; for measuring."""
        return self._reading.semantic()

    @property
    def behind(self) -> bool:
        """Tell whether the store has changes that cannot be found yet."""
        lexical = self.lexical
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

        Tells False when another process kept the lock for `wait` seconds; it does the work then. Where
        another encoder is wanted than the one that made the vectors, all passages are encoded anew while the
        old vectors serve: here and now, or in a thread if `background` is set, or not yet without `renew`.
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
        plain_words: Collection[str] = (),
        facets: bool = True,
    ) -> SearchResult:
        """Return the `k` passages that answer `query` best.

        At most `per_document` come from one document (None: no limit). With `collapse` the same passage in
        other documents is folded into one hit. `tasks_only` keeps to passages that belong to a row of the
        ledger. `plain_words` are words of the query that say nothing of the documents wanted, see
        `index.hints`. Without `facets` nothing is counted. A query without a word to look for finds nothing.
        """
        scope = Scope(filters or Filters(), tasks_only)
        parsed = parse_query(query, plain_words, phrasebook=self._wording.phrasebook())
        return self._answer(parsed, scope, Wanted(k, per_document, collapse, facets))

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
        """Return the `k` passages most like `text`, none of them from `exclude_document`.

        The places that `text` names do not count: how others did it is what is looked for.
        """
        scope = Scope(filters or Filters(), tasks_only, without=exclude_document)
        query = parse_query(text, phrasebook=self._wording.phrasebook()).anywhere()
        return self._answer(query, scope, Wanted(k, per_document, True))

    def mined(self) -> tuple[MinedPair, ...]:
        """Return what the library's own texts say of two names for one thing, see `index.mined`."""
        return self._wording.mined.pairs()

    def rarity(self, text: str) -> dict[str, float]:
        """Return the inverse document frequency of each word of `text`; empty while nothing is indexed."""
        lexical = self._reading.lexical()
        return lexical.rarity(set(words(text))) if lexical is not None else {}

    def _answer(self, query: Query, scope: Scope, wanted: Wanted) -> SearchResult:
        try:
            return self._look_up(query, scope, wanted)
        except DamagedIndexError as error:
            log.warning("a search found the index damaged, making it anew: %s", error)
            self._catch_up.start_over()
            return self._look_up(query, scope, wanted)

    def _look_up(self, query: Query, scope: Scope, wanted: Wanted) -> SearchResult:
        lexical = self._reading.lexical()
        if lexical is None or query.empty:
            return SearchResult()
        look_up = LookUp(lexical, self._reading.semantic(), self._store, query, self._resolved(scope))
        return look_up.run(wanted)

    def _resolved(self, scope: Scope) -> Scope:
        """Return `scope` with the ids of the passages where only the store can tell."""
        filters = scope.filters
        if filters.unit is None and filters.due_before is None:
            return scope
        return replace(scope, ids=tuple(self._store.matching(filters, NO_LIMIT) or ()))
