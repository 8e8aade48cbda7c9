"""The systems whose searches are compared: ours and simpler ones, over the same library."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from corpus.store.filters import Filters
from corpus.store.rows import PassageRow
from evaluation.judgements import Judged, one_name
from evaluation.ranking import DEPTH
from index.fields import Scope
from index.folding import Wanted, choose
from index.fusion import Fused
from index.lexical import WORDS_ONLY
from index.query import plain_query
from index.search import PER_DOCUMENT
from index.tokens import text_key, words
from service.library import Library

ENOUGH = 200
"""Passages from which the first `DEPTH` are chosen."""


@dataclass(frozen=True, slots=True)
class Found:
    """One passage that a system found."""

    names: frozenset[str]
    """Names of the files that carry it."""
    text: str


System = Callable[[Judged], list[Found]]
"""What answers a search with at most `DEPTH` passages, best first."""


def search_systems(library: Library, same: dict[str, str]) -> dict[str, System]:
    """Return ours and the simpler ones, simplest first."""

    def ours(search: Judged) -> list[Found]:
        hits = library.search(search.query, search.filters, DEPTH).hits
        sources = ([hit.passage.source, *(copy.source for copy in hit.copies)] for hit in hits)
        return [
            Found(_names(names, same), hit.passage.text) for names, hit in zip(sources, hits, strict=True)
        ]

    return {"keywords": _keywords(library, same), "BM25 words": _bm25(library, same), "taizhang": ours}


def _keywords(library: Library, same: dict[str, str]) -> System:
    """Return what finding words in files gives: passages by how many of the query's words they hold."""
    rows = [row for change in library.store.changes_after(0) for row in change.added]

    def run(search: Judged) -> list[Found]:
        allowed = _allowed(library, search.filters)
        wanted = set(words(search.query))
        counted = [
            (sum(word in row.text for word in wanted), row)
            for row in rows
            if allowed is None or row.id in allowed
        ]
        best = sorted(counted, key=lambda pair: -pair[0])[:ENOUGH]
        return first_of([row for _, row in best], same)

    return run


def _bm25(library: Library, same: dict[str, str]) -> System:
    """Return BM25 over the query's own words, nothing else."""

    def run(search: Judged) -> list[Found]:
        lexical = library.index.lexical
        assert lexical is not None, "the library was caught up"
        ranked = lexical.search(plain_query(search.query), ENOUGH, Scope(search.filters), WORDS_ONLY)
        return first_of(library.store.passages([item.id for item in ranked]), same)

    return run


def first_of(ranked: Sequence[PassageRow], same: dict[str, str]) -> list[Found]:
    """Return the first passages as our search chooses them: copies folded, few of each document."""
    items = ((Fused(row.id, 0.0), row) for row in ranked)
    chosen = choose(items, Wanted(DEPTH, PER_DOCUMENT, collapse=True))
    carriers: dict[int, list[str]] = {}
    for row in ranked:
        carriers.setdefault(text_key(row.text), []).append(row.source)
    return [Found(_names(carriers[item.key], same), item.row.text) for item in chosen]


def _allowed(library: Library, filters: Filters) -> set[int] | None:
    return None if filters.empty else set(library.store.matching(filters, 2**31) or ())


def _names(sources: Sequence[str], same: dict[str, str]) -> frozenset[str]:
    return frozenset(one_name(PurePath(source).name, same) for source in sources)
