"""How alike two texts are gram by gram, where one sum over a text says too little.

For each gram of a query the nearest gram of a text counts, and the other way round (late interaction, Khattab
and Zaharia 2020): a text that names one of four things asked for is told from one that is near to all four.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]
    Numbers = NDArray[np.int64]

LIKENESSES = ("met", "meant", "met when turned", "meant when turned")
"""How much of the query some gram of the text is near to, and how much of the text is near to some gram of
the query; then the same with the query's grams turned as its sum is."""


def likenesses(
    asked: Vectors, weights: Vectors, turn: Vectors, given: Vectors, grams: Numbers, starts: Numbers
) -> Vectors:
    """Return `LIKENESSES` of each text, shape (texts, 4), each -1 to 1.

    Args:
        asked: the query's grams, shape (grams of the query, dimensions); at least one.
        weights: what each counts in a query, shape (grams of the query,).
        turn: what is added to a query's sum, as a map of it, shape (dimensions, dimensions).
        given: all grams of the texts, each once, shape (known, dimensions).
        grams: the rows of `given` that stand in the texts, one text after the other.
        starts: where each text begins in `grams`; no text is without grams.
    """
    lengths = _lengths(given)
    own_lengths = _lengths(asked)
    shares = weights * own_lengths / (weights @ own_lengths)
    own: Vectors = asked / own_lengths[:, None]
    turned: Vectors = own + own @ turn
    worth = lengths[grams]
    whole = np.add.reduceat(worth, starts)
    found = []
    for side in (own, turned / _lengths(turned)[:, None]):
        # A gram of the texts is a row, so that whole rows are taken; dividing last costs less.
        near = (given @ side.T) / lengths[:, None]
        met = np.maximum.reduceat(near[grams], starts, axis=0)
        meant = np.add.reduceat(near.max(axis=1)[grams] * worth, starts)
        found += [met @ shares, meant / whole]
    return np.stack(found, axis=1)


def _lengths(vectors: Vectors) -> Vectors:
    lengths: Vectors = np.sqrt(np.einsum("ij,ij->i", vectors, vectors))
    return np.maximum(lengths, np.float32(1e-6))
