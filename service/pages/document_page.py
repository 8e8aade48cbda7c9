"""One document of the library: outline, text with its evidence marked, editable ledger, original file."""

from __future__ import annotations

import asyncio
from pathlib import PurePath
from typing import TYPE_CHECKING

from nicegui import ui

from corpus.document import BlockKind, Document
from corpus.errors import NotFoundError, UserError
from corpus.records import JsonObject
from corpus.spans import Span
from service.editing.confirm import confirm, open_ledger
from service.editing.editable import EditableLedger
from service.pages.editor.editor import LedgerEditor
from service.pages.evidence import Mark
from service.pages.frame import empty_state, framed
from service.pages.heads import EXPORT_NAMES, document_head, export_button
from service.pages.person import named

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


class DocumentView:
    """A document with its ledger; `found` is what a search pointed to."""

    def __init__(self, library: Library, ledger: EditableLedger, found: Mark | None) -> None:
        self.library = library
        self.ledger = ledger
        self.document = ledger.document
        self._found = found

    def build(self) -> None:
        """Lay out the head and the editor."""
        with ui.row().classes("w-full items-center gap-2 no-wrap"):
            document = self.document
            document_head(document, f"第 {document.version} 版", PurePath(document.source).name)
            _outline(document)
            ui.button("原始文件", icon="download", on_click=self.original).props("outline dense")
            for suffix in EXPORT_NAMES:
                export_button(suffix, document, self._records)
            self._confirm = ui.button("确认", icon="done_all", on_click=lambda: named(self.confirm))
            self._confirm.props("dense")
        self._editor()
        self._tell()

    def show(self, task: str) -> None:
        """Bring the row with an id into view; nothing happens when there is none."""
        for row in self.ledger.rows:
            if row.record["id"] == task:
                self._editor_now.show(row.key)

    async def original(self) -> None:
        """Hand out the file as it came in."""
        data = await asyncio.to_thread(self.library.store.original, self.document.id)
        ui.download.content(data, PurePath(self.document.source).name)

    async def confirm(self, by: str) -> None:
        """Store what was changed, under the person's name."""
        try:
            self.ledger = await asyncio.to_thread(confirm, self.library, self.ledger, self.document.id, by)
        except UserError as error:
            ui.notify(str(error), type="negative", multi_line=True, timeout=0, close_button="知道了")
            return
        ui.notify("已保存。", type="positive")
        self._editor.refresh()
        self._tell()

    @ui.refreshable_method
    def _editor(self) -> None:
        progress = self.library.store.progress(self.document.id)
        self._editor_now = LedgerEditor(self.ledger, progress, self._found, on_change=self._tell)
        self._found = None

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
