"""What people do to rows of the ledger at one go, and what is remembered of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from corpus.store.rows import TaskStatus


class EditKind(StrEnum):
    """What an edit was, for those who read the history."""

    CORRECT = "correct"
    ADD = "add"
    DELETE = "delete"
    RESTORE = "restore"
    SPLIT = "split"
    MERGE = "merge"
    CONFIRM = "confirm"
    STATUS = "status"
    REPORT = "report"
    """进展: what a unit reported, with its status and percentage."""
    EXTEND = "extend"
    """延期."""
    HAND_OVER = "hand_over"
    """移交."""
    END = "end"
    """终止."""
    REOPEN = "reopen"
    """Work on a closed or ended row goes on."""
    APPLY_CLOSING = "apply_closing"
    """申请销号."""
    REVIEW_CLOSING = "review_closing"
    """审核销号."""
    RECHECK = "recheck"
    """回头看."""
    MARK = "mark"
    """紧急, 重点."""
    ENTER = "enter"
    """Where a row comes from and who works on it."""
    OWN = "own"
    """Columns that the office added."""
    ATTACH = "attach"
    SEVERAL = "several"
    """Several of these at one go."""
    READING = "reading"
    """No person's doing: a new reading of the text took a confirmation back."""
    UNDO = "undo"


@dataclass(frozen=True, slots=True)
class NewRow:
    """A row that a person makes."""

    values: Mapping[str, Any]
    """Its words and findings by the public keys that can be corrected; `text` must be among them."""
    document: str | None = None
    """The document in whose ledger it stands, None for a row of no document."""
    after: str | None = None
    """The row that it follows; None puts it where its span says, else first."""
    split_from: str | None = None
    """The row whose words it takes over."""
    kept: Mapping[str, Any] = field(default_factory=dict)
    """What the office keeps beside the words, by keys of `corpus.store.ledger.kept`, checked already."""


@dataclass(frozen=True, slots=True)
class RowEdits:
    """Changes of rows that belong together: all of them are made, or none.

    They are made in the order of the fields.
    """

    corrected: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """By row: new values under the public keys."""
    added: Sequence[NewRow] = ()
    deleted: Sequence[str] = ()
    """Rows that are no longer shown; they stay hidden when the document is read again."""
    merged: Mapping[str, str] = field(default_factory=dict)
    """By row: the row into which its words went; it is hidden like a deleted one."""
    restored: Sequence[str] = ()
    """Hidden rows that are shown again."""
    statuses: Mapping[str, TaskStatus] = field(default_factory=dict)
    confirmed: Sequence[str] = ()
    """Rows that the person has looked at and found right."""
    unconfirmed: Sequence[str] = ()
    kept: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """By row: whole new values under the keys of `corpus.store.ledger.kept`, checked by the caller."""
    on: date | None = None
    """The day on which rows that get a status of done were done, None where nobody knows."""
    seen: str | None = None
    """The newest edit that the person knew of: a row that was touched since is not changed. None for any."""

    @property
    def touched(self) -> Sequence[str]:
        """The rows that are changed, those that are made aside; a row of two changes stands there twice."""
        of_rows = (self.corrected, self.deleted, self.merged, self.restored, self.statuses)
        return [name for names in (*of_rows, self.confirmed, self.unconfirmed, self.kept) for name in names]

    @property
    def kind(self) -> EditKind:
        """Return what this is when it is of one kind, else `SEVERAL`."""
        kinds = {
            kind
            for kind, given in (
                (EditKind.CORRECT, self.corrected),
                (EditKind.ADD, self.added),
                (EditKind.DELETE, self.deleted),
                (EditKind.MERGE, self.merged),
                (EditKind.RESTORE, self.restored),
                (EditKind.STATUS, self.statuses),
                (EditKind.CONFIRM, [*self.confirmed, *self.unconfirmed]),
                (EditKind.SEVERAL, self.kept),
            )
            if given
        }
        return kinds.pop() if len(kinds) == 1 else EditKind.SEVERAL


@dataclass(frozen=True, slots=True)
class Edit:
    """What somebody did at one go."""

    id: str
    """Such as e12; "" for one that changed nothing, of which nothing is remembered."""
    kind: EditKind
    by: str
    """Who did it; "" where nobody was named."""
    at: datetime
    """UTC."""
    note: str = ""
    added: tuple[str, ...] = ()
    """The rows it made, in the order given."""
    changed: tuple[str, ...] = ()
    """All rows it touched, the new ones included."""
    undone: bool = False
