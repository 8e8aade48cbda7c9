"""Vectors of narrow scopes, put aside for the searches that follow in the same scope.

Who narrows a search by place or year asks several things there. The first one looks for the few allowed
vectors among all others; the next ones have them at hand.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from index.beside import beside

if TYPE_CHECKING:
    import faiss
    from numpy.typing import NDArray

    Held = tuple[Sequence[int], NDArray[np.float32]]

SCOPES_KEPT = 4
"""Scopes at hand; in a library of a million passages each takes up to 25 MB."""


class Apart:
    """The vectors of the scopes that were asked for last. Safe to use from threads."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Hashable, faiss.Index | None] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, scope: Hashable) -> faiss.Index | None:
        """Return an index of all vectors in `scope`, None where they are not at hand (yet)."""
        with self._lock:
            if scope in self._kept:
                self._kept.move_to_end(scope)
            return self._kept.get(scope)

    def keep(self, scope: Hashable, held: Callable[[], Held | None]) -> None:
        """Put the vectors of `scope` aside in another thread; `held` gives ids with vectors, or None."""
        with self._lock:
            if scope in self._kept:
                return
            self._kept[scope] = None
            if len(self._kept) > SCOPES_KEPT:
                self._kept.popitem(last=False)
        beside(lambda: self._put(scope, held()))

    def _put(self, scope: Hashable, held: Held | None) -> None:
        index = _half_size(*held) if held is not None and len(held[0]) else None
        with self._lock:
            if index is None:
                self._kept.pop(scope, None)
            elif scope in self._kept:
                self._kept[scope] = index


def _half_size(ids: Sequence[int], vectors: NDArray[np.float32]) -> faiss.Index:
    """Return an index that compares each vector, kept with 16 bits per number."""
    import faiss

    kind = faiss.ScalarQuantizer.QT_fp16
    flat = faiss.IndexScalarQuantizer(vectors.shape[1], kind, faiss.METRIC_INNER_PRODUCT)
    index = faiss.IndexIDMap2(flat)
    index.train(vectors)
    index.add_with_ids(vectors, np.array(ids, dtype=np.int64))
    return index
