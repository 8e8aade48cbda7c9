"""What a ledger that is added says about its own rows: its status and progress columns become ours."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

from corpus.document import Document
from corpus.registry.tables import read_table
from corpus.spans import Span
from corpus.store.editing.edits import RowEdits
from corpus.store.filters import TaskQuery
from corpus.store.rows import Added, AddResult, TaskRow, TaskStatus
from corpus.store.store import Store
from corpus.task import Extraction, Progress, ProgressStatus, Task

NOTE = "取自文件中的进展栏"
"""The note under which such a status stands in the history; what a person sets has another one."""
MOST_ROWS = 10_000
"""Rows of one document that are looked at."""

_HEADS = re.compile(
    r"进展|进度|状态|销号|完成情况|整改情况|落实情况|推进情况|办理情况|办结情况|目前情况|完成率"
    r"|(?:办理|整改|落实|验收)结果|是否(?:完成|办结|整改|落实|销号)|^完成$"
)
"""The heads of columns of status or progress."""
_FIRST = re.compile("状态|是否|销号")
"""Of several such columns those that give the status in a word come first."""
_EMPTY = re.compile(r"[\s—–\-－/／\\无]*")
_PROGRESS = {
    TaskStatus.NOT_STARTED: ProgressStatus.NOT_STARTED,
    TaskStatus.IN_PROGRESS: ProgressStatus.ONGOING,
    TaskStatus.EXTENDED: ProgressStatus.ONGOING,
    TaskStatus.DONE: ProgressStatus.DONE,
    TaskStatus.CLOSED: ProgressStatus.DONE,
    TaskStatus.RECHECKED: ProgressStatus.DONE,
}


@dataclass(frozen=True, slots=True)
class _Wording:
    head: re.Pattern[str]
    cell: re.Pattern[str]
    status: TaskStatus


def stated_status(extra: Mapping[str, str]) -> TaskStatus | None:
    """Return the status that the further columns of a row state, None where they state none."""
    columns = [(head, words) for head, words in extra.items() if _is_stated(head, words)]
    columns.sort(key=lambda column: _FIRST.search(column[0]) is None)
    found = (_status(head, words) for head, words in columns)
    return next((status for status in found if status is not None), None)


def with_stated_progress(document: Document, extraction: Extraction) -> Extraction:
    """Return the extraction with the words of progress columns as progress of their rows."""
    starts = [task.span.start for task in extraction.tasks] + [len(document.text)]
    found = [
        item
        for task, after in zip(extraction.tasks, starts[1:], strict=True)
        for item in _progress(document.text, task, after)
    ]
    return replace(extraction, progress=(*extraction.progress, *found)) if found else extraction


def take_over_status(store: Store, added: Added, extraction: Extraction, by: str = "") -> None:
    """Give the rows of a document that was added the status that it states.

    A status that a person has set stays.
    """
    states = any(stated_status(task.extra) for task in extraction.tasks)
    if added.result is AddResult.UNCHANGED or not states:
        return
    rows = store.tasks(TaskQuery(document=added.document_id, limit=MOST_ROWS)).items
    stated = {row.id: stated_status(row.record.get("extra") or {}) for row in rows}
    wanted = {
        row.id: status
        for row in rows
        if (status := stated[row.id]) is not None and status is not row.status and not _is_settled(store, row)
    }
    if wanted:
        store.edit(RowEdits(statuses=wanted), by, NOTE)


def _is_settled(store: Store, row: TaskRow) -> bool:
    """Tell whether a person has given the row its status."""
    if row.status is TaskStatus.NOT_STARTED:
        return False
    return any(entry.key == "status" and entry.note != NOTE for entry in store.task_history(row.id))


def _is_stated(head: str, words: str) -> bool:
    return _HEADS.search(re.sub(r"\s", "", head)) is not None and _EMPTY.fullmatch(words) is None


def _status(head: str, words: str) -> TaskStatus | None:
    bare = re.sub(r"\s", "", words)
    found = (
        wording.status for wording in _wordings() if wording.head.search(head) and wording.cell.search(bare)
    )
    return next(found, None)


@cache
def _wordings() -> tuple[_Wording, ...]:
    rows = read_table("service.intake", "stated_status.tsv")
    return tuple(
        _Wording(re.compile(row["head"]), re.compile(row["cell"]), TaskStatus(row["status"])) for row in rows
    )


def _progress(text: str, task: Task, after: int) -> Iterator[Progress]:
    """Yield the progress that the columns of one row tell; the words stand between it and `after`."""
    for head, words in task.extra.items():
        status = _status(head, words) if _is_stated(head, words) else None
        at = text.find(words, task.span.end, after)
        if status in _PROGRESS and at >= 0:
            span = Span(at, at + len(words))
            yield Progress(words, span, _PROGRESS[status], task.section, of=task.span)
