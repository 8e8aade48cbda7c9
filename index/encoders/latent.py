"""The library's own encoder: TF-IDF and truncated SVD (latent semantic analysis), with numpy alone."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from index.files import DamagedIndexError, read_arrays, replaced
from index.tokens import cutting_fingerprint, terms

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]


SHARE = 0.1
"""Measured: more helps questions in everyday words and hurts all others; see docs/decisions.md."""


@dataclass(frozen=True, slots=True)
class LatentModel:
    """What fitting found: plain arrays."""

    vocabulary: tuple[str, ...]
    weights: NDArray[np.float32]
    """Inverse document frequency of each term, shape (terms,)."""
    directions: NDArray[np.float16]
    """What each term adds to a vector, shape (terms, dimensions)."""
    fitted_on: int
    """Passages the library held when it was fitted."""


class LatentEncoder:
    """Encodes with a fitted model. Texts that use different words for one matter come near each other."""

    def __init__(self, model: LatentModel) -> None:
        self.fitted_on = model.fitted_on
        self._row = {term: row for row, term in enumerate(model.vocabulary)}
        self._model = model
        self._name = f"latent-{_digest(model)}"

    @classmethod
    def load(cls, path: Path) -> LatentEncoder:
        """Read the file that `save` wrote.

        Raises:
            DamagedIndexError: there is none, it cannot be read, or its terms were cut in another way.
        """
        stored = read_arrays(path)
        if str(stored.get("cutting")) != cutting_fingerprint():
            raise DamagedIndexError(str(path))
        model = LatentModel(
            vocabulary=tuple(stored["vocabulary"].tobytes().decode().split("\n")),
            weights=stored["weights"],
            directions=stored["directions"],
            fitted_on=int(stored["fitted_on"]),
        )
        return cls(model)

    def save(self, path: Path) -> None:
        """Write the model to `path`, in place of what stood there."""
        model = self._model
        vocabulary = np.frombuffer("\n".join(model.vocabulary).encode(), dtype=np.uint8)
        with replaced(path) as file:
            np.savez(
                file,
                cutting=np.str_(cutting_fingerprint()),
                vocabulary=vocabulary,
                weights=model.weights,
                directions=model.directions,
                fitted_on=np.int64(model.fitted_on),
            )

    @property
    def name(self) -> str:
        """Identity of the fitted model."""
        return self._name

    @property
    def share(self) -> float:
        """What its vectors count in a fused score."""
        return SHARE

    @property
    def dimensions(self) -> int:
        """Length of a vector."""
        return int(self._model.directions.shape[1])

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return the texts' vectors, shape (len(texts), dimensions), each of length 1, or zeros."""
        directions = self._model.directions.astype(np.float32)  # once, not for each text
        vectors = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for row, text in enumerate(texts):
            vectors[row] = self._vector(text, directions)
        return vectors

    def encode_query(self, text: str) -> Vectors:
        """Return the text's vector, shape (dimensions,), of length 1, or zeros when it knows no term."""
        return self._vector(text, self._model.directions)

    def _vector(self, text: str, directions: NDArray[np.floating[Any]]) -> Vectors:
        counts = Counter(terms(text))
        known = [(row, count) for term, count in counts.items() if (row := self._row.get(term)) is not None]
        if not known:
            return np.zeros(self.dimensions, dtype=np.float32)
        rows, times = (np.array(column) for column in zip(*known, strict=True))
        weights = ((1 + np.log(times)) * self._model.weights[rows]).astype(np.float32)
        vector: Vectors = weights @ directions[rows].astype(np.float32, copy=False)
        length = float(np.linalg.norm(vector))
        return vector / length if length else vector


def _digest(model: LatentModel) -> str:
    content = hashlib.blake2b(digest_size=8)
    content.update("\n".join(model.vocabulary).encode())
    content.update(model.directions.tobytes())
    return content.hexdigest()
