"""A cross-encoder exported to ONNX as a reranker."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from corpus.errors import UserError
from index.encoders.base import ONNX
from index.encoders.exported import ExportedModel
from index.rerankers.base import RerankError
from index.rerankers.batches import Pairs, scored_in_batches


class OnnxReranker:
    """Orders by an exported cross-encoder with one label."""

    at_once = 1
    """It computes on all processors already."""

    def __init__(self, folder: str) -> None:
        """Load the model in `folder`.

        Raises:
            UserError: when the optional parts are not installed, or the folder holds no such model.
        """
        self._model = ExportedModel(Path(folder))
        self.name = f"{ONNX}{folder}"
        values = self._model.run([("台账", "台账")])[0][0]
        if values.size != 1:
            raise UserError(f"{folder} 中的模型不是重排模型：一问一段应当只给出一个相关度。")

    def scores(self, question: str, passages: Sequence[str], seconds: float) -> list[float]:
        """Return a score for each passage, in their order.

        Raises:
            RerankError: when it takes longer than `seconds`.
        """
        return scored_in_batches(self._score, question, passages, seconds)

    def _score(self, pairs: Pairs) -> Sequence[float]:
        values = self._model.run(pairs)[0][0]
        if values.size != len(pairs):
            raise RerankError("not one value for each pair")
        return [float(value) for value in values.reshape(-1)]
