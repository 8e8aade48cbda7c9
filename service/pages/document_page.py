"""One document of the library: outline, text with its evidence marked, ledger, original file."""

from __future__ import annotations

import asyncio
from pathlib import PurePath
from typing import TYPE_CHECKING

from nicegui import ui

from corpus.document import BlockKind, Document
from corpus.errors import NotFoundError
from corpus.records import JsonObject
from corpus.spans import Span
from corpus.store.rows import ledger_record
from service.pages.evidence import Mark
from service.pages.frame import empty_state, framed
from service.pages.heads import document_head, export_button
from service.pages.workspace import workspace

if TYPE_CHECKING:
    from service.library import Library


async def document_page(library: Library, document_id: str, found: Span | None) -> None:
    """Lay out the page at /documents/…; `found` is the stretch that a search or a citation points to."""
    with framed("/library"):
        try:
            shown = await asyncio.to_thread(library.show, document_id)
        except NotFoundError as error:
            empty_state("help_outline", str(error), action=("回到文库", "/library"))
            return
        rows = [ledger_record(row) for row in shown.rows]
        _head(library, shown.document, rows)
        mark = Mark(found, "found") if found else None
        workspace(shown.document.text, rows, shown.progress, mark)
        _outline(shown.document)


def _head(library: Library, document: Document, rows: list[JsonObject]) -> None:
    async def original() -> None:
        data = await asyncio.to_thread(library.store.original, document.id)
        ui.download.content(data, PurePath(document.source).name)

    with ui.row().classes("w-full items-center gap-2"):
        document_head(document, f"第 {document.version} 版", document.source)
        ui.button("原始文件", icon="download", on_click=original).props("outline dense")
        export_button(".xlsx", document, lambda: rows)


def _outline(document: Document) -> None:
    """Show the headings as a foldable list; a click brings the place into view."""
    headings = [block for block in document.blocks if block.kind is BlockKind.HEADING or block.run_in]
    if not headings:
        return
    with ui.expansion("目录", icon="toc").classes("panel w-full outline"):
        for block in headings:
            address = f"/documents/{document.id}?start={block.span.start}&end={block.body.end}"
            ui.link(document.heading_of(block), address).style(
                f"display:block; padding-left:{block.level * 20}px"
            )
