"""A sentence encoder exported to ONNX: a folder with `model.onnx` and `tokenizer.json`, for onnxruntime."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from corpus.errors import UserError
from index.encoders.base import ONNX, BroughtEncoder

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

NOT_INSTALLED = "ONNX 模型需要可选组件：请先运行 pip install 'taizhang[neural,ocr]'。"
NOT_LOADED = "无法载入 {folder} 中的 ONNX 模型：文件夹内应有 model.onnx 和 tokenizer.json。"
BATCH = 32
LONGEST = 512
"""Tokens of a text that are read."""


class OnnxEncoder(BroughtEncoder):
    """Encodes with an exported model: the mean of its token vectors, or its vector of the text."""

    def __init__(self, folder: str) -> None:
        """Load the model in `folder`.

        Raises:
            UserError: when the optional parts are not installed, or the folder holds no such model.
        """
        self._session, self._tokenizer = _load(Path(folder))
        self._inputs = {item.name for item in self._session.get_inputs()}
        self.name = f"{ONNX}{folder}"
        self.dimensions = len(self.encode_query("台账"))

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return the texts' vectors, shape (len(texts), dimensions), each of length 1."""
        if not texts:
            return np.zeros((0, self.dimensions), dtype=np.float32)
        starts = range(0, len(texts), BATCH)
        return np.concatenate([self._batch(texts[start : start + BATCH]) for start in starts])

    def encode_query(self, text: str) -> Vectors:
        """Return the query's vector, shape (dimensions,), of length 1."""
        vector: Vectors = self._batch([text])[0]
        return vector

    def _batch(self, texts: Sequence[str]) -> Vectors:
        encoded = self._tokenizer.encode_batch(list(texts))
        given = {
            "input_ids": np.array([item.ids for item in encoded], dtype=np.int64),
            "attention_mask": np.array([item.attention_mask for item in encoded], dtype=np.int64),
            "token_type_ids": np.array([item.type_ids for item in encoded], dtype=np.int64),
        }
        first = self._session.run(None, {name: given[name] for name in self._inputs})[0]
        vectors = _mean(first, given["attention_mask"]) if first.ndim == 3 else first
        lengths = np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
        return np.asarray(vectors / lengths, dtype=np.float32)


def _mean(tokens: Vectors, mask: NDArray[np.int64]) -> Vectors:
    weights = mask[:, :, None].astype(np.float32)
    mean: Vectors = (tokens * weights).sum(axis=1) / np.maximum(weights.sum(axis=1), 1)
    return mean


def _load(folder: Path) -> tuple[Any, Any]:
    try:
        import onnxruntime
        from tokenizers import Tokenizer
    except ImportError as error:
        raise UserError(NOT_INSTALLED) from error
    try:
        session = onnxruntime.InferenceSession(folder / "model.onnx", providers=["CPUExecutionProvider"])
        tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    except Exception as error:  # both libraries raise classes of their own
        raise UserError(NOT_LOADED.format(folder=folder)) from error
    tokenizer.enable_truncation(LONGEST)
    tokenizer.enable_padding()
    return session, tokenizer
