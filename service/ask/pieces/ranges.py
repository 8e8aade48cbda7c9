"""Quantities that only count together: a fine of 1万元以上5万元以下, a price of 20元至30元."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

_ABOVE = re.compile("[（(]?含?[）)]?(?:及?以上)[、，,至到]?[ ]?")
_BELOW = re.compile("[（(]?含?[）)]?[ ]?(?:及?以下|以内)")
_UNTIL = re.compile("[-—–~～至到]{1,2}[ ]?")
_CHANGE = re.compile("(?:从|由|原来?)[^，,。；;]{0,10}$")
"""Ends before a number that something is raised or lowered from: 从40万元到50万元."""


def ranges(sentence: str, found: Sequence[re.Match[str]]) -> list[tuple[re.Match[str], re.Match[str], int]]:
    """Return the first and the last number of each range, with where it ends.

    Args:
        sentence: what the numbers stand in.
        found: its numbers with their units, in text order.
    """
    return [
        (low, high, end)
        for low, high in pairwise(found)
        if (low["unit"] or low["scale"]) and high["unit"] and (end := _range_end(sentence, low, high))
    ]


def _range_end(sentence: str, low: re.Match[str], high: re.Match[str]) -> int:
    """Return where a range of two numbers ends; 0 where they are none."""
    between = sentence[low.end() : high.start()]
    below = _BELOW.match(sentence, high.end())
    if _ABOVE.fullmatch(between) and below:
        return below.end()
    return high.end() if _UNTIL.fullmatch(between) and not _CHANGE.search(sentence[: low.start()]) else 0
