"""The encoder that comes with the product: learnt vectors of character sequences, with numpy alone.

A text's vector is the sum of the vectors of the grams that stand in it, each by its learnt weight, made
length 1. Passages and queries share the vectors but not the weights, and a query's sum is turned by a learnt
map: people ask in other words than documents answer. `docs/model-card.md` tells the data and the recipe,
`python -m scripts.encoder` makes the files.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from index.encoders.grams import Grams
from index.encoders.likeness import LIKENESSES, likenesses
from index.tokens import fold

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

BUILT_IN = Path(__file__).parent / "builtin"
"""The folder of the encoder that comes with the product."""
STATIC = "static-"
"""Begins the name of such an encoder."""
VECTORS, WEIGHTS, TURN, GRAMS, NAME = "vectors.npy", "query_weights.npy", "turn.npy", "grams.txt", "name.txt"
SHARE = 0.85
"""What its vectors count in a fused score at most; see docs/search-quality.md."""
FLOOR = 0.25
"""Below it lie 97 of 100 passages taken at random, and 4 to 6 of 100 that answer."""
CLIPPED = 1e-5
"""Share of the numbers, the largest, that 8 bits do not reach, so that the others are the finer."""
CHUNK = 512
"""Texts that are cut into grams together."""


class StaticEncoder:
    """Encodes with the files of one folder. They are mapped, so that opening them costs next to nothing."""

    def __init__(self, folder: Path) -> None:
        """Open the encoder that `save` wrote into `folder`.

        Raises:
            FileNotFoundError: there is none.
        """
        self._folder = folder
        self._name = (folder / NAME).read_text("utf-8").strip()
        self._table: NDArray[np.int8] = np.load(folder / VECTORS, mmap_mode="r")

    @property
    def name(self) -> str:
        """Identity of the trained model."""
        return self._name

    @property
    def dimensions(self) -> int:
        """Length of a vector."""
        return int(self._table.shape[1])

    @property
    def share(self) -> float:
        """What its vectors count in a fused score at most."""
        return SHARE

    @property
    def floor(self) -> float:
        """The cosine below which a passage has nothing to do with a query."""
        return FLOOR

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return the passages' vectors, shape (len(texts), dimensions), each of length 1, or zeros."""
        vectors = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        table = np.asarray(self._table)
        for start in range(0, len(texts), CHUNK):
            rows, grams = self._grams.find([fold(text) for text in texts[start : start + CHUNK]])
            for row, found in _by_text(rows, grams):
                vectors[start + row] = table.take(found, axis=0).sum(axis=0, dtype=np.int32)
        return _of_length_1(vectors)

    def encode_query(self, text: str) -> Vectors:
        """Return the query's vector, shape (dimensions,), of length 1, or zeros when it knows no gram."""
        grams = np.array(self._grams.find_in(fold(text)), dtype=np.int64)
        weights, turn = self._asking
        vector = weights[grams] @ self._table[grams].astype(np.float32)
        turned: Vectors = _of_length_1((vector + vector @ turn)[None])[0]
        return turned

    def likenesses(self, query: str, texts: Sequence[str]) -> Vectors:
        """Return how alike `query` and each text are gram by gram, shape (len(texts), 4): `LIKENESSES`.

        A text, or a query, of which no gram is known is like nothing: zeros.
        """
        found = np.zeros((len(texts), len(LIKENESSES)), dtype=np.float32)
        asked = np.unique(np.array(self._grams.find_in(fold(query)), dtype=np.int64))
        rows, grams = self._grams.find([fold(text) for text in texts])
        if not len(asked) or not len(grams):
            return found
        known = np.flatnonzero(np.bincount(grams))
        places = np.searchsorted(known, grams)
        starts = np.flatnonzero(np.diff(rows, prepend=-1))
        weights, turn = self._asking
        table = self._table
        found[rows[starts]] = likenesses(
            table[asked].astype(np.float32),
            weights[asked],
            turn,
            table[known].astype(np.float32),
            places,
            starts,
        )
        return found

    @cached_property
    def _grams(self) -> Grams:
        return Grams((self._folder / GRAMS).read_text("utf-8").split("\n"))

    @cached_property
    def _asking(self) -> tuple[Vectors, Vectors]:
        """What each gram counts in a query relative to a passage, and the map that turns its sum."""
        weights, turn = np.load(self._folder / WEIGHTS), np.load(self._folder / TURN)
        return weights.astype(np.float32), turn.astype(np.float32)


@cache
def built_in_encoder() -> StaticEncoder:
    """Return the encoder that comes with the product."""
    return StaticEncoder(BUILT_IN)


def save(
    folder: Path, grams: Sequence[str], passages: Vectors, query_weights: Vectors, turn: Vectors
) -> None:
    """Write an encoder into `folder`.

    Args:
        folder: made where it is not there.
        grams: what it knows, without line breaks.
        passages: what each gram adds to a passage, shape (grams, dimensions).
        query_weights: what it counts in a query relative to a passage, shape (grams,).
        turn: what is added to a query's sum, as a map of it, shape (dimensions, dimensions).
    """
    folder.mkdir(parents=True, exist_ok=True)
    # One scale for all: the error of a sum is the same whichever gram it comes from.
    scale = 127 / np.quantile(np.abs(passages), 1 - CLIPPED)
    arrays = {
        VECTORS: np.clip(np.round(passages * scale), -127, 127).astype(np.int8),
        WEIGHTS: query_weights.astype(np.float16),
        TURN: turn.astype(np.float16),
    }
    for name, array in arrays.items():
        np.save(folder / name, array)
    listed = "\n".join(grams).encode()
    (folder / GRAMS).write_bytes(listed)
    digest = _digest(listed, *(array.tobytes() for array in arrays.values()))
    (folder / NAME).write_text(f"{STATIC}{digest}\n", "utf-8")


def _by_text(rows: NDArray[np.int64], grams: NDArray[np.int64]) -> list[tuple[int, NDArray[np.int64]]]:
    starts = np.flatnonzero(np.diff(rows, prepend=-1))
    return list(zip(rows[starts].tolist(), np.split(grams, starts[1:]), strict=True)) if len(rows) else []


def _of_length_1(vectors: Vectors) -> Vectors:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    units: Vectors = vectors / np.maximum(lengths, np.float32(1e-9))
    return units


def _digest(*parts: bytes) -> str:
    content = hashlib.blake2b(digest_size=8)
    for part in parts:
        content.update(part)
    return content.hexdigest()
