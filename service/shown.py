"""A document of the library with its ledger, as it is shown."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.document import Document
from corpus.records import JsonObject, document_record, extract_line, plain
from corpus.store.filters import TaskQuery
from corpus.store.rows import TaskRow, ledger_record
from corpus.store.store import Store

MOST_ROWS = 10_000
"""Rows of the ledger that one document may show."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A document of the library with its ledger."""

    document: Document
    rows: tuple[TaskRow, ...]
    """The rows of the ledger; none for an earlier version, whose places they do not fit."""
    progress: tuple[JsonObject, ...]
    """What it reports as done or under way, under the public keys; none for an earlier version."""
    current: bool = True
    """False for an earlier version."""

    def record(self) -> JsonObject:
        """Return what `taizhang show --json` prints; an earlier version is read anew for its tasks."""
        if not self.current:
            from ingest.extract.extract import extract  # only here does the library itself extract

            return extract_line(self.document, extract(self.document))
        return {
            "source": self.document.source,
            "document": document_record(self.document),
            "text": self.document.text,
            "tasks": [ledger_record(row) for row in self.rows],
            "progress": list(self.progress),
            "problems": plain(self.document.problems),
        }


def shown(store: Store, document: str, version: int | None = None) -> Shown:
    """Return a document with its tasks and progress; the current version when None.

    Raises:
        NotFoundError: when there is no such document or version.
    """
    found = store.document(document, version)
    if version is not None and version != store.document_row(document).version:
        return Shown(found, (), (), current=False)
    rows = store.tasks(TaskQuery(document=document, limit=MOST_ROWS)).items
    return Shown(found, rows, tuple(store.progress(document)))
