"""Large answers as JSON text, put together in worker processes.

A ledger of thousands of rows takes Python a second or more to read, correct and write out. In the server's
own process nobody else would be answered meanwhile.
"""

from __future__ import annotations

import json
from typing import Any

from corpus.document import Problem
from corpus.records import document_record, extract_line, plain
from corpus.store.filters import TaskQuery
from corpus.store.rows import TaskPage, ledger_record
from service.extraction import read_or_problem
from service.place import Place
from service.work import MOST_ROWS, kept_store


def extract_json(data: bytes, source: str) -> bytes | Problem:
    """Read a file and return its extract line, or what is wrong with it."""
    outcome = read_or_problem(data, source)
    if isinstance(outcome, Problem):
        return outcome
    return to_bytes(extract_line(outcome.document, outcome.extraction))


def ledger_json(place: Place, query: TaskQuery) -> bytes:
    """Return a stretch of the ledger with the number of all rows."""
    return page_json(kept_store(place).tasks(query))


def page_json(page: TaskPage) -> bytes:
    """Return a stretch of the ledger that was read before."""
    return to_bytes({"items": [ledger_record(row) for row in page.items], "total": page.total})


def show_json(place: Place, name: str, version: int | None) -> bytes:
    """Return a document with its text, ledger and progress; an earlier version has neither of the latter.

    Raises:
        NotFoundError: when there is no such document or version.
    """
    store = kept_store(place)
    document = store.document(name, version)
    current = document.version == store.document_row(name).version
    rows = store.tasks(TaskQuery(document=name, limit=MOST_ROWS)).items if current else ()
    return to_bytes(
        {
            "source": document.source,
            "document": document_record(document),
            "text": document.text,
            "tasks": [ledger_record(row) for row in rows],
            "progress": store.progress(name) if current else [],
            "problems": plain(document.problems),
            "current": current,
        }
    )


def to_bytes(value: Any) -> bytes:
    """Return a value as JSON in UTF-8."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
