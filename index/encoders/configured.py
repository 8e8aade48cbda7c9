"""The encoder that the office chose, if it chose one."""

from __future__ import annotations

import os

from index.encoders.base import Encoder

VARIABLE = "TAIZHANG_ENCODER"
"""Environment variable with the name or the folder of a sentence-transformers model."""


def configured_encoder() -> Encoder | None:
    """Return the model that the environment names; None for the library's own encoder.

    Raises:
        UserError: when the model cannot be loaded.
    """
    model = os.environ.get(VARIABLE)
    if not model:
        return None
    from index.encoders.neural import SentenceEncoder  # brings torch

    return SentenceEncoder(model)
