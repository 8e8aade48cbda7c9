"""An OpenAI-compatible embedding service inside the office, named `http://HOST/v1#MODEL`."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import urldefrag

import numpy as np

from index.encoders.base import BroughtEncoder, NotAnsweredError
from index.encoders.office_service import ServiceError, ask_service

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

NOT_ANSWERED = "向量服务 {address} 没有给出可用的结果（{reason}）：请检查地址、模型名、密钥和服务是否在运行。"
BATCH = 64
PATIENCE = 60.0
"""Seconds to wait for the vectors of passages."""
QUERY_PATIENCE = 3.0
"""Seconds to wait for the vector of a query: somebody sits before the screen."""


class RemoteEncoder(BroughtEncoder):
    """Encodes by asking a service. The texts leave this machine, so it should stand in the same office."""

    def __init__(self, name: str, key: str = "") -> None:
        """Remember where the service is; it is asked when there is something to encode.

        Args:
            name: its address and, behind #, the model.
            key: what it wants to see, "" where it wants none.
        """
        self.name = name
        self._address, self._model = urldefrag(name)
        self._key = key

    @cached_property
    def dimensions(self) -> int:
        """Length of a vector, as the service tells.

        Raises:
            NotAnsweredError: when the service does not answer as expected.
        """
        return len(self.encode_query("台账"))

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return the texts' vectors, shape (len(texts), dimensions), each of length 1.

        Raises:
            NotAnsweredError: when the service does not answer as expected.
        """
        if not texts:
            return np.zeros((0, self.dimensions), dtype=np.float32)
        starts = range(0, len(texts), BATCH)
        return np.concatenate([self._ask(texts[start : start + BATCH], PATIENCE) for start in starts])

    def encode_query(self, text: str) -> Vectors:
        """Return the query's vector, shape (dimensions,), of length 1.

        Raises:
            NotAnsweredError: when the service does not answer as expected.
        """
        vector: Vectors = self._ask([text], QUERY_PATIENCE)[0]
        return vector

    def _ask(self, texts: Sequence[str], seconds: float) -> Vectors:
        body = {"model": self._model, "input": list(texts)}
        try:
            answer = ask_service(f"{self._address.rstrip('/')}/embeddings", body, self._key, seconds)
            vectors = _vectors(answer, len(texts))
        except ServiceError as error:
            told = NOT_ANSWERED.format(address=self._address, reason=error)
            raise NotAnsweredError(told) from error
        lengths = np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
        return np.asarray(vectors / lengths, dtype=np.float32)


def _vectors(answer: object, count: int) -> Vectors:
    """Return the vectors of an answer, shape (count, dimensions).

    Raises:
        ServiceError: when there are none, or not as many.
    """
    try:
        items = answer["data"]  # type: ignore[index]
        # The order is the texts' by agreement; `index` says so where a service answers out of order.
        ordered = sorted(enumerate(items), key=lambda pair: pair[1].get("index", pair[0]))
        vectors = np.array([item["embedding"] for _, item in ordered], dtype=np.float32)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise ServiceError("应答不是向量") from error
    if vectors.ndim != 2 or len(vectors) != count or not np.isfinite(vectors).all():
        raise ServiceError("应答不是向量")
    return vectors
