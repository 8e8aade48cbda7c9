"""What every encoder offers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from corpus.errors import UserError
from corpus.store.rows import PassageRow

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

ONNX, MODEL = "onnx:", "model:"
"""Begin the names of models that an office brings: an exported one, and one of sentence-transformers."""


class Encoder(Protocol):
    """Turns texts into vectors whose inner product tells how near two texts are in meaning."""

    @property
    def name(self) -> str:
        """Identity of the encoder with its version: vectors of different names cannot be compared."""

    @property
    def dimensions(self) -> int:
        """Length of a vector."""

    @property
    def share(self) -> float:
        """What its vectors count in a fused score at most, 0 to 1: see `index.ranking.fusion`."""

    @property
    def floor(self) -> float:
        """The cosine below which a passage has nothing to do with a query; it is not found by its vector."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return the passages' vectors, shape (len(texts), dimensions), each of length 1.

        A text of which the encoder knows no word gives zeros.
        """

    def encode_query(self, text: str) -> Vectors:
        """Return the vector of a query, shape (dimensions,); some models treat queries in their own way."""


class NotAnsweredError(UserError):
    """An encoder outside this process gives no vectors at present; words find without it."""


class BroughtEncoder:
    """What encoders that an office brings have in common: nothing is known of how well they rank."""

    name: str
    """Where it came from; another model in the same place is not noticed."""
    share = 0.5
    """What its vectors count in a fused score at most; not measured."""
    floor = 0.0
    """What points the same way at all may be found."""


def passage_words(row: PassageRow) -> str:
    """Return what an encoder reads of a passage: the document's title, then the passage."""
    return f"{row.title}\n{row.text}" if row.title else row.text
