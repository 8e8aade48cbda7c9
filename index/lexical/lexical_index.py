"""The lexical index: BM25 over words and bigrams, with filters, kept by tantivy.

It holds ids and terms, never the text. Each commit carries the number of the last change it has seen, in a
marker document, since tantivy-py cannot attach a payload to a commit.
"""

from __future__ import annotations

import math
import shutil
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from index.files import NO_FILE, DamagedIndexError, panics_told, stamp
from index.lexical.fields import MARKER, Scope, any_of, limits, made_by, register_tokenizer, schema
from index.lexical.terms import BALANCED, LONE, Term, Weights, term_clauses, terms_of
from index.lexical.writing import LexicalWriter
from index.query.parsing import Query
from index.scored import Scored

if TYPE_CHECKING:
    import tantivy
    from numpy.typing import NDArray

    from index.lexical.terms import Clause

META = "meta.json"
"""The file that tantivy replaces with each commit."""
MOST_TERMS = 96
"""Terms of one kind in a query. A pasted page keeps its rarest ones; more cost time and find nothing else."""
MOST_COPIES = 10_000
SEEN = 0.1
"""Share of all passages in which the terms stand together by which candidates are found, the rarest first."""
SEEN_AT_LEAST = 50_000
"""Passages that are always looked through: a library of so many is searched by every term."""
FEWEST_TERMS = 3
"""So many terms are looked for however common they are."""
SCOPES_KEPT = 4
"""Scopes whose passages are remembered until the index changes."""
TERMS_KEPT = 20_000
"""Terms of which it is remembered in how many passages they stand: some two megabytes."""
EVERYTHING = Scope()


