"""Vectors together with the encoder that made them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.encoders.base import Encoder, NotAnsweredError
from index.vectors.vector_index import VectorIndex

if TYPE_CHECKING:
    from index.encoders.base import Vectors

OTHER_MODEL = "{name} 现在是另一个模型，与已有的向量长度不同：请在设置中先改用随产品自带的，再重新选择它。"


@dataclass(frozen=True, slots=True)
class Semantic:
    """Vectors, and the encoder that made them."""

    encoder: Encoder
    vectors: VectorIndex

    def of_query(self, text: str) -> Vectors:
        """Return the vector of a query, shape (dimensions,).

        Raises:
            NotAnsweredError: when the encoder fails, or is another one than made the vectors.
        """
        return self.fitting(self.encoder.encode_query(text))

    def fitting(self, vectors: Vectors) -> Vectors:
        """Return new vectors as they are, if they can stand beside those there are.

        Raises:
            NotAnsweredError: when another model answers in the place of the one that made these.
        """
        if vectors.shape[-1] != self.vectors.dimensions:
            raise NotAnsweredError(OTHER_MODEL.format(name=self.encoder.name))
        return vectors

    @classmethod
    def empty(cls, encoder: Encoder) -> Semantic:
        """Return vectors of nothing yet."""
        return cls(encoder, VectorIndex.empty(encoder.dimensions, encoder.name))
