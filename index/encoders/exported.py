"""Models exported to ONNX: a folder with `model.onnx` and `tokenizer.json`, run by onnxruntime."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from corpus.errors import UserError

if TYPE_CHECKING:
    from numpy.typing import NDArray

NOT_INSTALLED = "ONNX 模型需要可选组件：请先运行 pip install 'taizhang[onnx]'。"
NOT_LOADED = (
    "无法载入 {folder} 中的 ONNX 模型：文件夹内应有 tokenizer.json 和 model.onnx（或 onnx/model.onnx）。"
)
MODELS = ("model.onnx", "onnx/model.onnx")
"""Where exporters put the model, in the order in which it is looked for."""
TOKENIZER, TOKENIZER_NOTES = "tokenizer.json", "tokenizer_config.json"
LONGEST = 512
"""Tokens of a text, or of a pair of texts, that are read at most; many a model takes fewer."""


class ExportedModel:
    """A model with its tokenizer."""

    def __init__(self, folder: Path) -> None:
        """Load the model in `folder`.

        Raises:
            UserError: when the optional parts are not installed, or the folder holds no such model.
        """
        self._folder = folder
        self._session, self._tokenizer = _load(folder)
        known = self._tokenizer.truncation or self.notes(TOKENIZER_NOTES)
        longest = known.get("max_length", known.get("model_max_length", LONGEST))
        self._tokenizer.enable_truncation(min(LONGEST, int(longest)))
        self._inputs = {item.name for item in self._session.get_inputs()}
        self.outputs = [item.name for item in self._session.get_outputs()]
        """Names of what `run` gives, in that order."""

    def run(self, texts: Sequence[str] | Sequence[tuple[str, str]]) -> tuple[list[Any], NDArray[np.int64]]:
        """Return the model's outputs for some texts or pairs of texts, and which tokens are no padding."""
        encoded = self._tokenizer.encode_batch(list(texts))
        given = {
            "input_ids": np.array([item.ids for item in encoded], dtype=np.int64),
            "attention_mask": np.array([item.attention_mask for item in encoded], dtype=np.int64),
            "token_type_ids": np.array([item.type_ids for item in encoded], dtype=np.int64),
        }
        outputs = self._session.run(None, {name: given[name] for name in self._inputs})
        return outputs, given["attention_mask"]

    def notes(self, name: str) -> dict[str, Any]:
        """Return what the file `name` beside the model says, as JSON; {} where there is none."""
        path = self._folder / name
        try:
            return dict(json.loads(path.read_text("utf-8"))) if path.is_file() else {}
        except (OSError, ValueError) as error:
            raise UserError(NOT_LOADED.format(folder=self._folder)) from error


def _load(folder: Path) -> tuple[Any, Any]:
    try:
        import onnxruntime
        from tokenizers import Tokenizer
    except ImportError as error:
        raise UserError(NOT_INSTALLED) from error
    path = next((folder / name for name in MODELS if (folder / name).is_file()), folder / MODELS[0])
    try:
        session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
        tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
    except Exception as error:  # both libraries raise classes of their own
        raise UserError(NOT_LOADED.format(folder=folder)) from error
    tokenizer.enable_padding(**_padding(tokenizer))
    return session, tokenizer


def _padding(tokenizer: Any) -> dict[str, Any]:
    """Return how the tokenizer fills up shorter texts: in its own way, up to the longest one only."""
    known = tokenizer.padding or {}
    return {key: known[key] for key in ("direction", "pad_id", "pad_type_id", "pad_token") if key in known}
