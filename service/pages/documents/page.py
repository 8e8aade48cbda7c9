"""One document of the library: outline, text with its evidence marked, editable ledger, original file."""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import PurePath
from typing import TYPE_CHECKING

from nicegui import Client, background_tasks, ui

from corpus.document import Document
from corpus.errors import NotFoundError
from corpus.records import JsonObject
from corpus.spans import Span
from corpus.store.rows import ledger_record
from service.editing.confirm import confirm, earlier_ledger, open_ledger
from service.editing.sight import Sight, outline_lines
from service.editing.unsaved import UnsavedEdits
from service.pages.documents.heads import document_head, export_buttons
from service.pages.documents.more_menu import more_menu, restored
from service.pages.documents.original import original_dialog
from service.pages.editor.editor import LedgerEditor
from service.pages.editor.held import Held
from service.pages.fetching import fetch_ahead, grid_ahead
from service.pages.frame import empty_state, framed
from service.pages.person import current_person, may_write, write
from service.prepared.bodies import document_stamp

if TYPE_CHECKING:
    from service.library import Library


SIGHT = "/pages/documents/{document}/sight.json"
"""Where the browser fetches what the page of a document first shows."""
GONE = "没有编号为 {} 的文件，可能已移出文库，或者网址抄漏了。"
BROUGHT_BACK = "这份台账有您上次没有保存的修改（{}），已经恢复。不要的话按 Ctrl+Z，要保存请点“确认”。"
REMOVED = "文件已移出文库，任务不再列出；恢复以后照旧，您的修改都在。"
AT_HAND = 0.1
"""Seconds within which that is known to the server when it was put together before."""


async def document_page(library: Library, document_id: str, found: Span | None, task: str) -> None:
    """Lay out the page at /documents/….

    `found` is the stretch that a search or a citation points to, `task` the id of a row, "" for none.
    """
    with framed("/library", full=True):
        try:
            document = await asyncio.to_thread(library.store.document, document_id)
        except NotFoundError:
            empty_state("help_outline", GONE.format(document_id), action=("回到文库", "/library"))
            return
        fetch_ahead(SIGHT.format(document=document_id))
        grid_ahead()
        view = DocumentView(library, document)
        await view.build()
        view.show(found, task)


async def version_page(library: Library, document_id: str, version: int) -> None:
    """Lay out an earlier version, for reading: its text, and the tasks that the rules find in it today."""
    with framed("/library", full=True):
        try:
            ledger = await asyncio.to_thread(earlier_ledger, library, document_id, version)
        except NotFoundError as error:
            empty_state("help_outline", str(error), action=("回到文库", "/library"))
            return
        with ui.row().classes("w-full items-center gap-2 no-wrap"):
            document_head(ledger.document, f"第 {version} 版，已有更新的版本")
            ui.link("打开现在的版本", f"/documents/{document_id}").classes("whitespace-nowrap")
        LedgerEditor(Held.opened(ledger), read_only=True)


