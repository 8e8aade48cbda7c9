"""A sentence encoder exported to ONNX."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from index.encoders.base import ONNX, BroughtEncoder
from index.encoders.exported import ExportedModel

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

BATCH = 32
SENTENCE = "sentence_embedding"
"""Output of an export that makes the vector of the text itself."""
POOLING, PROMPTS = "1_Pooling/config.json", "config_sentence_transformers.json"
"""Files of sentence-transformers beside a model: how token vectors become one, what queries begin with."""


class OnnxEncoder(BroughtEncoder):
    """Encodes with an exported model: its own vector of the text, or what its token vectors make."""

    def __init__(self, folder: str) -> None:
        """Load the model in `folder`.

        Raises:
            UserError: when the optional parts are not installed, or the folder holds no such model.
        """
        self._model = ExportedModel(Path(folder))
        self._first_token = bool(self._model.notes(POOLING).get("pooling_mode_cls_token"))
        prompts = self._model.notes(PROMPTS).get("prompts") or {}
        self._before_query = str(prompts.get("query") or "")
        self._before_passage = str(prompts.get("document") or prompts.get("passage") or "")
        self.name = f"{ONNX}{folder}"
        self.dimensions = len(self.encode_query("台账"))

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return the texts' vectors, shape (len(texts), dimensions), each of length 1."""
        if not texts:
            return np.zeros((0, self.dimensions), dtype=np.float32)
        asked = [f"{self._before_passage}{text}" for text in texts]
        starts = range(0, len(asked), BATCH)
        return np.concatenate([self._batch(asked[start : start + BATCH]) for start in starts])

    def encode_query(self, text: str) -> Vectors:
        """Return the query's vector, shape (dimensions,), of length 1."""
        vector: Vectors = self._batch([f"{self._before_query}{text}"])[0]
        return vector

    def _batch(self, texts: Sequence[str]) -> Vectors:
        outputs, mask = self._model.run(texts)
        names = self._model.outputs
        found = outputs[names.index(SENTENCE)] if SENTENCE in names else outputs[0]
        vectors = self._of_texts(found, mask) if found.ndim == 3 else found
        lengths = np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
        return np.asarray(vectors / lengths, dtype=np.float32)

    def _of_texts(self, tokens: Any, mask: NDArray[np.int64]) -> Vectors:
        """Return one vector per text of token vectors: the first one's, or their mean."""
        if self._first_token:
            first: Vectors = tokens[:, 0]
            return first
        weights = mask[:, :, None].astype(np.float32)
        mean: Vectors = (tokens * weights).sum(axis=1) / np.maximum(weights.sum(axis=1), 1)
        return mean
