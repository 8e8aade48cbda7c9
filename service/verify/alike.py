"""Which of many texts a sentence was taken from, told by the pairs of characters they share."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from index.tokens import fold

_NO_WORD = re.compile(r"[^一-龥a-z]+")
FEWEST = 5
"""Pairs that a sentence must have to be recognised by most of them; a shorter one by all."""
SHORTEST = 3
LEAST = 0.75
"""Share of a sentence's pairs that a text must hold to be where it comes from."""
NEAR = 0.06
"""How much less than the best one another text may hold and still be meant too."""
_NAMED = 0.95
"""Share of a name's pairs that a sentence must hold to name it."""


class Alike:
    """Some texts, found by the words of a sentence. Figures and marks do not count."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._pairs = [pairs(text) for text in texts]
        self._texts: dict[str, list[int]] = defaultdict(list)
        for number, held in enumerate(self._pairs):
            for pair in held:
                self._texts[pair].append(number)

    def find(self, sentence: str, least: float = LEAST, near: float = NEAR) -> tuple[int, ...]:
        """Return the numbers of the texts that hold most of a sentence, () where none holds enough of it."""
        wanted = pairs(sentence)
        if len(wanted) < SHORTEST:
            return ()
        held = self._held(wanted)
        best = max(held.values(), default=0) / len(wanted)
        if best < (least if len(wanted) >= FEWEST else 1.0):
            return ()
        return tuple(number for number, count in held.items() if count / len(wanted) >= best - near)

    def named(self, sentence: str) -> tuple[int, ...]:
        """Return the numbers of the texts that a sentence holds whole, of nested ones the outer."""
        found = {
            number
            for number, count in self._held(pairs(sentence)).items()
            if len(self._pairs[number]) >= SHORTEST and count >= _NAMED * len(self._pairs[number])
        }
        return tuple(
            number
            for number in found
            if not any(self._pairs[number] < self._pairs[other] for other in found if other != number)
        )

    def _held(self, wanted: Iterable[str]) -> Counter[int]:
        return Counter(number for pair in wanted for number in self._texts.get(pair, ()))


def pairs(text: str) -> frozenset[str]:
    """Return the pairs of neighbouring characters within the words of a text."""
    words = _NO_WORD.split(fold(text))
    return frozenset(word[at : at + 2] for word in words for at in range(len(word) - 1))
