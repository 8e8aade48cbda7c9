"""文库: what the library holds; remove and bring back."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from nicegui import events, ui

from corpus.errors import UserError
from corpus.records import JsonObject
from service.pages.frame import empty_state, framed
from service.pages.grid import column, grid, wrapped
from service.pages.progress import UploadProgress

if TYPE_CHECKING:
    from corpus.store.rows import DocumentRow
    from service.library import Library

TITLE_LINK = """(params) => {
  const link = document.createElement("a");
  link.href = "/documents/" + encodeURIComponent(params.data.id);
  link.textContent = params.value;
  return link;
}"""
"""Shows a title as a link; `textContent` lets no title become markup."""

COLUMNS: list[JsonObject] = [
    {**wrapped("title", "标题", 420), ":cellRenderer": TITLE_LINK},
    column("doc_type", "类别", 100),
    wrapped("issuer", "发文机关", 180),
    column("date", "日期", 115, sort="desc"),
    column("region", "地区", 100),
    column("tasks", "任务", 80),
    column("version", "版本", 80),
    wrapped("source", "文件", 240),
    column("added", "存入时间", 150),
]


class Shelf:
    """The documents of the library, either those in use or those that were taken out."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.removed = False
        self.table: ui.aggrid | None = None

    async def build(self) -> None:
        """Lay out the shelf."""
        with ui.row().classes("w-full items-center gap-2"):
            ui.toggle({False: "在用", True: "已移出"}, value=False, on_change=self._switch).props("no-caps")
            ui.space()
            ui.upload(
                label="把文件拖到这里存入（可多选）",
                multiple=True,
                auto_upload=True,
                on_upload=self._store,
            ).classes("w-80 shelf-upload")
        self.progress = UploadProgress()
        await self._list()

    async def _switch(self, event: events.ValueChangeEventArguments[bool]) -> None:
        self.removed = event.value
        await self._list.refresh()

    async def _store(self, event: events.UploadEventArguments) -> None:
        name = event.file.name
        try:
            with self.progress.one(name):
                await asyncio.to_thread(self.library.add_upload, name, await event.file.read())
        except UserError as error:
            ui.notify(str(error), type="negative", multi_line=True, timeout=0, close_button="知道了")
            return
        ui.notify(f"{name} 已存入文库。", type="positive")
        await self._list.refresh()

    @ui.refreshable_method
    async def _list(self) -> None:
        rows = await asyncio.to_thread(partial(self.library.documents, removed=self.removed))
        if not rows:
            self._nothing()
            return
        self.table = grid(COLUMNS, [_row(row) for row in rows])
        self.table.classes("w-full shelf")
        with ui.row().classes("w-full items-center"):
            ui.label(f"共 {len(rows)} 份文件").classes("faint")
            ui.space()
            words, icon = ("恢复选中的文件", "restore") if self.removed else ("移出选中的文件", "archive")
            ui.button(words, icon=icon, on_click=self._move).props("outline")

    def _nothing(self) -> None:
        with ui.column().classes("panel w-full"):
            if self.removed:
                empty_state("archive", "没有移出的文件。")
            else:
                empty_state("folder_open", "文库里还没有文件。", action=("去拆任务", "/extract"))

    async def _move(self) -> None:
        """Take the chosen document out, or bring it back; the message offers the way back."""
        row = await self.table.get_selected_row() if self.table else None
        if row is None:
            ui.notify("请先点选一行。", type="warning")
            return
        await self._set_removed(row["id"], not self.removed)

    async def _set_removed(self, document: str, removed: bool) -> None:
        change = self.library.remove if removed else self.library.restore
        await asyncio.to_thread(change, [document])
        await self._list.refresh()
        words = "已移出，不再参与检索；可在“已移出”里恢复。" if removed else "已恢复。"
        ui.notify(words, type="positive")


def _row(row: DocumentRow) -> JsonObject:
    return {
        "key": row.id,
        "id": row.id,
        "title": row.title or row.source,
        "doc_type": row.doc_type or "",
        "issuer": row.issuer or "",
        "date": row.date.isoformat() if row.date else "",
        "region": row.region or "",
        "tasks": row.tasks,
        "version": row.version,
        "source": row.source,
        "added": row.added_at.astimezone().strftime("%Y-%m-%d %H:%M"),
    }


async def library_page(library: Library) -> None:
    """Lay out the page at /library."""
    with framed("/library"):
        await Shelf(library).build()
