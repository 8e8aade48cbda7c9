"""One document of the library: outline, text with its evidence marked, editable ledger, original file."""

from __future__ import annotations

import asyncio
from pathlib import PurePath
from typing import TYPE_CHECKING

from nicegui import ui

from corpus.document import BlockKind, Document
from corpus.errors import NotFoundError
from corpus.spans import Span
from corpus.store.rows import ledger_record
from service.editing.editable import EditableLedger
from service.pages.editor.editor import LedgerEditor
from service.pages.evidence import Mark
from service.pages.frame import empty_state, framed
from service.pages.heads import EXPORT_NAMES, document_head, export_button

if TYPE_CHECKING:
    from service.library import Library


async def document_page(library: Library, document_id: str, found: Span | None) -> None:
    """Lay out the page at /documents/…; `found` is the stretch that a search or a citation points to."""
    with framed("/library", full=True):
        try:
            shown = await asyncio.to_thread(library.show, document_id)
        except NotFoundError as error:
            empty_state("help_outline", str(error), action=("回到文库", "/library"))
            return
        ledger = EditableLedger(shown.document, [ledger_record(row) for row in shown.rows])
        _head(library, ledger)
        LedgerEditor(ledger, shown.progress, Mark(found, "found") if found else None)


def _head(library: Library, ledger: EditableLedger) -> None:
    document = ledger.document

    async def original() -> None:
        data = await asyncio.to_thread(library.store.original, document.id)
        ui.download.content(data, PurePath(document.source).name)

    with ui.row().classes("w-full items-center gap-2 no-wrap"):
        document_head(document, f"第 {document.version} 版", PurePath(document.source).name)
        _outline(document)
        ui.button("原始文件", icon="download", on_click=original).props("outline dense")
        for suffix in EXPORT_NAMES:
            export_button(suffix, document, lambda: [row.record for row in ledger.rows])


def _outline(document: Document) -> None:
    """Offer the headings as a menu; a choice brings the place into view."""
    headings = [block for block in document.blocks if block.kind is BlockKind.HEADING or block.run_in]
    if not headings:
        return
    with ui.button("目录", icon="toc").props("outline dense"), ui.menu(), ui.list().props("dense"):
        for block in headings:
            item = ui.item(document.heading_of(block)).style(f"padding-left: {block.level * 16}px")
            item.on("click", js_handler=f"() => taizhang.showPlace({block.span.start})")
