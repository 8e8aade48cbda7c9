"""One file on the desk of 拆任务: its bytes, what was read, what a person makes of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from corpus.document import Problem
from corpus.records import JsonObject
from service.background.course import Course
from service.editing.confirm import confirm
from service.editing.editable import EditableLedger
from service.intake.extraction import Reading
from service.pages.intake.progress import Bar

if TYPE_CHECKING:
    from service.library import Library


@dataclass(eq=False)
class Dropped:
    """One file on the desk."""

    name: str
    data: bytes
    outcome: Reading | Problem | None = None
    """None while it is being read."""
    ledger: EditableLedger | None = None
    """What the person makes of it; None until it is read."""
    document_id: str | None = None
    """Id in the library once it is confirmed."""
    content: str = ""
    """What names its bytes."""
    on_view: bool = False
    """True for the one that the person looks at."""
    course: Course = field(default_factory=Course)
    """How far its reading has come."""
    bar: Bar | None = None
    """Shows that, until it is read."""

    @property
    def waits(self) -> bool:
        """True until it is read."""
        return self.ledger is None and not isinstance(self.outcome, Problem)

    @property
    def failed(self) -> bool:
        """True for a file that could not be read."""
        return isinstance(self.outcome, Problem)

    @property
    def to_store(self) -> bool:
        """True while the library lacks it, or something of what the person made of it."""
        return self.ledger is not None and (self.document_id is None or bool(self.ledger.edits()))

    @property
    def what(self) -> str:
        """What its unsaved changes are kept under."""
        return self.document_id or self.content

    @property
    def state(self) -> str:
        """What has become of it, in words."""
        if isinstance(self.outcome, Problem):
            return self.outcome.message
        if self.ledger is None:
            return self.course.words
        doubts = len(self.ledger.doubtful)
        words = [
            f"{len(self.ledger.rows)} 项任务",
            f"{doubts} 项请核对" if doubts else "",
            self._stored_words,
        ]
        return "，".join(filter(None, words))

    @property
    def _stored_words(self) -> str:
        edits = self.ledger.edits().words if self.ledger else ""
        if self.document_id is None:
            return f"未存入（{edits}）" if edits else "未存入"
        return f"未保存：{edits}" if edits else "已存入文库"

    @property
    def confirming(self) -> str:
        """What the button says that stores it."""
        if self.document_id is None:
            return "确认并存入文库"
        edits = self.ledger.edits().words if self.ledger else ""
        return f"确认（{edits}）" if edits else "确认无误"

    def records(self) -> list[JsonObject]:
        """Return the rows of its ledger as they stand."""
        return [row.record for row in self.ledger.rows] if self.ledger else []


def store_dropped(
    library: Library, dropped: Dropped, ledger: EditableLedger, by: str
) -> tuple[EditableLedger, str]:
    """Store a file, then what was changed in its ledger; returns the ledger as stored and its document.

    Raises:
        UserError: when somebody else changed one of the rows meanwhile; the changes are not stored then.
    """
    document = dropped.document_id
    if document is None:
        added, _ = library.add_upload(dropped.name, dropped.data, by)
        document = added.document_id
    return confirm(library, ledger, document, by), document
