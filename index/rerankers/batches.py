"""Scores passages some at a time, as long as somebody waits for them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from time import monotonic

from index.rerankers.base import RerankError

BATCH = 8
"""Passages that a model scores together: few, so that it soon sees when nobody waits any more."""
TOO_LATE = "not done in time"
Pairs = Sequence[tuple[str, str]]


def scored_in_batches(
    score: Callable[[Pairs], Sequence[float]], question: str, passages: Sequence[str], seconds: float
) -> list[float]:
    """Return what `score` gives for the question with each passage.

    Passages of about one length are scored together, since the shorter are filled up to the longest.

    Raises:
        RerankError: when it takes longer than `seconds`.
    """
    until = monotonic() + seconds
    order = sorted(range(len(passages)), key=lambda place: len(passages[place]))
    scores = [0.0] * len(passages)
    for start in range(0, len(order), BATCH):
        if monotonic() > until:
            raise RerankError(TOO_LATE)
        places = order[start : start + BATCH]
        found = score([(question, passages[place]) for place in places])
        for place, value in zip(places, found, strict=True):
            scores[place] = float(value)
    return scores
