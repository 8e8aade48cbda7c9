"""The two documents of a reconciliation: from the library, or files that are only read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.document import Document
from corpus.errors import NotFoundError
from corpus.records import JsonObject, earliest_end, progress_record, task_record
from corpus.store.filters import TaskQuery
from corpus.store.rows import ledger_record
from corpus.task import Extraction
from service.reconcile.model import Side

if TYPE_CHECKING:
    from service.library import Library

_ID = re.compile(r"d[0-9]{1,15}")
MOST_ROWS = 10_000
"""Rows of one plan that are held against a report."""


@dataclass(frozen=True, slots=True)
class Held:
    """A document with what is compared of it."""

    side: Side
    document: Document
    tasks: tuple[JsonObject, ...]
    """Under the public keys; with those of the ledger where it is in the library."""
    progress: tuple[JsonObject, ...]


def is_id(name: str) -> bool:
    """Tell whether a name is the id of a document."""
    return _ID.fullmatch(name) is not None


def kept(library: Library, document: str) -> Held:
    """Return a document of the library.

    Raises:
        NotFoundError: when there is none of that id.
    """
    found = library.store.document(document)
    row = library.document_row(document)
    rows = library.tasks(TaskQuery(document=document, limit=MOST_ROWS)).items
    side = Side(document, row.title or row.source, row.source)
    records = tuple(ledger_record(item) for item in rows)
    return Held(side, found, records, tuple(library.store.progress(document)))


def from_file(path: Path) -> Held:
    """Return a file that is read and not kept; the ids of its tasks are their places, t1 for the first.

    Raises:
        NotFoundError: when there is no such file.
        UnreadableError: when it cannot be read.
    """
    from service.intake.extraction import read  # brings all the readers

    if not path.is_file():
        raise NotFoundError(f"没有 {path} 这个文件，也没有这个编号的文件。")
    reading = read(path.read_bytes(), str(path))
    return read_text(reading.document, reading.extraction)


def read_text(document: Document, extraction: Extraction) -> Held:
    """Return a document that was just read, with its extraction."""
    tasks = tuple(
        {
            **task_record(task),
            "id": f"t{place}",
            "status": "not_started",
            "due": earliest_end(task_record(task)),
        }
        for place, task in enumerate(extraction.tasks, 1)
    )
    side = Side("", document.header.title or document.source, document.source)
    return Held(side, document, tasks, tuple(progress_record(item) for item in extraction.progress))
