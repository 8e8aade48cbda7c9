"""One query put to the index of words: what it needs is put together once, and asked for several times."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

from index.beside import beside
from index.fields import Scope, any_lifted, any_of, lift_clauses
from index.lexical import EVERYTHING, LexicalIndex
from index.query import Query
from index.terms import BALANCED, FINDING, one_by_one, term_clauses

if TYPE_CHECKING:
    import tantivy

    from index.terms import Clause

FEW = 5_000
"""Passages in scope that are all scored by every term: so few cost little."""


class Asked:
    """A query within a scope, for an index as it is now."""

    def __init__(self, index: LexicalIndex, query: Query, scope: Scope = EVERYTHING) -> None:
        self._index = index
        self._query = query
        self._scope = scope
        allowed = len(index) if scope.everything else index.count(scope)
        self.few = allowed if allowed < FEW else 0
        """How many passages are in scope where all of them are scored together; 0 where they are more."""
        self._meant = any_lifted(index.fields, query)
        terms = index.terms(query, BALANCED)
        rare = [] if self.few else index.rare(index.terms(query, FINDING))
        clauses = dict(zip(terms, term_clauses(index.fields, terms), strict=True))
        self._every = list(clauses.values())
        self._finding = [clauses.pop(term) for term in rare] or self._every
        self._lacking = one_by_one(list(clauses.values())) if rare else []

    def candidates(self, limit: int) -> dict[int, float]:
        """Return about `limit` passages among which the best for the query are, with their scores.

        They are found by its rarest terms alone where it has common ones too, which saves most of the work:
        what shares only common ones with the query is not among the best, unless there is nothing else.
        Where the query speaks of certain documents, the best of those are among them.
        """
        if not self._every or not limit or self._scope.ids == ():
            return {}
        found = self._found(self._finding, limit)
        if not self._lacking:
            return found
        if len(found) < limit:
            return self._found(self._every, limit)
        rest = self._added_up(self._lacking, list(found))
        return {id: score + rest.get(id, 0.0) for id, score in found.items()}

    @cached_property
    def every(self) -> dict[int, float]:
        """The scores of all in scope that share terms with the query, best first; for `few`."""
        return self._index.found_by(self._any_of(self._every), self.few) if self._every else {}

    def best(self, limit: int) -> dict[int, float]:
        """Return the first `limit` of these, and the first of the documents that the query speaks of."""
        best = dict(islice(self.every.items(), limit))
        if self._meant is not None:
            meant = self._index.found_by(self._any_of([self._meant]), self.few)
            best |= dict(islice(((id, score) for id, score in self.every.items() if id in meant), limit))
        return best

    def scores(self, ids: Sequence[int]) -> dict[int, float]:
        """Return the scores by all terms of those of `ids` that share terms with the query."""
        return self._added_up(one_by_one(self._every), ids)

    def lifts(self, ids: Sequence[int]) -> dict[int, float]:
        """Return, for those of `ids` whose documents the query speaks of, what that is worth.

        Each is a share of the best score; passages without any are left out.
        """
        return self._added_up(one_by_one(lift_clauses(self._index.fields, self._query)), ids)

    def _found(self, clauses: Sequence[Clause], limit: int) -> dict[int, float]:
        """Return the best passages by score, and the best of the documents that the query speaks of."""
        any_term = self._any_of(clauses)
        if self._meant is None:
            return self._index.found_by(any_term, limit)
        meant = _all_of([any_term, self._meant[1]])
        of_those = beside(lambda: self._index.found_by(meant, limit))
        return self._index.found_by(any_term, limit) | of_those()

    def _any_of(self, clauses: Sequence[Clause]) -> tantivy.Query:
        return self._index.with_any(clauses, self._scope)

    def _added_up(self, parts: Sequence[tantivy.Query], ids: Sequence[int]) -> dict[int, float]:
        """Return the sums of the scores of `parts`, which all of `ids` meet, where they are more than 0."""
        from tantivy import Query

        if not parts or not ids:
            return {}
        among = Query.const_score_query(any_of(self._index.fields, "passage", ids), 0.0)
        found = self._index.found_by(_all_of([among, *parts]), len(ids))
        return {id: score for id, score in found.items() if score > 0}


def _all_of(queries: Sequence[tantivy.Query]) -> tantivy.Query:
    from tantivy import Occur, Query

    return Query.boolean_query([(Occur.Must, query) for query in queries])
