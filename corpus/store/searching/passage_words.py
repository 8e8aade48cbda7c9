"""The words of passages, kept: to cut one out of a long text takes longer than all else of reading it."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping, Sequence

MOST_KEPT = 8_192
"""Passages whose words are kept, those that were read first: some ten megabytes at most."""


class PassageWords:
    """The words of passages by their ids, which are never used twice. May be used from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: dict[int, str] = {}

    def of(self, ids: Iterable[int]) -> dict[int, str]:
        """Return the words of those of the passages whose words are kept."""
        with self._lock:
            return {number: self._kept[number] for number in ids if number in self._kept}

    def keep(self, words: Mapping[int, str]) -> None:
        """Keep the words of passages."""
        with self._lock:
            self._kept.update(words)
            for number in self._first(len(self._kept) - MOST_KEPT):
                del self._kept[number]

    def _first(self, count: int) -> Sequence[int]:
        return [number for number, _ in zip(self._kept, range(count), strict=False)]
