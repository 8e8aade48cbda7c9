"""The lexical index: BM25 over words and bigrams, with filters, kept by tantivy.

It holds ids and terms, never the text. Each commit carries the number of the last change it has seen, in a
marker document, since tantivy-py cannot attach a payload to a commit.
"""

from __future__ import annotations

import math
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.fields import (
    MARKER,
    Scope,
    any_of,
    holding,
    lifts,
    limits,
    made_by,
    preferences,
    register_tokenizer,
    schema,
    term_clauses,
)
from index.files import NO_FILE, DamagedIndexError, panics_told, stamp
from index.query import Query
from index.scored import Scored
from index.writing import LexicalWriter

if TYPE_CHECKING:
    import tantivy

META = "meta.json"
"""The file that tantivy replaces with each commit."""
MOST_TERMS = 96
"""Terms of one kind in a query. A pasted page keeps its rarest ones; more cost time and find nothing else."""
MOST_COPIES = 10_000


@dataclass(frozen=True, slots=True)
class Weights:
    """How much a match in each field counts; 0 leaves the field out."""

    words: float = 1.0
    bigrams: float = 2.0
    title: float = 0.1
    section: float = 0.1


BALANCED = Weights()
WORDS_ONLY = Weights(words=1.0, bigrams=0.0, title=0.0, section=0.0)
EVERYTHING = Scope()


class LexicalIndex:
    """A lexical index on disk, for reading. What a writer commits is seen after `refresh`."""

    def __init__(self, folder: Path, index: tantivy.Index) -> None:
        self.folder = folder
        self._index = index
        self._stamp = stamp(folder / META)
        self._searcher: Any = index.searcher()  # its type information lacks much of what it can do
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
        import tantivy

        clauses = self._clauses(query, weights)
        if not clauses or scope.ids == ():
            return []
        found = tantivy.Query.boolean_query(clauses)
        if lifts(query):
            found = self._preferring(query, found, scope)
        return self._run(self._narrowed(found, scope), limit)

    def count(self, scope: Scope) -> int:
        """Return how many passages `scope` allows."""
        with panics_told(self.folder):
            total: int = self._searcher.search(self._allowed(scope), 1, count=True).count
        return total

    def allowed(self, scope: Scope, limit: int) -> list[int]:
        """Return passages that `scope` allows, in no order, at most `limit`."""
        return [id for _, id in self._columns(self._allowed(scope), limit, "passage")]

    def within(self, ids: Sequence[int], scope: Scope) -> set[int]:
        """Return those of `ids` that `scope` allows."""
        among = any_of(self._index.schema, "passage", ids)
        return {item.id for item in self._run(self._narrowed(among, scope), len(ids))} if ids else set()

    def lifts(self, query: Query, ids: Sequence[int]) -> dict[int, float]:
        """Return, for those of `ids` whose documents `query` speaks of, what that is worth.

        The same shares of the best score that `search` adds; passages without any are left out.
        """
        from tantivy import Occur
        from tantivy import Query as Clause

        fields = self._index.schema
        worth: dict[int, float] = {}
        for name, value, lift in lifts(query) if ids else ():
            having = Clause.const_score_query(Clause.term_query(fields, name, value), 0.0)
            among = Clause.boolean_query([(Occur.Must, any_of(fields, "passage", ids)), (Occur.Must, having)])
            for item in self._run(among, len(ids)):
                worth[item.id] = worth.get(item.id, 0.0) + lift
        return worth

    def copies(self, keys: Iterable[int], scope: Scope = EVERYTHING) -> dict[int, list[int]]:
        """Return, by text key, the passages that have it, at most `MOST_COPIES` together."""
        wanted = list(dict.fromkeys(keys))
        if not wanted:
            return {}
        query = self._narrowed(any_of(self._index.schema, "key", wanted), scope)
        found: dict[int, list[int]] = {}
        for _, key, passage in self._columns(query, MOST_COPIES, "key", "passage"):
            found.setdefault(key, []).append(passage)
        return found

    def rarity(self, terms: Iterable[str]) -> dict[str, float]:
        """Return the inverse document frequency of each word, as BM25 has it; highest for unknown words."""
        total = len(self)
        held = {term: min(total, self._searcher.doc_freq("words", term)) for term in terms}
        return {term: math.log(1 + (total - among + 0.5) / (among + 0.5)) for term, among in held.items()}

    def _run(self, query: tantivy.Query, limit: int) -> list[Scored]:
        return [Scored(id, score) for score, id in self._columns(query, limit, "passage")]

    def _columns(self, query: tantivy.Query, limit: int, *names: str) -> Iterator[tuple[Any, ...]]:
        """Yield the score and the named numbers of each passage found, best first."""
        searcher = self._searcher  # addresses hold only within one, and another thread may refresh
        with panics_told(self.folder):
            hits = searcher.search(query, limit, count=False).hits
            addresses = [address for _, address in hits]
            columns = [searcher.fast_field_values(name, addresses) for name in names]
        return zip((score for score, _ in hits), *columns, strict=True)

    def _clauses(self, query: Query, weights: Weights) -> list[tuple[tantivy.Occur, tantivy.Query]]:
        parts = [
            ("words", query.words, weights.words),
            ("bigrams", query.bigrams, weights.bigrams),
            ("title", query.words, weights.title),
            ("section", query.words, weights.section),
        ]
        clauses = [
            clause
            for field, terms, weight in parts
            if weight
            for clause in term_clauses(self._index.schema, field, self._rarest(field, terms), weight)
        ]
        if query.lone and weights.bigrams:
            clauses.append(holding(self._index.schema, query.lone))
        return clauses

    def _preferring(self, query: Query, found: tantivy.Query, scope: Scope) -> tantivy.Query:
        """Return `found` with the documents lifted that `query` speaks of."""
        import tantivy

        best = self._run(self._narrowed(found, scope), 1)
        if not best:
            return found
        lifted = preferences(self._index.schema, query, best[0].score)
        return tantivy.Query.boolean_query([(tantivy.Occur.Must, found), *lifted])

    def _rarest(self, field: str, terms: Mapping[str, float]) -> Mapping[str, float]:
        """Return the rarest `MOST_TERMS` of the terms, all where there are no more."""
        if len(terms) <= MOST_TERMS:
            return terms
        held = {term: self._searcher.doc_freq(field, term) for term in terms}
        rarest = sorted((term for term in terms if held[term]), key=held.__getitem__)
        return {term: terms[term] for term in rarest[:MOST_TERMS]}

    def _narrowed(self, query: tantivy.Query, scope: Scope) -> tantivy.Query:
        """Return `query` within `scope`, which adds nothing to the score."""
        from tantivy import Occur, Query

        clauses = limits(self._index.schema, scope)
        return Query.boolean_query([(Occur.Must, query), *clauses]) if clauses else query

    def _allowed(self, scope: Scope) -> tantivy.Query:
        """Return a query for every passage that `scope` allows."""
        from tantivy import FieldType, Query

        every = Query.range_query(self._index.schema, "passage", FieldType.Integer, MARKER + 1)
        return self._narrowed(Query.const_score_query(every, 0.0), scope)

    def _read_marker(self) -> int:
        import tantivy

        query = tantivy.Query.term_query(self._index.schema, "passage", MARKER)
        hits = self._searcher.search(query, 1, count=False).hits
        if not hits:
            raise ValueError("the index has no marker")
        found = self._searcher.doc(hits[0][1])
        if found.get_first("made_by") != made_by():
            raise ValueError("another version made the index")
        return int(found.get_first("change") or 0)
