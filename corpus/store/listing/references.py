"""Finds the documents of the library that the references of rows name: 按照《…》分工负责."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sqlalchemy import Connection, func, select

from corpus.records import JsonObject
from corpus.store.identifiers import document_name
from corpus.store.schema import documents, versions

_SHORTEST_TITLE = 4
"""Shorter titles (《方案》) stand for too many documents."""


def with_documents(connection: Connection, records: Iterable[JsonObject]) -> list[JsonObject]:
    """Return the records, each reference with the id of the document it names (None: not held)."""
    found = list(records)
    titles = {ref["document"] for record in found for ref in record["refs"]}
    held = {title: _document_of(connection, title) for title in titles}
    return [
        {**record, "refs": [{**ref, "document_id": held[ref["document"]]} for ref in record["refs"]]}
        if record["refs"]
        else record
        for record in found
    ]


def _document_of(connection: Connection, title: str) -> str | None:
    """Return the id of the document with this title, or of the notice that issued it.

    Of several the one with the shortest title is taken, of those the newest.
    """
    bare = re.sub(r"\s", "", title)
    if len(bare) < _SHORTEST_TITLE:
        return None
    current = (versions.c.document_id == documents.c.id) & (versions.c.version == documents.c.version)
    query = (
        select(documents.c.id)
        .join(versions, current)
        .where(documents.c.removed.is_(False), versions.c.title.contains(bare, autoescape=True))
        .order_by(func.length(versions.c.title), documents.c.id.desc())
        .limit(1)
    )
    number = connection.execute(query).scalar()
    return None if number is None else document_name(number)
