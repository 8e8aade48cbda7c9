"""Vectors of narrow scopes, put aside for the searches that follow in the same scope.

Who narrows a search by place or year asks several things there. The first one looks for the few allowed
vectors among all others; the next ones have them at hand.
"""

from __future__ import annotations

import math
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from index.beside import beside
from index.scored import Scored, best_first

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from index.encoders.base import Vectors

    Held = tuple[Sequence[int], Vectors]

MARGIN = 1.25
"""So many times the passages wanted are looked for with 8 bits and compared with 16."""
SCOPES_KEPT = 4
"""Scopes at hand; in a library of a million passages each takes up to 38 MB."""


class Apart:
    """The vectors of the scopes that were asked for last. Safe to use from threads."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Hashable, Part | None] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, scope: Hashable) -> Part | None:
        """Return all vectors in `scope`, None where they are not at hand (yet)."""
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
        part = Part(*held) if held is not None and len(held[0]) else None
        with self._lock:
            if part is None:
                self._kept.pop(scope, None)
            elif scope in self._kept:
                self._kept[scope] = part


class Part:
    """The vectors of some passages side by side.

    They are kept twice: with 8 bits per number, among which the nearest are looked for, as that reads least
    from memory, and with 16, by which these are compared.
    """

    def __init__(self, ids: Sequence[int], vectors: Vectors) -> None:
        """Take over at least one passage with its vector, `vectors` of shape (len(ids), dimensions)."""
        import faiss

        numbers = np.array(ids, np.int64)
        order = np.argsort(numbers)
        self._ids = numbers[order]
        self._rows = vectors[order].astype(np.float16)
        kind = faiss.ScalarQuantizer.QT_8bit_direct_signed
        self._coarse = faiss.IndexScalarQuantizer(vectors.shape[1], kind, faiss.METRIC_INNER_PRODUCT)
        self._coarse.train(vectors[:1])
        self._coarse.add(_in_8_bits(vectors[order]))

    def nearest(self, vector: Vectors, limit: int) -> list[Scored]:
        """Return at most `limit` passages by inner product with `vector`, shape (dimensions,), best first."""
        some = min(math.ceil(MARGIN * limit), len(self._ids))
        _, places = self._coarse.search(_in_8_bits(vector[None, :]), some)
        return self._compared(vector, places[0])[:limit]

    def products(self, vector: Vectors, ids: Sequence[int]) -> list[Scored] | None:
        """Return `ids` by inner product, best first; None where it has one of them not."""
        wanted = np.array(ids, np.int64)
        places = np.minimum(np.searchsorted(self._ids, wanted), len(self._ids) - 1)
        return self._compared(vector, places) if np.array_equal(self._ids[places], wanted) else None

    def _compared(self, vector: Vectors, places: NDArray[np.int64]) -> list[Scored]:
        scores = self._rows[places].astype(np.float32) @ vector
        return best_first(map(Scored, self._ids[places].tolist(), scores.tolist()))


def _in_8_bits(vectors: Vectors) -> Vectors:
    """Return the vectors as whole numbers, the largest being 127 or -127."""
    whole: Vectors = np.round(vectors * (127 / max(np.abs(vectors).max(), 1e-9)))
    return whole
