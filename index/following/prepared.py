"""What the index of vectors takes of the library's history: texts encoded, some steps together.

Made here for a few steps at a time, and in processes of their own where there are many
(`index.following.helpers`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.store.rows import Change
from index.encoders.base import Encoder, passage_words

if TYPE_CHECKING:
    from index.encoders.base import Vectors


@dataclass(frozen=True, slots=True)
class Encoded:
    """What the index of vectors takes of some steps together."""

    number: int
    """Of the last step."""
    removed: tuple[int, ...]
    ids: tuple[int, ...]
    """Passages that come in."""
    vectors: Vectors
    """Of shape (len(ids), dimensions)."""


def encoded(changes: Sequence[Change], encoder: Encoder) -> Encoded:
    """Return what the index of vectors takes of consecutive steps, at least one.

    Passages that one of them itself removes are left out.
    """
    removed = tuple(id for change in changes for id in change.removed)
    gone = set(removed)
    rows = [row for change in changes for row in change.added if row.id not in gone]
    vectors = encoder.encode([passage_words(row) for row in rows])
    return Encoded(changes[-1].number, removed, tuple(row.id for row in rows), vectors)


def batches(changes: Iterable[Change], size: int) -> Iterator[list[Change]]:
    """Yield consecutive steps together, about `size` passages at a time."""
    batch: list[Change] = []
    held = 0
    for change in changes:
        batch.append(change)
        held += len(change.added)
        if held >= size:
            yield batch
            batch, held = [], 0
    if batch:
        yield batch
