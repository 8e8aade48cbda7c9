"""The ledger of a library as records."""

from __future__ import annotations

from corpus.records import JsonObject
from corpus.store.filters import TaskQuery
from corpus.store.rows import ledger_record
from service.library import Library


def records(library: Library) -> list[JsonObject]:
    """Return the rows of the ledger under their public keys."""
    return [ledger_record(row) for row in library.tasks(TaskQuery()).items]
