"""Which of many texts a sentence was taken from, told by the pairs of characters they share."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from index.tokens import fold

_NO_WORD = re.compile(r"[^一-龥a-z]+")
FEWEST = 5
"""Pairs that a sentence must have to be recognised."""
LEAST = 0.75
"""Share of a sentence's pairs that a text must hold to be where it comes from."""
NEAR = 0.06
"""How much less than the best one another text may hold and still be meant too."""


class Alike:
    """Some texts, found by the words of a sentence. Figures and marks do not count."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts: dict[str, list[int]] = defaultdict(list)
        for number, text in enumerate(texts):
            for pair in pairs(text):
                self._texts[pair].append(number)

    def find(self, sentence: str, least: float = LEAST) -> tuple[int, ...]:
        """Return the numbers of the texts that hold most of a sentence, () where none holds enough of it."""
        wanted = pairs(sentence)
        if len(wanted) < FEWEST:
            return ()
        held = Counter(number for pair in wanted for number in self._texts.get(pair, ()))
        best = max(held.values(), default=0) / len(wanted)
        if best < least:
            return ()
        return tuple(number for number, count in held.items() if count / len(wanted) >= best - NEAR)


def pairs(text: str) -> frozenset[str]:
    """Return the pairs of neighbouring characters within the words of a text."""
    words = _NO_WORD.split(fold(text))
    return frozenset(word[at : at + 2] for word in words for at in range(len(word) - 1))
