"""The models that an office chose, by the words in which it names them."""

from __future__ import annotations

import os
from dataclasses import dataclass, field

from index.encoders.base import MODEL, ONNX, Encoder
from index.encoders.static import built_in_encoder
from index.rerankers.base import Reranker

ENCODER, ENCODER_KEY = "TAIZHANG_ENCODER", "TAIZHANG_ENCODER_KEY"
RERANKER, RERANKER_KEY = "TAIZHANG_RERANKER", "TAIZHANG_RERANKER_KEY"
"""Environment variables that name models and the keys of their services; they go before any setting."""
ADDRESSES = ("http://", "https://")


@dataclass(frozen=True, slots=True)
class ModelChoice:
    """The models that an office chose, each by a name.

    - `onnx:FOLDER`: a folder with `model.onnx` and `tokenizer.json`
    - `http://…/v1#MODEL`: a service inside the office
    - anything else: a sentence-transformers model by folder or name
    """

    encoder: str = ""
    """Makes vectors; "" is the one that comes with the product."""
    encoder_key: str = field(default="", repr=False)
    reranker: str = ""
    """Orders the first hits anew; "" leaves them as they are."""
    reranker_key: str = field(default="", repr=False)

    @property
    def encoder_name(self) -> str:
        """Return what the encoder calls itself, without loading it."""
        return full_name(self.encoder) if self.encoder else built_in_encoder().name


def chosen_by_environment() -> ModelChoice:
    """Return the models that the environment names."""
    return ModelChoice(*(os.environ.get(name, "") for name in (ENCODER, ENCODER_KEY, RERANKER, RERANKER_KEY)))


def full_name(wanted: str) -> str:
    """Return a model's name with its kind; a bare folder or name is one of sentence-transformers."""
    return wanted if wanted.startswith((ONNX, MODEL, *ADDRESSES)) else f"{MODEL}{wanted}"


def configured_encoder() -> Encoder:
    """Return the encoder that the environment names, else the built-in one.

    Raises:
        UserError: when it cannot be loaded.
    """
    choice = chosen_by_environment()
    return load_encoder(choice.encoder_name, choice.encoder_key)


def configured_reranker() -> Reranker | None:
    """Return the reranker that the environment names, None where it names none.

    Raises:
        UserError: when it cannot be loaded.
    """
    choice = chosen_by_environment()
    return load_reranker(full_name(choice.reranker), choice.reranker_key) if choice.reranker else None


def load_encoder(name: str, key: str = "") -> Encoder:
    """Return the encoder that calls itself `name`; `key` is what its service wants to see.

    Raises:
        UserError: when it cannot be loaded, or this program has none of that name any more.
    """
    if name == built_in_encoder().name:
        return built_in_encoder()
    if name.startswith(ADDRESSES):
        from index.encoders.remote import RemoteEncoder

        return RemoteEncoder(name, key)
    if name.startswith(ONNX):
        from index.encoders.onnx import OnnxEncoder  # brings onnxruntime

        return OnnxEncoder(name.removeprefix(ONNX))
    from index.encoders.neural import SentenceEncoder  # brings torch

    return SentenceEncoder(name.removeprefix(MODEL))


def is_loadable(name: str) -> bool:
    """Tell whether this program can know an encoder of that name: old vectors may be of one it had before."""
    return name == built_in_encoder().name or name.startswith((ONNX, MODEL, *ADDRESSES))


def load_reranker(name: str, key: str = "") -> Reranker:
    """Return the reranker of that full name; `key` is what its service wants to see.

    Raises:
        UserError: when it cannot be loaded.
    """
    if name.startswith(ADDRESSES):
        from index.rerankers.remote import RemoteReranker

        return RemoteReranker(name, key)
    if name.startswith(ONNX):
        from index.rerankers.onnx import OnnxReranker  # brings onnxruntime

        return OnnxReranker(name.removeprefix(ONNX))
    from index.rerankers.neural import CrossReranker  # brings torch

    return CrossReranker(name.removeprefix(MODEL))
