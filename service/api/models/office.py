"""What goes over HTTP about edits, versions, jobs, accounts, settings, the audit log and copies."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from service.accounts import Role
from service.api.models.library import HeaderRecord, LedgerRow, ProblemRecord, ProgressRecord, TaskRecord
from service.api.models.record import Record


class ShownRecord(Record):
    """A document with its text, its ledger and what it reports; `current` is false for an earlier version."""

    source: str
    document: HeaderRecord
    text: str
    tasks: list[LedgerRow | TaskRecord]
    progress: list[ProgressRecord]
    problems: list[ProblemRecord]
    current: bool


class VersionRecord(Record):
    """One version of a document; `by` is who added it, empty where nobody was named."""

    version: int
    added_at: datetime
    by: str
    title: str | None
    date: date | None
    size: int


class EditRecord(Record):
    """What somebody did to rows at one go; `id` is empty where nothing was changed."""

    id: str
    kind: str
    by: str
    at: datetime
    note: str
    added: list[str]
    changed: list[str]
    undone: bool


class HistoryRecord(Record):
    """One key of a row that was changed; `words` tells it to a person."""

    at: datetime
    key: str
    before: Any
    after: Any
    note: str
    by: str
    edit: str | None
    words: str


class ComparedRecord(Record):
    """One of two texts that are compared."""

    document: str
    version: int
    title: str | None
    source: str


class WordsRecord(Record):
    """A stretch of words that both texts have, or only one of them."""

    kind: Literal["same", "added", "dropped"]
    text: str


class DifferenceRecord(Record):
    """One row in both texts, or in the one that has it."""

    fate: Literal["added", "dropped", "changed", "same"]
    before: TaskRecord | None
    after: TaskRecord | None
    changed: list[str]
    words: list[WordsRecord]


class ComparisonRecord(Record):
    """What changed between two texts, by task."""

    before: ComparedRecord
    after: ComparedRecord
    rows: list[DifferenceRecord]
    counts: dict[str, int]


class JobRecord(Record):
    """A long job; `result` is what came of it."""

    id: str
    kind: str
    by: str
    state: Literal["queued", "running", "done", "failed", "cancelled"]
    cancelled: bool
    done: int
    total: int
    what: str
    result: Any
    created_at: datetime
    ended_at: datetime | None


class QueuedRecord(Record):
    """A job that takes care of an upload."""

    job: JobRecord


class SessionRecord(Record):
    """Who is asking, and whether there are accounts."""

    name: str
    role: Role
    accounts: bool


class AccountRecord(Record):
    """An account."""

    name: str
    role: Role
    locked: bool


class TokenRecord(Record):
    """A token of a program, without the token itself."""

    id: int
    account: str
    name: str
    created_at: datetime


class NewTokenRecord(Record):
    """A new token; nobody can see it again."""

    name: str
    token: str


class SettingsRecord(Record):
    """All settings; of secrets only whether there is one."""

    office_name: str
    colour_red: str
    colour_yellow: str
    colour_green: str
    colour_blue: str
    colour_scheme: str
    due_soon_days: int
    review_days: int
    time_zone: str
    font: str
    font_size: int
    model_address: str
    model_name: str
    model_key: bool
    encoder: str
    encoder_key: bool
    reranker: str
    reranker_key: bool
    mail_host: str
    mail_port: int
    mail_security: Literal["tls", "starttls"]
    mail_user: str
    mail_password: bool
    mail_from: str
    mail_to: str
    mail_time: str
    backup_time: str
    backups_kept: int


class AuditRecord(Record):
    """One change."""

    number: int
    at: datetime
    by: str
    action: str
    subject: str
    before: Any
    after: Any
    note: str


class AuditRecordPage(Record):
    """A stretch of the audit log."""

    items: list[AuditRecord]
    total: int


class BackupRecord(Record):
    """A copy of the records."""

    name: str
    size: int
    made_at: datetime
