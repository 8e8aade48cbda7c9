"""How sure a mean is: bootstrap intervals over questions (Efron 1979; Sakai 2006 for retrieval)."""

from __future__ import annotations

import random
from collections.abc import Sequence

DRAWS = 1_000
SURE = 0.95


def interval(values: Sequence[float], draws: int = DRAWS) -> tuple[float, float]:
    """Return the bounds between which the mean lies in 95 % of `draws` resamplings; (0, 0) without values."""
    if not values:
        return 0.0, 0.0
    chance = random.Random(0)
    means = sorted(sum(chance.choices(values, k=len(values))) / len(values) for _ in range(draws))
    outside = round((1 - SURE) / 2 * draws)
    return means[outside], means[-1 - outside]
