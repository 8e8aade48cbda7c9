"""How documents are laid out: their outermost headings, read from the passages without opening any text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from corpus.store.encoding import from_json
from corpus.store.identifiers import document_name
from corpus.store.schema import documents, passages, versions


@dataclass(frozen=True, slots=True)
class DocumentLayout:
    """The outermost headings of one document, in order, each once."""

    document_id: str
    title: str
    level: str
    """国家, 省, 市, 县 …; "" where the document does not tell."""
    headings: tuple[str, ...]
    """As written, with their numbers."""


def read_layouts(connection: Connection, doc_types: Sequence[str]) -> list[DocumentLayout]:
    """Return the layouts of the current documents of some 类别, in the order in which they came."""
    of_document = (versions.c.document_id == passages.c.document_id) & (
        versions.c.version == passages.c.version
    )
    kept = passages.join(versions, of_document).join(documents, documents.c.id == passages.c.document_id)
    query = (
        select(
            passages.c.document_id, passages.c.section, versions.c.title, documents.c.source, versions.c.level
        )
        .select_from(kept)
        .where(versions.c.doc_type.in_(list(doc_types)), documents.c.removed.is_(False))
        .order_by(passages.c.document_id, passages.c.start)
    )
    found: dict[int, tuple[str, str, dict[str, None]]] = {}
    for row in connection.execute(query):
        _, _, headings = found.setdefault(row.document_id, (row.title or row.source, row.level or "", {}))
        section = from_json(row.section)
        if section:
            headings[section[0]] = None
    return [
        DocumentLayout(document_name(number), title, level, tuple(headings))
        for number, (title, level, headings) in found.items()
    ]
