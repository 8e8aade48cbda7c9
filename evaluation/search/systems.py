"""The systems whose searches are compared: ours and simpler ones, over the same library."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from corpus.store.filters import Filters
from corpus.store.rows import PassageRow
from evaluation.search.judgements import Judged, one_name
from evaluation.search.parts import (
    AS_FOUND,
    OURS,
    RERANKED,
    AsFoundLookUp,
    Ranked,
    reranked,
    search_parts,
)
from evaluation.search.ranking import DEPTH
from index.hits import Hit
from index.lexical.fields import Scope
from index.ranking.folding import Wanted, choose
from index.ranking.fusion import Fused
from index.ranking.reranking import FIRST
from index.rerankers.base import Reranker
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


def search_systems(
    library: Library, same: dict[str, str], reranker: Reranker | None = None
) -> dict[str, System]:
    """Return ours, its parts and simpler ones, simplest first; ours also with `reranker`, if given."""
    index = library.index
    lexical, semantic = index.lexical, index.semantic
    assert lexical is not None, "the library was caught up"
    assert semantic is not None, "the library was caught up"

    def alone(part: Ranked) -> System:
        def run(search: Judged) -> list[Found]:
            ranked = part(search.query, Scope(search.filters), ENOUGH)
            return first_of(library.store.passages([item.id for item in ranked]), same)

        return run

    def as_found(search: Judged) -> list[Found]:
        query, scope = index.parsed(search.query), Scope(search.filters)
        look_up = AsFoundLookUp(lexical, semantic, library.store, query, scope)
        return _found(look_up.run(Wanted(DEPTH, PER_DOCUMENT, collapse=True)).hits, same)

    def ours(search: Judged) -> list[Found]:
        return _found(index.search(search.query, search.filters, DEPTH).hits, same)

    def ordered(search: Judged) -> list[Found]:
        assert reranker is not None
        hits = index.search(search.query, search.filters, max(DEPTH, FIRST)).hits
        return _found(reranked(reranker, search.query, hits)[:DEPTH], same)

    systems = {"keywords": _keywords(library, same)}
    systems |= {name: alone(part) for name, part in search_parts(lexical, semantic).items()}
    systems |= {AS_FOUND: as_found, OURS: ours}
    return systems | ({RERANKED: ordered} if reranker else {})


def _found(hits: Sequence[Hit], same: dict[str, str]) -> list[Found]:
    sources = ([hit.passage.source, *(copy.source for copy in hit.copies)] for hit in hits)
    return [Found(_names(names, same), hit.passage.text) for names, hit in zip(sources, hits, strict=True)]


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
