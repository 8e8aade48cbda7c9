"""文库: what the library holds; files, folders and archives come in, documents go out and come back."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from nicegui import events, ui

from corpus.errors import UserError
from corpus.records import JsonObject
from corpus.store.jobs import ENDED
from service.pages.drop import drop_zone, path_of
from service.pages.frame import empty_state, framed
from service.pages.grid import column, grid, number, wrapped
from service.pages.person import may_write, perform, write
from service.pages.progress import UploadProgress
from service.sources import shown_title

if TYPE_CHECKING:
    from corpus.store.rows import DocumentRow
    from service.library import Library

COLUMNS: list[JsonObject] = [
    {**wrapped("title", "标题", 400), ":cellRenderer": "taizhang.titleCell", "flex": 1, "minWidth": 260},
    column("doc_type", "类别", 112),
    wrapped("issuer", "发文机关", 176),
    column("date", "日期", 104, sort="desc"),
    wrapped("region", "地区", 108),
    number("tasks", "任务", 68),
    number("version", "版本", 68),
    wrapped("source", "文件", 190),
    column("added", "存入时间", 138),
]
JOB_INTERVAL = 1.0
"""Seconds between two looks at how far an archive has come."""


class Shelf:
    """The documents of the library, either those in use or those that were taken out."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.removed = False
        self.table: ui.aggrid | None = None
        self._problems: list[str] = []

    async def build(self) -> None:
        """Lay out the shelf."""
        with ui.row().classes("w-full items-center gap-2 no-wrap shelf-top no-print"):
            if may_write():
                drop_zone("拖入文件、文件夹或压缩包存入", self._store, folders=True)
            ui.toggle({False: "在用", True: "已移出"}, value=False, on_change=self._switch)
            words = ui.input(placeholder="查找文件").props('dense outlined clearable aria-label="查找文件"')
            words.on(
                "update:value",
                js_handler="(words) => taizhang.filterGridIn('.shelf', words)",
            )
            ui.space()
            ui.link("单位名录", "/units")
            ui.link("说法", "/words")
            ui.link("征求意见稿与印发稿对照", "/compare")
        self.progress = UploadProgress()
        self._failures()
        await self._list()

    async def _switch(self, event: events.ValueChangeEventArguments[bool]) -> None:
        self.removed = event.value
        await self._list.refresh()

    async def _store(self, event: events.UploadEventArguments) -> None:
        """Store one file that came in; an archive is unpacked by a job of its own."""
        name = path_of(event)
        with self.progress.one(name) as tell:
            try:
                problems = await self._take_in(name, await event.file.read(), tell)
            except UserError as error:
                problems = [str(error)]
        if problems:
            self._problems += [words if words.startswith(name) else f"{name}：{words}" for words in problems]
            self._failures.refresh()
        else:
            ui.notify(f"{name} 已存入文库。", type="positive")
        await self._list.refresh()

    async def _take_in(self, name: str, data: bytes, tell: Callable[[str], None]) -> list[str]:
        """Return what went wrong with parts of it, in words; empty when all is well.

        Raises:
            UserError: when it was not taken in at all.
        """
        added = await perform(self.library, partial(_add, self.library, name, data))
        if not isinstance(added, str):
            return added
        while (job := await asyncio.to_thread(self.library.jobs.get, added)).state not in ENDED:
            tell(f"{name}：{job.done}/{job.total or '…'} {job.what}")
            await asyncio.sleep(JOB_INTERVAL)
        result = job.result if isinstance(job.result, dict) else {}
        failed = [f"{problem['file']}：{problem['message']}" for problem in result.get("failed", [])]
        return failed or ([job.what] if job.state == "failed" else [])

    @ui.refreshable_method
    def _failures(self) -> None:
        """List the files that were not taken in, with the reason, until they are put aside."""
        if not self._problems:
            return
        with ui.column().classes("panel failures w-full gap-1").props("role=alert"):
            with ui.row().classes("w-full items-center"):
                ui.label(f"{len(self._problems)} 份文件没有存入，其余不受影响").classes("font-bold")
                ui.space()
                ui.button("知道了", on_click=self._put_aside).props("flat dense")
            for words in self._problems:
                ui.label(words)

    def _put_aside(self) -> None:
        self._problems = []
        self._failures.refresh()

    @ui.refreshable_method
    async def _list(self) -> None:
        rows = await asyncio.to_thread(partial(self.library.documents, removed=self.removed))
        if not rows:
            self._nothing()
            return
        self.table = grid(COLUMNS, [_row(row) for row in rows])
        self.table.options["rowSelection"] = {"mode": "multiRow", "enableClickSelection": True}
        self.table.classes("w-full shelf")
        with ui.row().classes("w-full items-center gap-2"):
            ui.label(f"共 {len(rows)} 份文件").classes("faint")
            ui.space()
            ui.button("对照选中的两份", icon="compare", on_click=self._compare).props("outline dense")
            if may_write():
                words, icon = ("恢复选中的文件", "restore") if self.removed else ("移出选中的文件", "archive")
                ui.button(words, icon=icon, on_click=self._move).props("outline dense")

    def _nothing(self) -> None:
        with ui.column().classes("panel w-full"):
            if self.removed:
                empty_state("inventory_2", "没有移出的文件。")
            else:
                empty_state("folder_open", "文库还是空的。把方案、汇报等文件或整个文件夹拖到这里。")

    async def _compare(self) -> None:
        rows = await self.table.get_selected_rows() if self.table else []
        if len(rows) != 2:
            ui.notify("请按住 Ctrl 点选两份文件。", type="warning")
            return
        before, after = sorted(rows, key=lambda row: row["date"])
        ui.navigate.to(f"/compare?{urlencode({'before': before['key'], 'after': after['key']})}")

    async def _move(self) -> None:
        """Take the chosen documents out, or bring them back; nothing is lost, so nothing is asked."""
        rows = await self.table.get_selected_rows() if self.table else []
        if not rows:
            ui.notify("请先点选文件（按住 Ctrl 可选多份）。", type="warning")
            return
        change = self.library.restore if self.removed else self.library.remove
        words = "已恢复。" if self.removed else "已移出，不再参与检索；可在“已移出”里恢复。"
        await write(self.library, partial(change, [row["key"] for row in rows]), done=words)
        await self._list.refresh()


def _add(library: Library, name: str, data: bytes, by: str) -> str | list[str]:
    """Add a file; returns the job of an archive, or what went wrong in parts of the file."""
    folder, _, file = name.rpartition("/")
    job = library.add_uploads(file, data, by)
    if job is not None:
        return job.id
    _, problems = library.add_upload(file, data, by, folder)
    return [problem.message for problem in problems]


def _row(row: DocumentRow) -> JsonObject:
    return {
        "key": row.id,
        "title": shown_title(row.title, row.source),
        "doc_type": row.doc_type or "",
        "issuer": row.issuer or "",
        "date": row.date.isoformat() if row.date else "",
        "region": row.region or "",
        "tasks": row.tasks,
        "version": row.version,
        "source": row.source.rsplit("/", 1)[-1],
        "added": row.added_at.astimezone().strftime("%Y-%m-%d %H:%M"),
    }


async def library_page(library: Library) -> None:
    """Lay out the page at /library."""
    with framed("/library"):
        await Shelf(library).build()
