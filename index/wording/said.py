"""Where texts of the library explain names: what is kept of each step of its history."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.store.rows import Change
from index.wording.definitions import definitions_in

Said = tuple[int, str, str, str, str]
"""One place that explains a name: passage, document, short name, full name, and how it is told."""


@dataclass(frozen=True, slots=True)
class Names:
    """What is kept of one step beside the index: where its texts explain names."""

    number: int
    """Of the step."""
    removed: tuple[int, ...]
    """Passages to forget, before the others come in."""
    said: tuple[Said, ...]
    """In the order of the texts."""


def names_of(change: Change) -> Names:
    """Return where the texts of a step explain names."""
    said = tuple(
        (row.id, row.document_id, item.short, item.full, item.tie.value)
        for row in change.added
        for item in definitions_in(row.text)
    )
    return Names(change.number, change.removed, said)
