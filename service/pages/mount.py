"""Puts the pages on the application that also serves the API."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from functools import partial, wraps
from typing import TYPE_CHECKING, Annotated, Any, ParamSpec
from urllib.parse import quote

from fastapi import FastAPI, Query, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, RedirectResponse
from nicegui import app as pages
from nicegui import ui

from corpus.errors import UserError
from corpus.spans import Span
from service.pages.dispatch.page import dispatch_page
from service.pages.documents.compare import Sides, compare_page
from service.pages.documents.library import library_page
from service.pages.documents.page import SIGHT, document_page, version_page
from service.pages.drafting.addresses import add_draft_pages
from service.pages.frame import failed_html, not_found_html, office_look, prepare_assets
from service.pages.intake.page import extract_page
from service.pages.ledger.narrowed import Narrowed
from service.pages.ledger.page import LINES, Asked, ledger_page
from service.pages.person import current_person
from service.pages.reconcile.page import Asked as AskedToReconcile
from service.pages.reconcile.page import reconcile_page
from service.pages.search.page import search_page
from service.pages.search.wanted import HITS, LONGEST, LONGEST_BEFORE, MOST_BEFORE, MOST_PLAIN, Wanted
from service.pages.settings.page import settings_page
from service.pages.tables.units import units_page
from service.pages.tables.words import words_page
from service.prepared.parcels import sent

if TYPE_CHECKING:
    from service.library import Library

logger = logging.getLogger(__name__)

Parameters = ParamSpec("Parameters")
Known = Callable[[Any], Any]
"""What lets only people in whose name is known, put around each page."""
PATIENCE = 60.0
"""Seconds that a page may take to come up on a busy machine."""
MISREAD = "网址里有写错的地方，比如该写数字的地方写了别的。请从页面上重新打开。"
RECONNECT = 30.0
"""Seconds for which a page whose connection is lost keeps what stands in it; after them it is loaded anew.

