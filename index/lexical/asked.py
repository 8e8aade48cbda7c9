"""One query put to the index of words: what it needs is put together once, and asked for several times."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

from index.beside import beside
from index.lexical.about import Worth
from index.lexical.fields import Scope, any_lifted, any_of
from index.lexical.lexical_index import EVERYTHING, LexicalIndex
from index.lexical.terms import BALANCED, FINDING, one_by_one, term_clauses
from index.query.parsing import Query

if TYPE_CHECKING:
    import tantivy

    from index.lexical.terms import Clause

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
        self._worth = Worth(query)
        self._meant = any_lifted(index.fields, query)
        self._about = dict(index.about(scope, self.few)) if self._worth and self.few else {}
        """What passages are about, by id, where that is worth something: `few` of them, or those found."""
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
        return self._scored(self._any_of(self._every), self.few) if self._every else {}

    def best(self, limit: int) -> dict[int, float]:
        """Return the first `limit` of these, and the first of the documents that the query speaks of."""
        best = dict(islice(self.every.items(), limit))
        if self._meant is None:
            return best
        numbers = {number for number in set(self._about.values()) if self._worth.is_meant(number)}
        meant = (id for id in self.every if self._about.get(id) in numbers)
        return best | {id: self.every[id] for id in islice(meant, limit)}

    def scores(self, ids: Sequence[int]) -> dict[int, float]:
        """Return the scores by all terms of those of `ids` that share terms with the query."""
        return self._added_up(one_by_one(self._every), ids)

    def lifts(self, ids: Sequence[int]) -> dict[int, float]:
        """Return, for those of `ids` whose documents the query speaks of, what that is worth.

        Each is a share of the best score; passages without any are left out.
        """
        if not self._worth:
            return {}
        unseen = [id for id in ids if id not in self._about]
        if unseen and not self.few:
            self._scored(any_of(self._index.fields, "passage", unseen), len(unseen))
        worth = {number: self._worth.of(number) for number in set(self._about.values())}
        return {id: lift for id in ids if id in self._about and (lift := worth[self._about[id]])}

    def _found(self, clauses: Sequence[Clause], limit: int) -> dict[int, float]:
        """Return the best passages by score, and the best of the documents that the query speaks of."""
        any_term = self._any_of(clauses)
        if self._meant is None:
            return self._scored(any_term, limit)
        meant = _all_of([any_term, self._meant[1]])
        of_those = beside(lambda: self._scored(meant, limit))
        return self._scored(any_term, limit) | of_those()

    def _scored(self, query: tantivy.Query, limit: int) -> dict[int, float]:
        """Return the scores of at most `limit` passages that `query` finds, and note what those are about."""
        if self.few or not self._worth:
            return self._index.found_by(query, limit)
        scores, about = self._index.described_by(query, limit)
        self._about.update(about)
        return scores

    def _any_of(self, clauses: Sequence[Clause]) -> tantivy.Query:
        return self._index.with_any(clauses, self._scope)

    def _added_up(self, parts: Sequence[tantivy.Query], ids: Sequence[int]) -> dict[int, float]:
        """Return the sums of the scores of `parts`, which all of `ids` meet, where they are more than 0."""
        from tantivy import Query

        if not parts or not ids:
            return {}
        among = Query.const_score_query(any_of(self._index.fields, "passage", ids), 0.0)
        found = self._scored(_all_of([among, *parts]), len(ids))
        return {id: score for id, score in found.items() if score > 0}


def _all_of(queries: Sequence[tantivy.Query]) -> tantivy.Query:
    from tantivy import Occur, Query

    return Query.boolean_query([(Occur.Must, query) for query in queries])
