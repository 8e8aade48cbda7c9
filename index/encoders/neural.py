"""Any sentence-transformers model as an encoder: by folder, or by the name under which it was downloaded."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from corpus.errors import UserError
from index.encoders.base import MODEL, BroughtEncoder

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

NOT_INSTALLED = "这个模型需要可选组件：请先运行 pip install 'taizhang[neural]'。"
NOT_LOADED = (
    "无法载入模型 {model}：本机没有这个文件夹，或其中不是所要的模型。"
    "程序不从网上下载，请先把模型文件夹拷到本机，再填写完整路径。"
)
BATCH = 32


class SentenceEncoder(BroughtEncoder):
    """Encodes with a sentence-transformers model. Queries get the prompt that the model asks for, if any."""

    def __init__(self, model: str) -> None:
        """Load `model`, a folder or a name.

        Raises:
            UserError: when the optional parts are not installed, or there is no such model.
        """
        self._model = _load(model)
        self.dimensions = len(self.encode_query("台账"))
        self.name = f"{MODEL}{model}"

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return the passages' vectors, shape (len(texts), dimensions), each of length 1."""
        if not texts:
            return np.zeros((0, self.dimensions), dtype=np.float32)
        return self._vectors(self._model.encode_document(list(texts), **_OPTIONS))

    def encode_query(self, text: str) -> Vectors:
        """Return the query's vector, shape (dimensions,), of length 1."""
        return self._vectors(self._model.encode_query(text, **_OPTIONS))

    def _vectors(self, found: Any) -> Vectors:
        return np.asarray(found, dtype=np.float32)


_OPTIONS: dict[str, Any] = {
    "batch_size": BATCH,
    "normalize_embeddings": True,
    "convert_to_numpy": True,
    "show_progress_bar": False,
}


def _load(model: str) -> Any:
    # Importing torch takes seconds and hundreds of megabytes: only who configures such a model pays for it.
    try:
        from sentence_transformers import SentenceTransformer
    except ImportError as error:
        raise UserError(NOT_INSTALLED) from error
    try:
        return SentenceTransformer(model, device="cpu", local_files_only=True)
    except (OSError, ValueError, KeyError) as error:
        raise UserError(NOT_LOADED.format(model=model)) from error
