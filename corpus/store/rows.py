"""What the store gives back: rows of documents, passages and tasks, and what a write did."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from corpus.document import Document
from corpus.records import JsonObject, plain, task_from_record
from corpus.spans import Span
from corpus.task import Extraction, Task


class AddResult(StrEnum):
    """What adding a file did."""

    ADDED = "added"
    """The library did not have this path."""
    UNCHANGED = "unchanged"
    """These bytes are already the current version under this path."""
    UPDATED = "updated"
    """The path had other bytes; they stay readable as an older version."""


class TaskStatus(StrEnum):
    """How far a row of the ledger has come, as its office says."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    CLOSED = "closed"
    """销号."""
    RECHECKED = "rechecked"
    """回头看 found it in order."""
    EXTENDED = "extended"
    CANCELLED = "cancelled"


class Hidden(StrEnum):
    """Why a row of the ledger is not shown."""

    DELETED = "deleted"
    """Somebody found it to be no task."""
    MERGED = "merged"
    """Its words went into another row."""
    ABSENT = "absent"
    """The edit that made it was undone."""


class Colour(StrEnum):
    """The three colours of a ledger."""

    RED = "red"
    """Overdue."""
    YELLOW = "yellow"
    """Due within the days that the office has set."""
    GREEN = "green"
    BLUE = "blue"
    """What others show in green, where an office has blue, yellow and red."""


@dataclass(frozen=True, slots=True)
class NewDocument:
    """One file to be added."""

    source: str
    """What is shown: the path as given, or an upload's file name."""
    data: bytes
    document: Document
    extraction: Extraction
    key: str | None = None
    """Identity of the path: the resolved path, `upload:NAME` for uploads; None takes `source`."""


@dataclass(frozen=True, slots=True)
class Added:
    """What adding a file did, and to which document."""

    document_id: str
    version: int
    result: AddResult


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row of the ledger that a new reading or a new version touched."""

    task_id: str
    text: str
    """The row's words now; for a dropped row those it had."""
    keys: tuple[str, ...] = ()
    """The keys of the record that changed; empty for rows that came or went."""


@dataclass(frozen=True, slots=True)
class Renewed:
    """What a new reading of kept bytes did to a document's rows."""

    document_id: str
    changed: bool
    """False when text, header, outline and rows came out as before."""
    added: tuple[RowChange, ...] = ()
    dropped: tuple[RowChange, ...] = ()
    """Rows that are gone from the ledger."""
    altered: tuple[RowChange, ...] = ()
    orphaned: tuple[RowChange, ...] = ()
    """Rows with a correction or a status that the text no longer has; they stay, flagged."""


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document in a listing, with the facts of its current version."""

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
    """Rows in the ledger."""
    size: int
    """Code points of the text."""
    added_at: datetime
    """When this version came in (UTC)."""
    removed: bool
    readings: dict[str, str] = field(default_factory=dict)
    """Which version of each part made this: {"reader": "docx-1", "rules": "1"}."""


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One version of a document."""

    version: int
    added_at: datetime
    """UTC."""
    by: str
    """Who added it; "" where nobody was named."""
    title: str | None
    date: date | None
    size: int
    """Code points of the text."""


