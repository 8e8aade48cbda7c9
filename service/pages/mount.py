"""Puts the pages on the application that also serves the API."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import FastAPI
from nicegui import ui

from corpus.spans import Span
from service.pages.document_page import document_page
from service.pages.extract_page import extract_page
from service.pages.frame import prepare_assets
from service.pages.library_page import library_page
from service.pages.search_page import HITS, Wanted, search_page

if TYPE_CHECKING:
    from service.library import Library


def mount_pages(app: FastAPI, library: Library) -> None:
    """Add the pages to `app`. Routes that `app` already has come first."""
    prepare_assets()

    @ui.page("/", title="检索 · 台账")
    async def search(
        q: str = "", year: str = "", region: str = "", type: str = "", unit: str = "", k: int = HITS
    ) -> None:
        await search_page(library, Wanted(q, year, region, type, unit, max(1, k)))

    @ui.page("/extract", title="拆任务 · 台账")
    async def extract() -> None:
        await extract_page(library)

    @ui.page("/library", title="文库 · 台账")
    async def shelf() -> None:
        await library_page(library)

    @ui.page("/documents/{document_id}", title="文件 · 台账")
    async def document(document_id: str, start: int = 0, end: int = 0) -> None:
        await document_page(library, document_id, Span(start, end) if 0 <= start < end else None)

    ui.run_with(app, title="台账", language="zh-CN", show_welcome_message=False)
