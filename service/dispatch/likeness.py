"""How alike two statements of a task are: shared pairs of characters, whatever their order."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise

from index.tokens import fold

_LAYOUT = re.compile(r"[\W_]+")
_LABEL = re.compile(r"^[\s（(]*(?:[一二三四五六七八九十百]+|\d{1,3})[）)、.．]\s*")
"""（一） 3. 三、: units number their rows anew."""


@lru_cache(maxsize=20_000)
def pairs_of(text: str) -> Counter[str]:
    """Return how often each pair of characters occurs, punctuation and the leading label aside."""
    key = _LAYOUT.sub("", fold(_LABEL.sub("", text.strip())))
    return Counter(first + second for first, second in pairwise(key)) if len(key) > 1 else Counter({key: 1})


def likeness(one: str, other: str) -> float:
    """Return 1.0 for the same words, 0.0 for no common pair: twice what they share by what they have."""
    mine, theirs = pairs_of(one), pairs_of(other)
    whole = mine.total() + theirs.total()
    return 2 * _shared(mine, theirs) / whole if whole else 0.0


def share_within(inner: str, outer: str) -> float:
    """Return how much of `inner` stands in `outer`, 0.0 to 1.0."""
    mine = pairs_of(inner)
    return _shared(mine, pairs_of(outer)) / mine.total() if mine.total() else 0.0


def _shared(one: Counter[str], other: Counter[str]) -> int:
    fewer, more = (one, other) if len(one) <= len(other) else (other, one)
    return sum(min(count, more[pair]) for pair, count in fewer.items() if pair in more)


class Likely:
    """Tasks by their words: which of thousands are like a text, without comparing all of them."""

    def __init__(self, tasks: Iterable[tuple[str, str]]) -> None:
        """Take tasks as id and words."""
        self._words = dict(tasks)
        self._with: dict[str, list[str]] = {}
        for task, words in self._words.items():
            for pair in pairs_of(words):
                self._with.setdefault(pair, []).append(task)

    def words(self, task: str) -> str:
        """Return the words of a task, "" for one that is not among them."""
        return self._words.get(task, "")

    def like(self, text: str, least: float, most: int = 3) -> list[tuple[str, float]]:
        """Return at most `most` tasks at least `least` alike, the most alike first."""
        common: Counter[str] = Counter()
        for pair in pairs_of(text):
            common.update(self._with.get(pair, ()))
        found = [(task, likeness(text, self._words[task])) for task, _ in common.most_common(20)]
        return sorted((item for item in found if item[1] >= least), key=lambda item: -item[1])[:most]
