"""The systems that a bench compares: ours, its parts, and the words alone, over the same library."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import PurePath

from corpus.store.rows import PassageRow
from evaluation.search.benches import Asked
from evaluation.search.parts import (
    AS_FOUND,
    OURS,
    RERANKED,
    AsFoundLookUp,
    Ranked,
    reranked,
    search_parts,
)
from index.encoders.base import Encoder, passage_words
from index.hits import Copy, Hit
from index.lexical.fields import Scope
from index.lookup import LookUp
from index.ranking.folding import Wanted
from index.rerankers.base import Reranker
from index.scored import Scored
from index.vectors.semantic import Semantic
from service.library import Library

DEPTH = 100
"""Documents that are ranked."""
PASSAGES = 300
"""Passages from which they are taken: several may be of one document."""
AT_ONCE = 10_000
"""Passages that are encoded together."""

System = Callable[[Asked], list[str]]
"""What answers a question with at most `DEPTH` documents' names, best first."""


def bench_systems(library: Library, encoder: Encoder, reranker: Reranker | None) -> dict[str, System]:
    """Return the parts and the whole, simplest first; the vectors are made by `encoder`, here and now."""
    lexical = library.index.lexical
    assert lexical is not None, "the library was caught up"
    semantic = encoded(library, encoder)

    def alone(part: Ranked) -> System:
        return lambda asked: _names(library, part(asked.text, Scope(), PASSAGES))

    def whole(look_up: type[LookUp], orders: Reranker | None = None) -> System:
        return lambda asked: _sources(_hits(look_up, orders, asked.text))

    def _hits(look_up: type[LookUp], orders: Reranker | None, text: str) -> Sequence[Hit]:
        query = library.index.parsed(text)
        wanted = Wanted(DEPTH, per_document=1, collapse=True, facets=False)
        hits = look_up(lexical, semantic, library.store, query, Scope()).run(wanted).hits
        return reranked(orders, text, hits) if orders else hits

    systems = {name: alone(part) for name, part in search_parts(lexical, semantic).items()}
    systems |= {AS_FOUND: whole(AsFoundLookUp), OURS: whole(LookUp)}
    return systems | ({RERANKED: whole(LookUp, reranker)} if reranker else {})


def encoded(library: Library, encoder: Encoder) -> Semantic:
    """Return the library's passages with vectors of `encoder`, in memory."""
    semantic = Semantic.empty(encoder)
    rows: dict[int, PassageRow] = {}
    for change in library.store.changes_after(0):
        rows.update((row.id, row) for row in change.added)
        for id in change.removed:
            rows.pop(id, None)
    for batch in _batched(rows.values(), AT_ONCE):
        vectors = encoder.encode([passage_words(row) for row in batch])
        semantic.vectors.apply((), [row.id for row in batch], vectors, library.store.last_change())
    return semantic


def _sources(hits: Iterable[Hit]) -> list[str]:
    """Return the documents of the hits and their copies, best first."""
    return _first_each(source for hit in hits for source in (hit.passage.source, *_copies(hit.copies)))


def _copies(copies: Iterable[Copy]) -> list[str]:
    return [copy.source for copy in copies]


def _names(library: Library, found: Sequence[Scored]) -> list[str]:
    return _first_each(row.source for row in library.store.passages([item.id for item in found]))


def _first_each(sources: Iterable[str]) -> list[str]:
    """Return the documents' names in the order in which they first appear."""
    return list(dict.fromkeys(PurePath(source).stem for source in sources))[:DEPTH]


def _batched(rows: Iterable[PassageRow], size: int) -> Iterator[list[PassageRow]]:
    """Yield the rows in lists of at most `size`."""
    left = iter(rows)
    while batch := list(islice(left, size)):
        yield batch
