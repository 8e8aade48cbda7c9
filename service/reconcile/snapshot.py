"""All rows of a library with their vectors, kept until something changes."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import numpy as np

from corpus.store.filters import TaskQuery
from corpus.store.rows import TaskRow, TaskStatus
from corpus.store.store import Store
from index.encoders.static import built_in_encoder

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from service.library import Library

    Vectors = NDArray[np.float32]

MOST_ROWS = 200_000
FINISHED = frozenset({TaskStatus.CLOSED, TaskStatus.RECHECKED, TaskStatus.CANCELLED})
"""Rows of which nobody asks any more whether they contradict others."""
LONGEST = 600
"""Characters of a row that its vector is made of."""


@dataclass(frozen=True, slots=True)
class Place:
    """What is known of the document of a row."""

    title: str
    region: str
    """"" where the file does not tell."""
    date: date | None


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The rows of a library as they stand at one moment, in the order of their documents."""

    rows: tuple[TaskRow, ...]
    documents: dict[str, Place]
    vectors: Vectors
    """Shape (rows, dimensions), each of length 1, or zeros."""


class Snapshots:
    """The latest snapshot of one library; texts that were encoded before are not encoded again.

    May be used from several threads; who asks while it is being made waits for it.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._stamp: tuple[object, ...] = ()
        self._latest: Snapshot | None = None
        self._known: dict[bytes, Vectors] = {}

    def get(self, library: Library) -> Snapshot:
        """Return the rows of now."""
        with self._lock:
            stamp = (library.store.last_change(), library.store.last_edit(), library.today())
            if self._latest is None or stamp != self._stamp:
                self._latest = self._made(library)
                self._stamp = stamp
            return self._latest

    def _made(self, library: Library) -> Snapshot:
        rows = all_rows(library)
        documents = {
            row.id: Place(row.title or row.source, row.region or "", row.date) for row in library.documents()
        }
        return Snapshot(rows, documents, self._vectors([row.record["text"][:LONGEST] for row in rows]))

    def _vectors(self, texts: Sequence[str]) -> Vectors:
        keys = [hashlib.blake2b(text.encode(), digest_size=16).digest() for text in texts]
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in self._known}
        made = built_in_encoder().encode(list(new.values()))
        known = {key: self._known[key] for key in set(keys) - new.keys()}
        self._known = known | dict(zip(new, made, strict=True))
        dimensions = built_in_encoder().dimensions
        return np.array([self._known[key] for key in keys], dtype=np.float32).reshape(-1, dimensions)


def all_rows(library: Library) -> tuple[TaskRow, ...]:
    """Return every row of a library in the order of the documents."""
    return library.tasks(TaskQuery(limit=MOST_ROWS)).items


_BY_STORE: WeakKeyDictionary[Store, Snapshots] = WeakKeyDictionary()
_LOCK = threading.Lock()


def snapshot_of(library: Library) -> Snapshot:
    """Return the rows of a library as they stand now; made anew only after a change."""
    with _LOCK:
        snapshots = _BY_STORE.setdefault(library.store, Snapshots())
    return snapshots.get(library)
