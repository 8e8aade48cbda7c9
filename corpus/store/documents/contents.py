"""Documents with their versions, original bytes and passages, on a connection that the caller holds."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import fields
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, insert, select, update

from corpus.document import Document, Header
from corpus.errors import NotFoundError
from corpus.records import JsonObject
from corpus.store.encoding import deflate, from_json, inflate, outline_from_bytes, outline_to_bytes, to_json
from corpus.store.identifiers import document_name
from corpus.store.rows import VersionRow
from corpus.store.schema import audit, documents, originals, versions

HEADER_KEYS = tuple(item.name for item in fields(Header))
ADDING = ("document.added", "document.updated")
"""What the audit log calls the coming of a version."""
HELD_ORIGINALS = select(originals.c.hash).where(originals.c.hash.in_(bindparam("wanted", expanding=True)))


def hash_of(data: bytes) -> str:
    """Return the hash under which bytes are kept."""
    return hashlib.sha256(data).hexdigest()


def keep_original(connection: Connection, data: bytes) -> str:
    """Keep the bytes, unless the library has them already, and return their hash."""
    return keep_originals(connection, [data])[0]


def keep_originals(connection: Connection, files: Sequence[bytes]) -> list[str]:
    """Keep the bytes of each file, unless the library has them already, and return their hashes in order."""
    hashes = [hash_of(data) for data in files]
    held = set(connection.execute(HELD_ORIGINALS, {"wanted": list(set(hashes))}).scalars())
    new = {digest: data for digest, data in zip(hashes, files, strict=True) if digest not in held}
    if new:
        connection.execute(insert(originals), [_original_row(*item) for item in new.items()])
    return hashes


def _original_row(digest: str, data: bytes) -> JsonObject:
    deflated, kept = deflate(data)
    return {"hash": digest, "size": len(data), "deflated": deflated, "data": kept}


def version_row(number: int, version: int, original: str, document: Document) -> JsonObject:
    """Return the columns of one version of a document."""
    place = {"document_id": number, "version": version, "original": original, "added_at": _now()}
    return {**place, **reading_values(document)}


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


def _now() -> datetime:
    # Databases differ in what they make of time zones: columns hold UTC without one.
    return datetime.now(UTC).replace(tzinfo=None)
