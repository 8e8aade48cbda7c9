"""One query put to the index of words: what it needs is put together once, and asked for several times."""

from __future__ import annotations

from collections.abc import Sequence
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
"""Passages of a scope that is searched by every term: so few cost little."""


class Asked:
    """A query within a scope, for an index as it is now."""

    def __init__(self, index: LexicalIndex, query: Query, scope: Scope = EVERYTHING) -> None:
        self._index = index
        self._query = query
        self._scope = scope
        few = not scope.everything and index.count(scope) < FEW
        rare = [] if few else index.rare(index.terms(query, FINDING))
        self.exact = not rare
        """Whether candidates have their scores by all terms: where few are allowed or all terms are rare."""
        self._every = term_clauses(index.fields, index.terms(query, BALANCED))
        self._finding = term_clauses(index.fields, rare) if rare else self._every
        self._parts = one_by_one(self._every)
        self._lifts = one_by_one(lift_clauses(index.fields, query))

    def candidates(self, limit: int) -> dict[int, float]:
        """Return about `limit` passages among which the best for the query are, by what finds them.

        These are its rarest terms alone where it has common ones too, which saves most of the work: what
        shares only common ones with the query is not among the best, unless there is nothing else. Where the
        query speaks of certain documents, the best of those are among them.
        """
        if not self._every or not limit or self._scope.ids == ():
            return {}
        found = self._found(self._finding, limit)
        return found if self.exact or len(found) >= limit else self._found(self._every, limit)

    def scores(self, ids: Sequence[int]) -> dict[int, float]:
        """Return the scores by all terms of those of `ids` that share terms with the query."""
        return self._added_up(self._parts, ids)

    def lifts(self, ids: Sequence[int]) -> dict[int, float]:
        """Return, for those of `ids` whose documents the query speaks of, what that is worth.

        Each is a share of the best score; passages without any are left out.
        """
        return self._added_up(self._lifts, ids)

    def _found(self, clauses: Sequence[Clause], limit: int) -> dict[int, float]:
        """Return the best passages by score, and the best of the documents that the query speaks of."""
        any_term = self._index.with_any(clauses, self._scope)
        meant = any_lifted(self._index.fields, self._query)
        if meant is None:
            return self._index.found_by(any_term, limit)
        of_those = beside(lambda: self._index.found_by(_all_of([any_term, meant]), limit))
        return self._index.found_by(any_term, limit) | of_those()

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
