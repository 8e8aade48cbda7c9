"""The encoder that the office chose, else the one that comes with the product."""

from __future__ import annotations

import os

from index.encoders.base import MODEL, ONNX, Encoder
from index.encoders.static import built_in_encoder

VARIABLE = "TAIZHANG_ENCODER"
"""Environment variable that names the encoder, see `configured_encoder`."""
ADDRESSES = ("http://", "https://")


def configured_encoder() -> Encoder:
    """Return the encoder that the environment names, else the built-in one.

    - `onnx:FOLDER`: a folder with `model.onnx` and `tokenizer.json`
    - `http://…/v1#MODEL`: an OpenAI-compatible service inside the office
    - anything else: a sentence-transformers model by folder or name

    Raises:
        UserError: when it cannot be loaded.
    """
    wanted = os.environ.get(VARIABLE)
    if not wanted:
        return built_in_encoder()
    named = wanted.startswith((ONNX, *ADDRESSES))
    return _loaded(wanted if named else f"{MODEL}{wanted}")


def encoder_named(name: str) -> Encoder | None:
    """Return the encoder that calls itself `name`, None where this program has none of that name any more.

    Raises:
        UserError: when it cannot be loaded.
    """
    if name == built_in_encoder().name:
        return built_in_encoder()
    return _loaded(name) if name.startswith((ONNX, MODEL, *ADDRESSES)) else None


def _loaded(name: str) -> Encoder:
    if name.startswith(ONNX):
        from index.encoders.onnx import OnnxEncoder  # brings onnxruntime

        return OnnxEncoder(name.removeprefix(ONNX))
    if name.startswith(ADDRESSES):
        from index.encoders.remote import RemoteEncoder

        return RemoteEncoder(name)
    from index.encoders.neural import SentenceEncoder  # brings torch

    return SentenceEncoder(name.removeprefix(MODEL))
