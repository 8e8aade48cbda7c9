"""An OpenAI-compatible embedding service inside the office, named `http://HOST/v1#MODEL`."""

from __future__ import annotations

import json
import os
import urllib.request
from collections.abc import Sequence
from typing import TYPE_CHECKING
from urllib.error import URLError
from urllib.parse import urldefrag

import numpy as np

from corpus.errors import UserError
from index.encoders.base import BroughtEncoder

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

KEY = "TAIZHANG_ENCODER_KEY"
"""Environment variable with the service's key, where it wants one."""
NOT_ANSWERED = "向量服务 {address} 没有给出可用的结果：请检查地址、模型名和服务是否在运行。"
BATCH = 64
PATIENCE = 60.0
"""Seconds to wait for an answer."""


class RemoteEncoder(BroughtEncoder):
    """Encodes by asking a service. The texts leave this machine, so it should stand in the same office."""

    def __init__(self, name: str) -> None:
        """Ask the service once, to know how long its vectors are.

        Raises:
            UserError: when it does not answer as expected.
        """
        self.name = name
        self._address, self._model = urldefrag(name)
        self.dimensions = len(self.encode_query("台账"))

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return the texts' vectors, shape (len(texts), dimensions), each of length 1.

        Raises:
            UserError: when the service does not answer as expected.
        """
        if not texts:
            return np.zeros((0, self.dimensions), dtype=np.float32)
        starts = range(0, len(texts), BATCH)
        return np.concatenate([self._ask(texts[start : start + BATCH]) for start in starts])

    def encode_query(self, text: str) -> Vectors:
        """Return the query's vector, shape (dimensions,), of length 1.

        Raises:
            UserError: when the service does not answer as expected.
        """
        vector: Vectors = self._ask([text])[0]
        return vector

    def _ask(self, texts: Sequence[str]) -> Vectors:
        body = json.dumps({"model": self._model, "input": list(texts)}).encode()
        headers = {"Content-Type": "application/json"}
        if key := os.environ.get(KEY):
            headers["Authorization"] = f"Bearer {key}"
        request = urllib.request.Request(f"{self._address.rstrip('/')}/embeddings", body, headers)
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
                items = json.load(answer)["data"]
            vectors = np.array([item["embedding"] for item in items], dtype=np.float32)
        except (URLError, TimeoutError, ValueError, KeyError, TypeError) as error:
            raise UserError(NOT_ANSWERED.format(address=self._address)) from error
        if vectors.ndim != 2 or len(vectors) != len(texts):
            raise UserError(NOT_ANSWERED.format(address=self._address))
        return np.asarray(
            vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9), np.float32
        )
