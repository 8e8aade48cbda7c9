"""Makes the edits of rows that belong together: all of them, or none."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from corpus.errors import OvertakenError
from corpus.store.editing.editor import Editor
from corpus.store.editing.edits import Edit, EditKind, RowEdits
from corpus.store.editing.undoing import rows_edited_after
from corpus.store.identifiers import edit_number, task_number
from corpus.store.rows import Hidden


def make_edits(connection: Connection, wanted: RowEdits, by: str, note: str, kind: EditKind | None) -> Edit:
    """Make all changes of `wanted` as one edit.

    Raises:
        NotFoundError: when a row or document is not there.
        OvertakenError: when a row was touched after the edit that `wanted.seen` names.
        UserError: when a key cannot be corrected, or a value is not of the key's form.
    """
    _check_seen(connection, wanted)
    editor = Editor(connection, by, kind or wanted.kind, note)
    editor.load([*wanted.corrected, *wanted.deleted, *wanted.statuses, *wanted.kept, *wanted.confirmed])
    _change_rows(editor, wanted)
    _change_standing(editor, wanted)
    return editor.close()


def _check_seen(connection: Connection, wanted: RowEdits) -> None:
    if wanted.seen is None:
        return
    since = set(rows_edited_after(connection, edit_number(wanted.seen)))
    overtaken = [name for name in wanted.touched if name in since]
    if overtaken:
        raise OvertakenError(f"任务 {'、'.join(overtaken)} 刚被修改过，没有保存；请重新读取后再改。")


def _change_rows(editor: Editor, wanted: RowEdits) -> None:
    """Change what rows say, and which rows there are."""
    for name, values in wanted.corrected.items():
        editor.correct(task_number(name), values)
    editor.add(wanted.added)
    for name in wanted.deleted:
        editor.set(task_number(name), "hidden", Hidden.DELETED.value)
    for name, into in wanted.merged.items():
        editor.merge(task_number(name), task_number(into))
    for name in wanted.restored:
        editor.set(task_number(name), "hidden", None)


def _change_standing(editor: Editor, wanted: RowEdits) -> None:
    """Change how far rows have come, and what is kept beside their text."""
    for name, status in wanted.statuses.items():
        editor.set_status(task_number(name), status, wanted.on)
    for name, values in wanted.kept.items():
        for key, value in values.items():
            editor.set(task_number(name), key, value)
    for name in wanted.confirmed:
        editor.confirm(task_number(name))
    for name in wanted.unconfirmed:
        editor.set(task_number(name), "confirmed", None)


def withdraw(connection: Connection, name: str, keys: Sequence[str], by: str, note: str) -> Edit:
    """Take a user's corrections of a row back, so that it says again what extraction found.

    Raises:
        NotFoundError: when there is no such row.
    """
    editor = Editor(connection, by, EditKind.CORRECT, note)
    for key in keys:
        editor.withdraw(task_number(name), key)
    return editor.close()


def take_confirmation_back(connection: Connection, number: int) -> None:
    """Remember that a confirmed row says something else since the text was read anew."""
    editor = Editor(connection, "", EditKind.READING, "原文内容有变化，需要重新确认")
    editor.set(number, "confirmed", None)
    editor.close()
