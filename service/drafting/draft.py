"""A draft: parts, statements, and where each statement comes from."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from corpus.records import JsonObject


class Origin(StrEnum):
    """What a statement rests on."""

    ROW = "row"
    """A row of the ledger."""
    COUNT = "count"
    """A count over rows of the ledger."""
    EXAMPLE = "example"
    """A passage of another document, its place, units and days replaced by slots."""
    TEMPLATE = "template"
    """Words of the genre that state no fact."""
    UNKNOWN = "unknown"
    """Nothing: a person has to fill it in."""


@dataclass(frozen=True, slots=True)
class Source:
    """What a statement was made from."""

    origin: Origin
    ids: tuple[str, ...] = ()
    """Rows of the ledger."""
    document_id: str = ""
    title: str = ""
    section: tuple[str, ...] = ()
    quote: str = ""
    """Letter for letter from the document; "" where the statement counts rows."""

    def told(self) -> str:
        """Return the source in words for the table of sources."""
        if self.origin is Origin.COUNT:
            return f"台账{len(self.ids)}行的统计"
        place = " ".join(part for part in (f"《{self.title}》" if self.title else "", *self.section) if part)
        return place or {Origin.UNKNOWN: "待补"}.get(self.origin, "行文用语")


@dataclass(frozen=True, slots=True)
class Statement:
    """One paragraph of a draft."""

    text: str
    sources: tuple[Source, ...] = (Source(Origin.TEMPLATE),)
    heading: bool = False
    """True for a heading of the second level."""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a draft with what stands in it."""

    heading: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft as it stands before it becomes a file."""

    genre: str
    title: str
    sections: tuple[Section, ...]
    recipients: str = ""
    issuer: str = ""
    day: date | None = None
    remark: str = ""
    table: tuple[tuple[str, ...], ...] = ()
    """Rows of the annexed table, the head first; () for none."""
    table_title: str = ""
    documents: tuple[str, ...] = field(default=())
    """Ids of the documents whose ledgers it was made from."""

    def record(self) -> JsonObject:
        """Return the draft as public JSON, every statement with its sources."""
        return {
            "genre": self.genre,
            "title": self.title,
            "documents": list(self.documents),
            "sections": [
                {"heading": section.heading, "statements": [_record(item) for item in section.statements]}
                for section in self.sections
            ],
        }


def _record(statement: Statement) -> JsonObject:
    sources = [
        {
            "origin": source.origin.value,
            "ids": list(source.ids),
            "document_id": source.document_id or None,
            "title": source.title or None,
            "section": list(source.section),
            "quote": source.quote or None,
        }
        for source in statement.sources
    ]
    return {"text": statement.text, "sources": sources}
