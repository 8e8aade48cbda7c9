"""What every reranker offers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from corpus.errors import TaizhangError


class RerankError(TaizhangError):
    """A reranker gave no scores; says why, for the log."""


class Reranker(Protocol):
    """Tells how well passages answer a question. It reads both at once, so nothing can be prepared."""

    @property
    def name(self) -> str:
        """Where it came from."""

    @property
    def at_once(self) -> int:
        """How many questions it can take at the same time."""

    def scores(self, question: str, passages: Sequence[str], seconds: float) -> list[float]:
        """Return a score for each passage, in their order; higher is better, the scale is its own.

        Args:
            question: what is asked.
            passages: as many as there are to order; [] gives [].
            seconds: after so many nobody waits for the answer any more, and it should stop by itself.

        Raises:
            RerankError: when there are no scores, or none in time.
        """
