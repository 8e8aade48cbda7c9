"""Finds which rows of a document's older reading are the rows of a newer one, by words and place."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.records import JsonObject

SAME_LABEL = 0.35
"""Least likeness of two rows with the same label under the same headings."""
SAME_SECTION = 0.5
"""Least likeness of two rows under the same headings."""
ANYWHERE = 0.7
"""Least likeness of two rows that stand in different places."""
_BLANK = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Placed:
    """The words of a row, and where they stand."""

    text: str
    label: str = ""
    section: tuple[str, ...] = ()

    @classmethod
    def of(cls, record: JsonObject) -> Placed:
        """Return the words and the place of a task's record."""
        return cls(record["text"], record["label"], tuple(record["section"]))


def match_rows(old: Sequence[Placed], new: Sequence[Placed]) -> dict[int, int]:
    """Return for rows of `new` the row of `old` that each continues, by index; both in the order of the text.

    The surest pairs are made first: the same words at the same place, the same words elsewhere, like words at
    the same place, and at last very like words anywhere. No row is used twice.
    """
    if not old or not new:
        return {}
    matcher = _Matcher(old, new)
    matcher.pair_same_words()
    matcher.pair_like(lambda row: (row.label, row.section) if row.label else None, SAME_LABEL)
    matcher.pair_like(lambda row: row.section, SAME_SECTION)
    matcher.pair_like(lambda row: "", ANYWHERE)
    return matcher.found


def match_equal(old: Sequence[Placed], new: Sequence[Placed]) -> dict[int, int]:
    """Return for rows of `new` the row of `old` with the same words, as `match_rows` does."""
    matcher = _Matcher(old, new)
    matcher.pair_same_words()
    return matcher.found


def likeness(one: str, other: str) -> float:
    """Return how alike two texts are, 0 to 1: Dice's coefficient over pairs of neighbouring characters."""
    return _dice(_pairs(one), _pairs(other))


class _Matcher:
    def __init__(self, old: Sequence[Placed], new: Sequence[Placed]) -> None:
        self.found: dict[int, int] = {}
        self._old = dict(enumerate(old))
        self._new = dict(enumerate(new))

    def pair_same_words(self) -> None:
        """Pair rows of the same words, those at the same place first."""
        self.pair_equal(lambda row: (folded(row.text), row.label, row.section))
        self.pair_equal(lambda row: folded(row.text))

    def pair_equal(self, key: Callable[[Placed], Hashable]) -> None:
        """Pair rows of equal key, the first with the first."""
        waiting = _grouped(self._old, key)
        for index, row in list(self._new.items()):
            if rest := waiting.get(key(row)):
                self._pair(index, rest.pop(0))

    def pair_like(self, key: Callable[[Placed], Hashable | None], least: float) -> None:
        """Pair rows of equal key, None excepted, that are at least `least` alike, the most alike first."""
        waiting = _grouped(self._old, key)
        old_pairs = {index: _pairs(row.text) for index, row in self._old.items()}
        new_pairs = {index: _pairs(row.text) for index, row in self._new.items()}
        likely = [
            (-alike, abs(old - new), new, old)
            for new, row in self._new.items()
            if key(row) is not None
            for old in waiting.get(key(row), [])
            if (alike := _dice(new_pairs[new], old_pairs[old])) >= least
        ]
        for _alike, _distance, new, old in sorted(likely):
            if new in self._new and old in self._old:
                self._pair(new, old)

    def _pair(self, new: int, old: int) -> None:
        self.found[new] = old
        del self._new[new], self._old[old]


def _grouped(rows: dict[int, Placed], key: Callable[[Placed], Hashable | None]) -> dict[Hashable, list[int]]:
    groups: dict[Hashable, list[int]] = defaultdict(list)
    for index, row in rows.items():
        groups[key(row)].append(index)
    return groups


def folded(text: str) -> str:
    """Return the text without its white space, which says nothing about identity."""
    return _BLANK.sub("", text)


def _pairs(text: str) -> frozenset[str]:
    words = folded(text)
    return frozenset(map("".join, pairwise(words))) or frozenset(words)


def _dice(one: frozenset[str], other: frozenset[str]) -> float:
    total = len(one) + len(other)
    return 2 * len(one & other) / total if total else 1.0
