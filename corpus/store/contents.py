"""Documents with their versions, original bytes and passages, on a connection that the caller holds."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import fields
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, delete, func, insert, select, update

from corpus.document import Document, Header, Passage
from corpus.errors import NotFoundError
from corpus.passages import cut_passages
from corpus.records import JsonObject
from corpus.registry.regions import place_keys
from corpus.spans import Span
from corpus.store.database import take_numbers
from corpus.store.encoding import deflate, from_json, inflate, outline_from_bytes, outline_to_bytes, to_json
from corpus.store.identifiers import document_name
from corpus.store.rows import VersionRow
from corpus.store.schema import audit, changes, documents, originals, passages, places, versions

HEADER_KEYS = tuple(item.name for item in fields(Header))
ADDING = ("document.added", "document.updated")
"""What the audit log calls the coming of a version."""
TaskSpans = Sequence[tuple[int, Span]]
"""Number and span of each row that stands in the text, in the order of the text."""


HAS_ORIGINAL = select(originals.c.size).where(originals.c.hash == bindparam("wanted"))


def hash_of(data: bytes) -> str:
    """Return the hash under which bytes are kept."""
    return hashlib.sha256(data).hexdigest()


def keep_original(connection: Connection, data: bytes) -> str:
    """Keep the bytes, unless the library has them already, and return their hash."""
    digest = hash_of(data)
    if connection.execute(HAS_ORIGINAL, {"wanted": digest}).scalar() is None:
        deflated, kept = deflate(data)
        row = {"hash": digest, "size": len(data), "deflated": deflated, "data": kept}
        connection.execute(insert(originals), row)
    return digest


def write_version(
    connection: Connection, number: int, version: int, original: str, document: Document
) -> None:
    """Write one version of a document."""
    place = {"document_id": number, "version": version, "original": original, "added_at": _now()}
    connection.execute(insert(versions), {**place, **reading_values(document)})


def reading_values(document: Document) -> JsonObject:
    """Return the columns of a version that its reading fills.

    Raises:
        ValueError: when the text holds NUL or a lone surrogate, which databases refuse; cleaning drops them.
    """
    if "\0" in document.text:
        raise ValueError("NUL in canonical text")
    document.text.encode()
    return {
        **{key: getattr(document.header, key) for key in HEADER_KEYS},
        "readings": to_json(document.readings),
        "size": len(document.text),
        "text": document.text,
        "outline": outline_to_bytes((document.blocks, document.origins, document.problems)),
    }


def write_places(connection: Connection, number: int, region: str | None, *, first: bool = False) -> None:
    """Write the place that the document governs, and every place above it, over those written before.

    `first` spares the look for what was written before.
    """
    if not first:
        connection.execute(delete(places).where(places.c.document_id == number))
    rows = [{"document_id": number, "place": key} for key in place_keys(region)] if region else []
    if rows:
        connection.execute(insert(places), rows)


def drop_passages(connection: Connection, number: int) -> tuple[int, int]:
    """Take a document out of search and return the run of passage ids that this removed."""
    ours = passages.c.document_id == number
    query = select(func.min(passages.c.id), func.max(passages.c.id)).where(ours)
    first, last = connection.execute(query).one()
    connection.execute(delete(passages).where(ours))
    return (first, last) if first is not None else (1, 0)


def write_passages(
    connection: Connection, number: int, version: int, document: Document, tasks: TaskSpans
) -> tuple[int, int]:
    """Cut the document, write its passages, and return the run of their ids."""
    cut = cut_passages(document)
    if not cut:
        return (1, 0)
    first = take_numbers(connection, "passage", len(cut))
    owners = _task_of_each(cut, tasks)
    connection.execute(
        insert(passages),
        [
            {
                "id": first + index,
                "document_id": number,
                "version": version,
                "start": passage.span.start,
                "end": passage.span.end,
                "page": passage.page,
                "task_id": owner,
                "section": to_json(passage.section),
            }
            for index, (passage, owner) in enumerate(zip(cut, owners, strict=True))
        ],
    )
    return first, first + len(cut) - 1


def write_owners(connection: Connection, number: int, tasks: TaskSpans) -> None:
    """Write to which row of the ledger each passage of the document belongs now."""
    query = select(passages.c.id, passages.c.start, passages.c.end, passages.c.task_id)
    ours = query.where(passages.c.document_id == number).order_by(passages.c.start)
    rows = connection.execute(ours).all()
    owners = _task_of_each([Passage(Span(row.start, row.end)) for row in rows], tasks)
    for row, owner in zip(rows, owners, strict=True):
        if row.task_id != owner:
            connection.execute(update(passages).where(passages.c.id == row.id).values(task_id=owner))


def write_change(
    connection: Connection, number: int, removed: tuple[int, int], added: tuple[int, int]
) -> None:
    """Write one step of the library's history."""
    row = {
        "number": take_numbers(connection, "change"),
        "document_id": number,
        "removed_first": removed[0],
        "removed_last": removed[1],
        "added_first": added[0],
        "added_last": added[1],
    }
    connection.execute(insert(changes), row)


