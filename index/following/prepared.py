"""What the indexes take of the library's history: terms cut, texts encoded, without texts.

Made here for a few steps at a time, and in processes of their own where there are many
(`index.following.helpers`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.store.rows import Change
from index.encoders.base import Encoder, passage_words
from index.lexical.fields import Entry, entry
from index.wording.definitions import definitions_in

if TYPE_CHECKING:
    from index.encoders.base import Vectors


Said = tuple[int, str, str, str, str]
"""One place that explains a name: passage, document, short name, full name, and how it is told."""


@dataclass(frozen=True, slots=True)
class Words:
    """What the index of words takes of one step."""

    number: int
    """Of the step."""
    removed: tuple[int, ...]
    """Passages to take out, before the others come in."""
    entries: tuple[Entry, ...]
    """One for each passage that comes in."""


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


@dataclass(frozen=True, slots=True)
class Names:
    """What is kept of one step beside the index: where its texts explain names."""

    number: int
    """Of the step."""
    removed: tuple[int, ...]
    """Passages to forget, before the others come in."""
    said: tuple[Said, ...]
    """In the order of the texts."""


def words_of(change: Change) -> Words:
    """Return what the index of words takes of a step."""
    return Words(change.number, change.removed, tuple(map(entry, change.added)))


def names_of(change: Change) -> Names:
    """Return where the texts of a step explain names."""
    said = tuple(
        (row.id, row.document_id, item.short, item.full, item.tie.value)
        for row in change.added
        for item in definitions_in(row.text)
    )
    return Names(change.number, change.removed, said)


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
