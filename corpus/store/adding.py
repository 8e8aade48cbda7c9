"""What happens to a document as a whole: it comes, is renewed, goes, comes back; each step has its number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from corpus.document import Document
from corpus.store.audit import Fact, write_audit
from corpus.store.database import batches, take_numbers
from corpus.store.documents.contents import (
    document_row,
    find_document,
    hash_of,
    keep_original,
    keep_originals,
    overwrite_reading,
    read_document,
    same_reading,
    version_row,
)
from corpus.store.identifiers import document_name
from corpus.store.ledger.table import spans_of
from corpus.store.rereading.reading_log import reading_fact
from corpus.store.rereading.writing import write_extraction
from corpus.store.rows import Added, AddResult, NewDocument, Renewed
from corpus.store.schema import documents, versions
from corpus.store.searching.published import (
    NO_PASSAGES,
    Coming,
    TaskSpans,
    drop_passages,
    drop_places,
    write_changes,
    write_passages,
    write_places,
)
from corpus.task import Extraction

HELD_KEYS = select(documents.c.key).where(documents.c.key.in_(bindparam("wanted", expanding=True)))


def held_keys(connection: Connection, keys: Sequence[str]) -> set[str]:
    """Return those of the keys under which the library has or had a document."""
    return {
        key
        for some in batches(keys)
        for key in connection.execute(HELD_KEYS, {"wanted": list(some)}).scalars()
    }


def known_document(connection: Connection, key: str, data: bytes) -> Added | None:
    """Return the document whose current version under `key` has these bytes, None without one."""
    found = find_document(connection, key)
    if found is None or found.removed or found.original != hash_of(data):
        return None
    return Added(document_name(found.id), found.version, AddResult.UNCHANGED)


def add_documents(connection: Connection, items: Sequence[NewDocument], by: str = "") -> list[Added]:
    """Add files, each with its own step of the history; the results are in their order.

    Those whose keys the library has never seen come first, together: a statement for each would take most of
    the time.
    """
    keys = [item.key or item.source for item in items]
    held = held_keys(connection, keys)
    new = {key: place for place, key in reversed(list(enumerate(keys))) if key not in held}
    places = sorted(new.values())
    fresh = _add_new(connection, [items[place] for place in places], by) if places else []
    added = dict(zip(places, fresh, strict=True))
    return [
        added[place] if place in added else _add_known(connection, item, by)
        for place, item in enumerate(items)
    ]


def _add_new(connection: Connection, items: Sequence[NewDocument], by: str) -> list[Added]:
    """Add files with keys that are new, and each another one."""
    first = take_numbers(connection, "document", len(items))
    numbered = list(enumerate(items, start=first))
    rows = [
        {"id": number, "key": item.key or item.source, "source": item.source, "version": 1, "removed": False}
        for number, item in numbered
    ]
    connection.execute(insert(documents), rows)
    kept = keep_originals(connection, [item.data for item in items])
    of_versions = zip(numbered, kept, strict=True)
    read = [version_row(number, 1, original, item.document) for (number, item), original in of_versions]
    connection.execute(insert(versions), read)
    _publish_first(
        connection,
        [(number, 1, one.document, _first_rows(connection, number, one)) for number, one in numbered],
    )
    action = f"document.{AddResult.ADDED.value}"
    facts = [
        Fact(action, document_name(number), None, {"version": 1, "source": one.source})
        for number, one in numbered
    ]
    write_audit(connection, by, facts)
    return [Added(fact.subject, 1, AddResult.ADDED) for fact in facts]


def _publish_first(connection: Connection, coming: Sequence[Coming]) -> None:
    """Put the first readings of documents into search."""
    write_places(connection, [(number, document.header.region) for number, _, document, _ in coming])
    runs = write_passages(connection, coming)
    steps = [(number, NO_PASSAGES, run) for (number, *_), run in zip(coming, runs, strict=True)]
    write_changes(connection, steps)


def _first_rows(connection: Connection, number: int, item: NewDocument) -> TaskSpans:
    """Write the rows of a new document and return their spans; most statutes have none."""
    if not item.extraction.tasks and not item.extraction.progress:
        return ()
    return write_extraction(connection, number, item.document.text, item.extraction, first=True).spans


def _add_known(connection: Connection, item: NewDocument, by: str) -> Added:
    """Add a file as a new version of the document that has its key."""
    found = find_document(connection, item.key or item.source)
    assert found is not None, "it is held"
    if found.original == hash_of(item.data):
        return _add_again(connection, found, by)
    number, version = found.id, found.version + 1
    result = AddResult.ADDED if found.removed else AddResult.UPDATED
    values = {"version": version, "source": item.source, "removed": False}
    connection.execute(update(documents).where(documents.c.id == number).values(**values))
    original = keep_original(connection, item.data)
    connection.execute(insert(versions), version_row(number, version, original, item.document))
    rows = write_extraction(connection, number, item.document.text, item.extraction)
    _publish(connection, number, version, item.document, rows.spans)
    before = {"version": found.version, "removed": found.removed}
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
    renewed = Renewed(document_name(number), changed, *map(tuple, parts))
    if changed:
        write_audit(connection, by, [reading_fact(renewed)])
    return renewed


def remove_document(connection: Connection, number: int, by: str = "") -> None:
    """Take a document out of search and lists; nothing happens to one that is removed already.

    Raises:
        NotFoundError: when there is no such document.
    """
    if not document_row(connection, number).removed:
        _mark_removed(connection, number, True, by)
        write_changes(connection, [(number, drop_passages(connection, number), NO_PASSAGES)])


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


def _add_again(connection: Connection, found: Any, by: str) -> Added:
    """Leave a document with these very bytes alone, or bring it back when it was removed."""
    restore_document(connection, found.id, by)
    result = AddResult.ADDED if found.removed else AddResult.UNCHANGED
    return Added(document_name(found.id), found.version, result)


def _mark_removed(connection: Connection, number: int, removed: bool, by: str) -> None:
    connection.execute(update(documents).where(documents.c.id == number).values(removed=removed))
    action = "document.removed" if removed else "document.restored"
    write_audit(connection, by, [Fact(action, document_name(number), not removed, removed)])


def _publish(connection: Connection, number: int, version: int, document: Document, spans: TaskSpans) -> None:
    """Put a reading into search in the place of what stood there."""
    removed = drop_passages(connection, number)
    drop_places(connection, number)
    write_places(connection, [(number, document.header.region)])
    (added,) = write_passages(connection, [(number, version, document, spans)])
    write_changes(connection, [(number, removed, added)])
