"""The addresses of the pages of drafts."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from nicegui import ui

from service.pages.drafting.editor_page import editor_page
from service.pages.drafting.start_page import start_page
from service.pages.drafting.versions_page import NOW, versions_page

if TYPE_CHECKING:
    from service.library import Library


def add_draft_pages(library: Library, known: Callable[[Any], Any], patience: float) -> None:
    """Add the pages; `known` leads strangers to where their name is asked for."""

    @ui.page("/drafts", title="起草 · 台账", response_timeout=patience)
    @known
    async def drafts() -> None:
        await start_page(library)

    @ui.page("/drafts/{draft_id}", title="文稿 · 台账", response_timeout=patience)
    @known
    async def draft(draft_id: str) -> None:
        await editor_page(library, draft_id)

    @ui.page("/drafts/{draft_id}/compare", title="文稿对照 · 台账", response_timeout=patience)
    @known
    async def compare(draft_id: str, before: int = 1, after: int = NOW) -> None:
        await versions_page(library, draft_id, before, after)
