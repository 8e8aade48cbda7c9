"""Search over one library: what words and vectors find together, as hits that show their place."""

from __future__ import annotations

import logging
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from corpus.store.filters import Filters
from corpus.store.store import Store
from index.encoders.base import Encoder, NotAnsweredError
from index.files import DamagedIndexError
from index.following.catchup import PATIENCE, CatchUp, Progress, silent
from index.following.renewal import RenewalState, renewal_state
from index.hits import SearchResult
from index.lexical.fields import Scope
from index.lexical.lexical_index import LexicalIndex
from index.lookup import LookUp
from index.models.loading import Models
from index.models.resting import Resting
from index.query.parsing import Query, parse_query
from index.ranking.folding import Wanted
from index.ranking.reranking import FIRST, Reranking
from index.reading import Reading
from index.tokens import words
from index.vectors.semantic import Semantic
from index.wording.mined import MinedPair, MinedWords
from index.wording.of_library import Wording
from index.wording.own_words import OwnWords

log = logging.getLogger(__name__)

PER_DOCUMENT = 3
NO_LIMIT = 2**31
"""More passages than a library holds."""
BY_WORDS_ONLY = "语义模型还不能使用，这次只按词语查找。"


class SearchIndex:
    """The search over one library. Threads may share it; any number of processes may have it open."""

    def __init__(
        self, reading: Reading, store: Store, catch_up: CatchUp, wording: Wording, models: Models
    ) -> None:
        self._reading = reading
        self._store = store
        self._catch_up = catch_up
        self._wording = wording
        self._models = models
        self._reranking = Reranking(models)
        self._silent_encoders = Resting()

    @classmethod
    def open(
        cls,
        folder: Path,
        store: Store,
        encoder: Encoder | None = None,
        own_words: Path | None = None,
        models: Models | None = None,
    ) -> SearchIndex:
        """Open the index in `folder`, which need not exist; `catch_up` makes what is missing.

        Args:
            folder: where it lies.
            store: what it is an index of.
            encoder: makes the vectors; None for what `models` tells.
            own_words: the users' table of everyday words, see `index.wording.own_words`; it need not exist.
            models: the models that the office chose; None for those that the environment names, else the
                encoder that comes with the product and no reranker. One that cannot be loaded keeps nobody
                from searching by words.
        """
        models = models or Models(encoder=encoder)
        reading = Reading(folder, models)
        catch_up = CatchUp(reading, store, models)
        wording = Wording(OwnWords(own_words), MinedWords(reading.layout.mined))
        return cls(reading, store, catch_up, wording, models)

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

    @property
    def wanted(self) -> str:
        """Name of the encoder that is to make the vectors."""
        return self._models.wanted

    @property
    def in_use(self) -> str:
        """Name of the encoder that made the vectors in use, "" while there are none."""
        semantic = self.semantic
        return semantic.encoder.name if semantic else ""

    @property
    def renewal(self) -> RenewalState | None:
        """How far the vectors in the making have come, in whatever process; None where none are."""
        return renewal_state(self._reading.layout.folder)

    def prepare(self) -> None:
        """Begin to load the models that a search needs, so that the first one need not go without."""
        self._reading.semantic()
        self._reranking.prepare()

    @property
    def due(self) -> bool:
        """Tell whether a `catch_up` with `renew` would do something about the vectors."""
        return self._catch_up.due

    @property
    def fault(self) -> str:
        """Why the vectors could not follow when last told to, in words for the user; "" when they could."""
        return self._catch_up.fault

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
        highlights: bool = True,
        rerank: bool = False,
    ) -> SearchResult:
        """Return the `k` passages that answer `query` best.

        At most `per_document` come from one document (None: no limit). With `collapse` the same passage in
        other documents is folded into one hit. `tasks_only` keeps to passages that belong to a row of the
        ledger. `plain_words` are words of the query that say nothing of the documents wanted, see
        `index.query.hints`. Without `facets` nothing is counted, without `highlights`
        no hit tells where the query's words stand. With `rerank` the first hits of a question are ordered
        anew by the reranker, where the office chose one. A query without a word to look for finds nothing.
        """
        scope = Scope(filters or Filters(), tasks_only)
        parsed = self.parsed(query, plain_words)
        wanted = Wanted(k, per_document, collapse, facets, highlights)
        if not (rerank and parsed.question and self._reranking.wanted):
            return self._answer(parsed, scope, wanted)
        result = self._answer(parsed, scope, replace(wanted, k=max(k, FIRST)))
        return self._reranking.applied(query, result, k)

    def parsed(self, text: str, plain_words: Collection[str] = ()) -> Query:
        """Return what `text` asks for, in the words of this library."""
        return parse_query(text, plain_words, phrasebook=self._wording.phrasebook())

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
        query = self.parsed(text).anywhere()
        return self._answer(query, scope, Wanted(k, per_document, True))

    def mined(self) -> tuple[MinedPair, ...]:
        """Return what the library's own texts say of two names for one thing, see `index.wording.mined`."""
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
        lexical, semantic = self._reading.lexical(), self._reading.semantic()
        if lexical is None or query.empty:
            return SearchResult()
        scope = self._resolved(scope)
        if semantic is not None and semantic.encoder.name not in self._silent_encoders:
            try:
                return LookUp(lexical, semantic, self._store, query, scope).run(wanted)
            except NotAnsweredError as error:
                log.warning("searching by words only: %s", error)
                self._silent_encoders.add(semantic.encoder.name)
        by_words = LookUp(lexical, None, self._store, query, scope).run(wanted)
        lacking = semantic is not None or self._reading.waits
        return replace(by_words, notices=(BY_WORDS_ONLY,)) if lacking else by_words

    def _resolved(self, scope: Scope) -> Scope:
        """Return `scope` with the ids of the passages where only the store can tell."""
        filters = scope.filters
        if filters.unit is None and filters.due_before is None:
            return scope
        return replace(scope, ids=tuple(self._store.matching(filters, NO_LIMIT) or ()))
