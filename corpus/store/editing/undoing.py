"""Reads what was done to rows, and takes edits back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC
from typing import Any

from sqlalchemy import ColumnElement, Connection, exists, func, select, update

from corpus.errors import NotFoundError, UserError
from corpus.store.database import batches
from corpus.store.documents.contents import document_row
from corpus.store.editing.editor import Editor
from corpus.store.editing.edits import Edit, EditKind
from corpus.store.encoding import from_json
from corpus.store.identifiers import document_number, edit_name, edit_number, task_name, task_number
from corpus.store.rows import Hidden, HistoryEntry
from corpus.store.schema import edits, history, tasks

CHANGED_SINCE = "任务 {} 在这之后又有修改，请先撤销后来的修改。"


def undo_edit(connection: Connection, name: str, by: str) -> Edit:
    """Take an edit back, as an edit of its own that can be taken back too.

    Raises:
        NotFoundError: when there is no such edit.
        UserError: when it is undone already, or something that it changed was changed since.
    """
    number = edit_number(name)
    row = connection.execute(select(edits).where(edits.c.id == number)).one_or_none()
    if row is None:
        raise NotFoundError(f"没有编号为 {name} 的修改记录，请在任务的修改历史中查看编号。")
    if row.undone_by is not None:
        raise UserError("这次修改已经撤销过了。")
    editor = Editor(connection, by, EditKind.UNDO)
    ours = select(history).where(history.c.edit_id == number).order_by(history.c.id.desc())
    entries = connection.execute(ours).all()
    _check_unchanged(connection, number, entries)
    editor.load([task_name(entry.task_id) for entry in entries])
    for entry in entries:
        editor.set(entry.task_id, entry.key, from_json(entry.before))
    done = editor.close()
    _mark(connection, edits.c.undone_by == number, None)  # what this edit had undone is in force again
    _mark(connection, edits.c.id == number, edit_number(done.id))
    return done


def read_history(connection: Connection, name: str) -> list[HistoryEntry]:
    """Return what users did to a row, oldest first.

    Raises:
        NotFoundError: when there is no such row.
    """
    number = _known_row(connection, name)
    rows = connection.execute(select(history).where(history.c.task_id == number).order_by(history.c.id))
    return [_entry(row) for row in rows]


def read_edits(
    connection: Connection, document: str | None, task: str | None, by: str | None, limit: int
) -> list[Edit]:
    """Return edits, the newest first: of all rows, of a document's rows, of one row, of one person.

    Raises:
        NotFoundError: when there is no such document or row.
    """
    if document is not None:
        document_row(connection, document_number(document))
    if task is not None:
        _known_row(connection, task)
    query = select(edits).where(*_conditions(document, task, by)).order_by(edits.c.id.desc()).limit(limit)
    rows = connection.execute(query).all()
    touched, added = _rows_of(connection, [row.id for row in rows])
    return [
        Edit(
            edit_name(row.id),
            EditKind(row.kind),
            row.by,
            row.at.replace(tzinfo=UTC),
            row.note,
            tuple(added[row.id]),
            tuple(touched[row.id]),
            row.undone_by is not None,
        )
        for row in rows
    ]


def last_edit(connection: Connection, document: str | None) -> int:
    """Return the number of the newest edit of all rows, or of a document's rows; 0 where there is none.

    Raises:
        NotFoundError: when `document` is not an id of a document.
    """
    newest = select(func.max(history.c.edit_id))
    if document is not None:
        within = select(tasks.c.id).where(tasks.c.document_id == document_number(document))
        newest = newest.where(history.c.task_id.in_(within))
    return connection.execute(newest).scalar() or 0


def rows_edited_after(connection: Connection, edit: int) -> list[str]:
    """Return the ids of the rows that edits after the one with this number touched."""
    query = select(history.c.task_id).where(history.c.edit_id > edit).distinct().order_by(history.c.task_id)
    return [task_name(number) for number in connection.execute(query).scalars()]


def _check_unchanged(connection: Connection, edit: int, entries: Sequence[Any]) -> None:
    """Refuse what was changed since, unless it was put back; the newest value of each key decides."""
    newest: dict[tuple[int, str], str] = {}
    first = min((entry.id for entry in entries), default=0)
    for some in batches(list({entry.task_id for entry in entries})):
        later = select(history).where(history.c.task_id.in_(some), history.c.id > first)
        for row in connection.execute(later.where(history.c.edit_id != edit).order_by(history.c.id)):
            newest[row.task_id, row.key] = row.after
    kept: dict[tuple[int, str], str] = {}
    for entry in entries:  # the newest first: what the edit left there in the end
        kept.setdefault((entry.task_id, entry.key), entry.after)
    for key, after in kept.items():
        if newest.get(key, after) != after:
            raise UserError(CHANGED_SINCE.format(task_name(key[0])))


def _mark(connection: Connection, which: ColumnElement[bool], undone_by: int | None) -> None:
    connection.execute(update(edits).where(which).values(undone_by=undone_by))


def _known_row(connection: Connection, name: str) -> int:
    """Return the number of a row that there is, deleted or not."""
    number = task_number(name)
    if connection.execute(select(tasks.c.id).where(tasks.c.id == number)).scalar() is None:
        raise NotFoundError(f"台账中没有编号为 {name} 的任务，请用 taizhang tasks 查看编号。")
    return number


def _conditions(document: str | None, task: str | None, by: str | None) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if by is not None:
        found.append(edits.c.by == by)
    if task is not None:
        found.append(_touches(history.c.task_id == task_number(task)))
    if document is not None:
        within = select(tasks.c.id).where(tasks.c.document_id == document_number(document))
        found.append(_touches(history.c.task_id.in_(within)))
    return found


def _touches(which: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(history.c.edit_id == edits.c.id, which)


def _rows_of(
    connection: Connection, numbers: Sequence[int]
) -> tuple[dict[int, list[str]], dict[int, list[str]]]:
    """Return by edit the rows that it touched, and those that it made."""
    touched: dict[int, list[str]] = defaultdict(list)
    added: dict[int, list[str]] = defaultdict(list)
    query = select(history).where(history.c.edit_id.in_(numbers)).order_by(history.c.id)
    for row in connection.execute(query):
        name = task_name(row.task_id)
        if name not in touched[row.edit_id]:
            touched[row.edit_id].append(name)
        if row.key == "hidden" and from_json(row.before) == Hidden.ABSENT.value:
            added[row.edit_id].append(name)
    return touched, added


def _entry(row: Any) -> HistoryEntry:
    before, after = from_json(row.before), from_json(row.after)
    edit = edit_name(row.edit_id) if row.edit_id is not None else None
    return HistoryEntry(row.at.replace(tzinfo=UTC), row.key, before, after, row.note, row.by, edit)
