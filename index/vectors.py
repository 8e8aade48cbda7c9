"""The vector index: passages near to a text in meaning, kept by faiss in one file.

It holds ids and vectors, never the text. The file carries the number of the last change it has seen and the
name of the encoder that made the vectors. It is replaced as a whole: a reader sees the old or the new one.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from index.files import DamagedIndexError, read_arrays, replaced
from index.scored import Scored

if TYPE_CHECKING:
    import faiss
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

FLAT_UNTIL = 100_000
"""Up to this many vectors every one is compared; beyond, only the nearest cells are."""
PROBES = 32
"""Cells that a search visits."""
TRAINING_PER_CELL = 64
"""Vectors per cell from which the cells are learnt; faiss warns below 39."""


class VectorIndex:
    """Vectors in memory, with the change number and the encoder they stand for. Safe to use from threads."""

    def __init__(self, index: faiss.Index, encoder: str, last_change: int) -> None:
        import faiss

        faiss.omp_set_num_threads(1)  # handing one query to several threads costs more than it gives
        self._index = index
        self._lock = threading.Lock()
        self.encoder = encoder
        """Name of the encoder that made the vectors."""
        self.last_change = last_change
        """Number of the last change that can be found here."""

    @classmethod
    def empty(cls, dimensions: int, encoder: str) -> VectorIndex:
        """Return an index without vectors that has seen no change."""
        import faiss

        return cls(faiss.IndexIDMap2(faiss.IndexFlatIP(dimensions)), encoder, 0)

    @classmethod
    def load(cls, path: Path) -> VectorIndex:
        """Read the file that `save` wrote.

        Raises:
            DamagedIndexError: there is none, or it cannot be read.
        """
        import faiss

        stored = read_arrays(path)
        try:
            index = faiss.deserialize_index(stored["index"])
            return cls(index, str(stored["encoder"]), int(stored["last_change"]))
        except (KeyError, ValueError, RuntimeError) as error:
            raise DamagedIndexError(str(path)) from error

    def save(self, path: Path) -> None:
        """Write the index to `path` in place of what stood there."""
        import faiss

        with self._lock:
            index = faiss.serialize_index(self._index)
        with replaced(path) as file:
            np.savez(file, index=index, encoder=np.str_(self.encoder), last_change=np.int64(self.last_change))

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def apply(self, removed: Sequence[int], ids: Sequence[int], vectors: Vectors, change: int) -> None:
        """Take out `removed`, put in `vectors` of shape (len(ids), dimensions); twice does no harm."""
        with self._lock:
            gone = np.array([*removed, *ids], dtype=np.int64)
            if len(gone) and self._index.ntotal:
                self._index.remove_ids(gone)
            if len(ids):
                self._index.add_with_ids(vectors, np.array(ids, dtype=np.int64))
            self._grow()
            self.last_change = change

    def search(self, vector: Vectors, limit: int, ids: Sequence[int] | None = None) -> list[Scored]:
        """Return at most `limit` passages by cosine with `vector` of shape (dimensions,), best first.

        `ids`, where given, are the only passages allowed; each of them is compared, whatever the size of the
        index, so a narrow filter loses nothing.
        """
        with self._lock:
            if not self._index.ntotal or (ids is not None and not ids):
                return []
            limit = min(limit, self._index.ntotal)
            scores, found = self._index.search(vector[None, :], limit, params=self._parameters(ids))
        pairs = zip(found[0].tolist(), scores[0].tolist(), strict=True)
        return [Scored(id, score) for id, score in pairs if id >= 0]

    def _parameters(self, ids: Sequence[int] | None) -> faiss.SearchParameters:
        import faiss

        selector = None if ids is None else faiss.IDSelectorBatch(np.array(ids, dtype=np.int64))
        if isinstance(self._index, faiss.IndexIVF):
            probes = PROBES if ids is None else self._index.nlist
            return faiss.SearchParametersIVF(sel=selector, nprobe=probes)
        return faiss.SearchParameters(sel=selector)

    def _grow(self) -> None:
        """Sort the vectors into cells of 8-bit numbers once there are too many to compare each."""
        import faiss

        if self._index.ntotal <= FLAT_UNTIL or isinstance(self._index, faiss.IndexIVF):
            return
        vectors = self._index.index.reconstruct_n(0, self._index.ntotal)
        ids = faiss.vector_to_array(self._index.id_map)
        cells = round(2 * math.sqrt(len(ids)))
        index = faiss.index_factory(vectors.shape[1], f"IVF{cells},SQ8", faiss.METRIC_INNER_PRODUCT)
        index.train(_sample(vectors, cells * TRAINING_PER_CELL))
        index.add_with_ids(vectors, ids)
        self._index = index


def _sample(vectors: Vectors, size: int) -> Vectors:
    """Return at most `size` of the vectors, the same ones each time."""
    if len(vectors) <= size:
        return vectors
    chosen = np.random.default_rng(0).choice(len(vectors), size, replace=False)
    return vectors[chosen]
