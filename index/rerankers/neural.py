"""A cross-encoder of sentence-transformers as a reranker: by folder, or by the name of one downloaded."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from corpus.errors import UserError
from index.encoders.base import MODEL
from index.encoders.neural import NOT_INSTALLED, NOT_LOADED
from index.rerankers.batches import Pairs, scored_in_batches


class CrossReranker:
    """Orders by a cross-encoder with one label."""

    at_once = 1
    """It computes on all processors already."""

    def __init__(self, model: str) -> None:
        """Load `model`, a folder or a name.

        Raises:
            UserError: when the optional parts are not installed, or there is no such model.
        """
        self._model = _load(model)
        self.name = f"{MODEL}{model}"

    def scores(self, question: str, passages: Sequence[str], seconds: float) -> list[float]:
        """Return a score for each passage, in their order.

        Raises:
            RerankError: when it takes longer than `seconds`.
        """
        return scored_in_batches(self._score, question, passages, seconds)

    def _score(self, pairs: Pairs) -> Sequence[float]:
        found = self._model.predict(list(pairs), batch_size=len(pairs), show_progress_bar=False)
        return [float(value) for value in found]


def _load(model: str) -> Any:
    # Importing torch takes seconds and hundreds of megabytes: only who configures such a model pays for it.
    try:
        from sentence_transformers import CrossEncoder
    except ImportError as error:
        raise UserError(NOT_INSTALLED) from error
    try:
        loaded = CrossEncoder(model, device="cpu", local_files_only=True)
    except (OSError, ValueError, KeyError) as error:
        raise UserError(NOT_LOADED.format(model=model)) from error
    if loaded.num_labels != 1:
        raise UserError(f"模型 {model} 不是重排模型：它给出 {loaded.num_labels} 个值，应当只给出一个相关度。")
    return loaded