A busy machine leaves a browser without an answer for some seconds now and then.
"""


def mount_pages(app: FastAPI, library: Library) -> None:
    """Add the pages to `app`. Routes that `app` already has come first."""
    prepare_assets()
    _add_resources(app, library)
    known = partial(_known, library)
    for add in (_add_search, _add_ledger, _add_supervision, _add_documents, _add_tables):
        add(library, known)
    add_draft_pages(library, known, PATIENCE)
    ui.run_with(
        app,
        title="台账",
        language="zh-CN",
        show_welcome_message=False,
        tailwind=False,
        reconnect_timeout=RECONNECT,
    )


def _add_search(library: Library, known: Known) -> None:
    """Add the page of questions and searches."""

    @ui.page("/", title="检索 · 台账", response_timeout=PATIENCE)
    @known
    async def search(
        q: str = "",
        year: str = "",
        region: str = "",
        type: str = "",
        unit: str = "",
        k: int = HITS,
        like: str = "",
        before: Annotated[tuple[str, ...], Query()] = (),
        issuer: str = "",
        plain: Annotated[tuple[str, ...], Query()] = (),
        date_from: str = "",
        date_to: str = "",
        due_before: str = "",
        has_tasks: str = "",
    ) -> None:
        earlier = tuple(words[:LONGEST_BEFORE] for words in before[-MOST_BEFORE:])
        asked = (q[:LONGEST], year, region, type, unit, max(1, k), like, earlier)
        days = (date_from, date_to, due_before)
        await search_page(library, Wanted(*asked, issuer, plain[:MOST_PLAIN], *days, has_tasks))


def _add_ledger(library: Library, known: Known) -> None:
    """Add the pages where rows come into the ledger and are worked on."""

    @ui.page("/extract", title="拆任务 · 台账", response_timeout=PATIENCE)
    @known
    async def extract() -> None:
        await extract_page(library)

    @ui.page("/ledger", title="总台账 · 台账", response_timeout=PATIENCE)
    @known
    async def all_tasks(
        request: Request, ask: str = "", before: Annotated[tuple[str, ...], Query()] = (), rows: str = ""
    ) -> None:
        narrowed = Narrowed.of(request.query_params)
        await ledger_page(library, narrowed, Asked(ask, before, rows))


def _add_supervision(library: Library, known: Known) -> None:
    """Add the pages of 督办 beside the ledger."""

    @ui.page("/dispatch", title="调度 · 台账", response_timeout=PATIENCE)
    @known
    async def dispatch(id: str = "", part: str = "") -> None:
        await dispatch_page(library, id, part)

    @ui.page("/reconcile", title="对账 · 台账", response_timeout=PATIENCE)
    @known
    async def reconcile(
        part: str = "report",
        report: str = "",
        plan: str = "",
        document: str = "",
        text: str = "",
        task: str = "",
    ) -> None:
        await reconcile_page(library, AskedToReconcile(part, report, plan, document, text, task))


def _add_documents(library: Library, known: Known) -> None:
    """Add the pages of the library, of one document, and of two beside each other."""

    @ui.page("/library", title="文库 · 台账", response_timeout=PATIENCE)
    @known
    async def shelf() -> None:
        await library_page(library)

    @ui.page("/documents/{document_id}", title="文件 · 台账", response_timeout=PATIENCE)
    @known
    async def document(
        document_id: str, start: int = 0, end: int = 0, task: str = "", version: int = 0
    ) -> None:
        if version:
            await version_page(library, document_id, version)
            return
        found = Span(start, end) if 0 <= start < end else None
        await document_page(library, document_id, found, task)

    @ui.page("/compare", title="对照 · 台账", response_timeout=PATIENCE)
    @known
    async def compare(before: str = "", after: str = "", old: int = 0, new: int = 0) -> None:
        await compare_page(library, Sides(before, after, old, new))


def _add_tables(library: Library, known: Known) -> None:
    """Add the pages of what the office tells the program: its units, its words, its settings."""

    @ui.page("/units", title="单位名录 · 台账", response_timeout=PATIENCE)
    @known
    async def units() -> None:
        await units_page(library)

    @ui.page("/words", title="说法 · 台账", response_timeout=PATIENCE)
    @known
    async def words() -> None:
        await words_page(library)

    @ui.page("/settings", title="设置 · 台账", response_timeout=PATIENCE)
    @known
    async def settings(part: str = "own") -> None:
        await settings_page(library, part)


def _known(
    library: Library, page: Callable[Parameters, Awaitable[None]]
) -> Callable[Parameters, Awaitable[Response | None]]:
    """Lead people whose name is not known yet to where it is asked for, the others to the page."""

    @wraps(page)
    async def guarded(*args: Parameters.args, **kwargs: Parameters.kwargs) -> Response | None:
        if not current_person().name:
            url = ui.context.client.request.url
            wanted = url.path + (f"?{url.query}" if url.query else "")
            return RedirectResponse(f"/welcome?next={quote(wanted)}", 303)
        ui.add_head_html(office_look(library.settings.read()))
        await page(*args, **kwargs)
        return None

    return guarded


def _add_resources(app: FastAPI, library: Library) -> None:
    """Add what the pages fetch beside themselves."""

    @app.get(LINES, include_in_schema=False)
    def lines(request: Request) -> Response:
        return sent(library.overview.get().parcel, request)

    @app.get(SIGHT, include_in_schema=False)
    def sight(document: str, request: Request) -> Response:
        return sent(library.bodies.sight(document).parcel, request)

    @pages.exception_handler(404)
    async def not_found(request: Request, _error: Exception) -> Response:
        return HTMLResponse(not_found_html(request.url.path), 404)

    @pages.exception_handler(RequestValidationError)
    async def misread(_request: Request, _error: Exception) -> Response:
        return HTMLResponse(failed_html(MISREAD), 422)

    @pages.exception_handler(Exception)
    async def failed(request: Request, error: Exception) -> Response:
        if not request.scope.get("nicegui_page_path"):
            raise error
        if isinstance(error, UserError):
            return HTMLResponse(failed_html(str(error)), 503)
        logger.error("the page %s failed", request.url.path, exc_info=error)
        return HTMLResponse(failed_html(), 500)
