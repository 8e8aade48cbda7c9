"""The page of the original that a row stands on, in a window over the ledger."""

from __future__ import annotations

import asyncio
import base64
from typing import TYPE_CHECKING

from nicegui import ui

from corpus.document import Document
from corpus.errors import UserError
from corpus.spans import Span

if TYPE_CHECKING:
    from service.library import Library


async def original_dialog(library: Library, document: Document, span: Span) -> None:
    """Show the page on which the words at `span` stand, with boxes around them; else say why it cannot be."""
    try:
        picture = await asyncio.to_thread(library.page_picture, document.id, span, document.version)
    except UserError as error:
        ui.notify(str(error), type="warning")
        return
    address = f"data:image/png;base64,{base64.b64encode(picture.png).decode()}"
    with ui.dialog(value=True).props("maximized") as dialog, ui.card().classes("w-full items-center"):
        with ui.row().classes("w-full items-center no-wrap"):
            ui.label(f"原件第 {picture.page} 页，黄色处是这一行的文字").classes("text-subtitle1")
            ui.space()
            ui.button("关闭", icon="close", on_click=dialog.close).props("flat dense")
        ui.html(f'<img src="{address}" alt="原件第 {picture.page} 页">', sanitize=False).classes(
            "original-page"
        )
