"""The menu that hands out the ledger as files and takes a corrected workbook in."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING

from nicegui import events, ui

from corpus.errors import UserError
from corpus.records import JsonObject
from corpus.store.editing.edits import Edit
from service.ledgerbook.files import Book, book_bytes
from service.ledgerbook.look import Look
from service.pages.intake.drop import SIZE_LIMIT
from service.pages.person import may_write
from service.pages.workbook.returned import ReturnedDialog

if TYPE_CHECKING:
    from service.library import Library

Records = Callable[[], Awaitable[list[JsonObject]]]
Done = Callable[[Edit, str], Awaitable[None]]
TITLE = "任务总台账"


class WorkbookMenu:
    """Lays out the button with its menu; files dropped on the page are taken for corrected workbooks."""

    def __init__(self, library: Library, shown: Records, done: Done) -> None:
        """Take what gives the rows that are shown, and what shows an edit that was made."""
        self.library = library
        self._shown = shown
        self._done = done

    def build(self) -> None:
        """Lay out the button."""
        upload = self._upload() if may_write() else None
        with ui.button("台账文件", icon="description").props("flat dense"), ui.menu() as menu:
            ui.label().classes("menu-head export-rows")
            ui.menu_item("导出 Excel", partial(self._export, ".xlsx"))
            ui.menu_item("导出 Word", partial(self._export, ".docx"))
            ui.menu_item(
                "导出公开版（不含人名、电话、内部备注）", partial(self._export, ".xlsx", public=True)
            )
            ui.separator()
            ui.label("整个台账").classes("menu-head")
            ui.menu_item("领导一页纸（Word）", self._summary)
            ui.menu_item("到期日历（ics）", self._calendar)
            if upload is not None:
                ui.separator()
                back = ui.menu_item("读回改过的 Excel…")
                back.on("click", js_handler=f"() => taizhang.chooseFiles({upload.id})")
        menu.on("show", js_handler="() => taizhang.tellExport()")

    def _upload(self) -> ui.upload:
        upload = ui.upload(
            auto_upload=True,
            max_file_size=SIZE_LIMIT,
            on_upload=self._receive,
            on_rejected=lambda: ui.notify("文件超过 200 MB，请拆分后再试。", type="negative"),
        ).classes("hidden-upload")
        ui.run_javascript(f"taizhang.dropAnywhere({upload.id})")
        return upload

    async def _receive(self, event: events.UploadEventArguments) -> None:
        name, data = event.file.name, await event.file.read()
        waiting = ui.notification("正在读取，与文库比较…", spinner=True, timeout=None)
        try:
            found = await asyncio.to_thread(self.library.workbooks.compare, name, data)
        except UserError as error:
            ui.notify(str(error), type="negative", multi_line=True, timeout=0, close_button="知道了")
            return
        finally:
            waiting.dismiss()
        ReturnedDialog(self.library, name, found, self._done).open()

    async def _export(self, suffix: str, public: bool = False) -> None:
        rows = await self._shown()
        look = Look.of(self.library.settings.read())
        book = Book(rows, TITLE, look, public, self.library.today())
        data = await asyncio.to_thread(book_bytes, book, suffix)
        ui.download.content(data, f"{TITLE}{'（公开版）' if public else ''}{suffix}")

    async def _summary(self) -> None:
        from service.reminders.summary import library_summary, summary_bytes

        page = await asyncio.to_thread(library_summary, self.library)
        ui.download.content(await asyncio.to_thread(summary_bytes, page), "督办情况.docx")

    async def _calendar(self) -> None:
        from service.reminders.calendar import calendar_bytes
        from service.reminders.due import due_of

        due = await asyncio.to_thread(due_of, self.library)
        ui.download.content(calendar_bytes(due), "任务到期.ics")
