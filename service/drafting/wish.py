"""What a language model may be asked to do with a draft."""

from __future__ import annotations

from enum import StrEnum


class Wish(StrEnum):
    """What the model is to do."""

    POLISH = "polish"
    """Word a paragraph better, without other facts."""
    WRITE = "write"
    """Write a paragraph from the facts of a section."""
