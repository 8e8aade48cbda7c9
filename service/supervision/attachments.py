"""Files attached to rows: photographs, acceptance papers, letters."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath

from corpus.errors import NotFoundError, UserError
from corpus.store.editing.editor import Editor
from corpus.store.editing.edits import Edit, EditKind
from corpus.store.identifiers import task_number
from corpus.store.store import Store
from service.intake.sources import upload_name

LARGEST = 50 * 2**20
"""Bytes of one file."""
MOST_FILES = 100
"""Files of one row."""
LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that was attached to a row."""

    name: str
    data: bytes


class Attachments:
    """The files of rows. All methods may be called from any thread."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def add(self, task: str, name: str, data: bytes, by: str) -> Edit:
        """Attach a file to a row, as one edit.

        Raises:
            NotFoundError: when there is no such row.
            UserError: when the file is empty or too large, or the row has too many.
        """
        if not 0 < len(data) <= LARGEST:
            raise UserError(f"附件不能为空，最大 {LARGEST // 2**20} MB。")
        shown = cleaned_name(name)

        def act(editor: Editor) -> None:
            number = task_number(task)
            before = editor.value(number, "attachments")
            if len(before) >= MOST_FILES:
                raise UserError(f"每项任务最多 {MOST_FILES} 个附件。")
            kept = {"id": editor.keep(data), "name": shown, "size": len(data)}
            told = {"by": by, "at": editor.at.isoformat()}
            editor.set(number, "attachments", [*before, {**kept, **told}])

        return self._store.change(act, by, EditKind.ATTACH, shown)

    def remove(self, task: str, attachment: str, by: str) -> Edit:
        """Take a file off a row, as one edit; undoing it brings the file back.

        Raises:
            NotFoundError: when the row or the file is not there.
        """
        name = self._listed(task, attachment)

        def act(editor: Editor) -> None:
            number = task_number(task)
            left = [item for item in editor.value(number, "attachments") if item["id"] != attachment]
            editor.set(number, "attachments", left)

        return self._store.change(act, by, EditKind.ATTACH, name)

    def read(self, task: str, attachment: str) -> Attachment:
        """Return a file of a row.

        Raises:
            NotFoundError: when the row or the file is not there.
        """
        return Attachment(self._listed(task, attachment), self._store.attachment(attachment))

    def _listed(self, task: str, attachment: str) -> str:
        """Return the name under which a row lists a file."""
        for item in self._store.task(task).attachments:
            if item["id"] == attachment:
                return str(item["name"])
        raise NotFoundError(f"任务 {task} 没有编号为 {attachment} 的附件。")


def cleaned_name(name: str) -> str:
    """Return the name of a file without folders, control characters and length that no system takes."""
    path = PurePosixPath(upload_name(name).translate(dict.fromkeys(map(ord, '<>:"|?*'), "_")).strip(" ."))
    suffix = path.suffix[:20]
    return f"{path.stem[: LONGEST_NAME - len(suffix)]}{suffix}" or "未命名"
