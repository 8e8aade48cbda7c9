"""What goes over HTTP, under the public keys; a test compares these models with real answers."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

from service.api.models.record import Record
from service.api.models.supervision import (
    AttachmentRecord,
    ClosingRecord,
    EndedRecord,
    EntryRecord,
    ExtensionRecord,
    HandoverRecord,
    NoteRecord,
    RecheckRecord,
)

SpanPair = Annotated[list[int], Field(min_length=2, max_length=2)]
"""[start, end], half-open, in Unicode code points of the document's canonical text."""


class ProblemRecord(Record):
    """Why a file, or a part of it, could not be read."""

    file: str
    component: str
    category: str
    page: int | None
    message: str


class UnitRecord(Record):
    """A unit that a task names, in one role."""

    name: str
    canonical: str | None
    role: Literal["lead", "responsible", "cooperate", "supervise"]
    group: bool
    members: list[str]
    inherited: bool
    span: SpanPair


class ReferenceRecord(Record):
    """Responsibility by pointing to another document."""

    raw: str
    document: str
    document_id: str | None
    span: SpanPair


class PersonRecord(Record):
    """A person or post named as responsible."""

    name: str
    post: str


class DeadlineRecord(Record):
    """A time limit; dates are inclusive."""

    raw: str
    kind: Literal["date", "period", "recurring", "immediate", "ongoing", "relative", "condition"]
    start: date | None
    end: date | None
    loose: bool
    inherited: bool
    span: SpanPair


class IndicatorRecord(Record):
    """A numeric target."""

    raw: str
    op: Literal["=", ">=", "<=", ">", "<", "~"]
    value: float | None
    max: float | None
    unit: str
    span: SpanPair


class MeasureRecord(Record):
    """One measure of a task."""

    text: str
    span: SpanPair


class TaskRecord(Record):
    """A task of a document."""

    id: str
    label: str
    section: list[str]
    text: str
    span: SpanPair
    page: int | None
    units: list[UnitRecord]
    refs: list[ReferenceRecord]
    persons: list[PersonRecord]
    deadlines: list[DeadlineRecord]
    indicators: list[IndicatorRecord]
    measures: list[MeasureRecord]
    problem: str | None
    problem_span: SpanPair | None
    goal: str | None
    goal_span: SpanPair | None
    extra: dict[str, str]
    assigned: bool
    found_by: str
    confidence: float
    doubts: list[str]


class CountRecord(Record):
    """A part of a counted whole."""

    value: int
    status: Literal["done", "ongoing", "not_started"]


class ProgressRecord(Record):
    """What a report says has been done about one matter."""

    text: str
    span: SpanPair
    section: list[str]
    status: Literal["done", "ongoing", "not_started"]
    counts: list[CountRecord]
    indicators: list[IndicatorRecord]


class HeaderRecord(Record):
    """A document's id, version and header facts."""

    id: str
    version: int
    title: str | None
    doc_type: str | None
    genre: str | None
    issuer: str | None
    doc_number: str | None
    date: date | None
    region: str | None
    level: str | None
    secrecy: str | None
    urgency: str | None


class ExtractLine(Record):
    """One file that was read, with what it yields."""

    source: str
    document: HeaderRecord | None
    text: str
    tasks: list[TaskRecord]
    progress: list[ProgressRecord]
    problems: list[ProblemRecord]


class ConfirmedRecord(Record):
    """Who found a row right, and when."""

    by: str
    at: datetime


class LedgerRow(TaskRecord):
    """A row of the ledger; `document` is null for a row that was entered without one."""

    document: str | None
    source: str
    title: str | None
    status: Literal["not_started", "in_progress", "done", "closed", "rechecked", "extended", "cancelled"]
    colour: Literal["red", "yellow", "green", "blue"] | None
    due: date | None
    next_due: date | None
    progress: list[ProgressRecord]
    corrected: list[str]
    in_text: bool
    by_hand: bool
    hidden: Literal["deleted", "merged", "absent"] | None
    confirmed: ConfirmedRecord | None
    first_due: date | None
    review_due: date | None
    percent: int | None
    done_on: date | None
    late: bool
    marks: list[str]
    notes: list[NoteRecord]
    extensions: list[ExtensionRecord]
    handovers: list[HandoverRecord]
    rechecks: list[RecheckRecord]
    attachments: list[AttachmentRecord]
    ended: EndedRecord | None
    closing: ClosingRecord | None
    entry: EntryRecord | None
    own: dict[str, str]


class LedgerPage(Record):
    """A stretch of the ledger."""

    items: list[LedgerRow]
    total: int


class HitDocument(Record):
    """The document of a hit."""

    id: str
    title: str | None
    source: str
    date: date | None
    region: str | None
    doc_type: str | None


class CopyRecord(Record):
    """Another document that carries the same passage."""

    id: str
    title: str | None
    source: str


class HitRecord(Record):
    """A passage that answers a search; highlights are spans into its text."""

    document: HitDocument
    text: str
    section: list[str]
    span: SpanPair
    page: int | None
    score: float
    coverage: float
    ranks: dict[str, int]
    highlights: list[SpanPair]
    task_id: str | None
    copies: list[CopyRecord]


class HintRecord(Record):
    """What a query says of the documents it wants: those come first."""

    kind: str
    words: str
    value: str


class StandInRecord(Record):
    """Words that were looked for besides, in place of a word of the query."""

    words: str
    value: list[str]
    origin: str
    """own: the users' table; product: the one that comes with the product; library: its texts themselves."""


class SearchAnswer(Record):
    """The hits of one search, best first."""

    query: str
    filters: dict[str, Any]
    hits: list[HitRecord]
    facets: dict[str, dict[str, int]]
    understood: list[HintRecord]
    also: list[StandInRecord]
    notices: list[str]


class CitationRecord(Record):
    """A quotation that stands in the document letter for letter; "" for a row that somebody typed."""

    document_id: str
    title: str | None
    source: str
    section: list[str]
    quote: str
    span: SpanPair
    page: int | None
    row: str | None
    """The id of the row of the ledger that answers."""
    label: str
    note: str
    """What people made of that row: 手工录入, 单位经人工修改, 已延期."""


class DroppedRecord(Record):
    """A sentence of a language model that states what no citation supports."""

    sentence: str
    reason: str


class WordedRecord(Record):
    """An answer as a language model worded it, as far as the citations support it."""

    text: str
    dropped: list[DroppedRecord]
    problem: str | None


class AnswerRecord(Record):
    """The answer to a question."""

    question: str
    kind: Literal["who", "when", "number", "what", "list", "count", "none"]
    answer: str | None
    items: list[str]
    citations: list[CitationRecord]
    confidence: float
    filters: dict[str, Any]
    rows: list[str]
    worded: WordedRecord | None


class DocumentRecord(Record):
    """A document in a listing."""

    id: str
    version: int
    source: str
    title: str | None
    doc_type: str | None
    genre: str | None
    issuer: str | None
    doc_number: str | None
    date: date | None
    region: str | None
    level: str | None
    tasks: int
    size: int
    added_at: str
    removed: bool
    readings: dict[str, str]


class DocumentPage(Record):
    """A stretch of the documents."""

    items: list[DocumentRecord]
    total: int


class AddedRecord(Record):
    """What adding a file did."""

    document: DocumentRecord
    result: Literal["added", "unchanged", "updated"]
    problems: list[ProblemRecord]


class Health(BaseModel):
    """The server's word that it is ready."""

    status: Literal["ok"] = "ok"