@dataclass(frozen=True, slots=True)
class PassageRow:
    """A passage that search can find, with what is shown of its document."""

    id: int
    document_id: str
    version: int
    title: str | None
    source: str
    date: date | None
    region: str | None
    doc_type: str | None
    text: str
    section: tuple[str, ...]
    span: Span
    page: int | None
    task_id: str | None
    """The row of the ledger with which the passage shares most code points, None without one."""
    issuer: str | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One step of the library's history, as an index has to follow it.

    Apply `removed` before `added`. A change whose passages have since been superseded has an empty `added`;
    the later change names them in `removed`, so ids that an index never saw may stand there.
    """

    number: int
    removed: tuple[int, ...]
    added: tuple[PassageRow, ...]


@dataclass(frozen=True, slots=True)
class Confirmed:
    """Who looked at a row and found it right, and when."""

    by: str
    at: datetime
    """UTC."""


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A row of the ledger, with the corrections of its users applied."""

    id: str
    document_id: str
    """"" for a row that was entered without a document."""
    source: str
    """The document's source, "" without a document."""
    title: str | None
    """The document's title."""
    record: JsonObject
    """The public keys of the task (`corpus.records`), corrections applied; corrected values have no span."""
    status: TaskStatus
    colour: Colour | None
    """None for a row without a date, or one that is closed."""
    due: date | None
    """The earliest end of its time limits, or the day to which it was extended."""
    next_due: date | None
    """The next day on which a recurring limit falls."""
    progress: tuple[JsonObject, ...]
    corrected: tuple[str, ...]
    """The keys that a user corrected."""
    in_text: bool
    """False when the current version of the document no longer has this row."""
    by_hand: bool = False
    """True for a row that a person made, by typing it in or by splitting another."""
    hidden: Hidden | None = None
    """Why it is not shown; None for a row that is."""
    confirmed: Confirmed | None = None
    """None until somebody has confirmed what it says, and again when the text changes it."""
    first_due: date | None = None
    """The earliest end of the limits of the text, whatever extensions there were."""
    review_due: date | None = None
    """When a row without a date, or one of 长期坚持, is to be looked at again."""
    percent: int | None = None
    """序时进度, 0 to 100."""
    done_on: date | None = None
    """The day on which it was done; None where it is not, or nobody knows."""
    marks: tuple[str, ...] = ()
    """Of 紧急 and 重点."""
    notes: tuple[JsonObject, ...] = ()
    """What units reported, the newest last."""
    extensions: tuple[JsonObject, ...] = ()
    """延期, the newest last."""
    handovers: tuple[JsonObject, ...] = ()
    """移交, the newest last."""
    rechecks: tuple[JsonObject, ...] = ()
    """回头看, the newest last."""
    attachments: tuple[JsonObject, ...] = ()
    ended: JsonObject | None = None
    """终止: why, by whom and when."""
    closing: JsonObject | None = None
    """销号: application and review."""
    entry: JsonObject | None = None
    """Where it comes from, who assigned it and who works on it."""
    own: JsonObject = field(default_factory=dict)
    """Columns that the office added, by name."""

    @property
    def late(self) -> bool:
        """Tell whether it was done after its day: 逾期完成."""
        return self.done_on is not None and self.due is not None and self.done_on > self.due

    @property
    def task(self) -> Task:
        """Return the row as a task."""
        return task_from_record(self.record)


@dataclass(frozen=True, slots=True)
class TaskPage:
    """A stretch of a listing, and how many rows the whole listing has."""

    items: tuple[TaskRow, ...]
    total: int


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One thing that a user did to a row of the ledger."""

    at: datetime
    """UTC."""
    key: str
    """The corrected key of the record, "status", "hidden", "merged_into", "confirmed", or one of `kept`."""
    before: Any
    after: Any
    note: str
    by: str = ""
    """Who did it; "" where nobody was named."""
    edit: str | None = None
    """The edit that it was part of."""


def ledger_record(row: TaskRow) -> JsonObject:
    """Return the row under its public keys."""
    return {
        **row.record,
        "document": row.document_id or None,
        "source": row.source,
        "title": row.title,
        "status": row.status.value,
        "colour": row.colour.value if row.colour else None,
        "due": plain(row.due),
        "next_due": plain(row.next_due),
        "progress": list(row.progress),
        "corrected": list(row.corrected),
        "in_text": row.in_text,
        "by_hand": row.by_hand,
        "hidden": row.hidden.value if row.hidden else None,
        "confirmed": plain(row.confirmed),
        "first_due": plain(row.first_due),
        "review_due": plain(row.review_due),
        "percent": row.percent,
        "done_on": plain(row.done_on),
        "late": row.late,
        "marks": list(row.marks),
        "notes": list(row.notes),
        "extensions": list(row.extensions),
        "handovers": list(row.handovers),
        "rechecks": list(row.rechecks),
        "attachments": list(row.attachments),
        "ended": row.ended,
        "closing": row.closing,
        "entry": row.entry,
        "own": row.own,
    }
