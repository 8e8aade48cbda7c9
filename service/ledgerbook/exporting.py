"""The rows of a library as a ledger to be written, in the office's own look."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus.store.rows import ledger_record
from service.ledgerbook.files import Book
from service.ledgerbook.look import Look

if TYPE_CHECKING:
    from corpus.store.filters import TaskQuery
    from service.library import Library


def library_book(library: Library, query: TaskQuery, title: str, *, public: bool = False) -> Book:
    """Return the rows that `query` asks for, with what the settings say of colours and fonts."""
    rows = [ledger_record(row) for row in library.tasks(query).items]
    return Book(rows, title, Look.of(library.settings.read()), public, library.today())
