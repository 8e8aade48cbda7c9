"""Passages that were read, kept.

Who asks twice about the same matter, or in the same few documents, reads much the same passages. Their words
never change; all else holds until somebody writes into the library.
"""

from __future__ import annotations

import threading
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

from corpus.store.rows import PassageRow

MOST_KEPT = 8_192
"""Passages that are kept, those that were read first: some fifteen megabytes at most."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A passage as it was read."""

    row: PassageRow
    moment: Hashable
    """When, see `Database.moment`."""


class KeptPassages:
    """Passages by their ids, which are never used twice. May be used from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: dict[int, Kept] = {}

    def of(self, ids: Iterable[int]) -> dict[int, Kept]:
        """Return those of the passages that are kept, of whatever moment."""
        with self._lock:
            return {number: self._kept[number] for number in ids if number in self._kept}

    def keep(self, rows: Iterable[PassageRow], moment: Hashable) -> None:
        """Keep passages that were read at `moment` or later."""
        with self._lock:
            self._kept.update((row.id, Kept(row, moment)) for row in rows)
            for number in self._first(len(self._kept) - MOST_KEPT):
                del self._kept[number]

    def _first(self, count: int) -> Sequence[int]:
        return [number for number, _ in zip(self._kept, range(count), strict=False)]
