"""Puts the pages on the application that also serves the API."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import FastAPI, Response
from nicegui import ui

from corpus.spans import Span
from service.overview import LatestOverview
from service.pages.document_page import document_page
from service.pages.extract_page import extract_page
from service.pages.frame import prepare_assets
from service.pages.ledger_page import LINES, Narrowed, ledger_page
from service.pages.library_page import library_page
from service.pages.search_page import HITS, Wanted, search_page

if TYPE_CHECKING:
    from service.library import Library


PATIENCE = 60.0
"""Seconds that a page may take to come up on a busy machine."""


def mount_pages(app: FastAPI, library: Library) -> None:
    """Add the pages to `app`. Routes that `app` already has come first."""
    prepare_assets()
    latest = LatestOverview(library.store)

    @ui.page("/", title="检索 · 台账", response_timeout=PATIENCE)
    async def search(
        q: str = "", year: str = "", region: str = "", type: str = "", unit: str = "", k: int = HITS
    ) -> None:
        await search_page(library, Wanted(q, year, region, type, unit, max(1, k)))

    @ui.page("/extract", title="拆任务 · 台账", response_timeout=PATIENCE)
    async def extract() -> None:
        await extract_page(library)

    @ui.page("/ledger", title="总台账 · 台账", response_timeout=PATIENCE)
    async def all_tasks(q: str = "", unit: str = "", status: str = "", month: str = "") -> None:
        await ledger_page(library, latest, Narrowed(q, unit, status, month))

    @app.get(LINES, include_in_schema=False)
    def lines() -> Response:
        return Response(latest.get().lines, media_type="application/json")

    @ui.page("/library", title="文库 · 台账", response_timeout=PATIENCE)
    async def shelf() -> None:
        await library_page(library)

    @ui.page("/documents/{document_id}", title="文件 · 台账", response_timeout=PATIENCE)
    async def document(document_id: str, start: int = 0, end: int = 0, task: str = "") -> None:
        await document_page(library, document_id, Span(start, end) if 0 <= start < end else None, task)

    ui.run_with(app, title="台账", language="zh-CN", show_welcome_message=False)