class LexicalIndex:
    """A lexical index on disk, for reading. What a writer commits is seen after `refresh`."""

    def __init__(self, folder: Path, index: tantivy.Index) -> None:
        self.folder = folder
        self._index = index
        self.fields = index.schema
        """What is kept of each passage: what queries are made of."""
        self._stamp = stamp(folder / META)
        self._searcher: Any = index.searcher()  # its type information lacks much of what it can do
        self._forget()
        self.last_change = self._read_marker()
        """Number of the last change that can be found here."""

    @classmethod
    def open(cls, folder: Path) -> LexicalIndex:
        """Open the index in `folder`.

        Raises:
            DamagedIndexError: there is none, it cannot be read, or another version of this program made it.
        """
        import tantivy

        try:
            with panics_told(folder):
                index = tantivy.Index.open(str(folder))
                register_tokenizer(index)
                index.config_reader("manual")
                return cls(folder, index)
        except (ValueError, OSError) as error:
            raise DamagedIndexError(str(folder)) from error

    @classmethod
    def create(cls, folder: Path) -> LexicalIndex:
        """Make an empty index in `folder`, in place of whatever stood there. Only for who holds the lock."""
        import tantivy

        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        index = tantivy.Index(schema(), str(folder), reuse=False)
        register_tokenizer(index)
        with LexicalWriter(index) as writer:
            writer.commit(0)
        return cls.open(folder)

    def refresh(self) -> bool:
        """See what was committed since, also by another process. Tells whether anything was."""
        seen = stamp(self.folder / META)
        if seen in (self._stamp, NO_FILE):
            return False
        self._index.reload()
        self._searcher, self._stamp = self._index.searcher(), seen
        self._forget()
        self.last_change = self._read_marker()
        return True

    def writer(self) -> LexicalWriter:
        """Return a writer, to be used as a context. Only for who holds the lock."""
        return LexicalWriter(self._index)

    def __len__(self) -> int:
        """Return the number of passages."""
        return max(0, int(self._searcher.num_docs) - 1)

    def search(
        self, query: Query, limit: int, scope: Scope = EVERYTHING, weights: Weights = BALANCED
    ) -> list[Scored]:
        """Return at most `limit` passages that share terms with `query`, best first.

        Raises:
            DamagedIndexError: when the files turn out to be damaged; every question here may raise it.
        """
        terms = self.terms(query, weights)
        if not terms or not limit or scope.ids == ():
            return []
        found = self.found_by(self.with_any(term_clauses(self.fields, terms), scope), limit)
        return list(map(Scored._make, found.items()))

    def terms(self, query: Query, weights: Weights) -> list[Term]:
        """Return the terms of `query`, of each field at most `MOST_TERMS`, the rarest."""
        return [term for kind in terms_of(query, weights) for term in self._rarest(kind)]

    def rare(self, terms: Sequence[Term]) -> list[Term]:
        """Return the rarest terms, as many as stand in `SEEN` of the passages together; [] if all do."""
        held = self._held(terms)
        most = max(SEEN_AT_LEAST, SEEN * len(self))
        kept: list[Term] = []
        for term in sorted(held, key=held.__getitem__):
            most -= held[term]
            if most < 0 and len(kept) >= FEWEST_TERMS:
                return kept
            kept.append(term)
        return []

    def with_any(self, clauses: Sequence[Clause], scope: Scope) -> tantivy.Query:
        """Return a query for the passages in `scope` that meet any of the clauses, by their scores."""
        from tantivy import Query

        return self._narrowed(Query.boolean_query(clauses), scope)

    def found_by(self, query: tantivy.Query, limit: int) -> dict[int, float]:
        """Return the scores of at most `limit` passages that `query` finds, best first."""
        scores, ids = self._columns(query, limit, "passage")
        return dict(zip(ids, scores, strict=True))

    def described_by(self, query: tantivy.Query, limit: int) -> tuple[dict[int, float], dict[int, int]]:
        """Return the same, and beside the scores what each passage is about, see `index.lexical.about`."""
        scores, ids, abouts = self._columns(query, limit, "passage", "about")
        return dict(zip(ids, scores, strict=True)), dict(zip(ids, abouts, strict=True))

    def count(self, scope: Scope) -> int:
        """Return how many passages `scope` allows; known at once where it is asked for again."""
        return self._counts(scope)

    def allowed(self, scope: Scope, limit: int) -> NDArray[np.int64]:
        """Return at most `limit` passages that `scope` allows, in no order; known at once the next time."""
        return self._lists(scope, limit)

    def about(self, scope: Scope, limit: int) -> Mapping[int, int]:
        """Return what at most `limit` passages in `scope` are about; known at once the next time."""
        return self._abouts(scope, limit)

    def within(self, ids: Sequence[int], scope: Scope) -> set[int]:
        """Return those of `ids` that `scope` allows."""
        among = any_of(self.fields, "passage", ids)
        return set(self.found_by(self._narrowed(among, scope), len(ids))) if ids else set()

    def copies(self, keys: Iterable[int], scope: Scope = EVERYTHING) -> dict[int, list[int]]:
        """Return, by text key that more than one passage has, the passages with it.

        At most `MOST_COPIES` together.
        """
        wanted = [key for key in dict.fromkeys(keys) if self._searcher.doc_freq("key", key) > 1]
        if not wanted:
            return {}
        query = self._narrowed(any_of(self.fields, "key", wanted), scope)
        found: dict[int, list[int]] = {}
        _, *columns = self._columns(query, MOST_COPIES, "key", "passage")
        for key, passage in zip(*columns, strict=True):
            found.setdefault(key, []).append(passage)
        return found

    def rarity(self, terms: Iterable[str]) -> dict[str, float]:
        """Return the inverse document frequency of each word, as BM25 has it; highest for unknown words."""
        total = len(self)
        held = {term: min(total, self._frequency("words", term)) for term in terms}
        return {term: math.log(1 + (total - among + 0.5) / (among + 0.5)) for term, among in held.items()}

    def _columns(self, query: tantivy.Query, limit: int, *names: str) -> list[list[Any]]:
        """Return the scores of the passages found, best first, and beside them each of the named numbers."""
        searcher = self._searcher  # addresses hold only within one, and another thread may refresh
        with panics_told(self.folder):
            hits = searcher.search(query, limit, count=False).hits
            addresses = [address for _, address in hits]
            columns = [searcher.fast_field_values(name, addresses) for name in names]
        return [[score for score, _ in hits], *columns]

    def _forget(self) -> None:
        """Forget what was remembered of scopes and terms: the index has changed."""
        self._counts = lru_cache(SCOPES_KEPT)(self._count)
        self._lists = lru_cache(SCOPES_KEPT)(self._list)
        self._abouts = lru_cache(SCOPES_KEPT)(self._about)
        self._frequency = lru_cache(TERMS_KEPT)(self._searcher.doc_freq)

    def _count(self, scope: Scope) -> int:
        with panics_told(self.folder):
            return int(self._searcher.search(self._allowed(scope), 1, count=True).count)

    def _list(self, scope: Scope, limit: int) -> NDArray[np.int64]:
        return np.array(self._columns(self._allowed(scope), limit, "passage")[1], np.int64)

    def _about(self, scope: Scope, limit: int) -> Mapping[int, int]:
        return self.described_by(self._allowed(scope), limit)[1]

    def _rarest(self, terms: list[Term]) -> list[Term]:
        """Return the rarest `MOST_TERMS` of the terms, all where there are no more."""
        if len(terms) <= MOST_TERMS:
            return terms
        held = self._held(terms)
        return sorted(held, key=held.__getitem__)[:MOST_TERMS]

    def _held(self, terms: Sequence[Term]) -> dict[Term, int]:
        """Return in how many passages each term stands, leaving out those that stand nowhere."""
        held = {term: self._frequency(term.field, term.text) for term in terms if term.field != LONE}
        return {term: count for term, count in held.items() if count}

    def _narrowed(self, query: tantivy.Query, scope: Scope) -> tantivy.Query:
        """Return `query` within `scope`, which adds nothing to the score."""
        from tantivy import Occur, Query

        clauses = limits(self.fields, scope)
        return Query.boolean_query([(Occur.Must, query), *clauses]) if clauses else query

    def _allowed(self, scope: Scope) -> tantivy.Query:
        """Return a query for every passage that `scope` allows."""
        from tantivy import FieldType, Query

        every = Query.range_query(self.fields, "passage", FieldType.Integer, MARKER + 1)
        return self._narrowed(Query.const_score_query(every, 0.0), scope)

    def _read_marker(self) -> int:
        import tantivy

        query = tantivy.Query.term_query(self.fields, "passage", MARKER)
        hits = self._searcher.search(query, 1, count=False).hits
        if not hits:
            raise ValueError("the index has no marker")
        found = self._searcher.doc(hits[0][1])
        if found.get_first("made_by") != made_by():
            raise ValueError("another version made the index")
        return int(found.get_first("change") or 0)
