"""Rows of the ledger over HTTP: one row, its history, edits and taking them back."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from corpus.records import plain
from corpus.store.editing.edits import Edit, NewRow, RowEdits
from corpus.store.rows import TaskStatus, ledger_record
from service.api.dependencies import LibraryDependency, Note, PersonDependency, TaskId
from service.api.models.library import LedgerRow
from service.api.models.office import EditRecord, HistoryRecord
from service.api.models.steps import KeptValues
from service.supervision.telling import tell

rows = APIRouter(tags=["任务"])

Values = dict[str, Any]
"""Values of a row under the public keys of a task."""
MOST_ROWS = 10_000
Names = Annotated[list[str], Field(max_length=MOST_ROWS)]


class NewRowBody(BaseModel):
    """A row that a person makes."""

    values: Values = Field(description="各栏目的值，至少要有 text；没有专门栏目的写入 extra")
    document: str | None = Field(None, description="所属文件，没有则为空")
    after: str | None = Field(None, description="排在哪一行之后")
    split_from: str | None = Field(None, description="由哪一行拆出")
    kept: KeptValues = KeptValues()


class EditsBody(BaseModel):
    """Changes that are made together, or not at all."""

    corrected: Annotated[dict[str, Values], Field(max_length=MOST_ROWS, description="各行的新值")] = {}
    added: Annotated[list[NewRowBody], Field(max_length=MOST_ROWS)] = []
    deleted: Names = []
    merged: Annotated[dict[str, str], Field(max_length=MOST_ROWS, description="并入哪一行")] = {}
    restored: Names = []
    statuses: Annotated[dict[str, TaskStatus], Field(max_length=MOST_ROWS)] = {}
    confirmed: Names = []
    unconfirmed: Names = []
    kept: Annotated[dict[str, KeptValues], Field(max_length=MOST_ROWS)] = {}
    seen: str | None = Field(
        None,
        description="读取时最新的修改，如 e12，没有时为 e0；其中有任务后来又被改过的，全部不改，回答 409",
    )
    note: Note = ""


class SplitBody(BaseModel):
    """The parts of a row, in order."""

    parts: Annotated[
        list[str | Values], Field(min_length=2, max_length=100, description="每部分的文字或各栏目的值")
    ]
    note: Note = ""


class MergeBody(BaseModel):
    """Rows that become one."""

    tasks: Annotated[list[str], Field(min_length=2, max_length=100, description="并入其中第一行")]
    note: Note = ""


@rows.get("/tasks/{task}")
def task(library: LibraryDependency, task: TaskId) -> LedgerRow:
    """Return one row of the ledger."""
    return LedgerRow.model_validate(ledger_record(library.task(task)))


@rows.get("/tasks/{task}/history")
def task_history(library: LibraryDependency, task: TaskId) -> list[HistoryRecord]:
    """Return what was done to a row, oldest first."""
    entries = library.rows.history(task)
    return [HistoryRecord.model_validate({**plain(entry), "words": tell(entry)}) for entry in entries]


@rows.post("/tasks/{task}/split")
def split(library: LibraryDependency, person: PersonDependency, task: TaskId, body: SplitBody) -> EditRecord:
    """Cut a row into parts; the first keeps its id."""
    return edit_record(library.rows.split(task, body.parts, person.name, body.note))


@rows.post("/tasks/merge")
def merge(library: LibraryDependency, person: PersonDependency, body: MergeBody) -> EditRecord:
    """Put rows together into the first of them."""
    return edit_record(library.rows.merge(body.tasks, person.name, body.note))


@rows.post("/edits")
def edit(library: LibraryDependency, person: PersonDependency, body: EditsBody) -> EditRecord:
    """Correct, add, delete, restore and confirm rows and set their status, all at one go."""
    added = [_new_row(new) for new in body.added]
    kept = {name: values.model_dump(exclude_unset=True) for name, values in body.kept.items()}
    taken_as_they_are = set(EditsBody.model_fields) - {"added", "kept", "note"}
    changes = {key: getattr(body, key) for key in taken_as_they_are}
    edits = RowEdits(added=added, kept=kept, **changes)
    return edit_record(library.rows.edit(edits, person.name, body.note))


@rows.get("/edits")
def edits(
    library: LibraryDependency,
    document: str | None = None,
    task: str | None = None,
    by: str | None = None,
    limit: Annotated[int, Query(ge=1, le=1000)] = 50,
) -> list[EditRecord]:
    """List edits, the newest first: all, those of a document or of a row, those of one person."""
    return [edit_record(item) for item in library.rows.edits(document, task, by, limit)]


@rows.post("/edits/{edit}/undo")
def undo(library: LibraryDependency, person: PersonDependency, edit: str) -> EditRecord:
    """Take an edit back; undoing the answer makes it anew."""
    return edit_record(library.rows.undo(edit, person.name))


def _new_row(new: NewRowBody) -> NewRow:
    kept = new.kept.model_dump(exclude_unset=True)
    return NewRow(new.values, new.document, new.after, new.split_from, kept)


def edit_record(edit: Edit) -> EditRecord:
    """Return an edit as it goes over HTTP."""
    return EditRecord.model_validate(plain(edit))
