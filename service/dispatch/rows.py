"""What the dispatch asks of a ledger record: whether it is open, overdue, and what was reported last."""

from __future__ import annotations

from datetime import date

from corpus.records import JsonObject
from corpus.store.rows import TaskStatus
from service.ledger import STATUS_WORDS

FINISHED = frozenset({TaskStatus.DONE, TaskStatus.CLOSED, TaskStatus.RECHECKED})
"""Rows whose work is done."""
FIRM = frozenset({TaskStatus.CLOSED.value, TaskStatus.RECHECKED.value, TaskStatus.CANCELLED.value})
"""Status values that a unit's report does not change: others have decided them."""


def names_of(record: JsonObject, role: str) -> str:
    """Return the units of a row that have a role, as a cell shows them; "" for none."""
    return "、".join(unit["name"] for unit in record["units"] if unit["role"] == role)


def is_finished(record: JsonObject) -> bool:
    """Tell whether the row's work is done."""
    return record.get("status") in FINISHED


def is_open(record: JsonObject) -> bool:
    """Tell whether the row still has to be worked on: neither done nor cancelled."""
    return not is_finished(record) and record.get("status") != TaskStatus.CANCELLED


def due_day(record: JsonObject) -> date | None:
    """Return the day by which the row is due, of a recurring limit the next one; None without a day."""
    day = record.get("due") or record.get("next_due")
    return date.fromisoformat(day) if day else None


def is_overdue(record: JsonObject, today: date) -> bool:
    """Tell whether the row is open after the day by which it was due."""
    due = record.get("due")
    return is_open(record) and due is not None and date.fromisoformat(due) < today


def status_words(record: JsonObject) -> str:
    """Return the status in words, with the percentage where one is known: 进行中（60%）."""
    words = STATUS_WORDS.get(record.get("status") or "", "")
    percent = record.get("percent")
    return words if percent is None or is_finished(record) else f"{words}（{percent}%）"


def last_note(record: JsonObject, unit: str | None = None) -> JsonObject | None:
    """Return what was reported last, by `unit` when one is given; None when nothing was."""
    notes = record.get("notes") or []
    return next((note for note in reversed(notes) if unit in (None, note.get("unit"))), None)


def last_words(record: JsonObject) -> str:
    """Return the progress that was reported last, with its day; "" when nothing was."""
    notes = reversed(record.get("notes") or [])
    note = next((note for note in notes if note.get("text")), None)
    if note is None:
        return ""
    day = str(note.get("date") or "")
    return f"{note['text']}（{day}）" if day else str(note["text"])


def task_words(record: JsonObject) -> str:
    """Return the row's label and words; cells of a table on lines of their own."""
    return f"{record.get('label') or ''}{record['text']}".replace("\t", "\n")


def source_words(record: JsonObject) -> str:
    """Return where the row comes from: its document's title, else what was entered as its origin."""
    entry = record.get("entry") or {}
    return str(record.get("title") or record.get("source") or entry.get("origin") or "")


def limit_words(record: JsonObject) -> str:
    """Return the day by which the row is due, 2026.09.30, else the words of its time limits.

    Points keep the day on one line where hyphens would break it.
    """
    day = due_day(record)
    if day is not None:
        return f"{day:%Y.%m.%d}"
    return "；".join(dict.fromkeys(limit["raw"] for limit in record.get("deadlines") or ()))
