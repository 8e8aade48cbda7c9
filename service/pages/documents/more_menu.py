"""What else one can do with a document: its file, versions, history, deleted rows, reading anew, removal."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import PurePath
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from nicegui import ui

from corpus.document import Document
from corpus.store.editing.edits import Edit, EditKind
from service.ledger import short_text
from service.pages.editor.dialogs import list_dialog
from service.pages.person import may_write, write

if TYPE_CHECKING:
    from service.library import Library

EDIT_WORDS = {
    EditKind.CORRECT: "修改",
    EditKind.ADD: "新增",
    EditKind.DELETE: "删除",
    EditKind.RESTORE: "恢复",
    EditKind.SPLIT: "拆分",
    EditKind.MERGE: "合并",
    EditKind.CONFIRM: "确认无误",
    EditKind.STATUS: "改状态",
    EditKind.REPORT: "填报进展",
    EditKind.EXTEND: "延期",
    EditKind.HAND_OVER: "移交",
    EditKind.END: "终止",
    EditKind.REOPEN: "恢复办理",
    EditKind.APPLY_CLOSING: "申请销号",
    EditKind.REVIEW_CLOSING: "审核销号",
    EditKind.RECHECK: "回头看",
    EditKind.MARK: "标记",
    EditKind.ENTER: "登记来源",
    EditKind.OWN: "填自定义栏目",
    EditKind.ATTACH: "改附件",
    EditKind.SEVERAL: "修改并确认",
    EditKind.READING: "新版本改动了已确认的任务",
    EditKind.UNDO: "撤销",
}
MOST_EDITS = 100
Reload = Callable[[], Awaitable[None]]


def more_menu(library: Library, document: Document, removed: bool, reload: Reload) -> None:
    """Offer the menu; `reload` shows the ledger again after it was changed here.

    A `removed` document can only be looked at and brought back.
    """
    with ui.button("更多", icon="more_horiz").props("outline dense"), ui.menu():
        ui.menu_item("原始文件", partial(_original, library, document))
        for row in library.versions(document.id)[1:]:
            asked = {"before": document.id, "after": document.id, "old": row.version, "new": document.version}
            added = f"{row.added_at.astimezone():%Y-%m-%d}"
            words = f"与第 {row.version} 版对照（{added}存入）"
            ui.menu_item(words, partial(ui.navigate.to, f"/compare?{urlencode(asked)}"))
            address = f"/documents/{document.id}?version={row.version}"
            ui.menu_item(f"查看第 {row.version} 版", partial(ui.navigate.to, address))
        ui.menu_item("与另一份文件对照", partial(ui.navigate.to, f"/compare?before={document.id}"))
        ui.separator()
        ui.menu_item("修改记录", partial(_history, library, document))
        if may_write() and not removed:
            ui.menu_item("已删除的任务", partial(_deleted, library, document, reload))
            ui.menu_item("重新提取", partial(_reextract, library, document, reload))
            ui.menu_item("移出文库", partial(_remove, library, document))


async def _original(library: Library, document: Document) -> None:
    data = await asyncio.to_thread(library.store.original, document.id)
    ui.download.content(data, PurePath(document.source).name)


async def _history(library: Library, document: Document) -> None:
    edits = await asyncio.to_thread(library.rows.edits, document.id, limit=MOST_EDITS)
    list_dialog("修改记录", map(_edit_words, edits), "还没有人改过。")


def _edit_words(edit: Edit) -> tuple[str, str]:
    at = edit.at.astimezone().strftime("%Y-%m-%d %H:%M")
    words = f"{EDIT_WORDS[edit.kind]} {len(edit.changed)} 项任务"
    return f"{at}　{edit.by or '（未署名）'}", words + (f"（{edit.note}）" if edit.note else "")


async def _deleted(library: Library, document: Document, reload: Reload) -> None:
    """List the rows that were deleted or merged away, each with a button that brings it back."""
    rows = await asyncio.to_thread(library.rows.hidden, document.id)

    async def bring_back(task: str) -> None:
        await write(library, partial(library.rows.restore, [task]), done="已恢复。")
        dialog.close()
        await reload()

    with ui.dialog(value=True) as dialog, ui.card().classes("dialog"):
        ui.label("已删除的任务").classes("dialog-title")
        with ui.column().classes("w-full gap-2 dialog-list"):
            for row in rows:
                with ui.row().classes("w-full items-center no-wrap gap-2"):
                    ui.label(short_text(row.record)).classes("grow")
                    ui.button("恢复", on_click=partial(bring_back, row.id)).props("outline dense")
            if not rows:
                ui.label("没有删除过任务。").classes("faint")
        ui.button("关闭", on_click=dialog.close).props("flat").classes("self-end")
    dialog.on("hide", dialog.delete)


async def _reextract(library: Library, document: Document, reload: Reload) -> None:
    waiting = ui.notification("正在重新提取…", spinner=True, timeout=None)
    act = partial(_read_again, library, document.id)
    await write(library, act, done="已重新提取，您的修改都保留着。")
    waiting.dismiss()
    await reload()


def _read_again(library: Library, document: str, by: str) -> object:
    return library.reextract([document], by=by)


async def _remove(library: Library, document: Document) -> None:
    done = "已移出；可在文库的“已移出”里恢复。"
    if await write(library, partial(_removed, library, document.id), done=done):
        ui.navigate.to("/library")


def _removed(library: Library, document: str, by: str) -> bool:
    library.remove([document], by)
    return True


def restored(library: Library, document: str, by: str) -> bool:
    """Bring a document back for `by`; True, for those who ask whether it was done."""
    library.restore([document], by)
    return True
