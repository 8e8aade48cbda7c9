"""Writes the index of words: what a writer commits is found from then on, and survives a crash."""

from __future__ import annotations

from types import TracebackType
from typing import TYPE_CHECKING

from corpus.store.rows import Change
from index.following.prepared import Words, words_of
from index.lexical.fields import MARKER, marker

if TYPE_CHECKING:
    import tantivy

WRITER_MEMORY = 64_000_000
"""Bytes a writer gathers before it writes a segment."""


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

        for id in (*words.removed, *(entry["passage"] for entry in words.entries)):
            self._writer.delete_documents_by_term("passage", id)
        for entry in words.entries:
            self._writer.add_document(tantivy.Document(**entry))

    def commit(self, number: int) -> None:
        """Make everything applied visible, together with `number`, the last change it holds."""
        self._writer.delete_documents_by_term("passage", MARKER)
        self._writer.add_document(marker(number))
        self._writer.commit()
