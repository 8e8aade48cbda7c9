"""Writes the index of words: what a writer commits is found from then on, and survives a crash."""

from __future__ import annotations

from dataclasses import dataclass
from types import TracebackType
from typing import TYPE_CHECKING

from corpus.store.rows import Change
from index.lexical.fields import MARKER, Entry, entry, marker

if TYPE_CHECKING:
    import tantivy

WRITER_MEMORY = 64_000_000
"""Bytes a writer gathers before it writes a segment."""


@dataclass(frozen=True, slots=True)
class Words:
    """What the index of words takes of one step."""

    number: int
    """Of the step."""
    removed: tuple[int, ...]
    """Passages to take out, before the others come in."""
    entries: tuple[Entry, ...]
    """One for each passage that comes in."""


def words_of(change: Change) -> Words:
    """Return what the index of words takes of a step."""
    return Words(change.number, change.removed, tuple(map(entry, change.added)))


class LexicalWriter:
    """Writes changes; a context that leaves nothing half written behind.

    One thread of tantivy's writes, so that the same history gives the same index; others merge.
    """

    def __init__(self, index: tantivy.Index) -> None:
        self._writer = index.writer(WRITER_MEMORY, num_threads=1)
        # A writer that was killed in its commit may have left a file of the name that ours is going to give.
        self._writer.garbage_collect_files()

    def __enter__(self) -> LexicalWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is not None:
            self._writer.rollback()
        self._writer.wait_merging_threads()

    def apply(self, change: Change) -> None:
        """Take the change in; applying it twice does no harm. Seen by others after `commit`."""
        self.take(words_of(change))

    def take(self, words: Words) -> None:
        """Take in what was prepared of a change, as `apply` does."""
        import tantivy

        for id in (*words.removed, *(coming["passage"] for coming in words.entries)):
            self._writer.delete_documents_by_term("passage", id)
        for coming in words.entries:
            self._writer.add_document(tantivy.Document(**coming))

    def commit(self, number: int) -> None:
        """Make everything applied visible, together with `number`, the last change it holds."""
        self._writer.delete_documents_by_term("passage", MARKER)
        self._writer.add_document(marker(number))
        self._writer.commit()
