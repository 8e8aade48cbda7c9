"""Chooses what is shown of what was found: copies folded, no document crowding out the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from corpus.store.rows import PassageRow
from index.fusion import Fused
from index.hits import Copy
from index.tokens import text_key


@dataclass(frozen=True, slots=True)
class Wanted:
    """How many hits, and of what variety."""

    k: int
    per_document: int | None
    """None: no limit."""
    collapse: bool
    """Whether the same passage in several documents is one hit."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A passage to be shown."""

    found: Fused
    row: PassageRow
    key: int
    """Equal for passages of the same text."""


def choose(found: Iterable[tuple[Fused, PassageRow]], wanted: Wanted) -> list[Chosen]:
    """Return the first `k` that are neither copies of an earlier one nor too many of their document."""
    chosen: list[Chosen] = []
    keys: set[int] = set()
    from_document: Counter[str] = Counter()
    for item, row in found:
        if len(chosen) >= wanted.k:
            break
        key = text_key(row.text)
        full = wanted.per_document is not None and from_document[row.document_id] >= wanted.per_document
        if full or (wanted.collapse and key in keys):
            continue
        keys.add(key)
        from_document[row.document_id] += 1
        chosen.append(Chosen(item, row, key))
    return chosen


def copies_of(chosen: Chosen, same: Iterable[PassageRow]) -> tuple[Copy, ...]:
    """Return the other documents among `same`, each once."""
    rows = {row.document_id: row for row in same if row.document_id != chosen.row.document_id}
    return tuple(Copy(row.document_id, row.title, row.source) for row in rows.values())
