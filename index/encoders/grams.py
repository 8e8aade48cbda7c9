"""Finds known character sequences in texts, many texts at once, with numpy alone.

A known sequence ("gram") is a word or a piece of one, 1 to 4 characters of Chinese or a short run of Latin
letters and digits. Every place where one stands counts, also inside another: nothing is cut, so no dictionary
of words can drift away from the grams that an encoder was trained on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Keys = NDArray[np.uint64]
    Numbers = NDArray[np.int64]

LONGEST = 4
"""Characters of the longest gram."""
FEW = 1_000
"""Characters up to which stretches of all lengths are looked up together, beyond one length at a time."""
_STEP = np.uint64(1_000_003)
_SPREAD = np.uint64(0x9E3779B97F4A7C15)
_END = 0
"""Code point put behind each text; no gram runs over it."""


class Grams:
    """Grams with their numbers, 0 upwards in the order given, in a table of open addressing."""

    def __init__(self, grams: Sequence[str]) -> None:
        self._by_gram = {gram: number for number, gram in enumerate(grams)}
        bits = max(4, (4 * len(grams) - 1).bit_length())
        self._shift = np.uint64(64 - bits)
        self._keys = np.zeros(1 << bits, dtype=np.uint64)
        self._numbers = np.full(1 << bits, -1, dtype=np.int32)
        self._probes = 0
        self._fill(_keys_of(grams))

    def __len__(self) -> int:
        return len(self._by_gram)

    def find(self, texts: Sequence[str]) -> tuple[Numbers, Numbers]:
        """Return the text (its place in `texts`, ascending) and the number of each gram found.

        A gram that stands several times in a text comes as often. Texts are to be folded already.
        """
        points = np.frombuffer("".join(f"{text}\0" for text in texts).encode("utf-32-le"), dtype=np.uint32)
        rows = np.cumsum(points == _END)
        found_rows, found = [], []
        for starts, keys in _windows(points) if len(points) > FEW else _together(_windows(points)):
            numbers = self._look_up(keys)
            known = numbers >= 0
            found_rows.append(rows[starts[known]])
            found.append(numbers[known])
        all_rows = np.concatenate(found_rows)
        order = np.argsort(all_rows, kind="stable")
        return all_rows[order], np.concatenate(found)[order].astype(np.int64)

    def find_in(self, text: str) -> list[int]:
        """Return the number of each gram found in one short text; see `find`, which is for many texts."""
        stretches = (
            text[start : start + length]
            for length in range(1, LONGEST + 1)
            for start in range(len(text) - length + 1)
        )
        return [self._by_gram[stretch] for stretch in stretches if stretch in self._by_gram]

    def _fill(self, keys: Keys) -> None:
        """Put each key into the first free slot from its own on, all keys of one round at once."""
        waiting = np.arange(len(keys), dtype=np.int32)
        while len(waiting):
            slots = self._slots(keys[waiting], self._probes)
            free = self._numbers[slots] < 0
            # Of several keys that want one slot the last one written stays.
            self._numbers[slots[free]] = waiting[free]
            self._keys[slots[free]] = keys[waiting[free]]
            waiting = waiting[self._numbers[slots] != waiting]
            self._probes += 1

    def _look_up(self, keys: Keys) -> NDArray[np.int32]:
        """Return the number of each key, -1 for unknown ones."""
        found = np.full(len(keys), -1, dtype=np.int32)
        open_places = np.arange(len(keys))
        for probe in range(self._probes):
            if not len(open_places):
                break
            slots = self._slots(keys[open_places], probe)
            numbers = self._numbers[slots]
            same = (self._keys[slots] == keys[open_places]) & (numbers >= 0)
            found[open_places[same]] = numbers[same]
            open_places = open_places[~same & (numbers >= 0)]
        return found

    def _slots(self, keys: Keys, probe: int) -> Numbers:
        first = ((keys * _SPREAD) >> self._shift).astype(np.int64)
        return (first + probe) & (len(self._keys) - 1)


def _windows(points: NDArray[np.uint32]) -> Iterator[tuple[Numbers, Keys]]:
    """Yield, for each length, where its stretches within one text start, and their keys."""
    wide = points.astype(np.uint64) + np.uint64(1)
    inside = points != _END
    starts = np.flatnonzero(inside)
    keys = wide[starts]
    yield starts, keys
    for length in range(2, LONGEST + 1):
        kept = inside[np.minimum(starts + length - 1, len(points) - 1)]
        starts, keys = starts[kept], keys[kept]
        keys = keys * _STEP + wide[starts + length - 1]
        yield starts, keys


def _together(windows: Iterable[tuple[Numbers, Keys]]) -> Iterator[tuple[Numbers, Keys]]:
    """Yield stretches of all lengths as one, the shorter ones first."""
    starts, keys = zip(*windows, strict=True)
    yield np.concatenate(starts), np.concatenate(keys)


def _keys_of(grams: Sequence[str]) -> Keys:
    """Return the key of each gram, the same that `_windows` gives the stretch that reads so."""
    keys = np.zeros(len(grams), dtype=np.uint64)
    for length in range(1, LONGEST + 1):
        chosen = np.array([place for place, gram in enumerate(grams) if len(gram) == length], dtype=np.int64)
        if not len(chosen):
            continue
        joined = "".join(grams[place] for place in chosen).encode("utf-32-le")
        points = np.frombuffer(joined, dtype=np.uint32).reshape(-1, length).astype(np.uint64) + np.uint64(1)
        key = points[:, 0]
        for column in range(1, length):
            key = key * _STEP + points[:, column]
        keys[chosen] = key
    return keys
