"""What was done to a task, edit by edit, in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from corpus.store.editing.edits import Edit, EditKind
from corpus.store.rows import HistoryEntry
from service.pages.documents.more_menu import EDIT_WORDS
from service.supervision.telling import tell


def history_lines(
    edits: Iterable[Edit], history: Iterable[HistoryEntry]
) -> Iterator[tuple[str, str, list[str]]]:
    """Yield for each edit, the newest first: when, who and what, and what changed."""
    changes: dict[str, list[HistoryEntry]] = defaultdict(list)
    for entry in history:
        changes[entry.edit or ""].append(entry)
    for edit in edits:
        at = edit.at.astimezone().strftime("%Y-%m-%d %H:%M")
        kind = "修改多项" if edit.kind is EditKind.SEVERAL else EDIT_WORDS[edit.kind]
        undone = "（已撤销）" if edit.undone else ""
        told = dict.fromkeys(filter(None, map(tell, changes[edit.id])))
        yield f"{at}　{edit.by or '（未署名）'}", f"{kind}{undone}", list(told)
