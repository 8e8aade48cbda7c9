"""Listings of documents, with the facts of their current versions."""

from __future__ import annotations

from datetime import UTC
from typing import Any

from sqlalchemy import Connection, func, select

from corpus.store.documents.contents import current_versions, document_row
from corpus.store.encoding import from_json
from corpus.store.filters import Filters
from corpus.store.identifiers import document_name
from corpus.store.ledger.table import is_shown
from corpus.store.rows import DocumentRow
from corpus.store.schema import documents, tasks
from corpus.store.searching.feed import document_conditions


def list_documents(
    connection: Connection, filters: Filters, removed: bool, offset: int, limit: int | None
) -> list[DocumentRow]:
    """Return the documents in the order in which they came; `removed` asks for those that were removed."""
    wanted = current_versions().where(documents.c.removed.is_(removed), *document_conditions(filters))
    rows = connection.execute(wanted.order_by(documents.c.id).offset(offset).limit(limit)).all()
    counted = select(tasks.c.document_id, func.count()).where(is_shown()).group_by(tasks.c.document_id)
    counts: dict[int, int] = {document: count for document, count in connection.execute(counted)}
    return [_document_row(row, counts.get(row.id, 0)) for row in rows]


def list_document(connection: Connection, number: int) -> DocumentRow:
    """Return one document as it stands in a listing; removed ones too.

    Raises:
        NotFoundError: when there is no such document.
    """
    row = document_row(connection, number)
    counted = select(func.count()).where(tasks.c.document_id == number, is_shown())
    return _document_row(row, connection.execute(counted).scalar_one())


def count_documents(connection: Connection, removed: bool) -> int:
    """Return how many documents there are, or with `removed` how many were removed."""
    counted = select(func.count()).select_from(documents).where(documents.c.removed.is_(removed))
    return connection.execute(counted).scalar_one()


def _document_row(row: Any, count: int) -> DocumentRow:
    return DocumentRow(
        document_name(row.id),
        row.version,
        row.source,
        row.title,
        row.doc_type,
        row.genre,
        row.issuer,
        row.doc_number,
        row.date,
        row.region,
        row.level,
        count,
        row.size,
        row.added_at.replace(tzinfo=UTC),
        row.removed,
        from_json(row.readings),
    )
