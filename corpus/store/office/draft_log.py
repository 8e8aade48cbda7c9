"""What the audit log tells of the text of a draft: one entry for each stretch of editing.

A text is saved at every pause of whoever types. An entry for each would bury all others, so a stretch is told
as a whole: when it ends, and before anybody reads the log. Until then the draft itself says who changed it
and when, and its last version what stood there before, so that a crash loses nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from difflib import SequenceMatcher
from typing import Any

from sqlalchemy import Connection, func, select

from corpus.records import JsonObject
from corpus.store.audit import Fact, write_audit
from corpus.store.encoding import from_json
from corpus.store.identifiers import draft_name
from corpus.store.schema import audit, draft_versions, drafts

CHANGED = "draft.change"
UNDONE = "改动后又改回原样"
BESIDE = ("recipients", "issuer", "remark", "day")
"""Keys of a draft's record that hold words beside its sections."""


def untold(connection: Connection) -> list[int]:
    """Return the numbers of the drafts that were changed since the log told of them last."""
    told = select(audit.c.subject, func.max(audit.c.at)).where(audit.c.action.startswith("draft."))
    last = {row[0]: row[1] for row in connection.execute(told.group_by(audit.c.subject))}
    rows = connection.execute(select(drafts.c.id, drafts.c.changed_at))
    return [row.id for row in rows if row.changed_at > last.get(draft_name(row.id), datetime.min)]


def tell(connection: Connection, row: Any) -> None:
    """Write to the log what has been changed in the draft of a `row` of the table, unless that is told."""
    subject = draft_name(row.id)
    told = select(func.max(audit.c.at)).where(audit.c.subject == subject, audit.c.action.startswith("draft."))
    if row.changed_at <= (connection.execute(told).scalar() or datetime.min):
        return
    versions = select(draft_versions.c.record).where(draft_versions.c.draft_id == row.id)
    before = connection.execute(versions.order_by(draft_versions.c.version.desc()).limit(1)).scalar_one()
    words = changed_words(from_json(before), from_json(row.record))
    fact = Fact(CHANGED, subject, *words, note="" if any(words) else UNDONE)
    write_audit(connection, row.changed_by, [fact], row.changed_at.replace(tzinfo=UTC))


def changed_words(before: JsonObject, after: JsonObject) -> tuple[list[str], list[str]]:
    """Return the words that only one of two texts has, sentence by sentence: first, second."""
    old, new = list(_words(before)), list(_words(after))
    changes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    stretches = [change for change in changes if change[0] != "equal"]
    return (
        [words for _, start, end, _, _ in stretches for words in old[start:end]],
        [words for _, _, _, start, end in stretches for words in new[start:end]],
    )


def _words(record: JsonObject) -> Iterator[str]:
    yield record["title"]
    for section in record["sections"]:
        yield section["heading"]
        for paragraph in section["paragraphs"]:
            yield from (statement["text"] for statement in paragraph["statements"])
    yield from (str(record.get(key) or "") for key in BESIDE)
