"""The answer to a question, and the quotations it rests on."""

from __future__ import annotations

from dataclasses import dataclass, field

from corpus.records import JsonObject, plain
from corpus.spans import Span
from corpus.store.rows import PassageRow
from service.ask.questions.question import Kind

LONGEST_ANSWER = 60
"""Characters of a bare value."""


@dataclass(frozen=True, slots=True)
class Citation:
    """A quotation that supports an answer; `quote` stands in the document letter for letter.

    A row that somebody typed stands in no document: its `quote` is "" and its `note` says so.
    """

    document_id: str
    title: str | None
    source: str
    section: tuple[str, ...]
    quote: str
    span: Span
    page: int | None
    row: str | None = None
    """The id of the row of the ledger that answers, None for a passage."""
    label: str = ""
    """The number of that row as written."""
    note: str = ""
    """What people made of that row, in words for the user: 手工录入, 单位经人工修改 …"""


def cite(passage: PassageRow, within: Span) -> Citation:
    """Return the citation of a stretch of a passage; `within` is counted in the passage's own text."""
    return Citation(
        document_id=passage.document_id,
        title=passage.title,
        source=passage.source,
        section=passage.section,
        quote=within.of(passage.text),
        span=within.shift(passage.span.start),
        page=passage.page,
    )


@dataclass(frozen=True, slots=True)
class Answer:
    """What the library says to a question."""

    question: str
    kind: Kind
    answer: str | None = None
    """The bare value, at most 60 characters; None for list and none."""
    items: tuple[str, ...] = ()
    """For list and count the rows' texts."""
    citations: tuple[Citation, ...] = ()
    """What the answer rests on, best first; for none the nearest passages."""
    confidence: float = 0.0
    """0 to 1."""
    filters: JsonObject = field(default_factory=dict)
    """What of the question narrowed the search: region, year, unit, role, document, due, status."""
    rows: tuple[str, ...] = ()
    """The ids of the rows of the ledger that answer; for list and count those behind `items`, in order."""

    def record(self) -> JsonObject:
        """Return the answer under its public keys."""
        record: JsonObject = plain(self)
        record["kind"] = self.kind.value
        record["confidence"] = round(self.confidence, 3)
        return record