class DocumentView:
    """A document with its ledger."""

    def __init__(self, library: Library, document: Document) -> None:
        self.library = library
        self.document = document
        self.person = current_person().name
        self.unsaved = UnsavedEdits(library.place.unsaved_folder)
        self.held = self._unopened()
        self.removed = library.document_row(document.id).removed

    async def build(self) -> None:
        """Lay out the head and the editor, with what the person had not confirmed yet."""
        await self._bring_back()
        sight = asyncio.create_task(asyncio.to_thread(self.library.bodies.sight, self.document.id))
        await asyncio.wait({sight}, timeout=AT_HAND)
        self.held.sight = sight.result() if sight.done() else None
        with ui.row().classes("w-full items-center gap-2 no-wrap"):
            document = self.document
            gone = "已移出文库，不参与检索" if self.removed else ""
            document_head(document, f"第 {document.version} 版", PurePath(document.source).name, gone)
            _outline(document)
            export_buttons(self.library, document, self._records)
            if any(origin.box is not None for origin in document.origins):
                look = ui.button("对照原件", icon="image_search", on_click=self.look_at_original)
                look.props("outline dense").tooltip("在原件的页面上看选中的这一行")
            more_menu(self.library, document, self.removed, self.reload)
            if self.removed and may_write():
                ui.button("恢复到文库", icon="restore", on_click=self._bring_document_back).props("dense")
            self._confirm = ui.button("确认", icon="done_all", on_click=self.confirm)
            self._confirm.props("dense").set_visibility(self._editable)
        self._editor()
        self._tell()
        if not sight.done():
            background_tasks.create(self._count(sight, ui.context.client))

    async def _bring_back(self) -> None:
        if not self._editable or not self.unsaved.is_kept(self.person, self.document.id):
            return
        ledger = await asyncio.to_thread(self.held.open)
        if self.unsaved.restore(self.person, self.document.id, ledger):
            self.held.ledger = ledger
            ui.notify(BROUGHT_BACK.format(ledger.edits().words), multi_line=True, timeout=10_000)

    async def _count(self, sight: asyncio.Task[Sight], client: Client) -> None:
        """Tell how many rows there are, once they are put together."""
        made = await sight
        with client.content:
            self._editor_now.count(made)

    def show(self, found: Span | None, task: str) -> None:
        """Bring the stretch that was found, and the row with an id, into view."""
        if found:
            self._editor_now.show_found(found)
        if task:
            self._editor_now.show_task(task)

    async def look_at_original(self) -> None:
        """Show the chosen row on the page of the original."""
        span = await self._editor_now.chosen_stretch()
        if span is not None:
            await original_dialog(self.library, self.document, span)

    async def reload(self) -> None:
        """Show the ledger as the library has it now."""
        self.held = self._unopened()
        self.document = await asyncio.to_thread(self.library.store.document, self.document.id)
        self.held.sight = await asyncio.to_thread(self.library.bodies.sight, self.document.id)
        self._editor.refresh()
        self._tell()

    async def confirm(self) -> None:
        """Store what was changed, under the person's name."""
        ledger = await self._editor_now.opened()
        if ledger is None:
            return
        store = partial(confirm, self.library, ledger, self.document.id)
        if await write(self.library, store, done="已保存。") is not None:
            self.unsaved.forget(self.person, self.document.id)
            await self.reload()

    def _changed(self) -> None:
        if self.held.ledger is not None:
            self.unsaved.keep(self.person, self.document.id, self.held.ledger)
        self._tell()

    def _unopened(self) -> Held:
        library, document = self.library, self.document.id
        stamp = document_stamp(library.store, document)
        return Held(
            self.document.text,
            None,
            partial(open_ledger, library, document),
            SIGHT.format(document=document),
            is_as_shown=lambda: document_stamp(library.store, document) == stamp,
        )

    @ui.refreshable_method
    def _editor(self) -> None:
        progress = self.library.store.progress(self.document.id)
        self._editor_now = LedgerEditor(
            self.held,
            progress,
            on_change=self._changed,
            read_only=not self._editable,
            no_rows=REMOVED if self.removed else "",
        )

    @property
    def _editable(self) -> bool:
        return may_write() and not self.removed

    async def _bring_document_back(self) -> None:
        if await write(self.library, partial(restored, self.library, self.document.id)):
            ui.navigate.reload()

    def _records(self) -> list[JsonObject]:
        if self.held.ledger is None:
            return [ledger_record(row) for row in self.library.show(self.document.id).rows]
        return [row.record for row in self.held.ledger.rows]

    def _tell(self) -> None:
        """Say on the button what there is to store."""
        words = self.held.ledger.edits().words if self.held.ledger else ""
        self._confirm.set_text(f"确认（{words}）" if words else "确认无误")
        ui.run_javascript(f"taizhang.unsaved = {str(bool(words)).lower()}")


def _outline(document: Document) -> None:
    """Offer the headings as a menu; a choice brings the place into view."""
    if not any(outline_lines(document)):
        return
    with ui.button("目录", icon="toc").props("outline dense"), ui.menu() as menu:
        listed = ui.element("div").classes("outline-list")
    menu.on("show", js_handler=f"() => taizhang.fillOutline({listed.id})")
