"""What happens to a document as a whole: it comes, is renewed, goes, comes back; each step has its number."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, insert, update

from corpus.document import Document
from corpus.store.audit import Fact, write_audit
from corpus.store.contents import (
    TaskSpans,
    document_row,
    drop_passages,
    find_document,
    hash_of,
    keep_original,
    overwrite_reading,
    read_document,
    same_reading,
    write_change,
    write_passages,
    write_places,
    write_version,
)
from corpus.store.database import take_numbers
from corpus.store.identifiers import document_name
from corpus.store.ledger import spans_of
from corpus.store.rereading import write_extraction
from corpus.store.rows import Added, AddResult, NewDocument, Renewed
from corpus.store.schema import documents
from corpus.task import Extraction

NO_PASSAGES = (1, 0)
"""The run of passage ids that holds none."""


def known_document(connection: Connection, key: str, data: bytes) -> Added | None:
    """Return the document whose current version under `key` has these bytes, None without one."""
    found = find_document(connection, key)
    if found is None or found.removed or found.original != hash_of(data):
        return None
    return Added(document_name(found.id), found.version, AddResult.UNCHANGED)


def add_document(connection: Connection, item: NewDocument, by: str = "") -> Added:
    """Add a file: as a new document, or as a new version of the one that has its key."""
    key = item.key or item.source
    found = find_document(connection, key)
    if found is None:
        number, version, result = _new_document(connection, key, item.source), 1, AddResult.ADDED
    elif found.original == hash_of(item.data):
        return _add_again(connection, found, by)
    else:
        number, version = found.id, found.version + 1
        result = AddResult.ADDED if found.removed else AddResult.UPDATED
        values = {"version": version, "source": item.source, "removed": False}
        connection.execute(update(documents).where(documents.c.id == number).values(**values))
    original = keep_original(connection, item.data)
    write_version(connection, number, version, original, item.document)
    text = item.document.text
    rows = write_extraction(connection, number, text, item.extraction, first=found is None)
    _publish(connection, number, version, item.document, rows.spans, first=found is None)
    before = {"version": found.version, "removed": found.removed} if found else None
    after = {"version": version, "source": item.source}
    write_audit(connection, by, [Fact(f"document.{result.value}", document_name(number), before, after)])
    return Added(document_name(number), version, result)


def renew_document(
    connection: Connection, number: int, document: Document, extraction: Extraction, by: str = ""
) -> Renewed:
    """Put a new reading of the current version's bytes in the place of the older one.

    Raises:
        NotFoundError: when there is no such document.
    """
    row = document_row(connection, number)
    same = same_reading(connection, number, document)
    overwrite_reading(connection, number, row.version, document)
    rows = write_extraction(connection, number, document.text, extraction)
    changed = rows.any or not same
    if changed and not row.removed:
        _publish(connection, number, row.version, document, rows.spans)
    parts = (rows.added, rows.dropped, rows.altered, rows.orphaned)
    if changed:
        counts = dict(zip(("added", "dropped", "altered", "orphaned"), map(len, parts), strict=True))
        write_audit(connection, by, [Fact("document.reextracted", document_name(number), None, counts)])
    return Renewed(document_name(number), changed, *map(tuple, parts))


def remove_document(connection: Connection, number: int, by: str = "") -> None:
    """Take a document out of search and lists; nothing happens to one that is removed already.

    Raises:
        NotFoundError: when there is no such document.
    """
    if not document_row(connection, number).removed:
        _mark_removed(connection, number, True, by)
        write_change(connection, number, drop_passages(connection, number), NO_PASSAGES)


def restore_document(connection: Connection, number: int, by: str = "") -> None:
    """Bring a removed document back as it was; nothing happens to one that is there.

    Raises:
        NotFoundError: when there is no such document.
    """
    row = document_row(connection, number)
    if row.removed:
        _mark_removed(connection, number, False, by)
        document = read_document(connection, number, None)
        _publish(connection, number, row.version, document, spans_of(connection, number))


def _new_document(connection: Connection, key: str, source: str) -> int:
    number = take_numbers(connection, "document")
    row = {"id": number, "key": key, "source": source, "version": 1, "removed": False}
    connection.execute(insert(documents), row)
    return number


def _add_again(connection: Connection, found: Any, by: str) -> Added:
    """Leave a document with these very bytes alone, or bring it back when it was removed."""
    restore_document(connection, found.id, by)
    result = AddResult.ADDED if found.removed else AddResult.UNCHANGED
    return Added(document_name(found.id), found.version, result)


def _mark_removed(connection: Connection, number: int, removed: bool, by: str) -> None:
    connection.execute(update(documents).where(documents.c.id == number).values(removed=removed))
    action = "document.removed" if removed else "document.restored"
    write_audit(connection, by, [Fact(action, document_name(number), not removed, removed)])


def _publish(
    connection: Connection,
    number: int,
    version: int,
    document: Document,
    spans: TaskSpans,
    *,
    first: bool = False,
) -> None:
    """Put a reading into search in the place of what stood there; nothing stood there of a first one."""
    removed = NO_PASSAGES if first else drop_passages(connection, number)
    write_places(connection, number, document.header.region, first=first)
    added = write_passages(connection, number, version, document, spans)
    write_change(connection, number, removed, added)
