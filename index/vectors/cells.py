"""What faiss is asked of an index of vectors: flat, where every vector is compared, or sorted into cells."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from index.scored import Scored

if TYPE_CHECKING:
    import faiss
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

TRAINING_PER_CELL = 40
"""Vectors per cell from which the cells are learnt; faiss warns below 39."""
ROUNDS = 10
"""Rounds of learning the cells."""
MOVED_AT_ONCE = 10_000
"""Vectors that are taken from one index to another together."""


@dataclass(frozen=True)
class Allowed:
    """Which ids may be found."""

    ids: NDArray[np.int64] | None
    """None: all but those gone."""
    gone: frozenset[int] = frozenset()

    @cached_property
    def selector(self) -> faiss.IDSelector | None:
        """What tells faiss so, None where all are allowed."""
        import faiss

        gone = np.fromiter(self.gone, np.int64, len(self.gone))
        if self.ids is not None:
            return selector(np.setdiff1d(self.ids, gone) if self.gone else self.ids)
        return faiss.IDSelectorNot(selector(gone)) if self.gone else None


def selector(numbers: NDArray[np.int64]) -> faiss.IDSelector:
    """Return a selector of `ids`: a bit for each number up to the highest, the quickest to ask."""
    import faiss

    bits = np.zeros(int(numbers.max(initial=0)) + 1, dtype=bool)
    bits[numbers] = True
    return faiss.IDSelectorBitmap(np.packbits(bits, bitorder="little"))


def nearest(index: faiss.Index, vector: Vectors, limit: int, allowed: Allowed, probes: int) -> list[Scored]:
    """Return at most `limit` of the allowed vectors by inner product, best first; `probes` cells are seen."""
    import faiss

    limit = min(limit, index.ntotal)
    if not limit:
        return []
    selector = allowed.selector
    if cells := cells_of(index):
        parameters = faiss.SearchParametersIVF(sel=selector, nprobe=min(probes, cells))
    else:
        parameters = faiss.SearchParameters(sel=selector)
    scores, found = index.search(vector[None, :], limit, params=parameters)
    pairs = map(Scored, found[0].tolist(), scores[0].tolist())
    return [pair for pair in pairs if pair.id >= 0]


def flat(dimensions: int) -> faiss.Index:
    """Return an empty index that compares every vector."""
    import faiss

    return faiss.IndexIDMap2(faiss.IndexFlatIP(dimensions))


def cells_of(index: faiss.Index) -> int:
    """Return the number of cells, 0 for an index that compares every vector."""
    import faiss

    return int(index.nlist) if isinstance(index, faiss.IndexIVF) else 0


def cells_for(size: int) -> int:
    """Return how many cells so many vectors are sorted into."""
    return round(2 * math.sqrt(size))


def size_for(cells: int) -> float:
    """Return how many vectors so many cells are for."""
    return (cells / 2) ** 2


def in_cells(index: faiss.Index) -> faiss.Index:
    """Return the vectors as 8-bit numbers in cells, which are learnt from some, the same ones each time."""
    import faiss

    ids = ids_of(index)
    cells = cells_for(len(ids))
    sorted_index = faiss.index_factory(index.d, f"IVF{cells},SQ8", faiss.METRIC_INNER_PRODUCT)
    sorted_index.cp.niter = ROUNDS
    size = min(len(ids), cells * TRAINING_PER_CELL)
    chosen = np.random.default_rng(0).choice(ids, size, replace=False)
    sorted_index.train(index.reconstruct_batch(chosen))
    find_by_id(sorted_index)
    for start in range(0, len(ids), MOVED_AT_ONCE):
        some = ids[start : start + MOVED_AT_ONCE]
        sorted_index.add_with_ids(index.reconstruct_batch(some), some)
    return sorted_index


def find_by_id(index: faiss.Index) -> None:
    """Let single vectors of an index in cells be found by id; one without cells finds them anyway."""
    import faiss

    if cells_of(index) and index.direct_map.type != faiss.DirectMap.Hashtable:
        index.set_direct_map_type(faiss.DirectMap.Hashtable)


def take_out(index: faiss.Index, ids: Sequence[int]) -> None:
    """Remove vectors by id; those it does not hold are passed over."""
    import faiss

    numbers = np.array(ids, dtype=np.int64)
    array = faiss.IDSelectorArray(len(numbers), faiss.swig_ptr(numbers))
    index.remove_ids(array if cells_of(index) else numbers)


def rows_of(index: faiss.Index, ids: Sequence[int]) -> Vectors:
    """Return the vectors of passages, shape (len(ids), dimensions).

    Raises:
        RuntimeError: when it holds one of them not.
    """
    rows: Vectors = index.reconstruct_batch(np.array(ids, dtype=np.int64))
    return rows


def ids_of(index: faiss.Index) -> NDArray[np.int64]:
    """Return the ids, in the order in which the index keeps them."""
    import faiss

    if not cells_of(index):
        return np.asarray(faiss.vector_to_array(index.id_map), dtype=np.int64)
    lists = index.invlists
    sizes = [lists.list_size(cell) for cell in range(index.nlist)]
    parts = [faiss.rev_swig_ptr(lists.get_ids(cell), size).copy() for cell, size in enumerate(sizes) if size]
    return np.concatenate(parts) if parts else np.zeros(0, dtype=np.int64)


def vectors_of(index: faiss.Index) -> Vectors:
    """Return all vectors of an index without cells, shape (ntotal, dimensions), in the order of `ids_of`."""
    flat: Vectors = index.index.reconstruct_n(0, index.ntotal)
    return flat