def current_versions() -> Select[Any]:
    """Return the query for all documents with their current versions, without the large columns."""
    columns = [column for column in versions.c if column.name not in ("text", "outline", "document_id")]
    joined = documents.join(
        versions, (versions.c.document_id == documents.c.id) & (versions.c.version == documents.c.version)
    )
    return select(documents.c.id, documents.c.source, documents.c.removed, *columns).select_from(joined)


BY_NUMBER = current_versions().where(documents.c.id == bindparam("number"))
BY_KEY = current_versions().where(documents.c.key == bindparam("wanted"))


def find_document(connection: Connection, key: str) -> Row[Any] | None:
    """Return the row of the document with that key, removed or not, None without one."""
    return connection.execute(BY_KEY, {"wanted": key}).one_or_none()


def document_row(connection: Connection, number: int) -> Row[Any]:
    """Return the document's row with the facts of its current version.

    Raises:
        NotFoundError: when there is no such document.
    """
    row = connection.execute(BY_NUMBER, {"number": number}).one_or_none()
    if row is None:
        raise NotFoundError(f"资料库中没有编号为 {document_name(number)} 的文件。")
    return row


def read_document(connection: Connection, number: int, version: int | None) -> Document:
    """Return a version of a document, the current one for None.

    Raises:
        NotFoundError: when there is no such document or version.
    """
    source, wanted = document_row(connection, number).source, _version(connection, number, version)
    blocks, origins, problems = outline_from_bytes(wanted.outline)
    return Document(
        document_name(number),
        source,
        wanted.text,
        blocks,
        Header(**{key: getattr(wanted, key) for key in HEADER_KEYS}),
        origins,
        problems,
        wanted.version,
        from_json(wanted.readings),
    )


def read_texts(connection: Connection, numbers: Sequence[int]) -> dict[int, str]:
    """Return the texts of the current versions of documents, by number; unknown ones are left out."""
    current = (versions.c.document_id == documents.c.id) & (versions.c.version == documents.c.version)
    query = select(documents.c.id, versions.c.text).join(versions, current).where(documents.c.id.in_(numbers))
    return {row.id: row.text for row in connection.execute(query)}


def read_original(connection: Connection, number: int, version: int | None) -> bytes:
    """Return the bytes of a version of a document, the current one for None.

    Raises:
        NotFoundError: when there is no such document or version.
    """
    digest = _version(connection, number, version).original
    query = select(originals.c.deflated, originals.c.data).where(originals.c.hash == digest)
    deflated, data = connection.execute(query).one()
    return inflate(deflated, data)


def read_versions(connection: Connection, number: int) -> list[VersionRow]:
    """Return the versions of a document, the newest first, each with who added it.

    Raises:
        NotFoundError: when there is no such document.
    """
    document_row(connection, number)
    ours = select(versions).where(versions.c.document_id == number).order_by(versions.c.version.desc())
    adding = audit.c.action.in_(ADDING) & (audit.c.subject == document_name(number))
    added = connection.execute(select(audit.c.after, audit.c.by).where(adding)).all()
    people = {from_json(row.after)["version"]: row.by for row in added}
    return [
        VersionRow(
            row.version,
            row.added_at.replace(tzinfo=UTC),
            people.get(row.version, ""),
            row.title,
            row.date,
            row.size,
        )
        for row in connection.execute(ours)
    ]


def same_reading(connection: Connection, number: int, document: Document) -> bool:
    """Tell whether the current version was read before with the same text, outline and header."""
    stored = _version(connection, number, None)
    values = reading_values(document)
    return all(getattr(stored, key) == value for key, value in values.items() if key != "readings")


def overwrite_reading(connection: Connection, number: int, version: int, document: Document) -> None:
    """Put a new reading of the same bytes in the place of an older one."""
    ours = (versions.c.document_id == number) & (versions.c.version == version)
    connection.execute(update(versions).where(ours).values(**reading_values(document)))


def _version(connection: Connection, number: int, version: int | None) -> Row[Any]:
    if version is None:
        version = document_row(connection, number).version
    query = select(versions).where(versions.c.document_id == number, versions.c.version == version)
    row = connection.execute(query).one_or_none()
    if row is None:
        raise NotFoundError(f"文件 {document_name(number)} 没有第 {version} 版。")
    return row


def _task_of_each(cut: Sequence[Passage], tasks: TaskSpans) -> list[int | None]:
    """Return for each passage the row with which it shares most code points."""
    owners: list[int | None] = []
    first = 0
    for passage in cut:
        while first < len(tasks) and tasks[first][1].end <= passage.span.start:
            first += 1
        near = []
        for number, span in tasks[first:]:
            if span.start >= passage.span.end:
                break
            near.append((_shared(span, passage.span), number))
        shared, owner = max(near, default=(0, None), key=lambda pair: pair[0])
        owners.append(owner if shared > 0 else None)
    return owners


def _shared(one: Span, other: Span) -> int:
    return min(one.end, other.end) - max(one.start, other.start)


def _now() -> datetime:
    # Databases differ in what they make of time zones: columns hold UTC without one.
    return datetime.now(UTC).replace(tzinfo=None)
