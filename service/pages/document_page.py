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
from service.pages.workspace import workspace
from service.workbook import ledger_bytes

if TYPE_CHECKING:
    from service.library import Library, Shown


async def document_page(library: Library, document_id: str, found: Span | None) -> None:
    """Lay out the page at /documents/…; `found` is the stretch that a search or a citation points to."""
    with framed("/library"):
        try:
            shown = await asyncio.to_thread(library.show, document_id)
        except NotFoundError as error:
            empty_state("help_outline", str(error), action=("回到文库", "/library"))
            return
        rows = [ledger_record(row) for row in shown.rows]
        _head(library, shown, rows)
        mark = Mark(found, "found") if found else None
        workspace(shown.document.text, rows, shown.progress, mark)
        _outline(shown.document)


def _head(library: Library, shown: Shown, rows: list[JsonObject]) -> None:
    document, header = shown.document, shown.document.header
    stem = PurePath(document.source).stem
    title = header.title or stem
    facts = (header.doc_type, header.issuer, header.doc_number, header.date, header.region)

    async def original() -> None:
        data = await asyncio.to_thread(library.store.original, document.id)
        ui.download.content(data, PurePath(document.source).name)

    with ui.row().classes("w-full items-center gap-2"):
        with ui.column().classes("grow gap-0"):
            ui.label(title).classes("text-lg font-bold")
            words = [str(fact) for fact in facts if fact]
            ui.label(" · ".join([*words, f"第 {document.version} 版", document.source])).classes("faint")
        ui.button("原始文件", icon="download", on_click=original).props("outline dense")
        ui.button(
            "导出 Excel",
            on_click=lambda: ui.download.content(ledger_bytes(rows, title, ".xlsx"), f"{stem}-台账.xlsx"),
        ).props("outline dense no-caps")


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
