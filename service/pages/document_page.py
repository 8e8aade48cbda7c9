"""One document of the library: outline, text with its evidence marked, editable ledger, original file."""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import PurePath
from typing import TYPE_CHECKING

from nicegui import ui

from corpus.document import BlockKind, Document
from corpus.errors import NotFoundError
from corpus.records import JsonObject
from corpus.spans import Span
from service.editing.confirm import confirm, earlier_ledger, open_ledger
from service.editing.editable import EditableLedger
from service.pages.editor.editor import LedgerEditor
from service.pages.evidence import Mark
from service.pages.frame import empty_state, framed
from service.pages.heads import EXPORT_NAMES, document_head, export_button
from service.pages.more_menu import more_menu
from service.pages.original_dialog import original_dialog
from service.pages.person import may_write, write

if TYPE_CHECKING:
    from service.library import Library


async def document_page(library: Library, document_id: str, found: Span | None, task: str) -> None:
    """Lay out the page at /documents/….

    `found` is the stretch that a search or a citation points to, `task` the id of a row, "" for none.
    """
    with framed("/library", full=True):
        try:
            ledger = await asyncio.to_thread(open_ledger, library, document_id)
        except NotFoundError as error:
            empty_state("help_outline", str(error), action=("回到文库", "/library"))
            return
        view = DocumentView(library, ledger, Mark(found, "found") if found else None)
        view.build()
        view.show(task)


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
        LedgerEditor(ledger, read_only=True)


class DocumentView:
    """A document with its ledger; `found` is what a search pointed to."""

    def __init__(self, library: Library, ledger: EditableLedger, found: Mark | None) -> None:
        self.library = library
        self.ledger = ledger
        self.document = ledger.document
        self.removed = library.document_row(self.document.id).removed
        self._found = found

    def build(self) -> None:
        """Lay out the head and the editor."""
        with ui.row().classes("w-full items-center gap-2 no-wrap"):
            document = self.document
            gone = "已移出文库，不参与检索" if self.removed else ""
            document_head(document, f"第 {document.version} 版", PurePath(document.source).name, gone)
            _outline(document)
            for suffix in EXPORT_NAMES:
                export_button(suffix, document, self._records)
            look = ui.button("对照原件", icon="image_search", on_click=self.look_at_original)
            look.props("outline dense").tooltip("在原件的页面上看选中的这一行（pdf 和照片）")
            more_menu(self.library, document, self.removed, self.reload)
            self._confirm = ui.button("确认", icon="done_all", on_click=self.confirm)
            self._confirm.props("dense").set_visibility(self._editable)
        self._editor()
        self._tell()

    def show(self, task: str) -> None:
        """Bring the row with an id into view; nothing happens when there is none."""
        for row in self.ledger.rows:
            if row.record["id"] == task:
                self._editor_now.show(row.key)

    async def look_at_original(self) -> None:
        """Show the chosen row on the page of the original."""
        span = await self._editor_now.chosen_stretch()
        if span is not None:
            await original_dialog(self.library, self.document, span)

    async def reload(self) -> None:
        """Show the ledger as the library has it now."""
        self.ledger = await asyncio.to_thread(open_ledger, self.library, self.document.id)
        self._editor.refresh()
        self._tell()

    async def confirm(self) -> None:
        """Store what was changed, under the person's name."""
        stored = await write(
            self.library, partial(confirm, self.library, self.ledger, self.document.id), done="已保存。"
        )
        if stored is not None:
            self.ledger = stored
            self._editor.refresh()
            self._tell()

    @ui.refreshable_method
    def _editor(self) -> None:
        progress = self.library.store.progress(self.document.id)
        self._editor_now = LedgerEditor(
            self.ledger, progress, self._found, on_change=self._tell, read_only=not self._editable
        )
        self._found = None

    @property
    def _editable(self) -> bool:
        return may_write() and not self.removed

    def _records(self) -> list[JsonObject]:
        return [row.record for row in self.ledger.rows]

    def _tell(self) -> None:
        """Say on the button what there is to store."""
        words = self.ledger.edits().words
        self._confirm.set_text(f"确认（{words}）" if words else "确认无误")
        ui.run_javascript(f"taizhang.unsaved = {str(bool(words)).lower()}")


def _outline(document: Document) -> None:
    """Offer the headings as a menu; a choice brings the place into view."""
    headings = [block for block in document.blocks if block.kind is BlockKind.HEADING or block.run_in]
    if not headings:
        return
    with ui.button("目录", icon="toc").props("outline dense"), ui.menu(), ui.list().props("dense"):
        for block in headings:
            item = ui.item(document.heading_of(block)).style(f"padding-left: {block.level * 16}px")
            item.on("click", js_handler=f"() => taizhang.showPlace({block.span.start})")
