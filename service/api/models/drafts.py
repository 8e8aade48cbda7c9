"""What goes over HTTP about drafts and outlines."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

from service.api.dependencies import Day, Note
from service.api.models.record import Record
from service.drafting.wish import Wish

Words = Annotated[str, Field(max_length=300)]
ParagraphKind = Literal["text", "heading", "example"]


class PartBody(BaseModel):
    """A part of an outline."""

    heading: Annotated[str, Field(max_length=100, description="标题，不带序号；空表示没有标题的文字")] = ""
    contents: Annotated[list[str], Field(max_length=20, description="写什么内容，见 GET /api/outlines")] = []


class DraftFrame(BaseModel):
    """What holds for anything that is written from the ledger: topic, time, place, sender and addressees."""

    topic: Words = ""
    first: Annotated[Day | None, Field(alias="from", description="只取这一天起到期的任务")] = None
    last: Annotated[Day | None, Field(alias="to", description="只取这一天前到期的任务")] = None
    today: Annotated[Day | None, Field(description="统计截至哪一天；缺省为今天")] = None
    place: Annotated[Words, Field(description="本地，如 望川县")] = ""
    issuer: Words = ""
    recipients: Words = ""


class DraftBody(DraftFrame):
    """What is to be drafted."""

    genre: Words
    plans: Annotated[list[str], Field(max_length=20, description="取材的方案")] = []
    outline: Annotated[
        str, Field(max_length=40, description="提纲编号 o3，或 learnt:1；空为该文种的提纲")
    ] = ""
    parts: Annotated[list[PartBody] | None, Field(max_length=40, description="自拟的提纲")] = None


class SourceBody(BaseModel):
    """What an inserted passage rests on, as GET …/examples gave it."""

    origin: Literal["row", "count", "document", "example", "template", "unknown", "author", "model"]
    ids: Annotated[list[Words], Field(max_length=100)] = []
    document_id: Words | None = None
    title: Annotated[str | None, Field(max_length=1000)] = None
    section: Annotated[list[Annotated[str, Field(max_length=1000)]], Field(max_length=20)] = []
    quote: Annotated[str | None, Field(max_length=100_000)] = None
    span: Annotated[list[int], Field(min_length=2, max_length=2)] | None = None
    template: Words | None = None
    note: Words | None = None


class ParagraphBody(BaseModel):
    """A paragraph as typed; `sources` only for a passage that was put in."""

    text: Annotated[str, Field(max_length=100_000)]
    kind: ParagraphKind = "text"
    sources: Annotated[list[SourceBody], Field(max_length=100)] = []


class SectionBody(BaseModel):
    """A section as typed."""

    heading: Annotated[str, Field(max_length=100)] = ""
    contents: Annotated[list[Words], Field(max_length=20)] = []
    paragraphs: Annotated[list[ParagraphBody], Field(max_length=2000)] = []


class ChangeBody(BaseModel):
    """What somebody typed; what is left out stays."""

    revision: Annotated[int, Field(ge=1, le=2**31 - 1, description="改的是哪一次保存的文稿")]
    title: Words | None = None
    recipients: Words | None = None
    issuer: Words | None = None
    remark: Words | None = None
    day: Day | None = None
    sections: Annotated[list[SectionBody], Field(max_length=100)] | None = None


class KeepBody(BaseModel):
    """A version to be kept."""

    note: Note = ""


class WordBody(BaseModel):
    """What the language model is to word."""

    section: Annotated[int, Field(ge=0, le=1000)]
    paragraph: Annotated[int | None, Field(ge=0, le=10_000, description="空为整个部分")] = None
    wish: Wish = Wish.POLISH


class OutlineBody(BaseModel):
    """An outline to be kept."""

    name: Annotated[str, Field(max_length=60)]
    genre: Words
    parts: Annotated[list[PartBody], Field(max_length=40)]


class DraftRecord(Record):
    """A draft in a listing."""

    id: str
    genre: str
    title: str
    revision: int
    made_at: datetime
    made_by: str
    changed_at: datetime
    changed_by: str
    removed: bool


class StatementRecord(Record):
    """A sentence with its sources."""

    text: str
    sources: list[dict[str, Any]]
    edited: bool


class ParagraphRecord(Record):
    """A paragraph by its sentences."""

    kind: ParagraphKind
    statements: list[StatementRecord]


class SectionRecord(Record):
    """A section."""

    heading: str
    contents: list[str]
    paragraphs: list[ParagraphRecord]


class OpenDraftRecord(DraftRecord):
    """A draft with its text."""

    recipients: str
    issuer: str
    remark: str
    topic: str
    place: str
    day: str | None
    documents: list[str]
    rows: list[str]
    sections: list[SectionRecord]


class DraftVersionRecord(Record):
    """A kept version."""

    version: int
    at: datetime
    by: str
    note: str


class DraftComparisonRecord(Record):
    """Two versions line by line."""

    lines: list[dict[str, Any]]
    counts: dict[str, int]


class FindingRecord(Record):
    """Something to be looked at."""

    concern: Literal["fact", "format", "gap", "example"]
    message: str
    text: str
    section: int | None
    paragraph: int | None


class FaultRecord(Record):
    """Something in a file that is not as it should be."""

    rule: str
    message: str
    paragraph: int | None
    text: str


class CheckRecord(Record):
    """What the check of a file found; `sources` are the documents that its facts were held against."""

    file: str
    sources: list[str]
    faults: list[FaultRecord]


class ExampleRecord(Record):
    """A measure of another place."""

    text: str
    original: str
    place: str
    source: dict[str, Any]


class ProposedRecord(Record):
    """A sentence of the language model."""

    text: str
    unsupported: list[dict[str, str]]


class OutlineRecord(Record):
    """An outline that somebody saved."""

    id: str
    name: str
    genre: str
    parts: list[PartBody]
    changed_by: str


class LearntRecord(Record):
    """A layout that documents of the library share."""

    parts: list[PartBody]
    count: int
    total: int
    documents: list[dict[str, str]]


class OutlinesRecord(Record):
    """The outlines to choose from, and what a part may hold."""

    genres: list[str]
    contents: dict[str, str]
    own: list[PartBody]
    learnt: list[LearntRecord]
    saved: list[OutlineRecord]
