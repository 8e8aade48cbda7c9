"""A draft: sections, paragraphs, sentences, and where each sentence comes from."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from corpus.records import JsonObject


class Origin(StrEnum):
    """What a sentence rests on."""

    ROW = "row"
    """A row of the ledger."""
    COUNT = "count"
    """A count over rows of the ledger."""
    DOCUMENT = "document"
    """Words of a chosen document, or its title and number."""
    EXAMPLE = "example"
    """A passage of another document, its place, units and days replaced by slots."""
    TEMPLATE = "template"
    """Words of the genre that state no fact."""
    UNKNOWN = "unknown"
    """Nothing: a person has to fill it in."""
    AUTHOR = "author"
    """A person wrote it, or changed it beyond recognition."""
    MODEL = "model"
    """A language model worded it; what it rests on stands beside it."""


class Kind(StrEnum):
    """What a paragraph is."""

    TEXT = "text"
    HEADING = "heading"
    """A heading of the second level, without its number."""
    EXAMPLE = "example"
    """Taken from another place's document, still to be adapted."""


ORIGIN_WORDS = {
    Origin.TEMPLATE: "行文用语",
    Origin.UNKNOWN: "待补",
    Origin.AUTHOR: "人工撰写",
    Origin.MODEL: "语言模型措辞",
}


@dataclass(frozen=True, slots=True)
class Source:
    """What a sentence was made from."""

    origin: Origin
    ids: tuple[str, ...] = ()
    """Rows of the ledger."""
    document_id: str = ""
    title: str = ""
    section: tuple[str, ...] = ()
    quote: str = ""
    """Letter for letter from the document; "" where the sentence counts rows."""
    span: tuple[int, int] | None = None
    """Where the quote stands in the document's text; None for what has no place there."""
    template: str = ""
    """Name of the sentence or phrase (`sentences.tsv`, `phrases.tsv`) that gave the words."""
    note: str = ""
    """Who reported it and when, where it rests on a report: 市水利局2025年6月1日填报."""

    def told(self) -> str:
        """Return the source in words for the table of sources."""
        if self.origin is Origin.COUNT:
            return f"台账{len(self.ids)}行的统计"
        place = " ".join(part for part in (f"《{self.title}》" if self.title else "", *self.section) if part)
        named = place or ORIGIN_WORDS.get(self.origin, "台账")
        return f"{named}（{self.note}）" if self.note else named

    def record(self) -> JsonObject:
        """Return the source as public JSON."""
        return {
            "origin": self.origin.value,
            "ids": list(self.ids),
            "document_id": self.document_id or None,
            "title": self.title or None,
            "section": list(self.section),
            "quote": self.quote or None,
            "span": list(self.span) if self.span else None,
            "template": self.template or None,
            "note": self.note or None,
        }

    @classmethod
    def from_record(cls, record: JsonObject) -> Source:
        """Return the source that `record` made."""
        span = record.get("span")
        return cls(
            Origin(record["origin"]),
            tuple(record.get("ids", ())),
            record.get("document_id") or "",
            record.get("title") or "",
            tuple(record.get("section", ())),
            record.get("quote") or "",
            (span[0], span[1]) if span else None,
            record.get("template") or "",
            record.get("note") or "",
        )


