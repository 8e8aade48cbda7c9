"""The systems that a bench compares: ours, its parts, and the words alone, over the same library."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import PurePath

from corpus.store.rows import PassageRow
from evaluation.benches import Asked
from index.encoders.base import Encoder, passage_words
from index.fields import Scope
from index.folding import Wanted
from index.fusion import fuse
from index.hits import Copy
from index.lexical import BALANCED, WORDS_ONLY, LexicalIndex, Weights
from index.lookup import LookUp
from index.query import parse_query, plain_query
from index.reading import Semantic
from index.scored import Scored
from service.library import Library

DEPTH = 100
"""Documents that are ranked."""
PASSAGES = 300
"""Passages from which they are taken: several may be of one document."""
AT_ONCE = 10_000
"""Passages that are encoded together."""
BIGRAMS_ONLY = Weights(words=0.0, bigrams=1.0, title=0.0, section=0.0)
OURS = "taizhang"

System = Callable[[Asked], list[str]]
"""What answers a question with at most `DEPTH` documents' names, best first."""


def bench_systems(library: Library, encoder: Encoder) -> dict[str, System]:
    """Return the parts and the whole, simplest first; the vectors are made by `encoder`, here and now."""
    lexical = library.index.lexical
    assert lexical is not None, "the library was caught up"
    semantic = encoded(library, encoder)

    def by_words(weights: Weights) -> System:
        return lambda asked: _names(
            library, lexical.search(plain_query(asked.text), PASSAGES, Scope(), weights)
        )

    def by_vectors(asked: Asked) -> list[str]:
        return _names(library, _near(semantic, asked))

    def fused(asked: Asked) -> list[str]:
        found = lexical.search(plain_query(asked.text), PASSAGES)
        both = fuse(found, _near(semantic, asked), semantic.encoder.share)
        return _names(library, [Scored(item.id, item.score) for item in both])

    return {
        "BM25 words": by_words(WORDS_ONLY),
        "BM25 bigrams": by_words(BIGRAMS_ONLY),
        "words and bigrams": by_words(BALANCED),
        "vectors": by_vectors,
        "fused": fused,
        OURS: _ours(library, lexical, semantic),
    }


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


def _ours(library: Library, lexical: LexicalIndex, semantic: Semantic) -> System:
    """Return the whole search of the product, with these vectors in place of the library's."""

    def run(asked: Asked) -> list[str]:
        look_up = LookUp(lexical, semantic, library.store, parse_query(asked.text), Scope())
        hits = look_up.run(Wanted(DEPTH, per_document=1, collapse=True)).hits
        return _first_each(source for hit in hits for source in (hit.passage.source, *_copies(hit.copies)))

    return run


def _copies(copies: Iterable[Copy]) -> list[str]:
    return [copy.source for copy in copies]


def _near(semantic: Semantic, asked: Asked) -> list[Scored]:
    vector = semantic.encoder.encode_query(asked.text)
    return semantic.vectors.search(vector, PASSAGES) if vector.any() else []


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
