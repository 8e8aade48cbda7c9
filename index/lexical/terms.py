"""What the lexical index is asked for: the terms of a query in each field, weighted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from index.query.parsing import Query

if TYPE_CHECKING:
    import tantivy

    Clause = tuple[tantivy.Occur, tantivy.Query]

AT_ONCE = 8
"""Optional clauses that are nested in each other: deeper nests take longer to put together."""
LONE = "lone"
"""Stands for the field of a single character: it is looked for in all pairs."""


class Term(NamedTuple):
    """A term to look for in one field; in `LONE` a character, found next to any other."""

    field: str
    text: str
    weight: float
    """What a match counts, times its BM25 score."""


@dataclass(frozen=True, slots=True)
class Weights:
    """How much a match in each field counts; 0 leaves the field out."""

    words: float = 1.0
    bigrams: float = 2.0
    headings: float = 0.1
    """Of the title and of the headings above a passage, which are one field: two cost a search a fifth more
    clauses and order nothing better."""


BALANCED = Weights()
FINDING = Weights(headings=0.0)
WORDS_ONLY = Weights(words=1.0, bigrams=0.0, headings=0.0)


def terms_of(query: Query, weights: Weights) -> list[list[Term]]:
    """Return the terms of `query`, together those of one field; fields that do not count give none.

    A word that is a pair of characters stands in the words and in the pairs nearly everywhere it stands:
    it is looked for once, as a pair, with the weight of both.
    """
    pairs = {text: weights.bigrams * own for text, own in query.bigrams.items()}
    words = {text: weights.words * own for text, own in query.words.items()}
    if weights.bigrams and weights.words:
        for text in pairs.keys() & words.keys():
            pairs[text] += words.pop(text)
    kinds = {
        "words": words,
        "bigrams": pairs,
        "headings": {text: weights.headings * own for text, own in query.words.items()},
    }
    terms = [[Term(field, *pair) for pair in kind.items() if pair[1]] for field, kind in kinds.items()]
    return [*terms, [Term(LONE, query.lone, 1.0)]] if query.lone and weights.bigrams else terms


def term_clauses(fields: tantivy.Schema, terms: Iterable[Term]) -> list[Clause]:
    """Return the BM25 clauses of the terms."""
    from tantivy import Occur, Query

    def clause(term: Term) -> Clause:
        if term.field == LONE:
            return holding(fields, term.text)
        plain = Query.term_query(fields, term.field, term.text, "freq")
        return Occur.Should, Query.boost_query(plain, term.weight)

    return list(map(clause, terms))


def holding(fields: tantivy.Schema, character: str) -> Clause:
    """Return a clause for the passages that hold `character` next to any other, in whatever word."""
    from tantivy import Occur, Query

    escaped = re.escape(character)
    return Occur.Should, Query.regex_query(fields, "bigrams", f"({escaped}.|.{escaped})")


def one_by_one(clauses: Sequence[Clause]) -> list[tantivy.Query]:
    """Return queries that every passage meets; together they add up to its score by the optional `clauses`.

    For scoring a few passages that are known. Tantivy scores whatever lies within 4,096 passages of one that
    it looks for where clauses are alternatives; optional clauses nested in each other score that one alone.
    """
    return [_nested(clauses[start : start + AT_ONCE]) for start in range(0, len(clauses), AT_ONCE)]


def _nested(clauses: Sequence[Clause]) -> tantivy.Query:
    from tantivy import Occur, Query

    nest = Query.const_score_query(Query.all_query(), 0.0)
    for clause in clauses:
        nest = Query.boolean_query([(Occur.Must, nest), clause])
    return nest