TEMPLATE = Source(Origin.TEMPLATE)
UNKNOWN = Source(Origin.UNKNOWN)
AUTHOR = Source(Origin.AUTHOR)


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of a draft, its closing mark included."""

    text: str
    sources: tuple[Source, ...] = (TEMPLATE,)
    edited: bool = False
    """True once a person has changed its words; the sources are those of the words before."""

    def record(self) -> JsonObject:
        """Return the sentence as public JSON."""
        return {
            "text": self.text,
            "sources": [source.record() for source in self.sources],
            "edited": self.edited,
        }

    @classmethod
    def from_record(cls, record: JsonObject) -> Statement:
        """Return the sentence that `record` made."""
        sources = tuple(Source.from_record(item) for item in record.get("sources", ()))
        return cls(record["text"], sources or (AUTHOR,), bool(record.get("edited")))


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Sentences that stand in one paragraph."""

    statements: tuple[Statement, ...]
    kind: Kind = Kind.TEXT

    @property
    def text(self) -> str:
        """All its words."""
        return "".join(statement.text for statement in self.statements)

    def record(self) -> JsonObject:
        """Return the paragraph as public JSON."""
        return {"kind": self.kind.value, "statements": [item.record() for item in self.statements]}

    @classmethod
    def from_record(cls, record: JsonObject) -> Paragraph:
        """Return the paragraph that `record` made."""
        made = tuple(Statement.from_record(item) for item in record["statements"])
        return cls(made, Kind(record.get("kind", Kind.TEXT)))


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a draft with what stands in it."""

    heading: str
    """Without its number; "" for the words right below the title."""
    paragraphs: tuple[Paragraph, ...]
    contents: tuple[str, ...] = ()
    """Names of what was asked for here, see `service.drafting.contents`."""

    @property
    def statements(self) -> tuple[Statement, ...]:
        """Its sentences, in order."""
        return tuple(item for paragraph in self.paragraphs for item in paragraph.statements)

    def record(self) -> JsonObject:
        """Return the section as public JSON."""
        return {
            "heading": self.heading,
            "contents": list(self.contents),
            "paragraphs": [item.record() for item in self.paragraphs],
        }

    @classmethod
    def from_record(cls, record: JsonObject) -> Section:
        """Return the section that `record` made."""
        made = tuple(Paragraph.from_record(item) for item in record["paragraphs"])
        return cls(record["heading"], made, tuple(record.get("contents", ())))


@dataclass(frozen=True, slots=True)
class Table:
    """An annexed table."""

    title: str
    rows: tuple[tuple[str, ...], ...]
    """The head first."""

    def record(self) -> JsonObject:
        """Return the table as public JSON."""
        return {"title": self.title, "rows": [list(row) for row in self.rows]}

    @classmethod
    def from_record(cls, record: JsonObject) -> Table:
        """Return the table that `record` made."""
        return cls(record["title"], tuple(tuple(row) for row in record["rows"]))


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
    tables: tuple[Table, ...] = ()
    """What is annexed."""
    documents: tuple[str, ...] = field(default=())
    """Ids of the documents whose ledgers it was made from."""
    rows: tuple[str, ...] = ()
    """Ids of the rows of the ledger that it was made from, those that its counts are over."""
    topic: str = ""
    place: str = ""
    first: date | None = None
    last: date | None = None

    @property
    def statements(self) -> tuple[Statement, ...]:
        """All its sentences, in order."""
        return tuple(item for section in self.sections for item in section.statements)

    def record(self) -> JsonObject:
        """Return the draft as public JSON, every sentence with its sources."""
        return {
            "genre": self.genre,
            "title": self.title,
            "recipients": self.recipients,
            "issuer": self.issuer,
            "remark": self.remark,
            "topic": self.topic,
            "place": self.place,
            **{name: _iso(getattr(self, name)) for name in ("day", "first", "last")},
            "documents": list(self.documents),
            "rows": list(self.rows),
            "tables": [table.record() for table in self.tables],
            "sections": [section.record() for section in self.sections],
        }

    @classmethod
    def from_record(cls, record: JsonObject) -> Draft:
        """Return the draft that `record` made; what an older record lacks is empty."""
        return cls(
            genre=record["genre"],
            title=record["title"],
            sections=tuple(Section.from_record(item) for item in record["sections"]),
            tables=tuple(Table.from_record(item) for item in record.get("tables", ())),
            documents=tuple(record.get("documents", ())),
            rows=tuple(record.get("rows", ())),
            recipients=record.get("recipients") or "",
            issuer=record.get("issuer") or "",
            remark=record.get("remark") or "",
            topic=record.get("topic") or "",
            place=record.get("place") or "",
            day=_day(record.get("day")),
            first=_day(record.get("first")),
            last=_day(record.get("last")),
        )


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(words: str | None) -> date | None:
    return date.fromisoformat(words) if words else None
