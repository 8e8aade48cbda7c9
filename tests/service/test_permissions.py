"""A role may not do what its name does not allow: every route with every role."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute, iter_route_contexts
from nicegui import app as pages
from starlette.requests import HTTPConnection
from starlette.routing import Mount, Route
from starlette.types import Message, Receive, Scope, Send

from service.accounts import Role
from service.api.app import create_app
from service.api.guard import SESSION_COOKIE, Guard, current_person
from service.api.permissions import least_role
from service.library import Library
from service.pages.mount import mount_pages
from tests.service.callers import Call, caller

ADMINISTRATOR, STAFF, READER = Role
EVERYBODY = "everybody"
PASSWORD = "河道整治-2026"
NAMES = {ADMINISTRATOR: "王明", STAFF: "李华", READER: "赵敏"}

# Written by hand: it says what is meant, not what the code does. A new route fails until it stands here.
EXPECTED: dict[str, Role | str] = {
    "GET /healthz": EVERYBODY,
    "GET /login": EVERYBODY,
    "POST /login": EVERYBODY,
    "POST /logout": EVERYBODY,
    "GET /welcome": EVERYBODY,
    "POST /welcome": EVERYBODY,
    "GET /openapi.json": READER,
    "GET /api/session": EVERYBODY,
    "POST /api/session": EVERYBODY,
    "DELETE /api/session": EVERYBODY,
    "GET /api/search": READER,
    "GET /api/similar": READER,
    "GET /api/ask": READER,
    "POST /api/extract": STAFF,
    "GET /api/documents": READER,
    "POST /api/documents": STAFF,
    "GET /api/documents/{document}": READER,
    "GET /api/documents/{document}/original": READER,
    "GET /api/documents/{document}/place": READER,
    "GET /api/documents/{document}/versions": READER,
    "GET /api/documents/{document}/changes": READER,
    "GET /api/documents/{document}/changes/{other}": READER,
    "DELETE /api/documents/{document}": STAFF,
    "POST /api/documents/{document}/restore": STAFF,
    "GET /api/ledger/export": READER,
    "POST /api/ledger/differences": STAFF,
    "POST /api/ledger/store": STAFF,
    "GET /api/ledger/gold": READER,
    "GET /api/ledger/summary": READER,
    "GET /api/ledger/summary/docx": READER,
    "GET /api/ledger/calendar": READER,
    "POST /api/ledger/mail": STAFF,
    "GET /api/tasks": READER,
    "GET /api/tasks/{task}": READER,
    "GET /api/tasks/{task}/history": READER,
    "POST /api/tasks/{task}/split": STAFF,
    "POST /api/tasks/merge": STAFF,
    "POST /api/tasks/paste": STAFF,
    "POST /api/tasks/{task}/attachments": STAFF,
    "GET /api/tasks/{task}/attachments/{attachment}": READER,
    "DELETE /api/tasks/{task}/attachments/{attachment}": STAFF,
    "POST /api/steps/report": STAFF,
    "POST /api/steps/extend": STAFF,
    "POST /api/steps/hand-over": STAFF,
    "POST /api/steps/end": STAFF,
    "POST /api/steps/reopen": STAFF,
    "POST /api/steps/apply-closing": STAFF,
    "POST /api/steps/review-closing": STAFF,
    "POST /api/steps/recheck": STAFF,
    "GET /api/steps/recheck/draw": READER,
    "POST /api/steps/mark": STAFF,
    "POST /api/steps/enter": STAFF,
    "POST /api/steps/own": STAFF,
    "POST /api/steps/status": STAFF,
    "GET /api/views/{view}": READER,
    "GET /api/calendar": READER,
    "GET /api/trend": READER,
    "GET /api/columns": READER,
    "PUT /api/columns": STAFF,
    "GET /api/filters": READER,
    "PUT /api/filters/{name}": READER,
    "DELETE /api/filters/{name}": READER,
    "GET /api/edits": READER,
    "POST /api/edits": STAFF,
    "POST /api/edits/{edit}/undo": STAFF,
    "GET /api/dispatches": READER,
    "POST /api/dispatches": STAFF,
    "GET /api/dispatches/units": READER,
    "POST /api/dispatches/read": STAFF,
    "POST /api/dispatches/returns": STAFF,
    "POST /api/dispatches/returns/{number}/undo": STAFF,
    "GET /api/dispatches/{dispatch}": READER,
    "DELETE /api/dispatches/{dispatch}": STAFF,
    "GET /api/dispatches/{dispatch}/sheets": READER,
    "GET /api/dispatches/{dispatch}/sheets/{number}": READER,
    "GET /api/dispatches/{dispatch}/reminders": READER,
    "GET /api/dispatches/{dispatch}/notice": READER,
    "GET /api/dispatches/{dispatch}/monthly": READER,
    "GET /api/dispatches/{dispatch}/bulletin": READER,
    "GET /api/reconcile": READER,
    "GET /api/reconcile/proposals": READER,
    "GET /api/reconcile/file": READER,
    "POST /api/reconcile/accept": STAFF,
    "GET /api/conflicts": READER,
    "GET /api/workload": READER,
    "GET /api/cases": READER,
    "GET /api/drafts": READER,
    "POST /api/drafts": STAFF,
    "GET /api/drafts/{draft}": READER,
    "PUT /api/drafts/{draft}": STAFF,
    "DELETE /api/drafts/{draft}": STAFF,
    "POST /api/drafts/{draft}/restore": STAFF,
    "GET /api/drafts/{draft}/versions": READER,
    "POST /api/drafts/{draft}/versions": STAFF,
    "POST /api/drafts/{draft}/versions/{version}/restore": STAFF,
    "GET /api/drafts/{draft}/changes": READER,
    "GET /api/drafts/{draft}/check": READER,
    "GET /api/drafts/{draft}/examples": READER,
    "POST /api/drafts/{draft}/word": STAFF,
    "GET /api/drafts/{draft}/file": READER,
    "POST /api/check": STAFF,
    "POST /api/templates/fill": STAFF,
    "POST /api/templates/file": STAFF,
    "GET /api/units": READER,
    "PUT /api/units": STAFF,
    "DELETE /api/units": STAFF,
    "POST /api/units/lines": STAFF,
    "GET /api/units/file": READER,
    "GET /api/units/meaning": READER,
    "GET /api/words": READER,
    "PUT /api/words": STAFF,
    "DELETE /api/words": STAFF,
    "POST /api/words/lines": STAFF,
    "GET /api/words/file": READER,
    "GET /api/words/mined": READER,
    "PUT /api/words/mined": STAFF,
    "GET /api/outlines": READER,
    "POST /api/outlines": STAFF,
    "PUT /api/outlines/{outline}": STAFF,
    "DELETE /api/outlines/{outline}": STAFF,
    "GET /api/jobs": READER,
    "GET /api/jobs/{job}": READER,
    "POST /api/jobs": STAFF,
    "POST /api/jobs/{job}/cancel": STAFF,
    "PUT /api/password": READER,
    "GET /api/tokens": READER,
    "POST /api/tokens": READER,
    "DELETE /api/tokens/{token}": READER,
    "GET /api/accounts": ADMINISTRATOR,
    "POST /api/accounts": ADMINISTRATOR,
    "PATCH /api/accounts/{name}": ADMINISTRATOR,
    "DELETE /api/accounts/{name}": ADMINISTRATOR,
    "GET /api/settings": READER,
    "PUT /api/settings": ADMINISTRATOR,
    "GET /api/audit": ADMINISTRATOR,
    "GET /api/audit/export": ADMINISTRATOR,
    "GET /api/backups": ADMINISTRATOR,
    "POST /api/backups": ADMINISTRATOR,
}
LEAVING = {"POST /logout", "DELETE /api/session"}
ENTERING = {"POST /login", "POST /api/session"}
OPEN_TO_ALL = re.compile(r"/assets|/_nicegui/[^/]+/(static|libraries|components|resources|esm)\b")
"""Scripts and styles, which hold nothing of the office."""
OF_PAGES = re.compile(r"GET /(pages|assets)/")
"""What pages bring along: their data ask for what pages ask for, their looks are open to all."""
ANY_METHOD = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"}


def addresses(app: FastAPI) -> Iterator[str]:
    """Yield method and path of each route, those of included routers among them; pages are mounted apart."""
    for route in iter_route_contexts(app.routes):
        methods = set(route.methods or ())
        if route.path and methods != ANY_METHOD:
            yield from (f"{method} {route.path}" for method in methods - {"HEAD"})


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[FastAPI, Library]]:
    """An application with pages, and an account of each role."""
    with Library.open(tmp_path_factory.mktemp("data"), workers=1) as library:
        app = create_app(library)
        mount_pages(app, library)
        library.accounts.add(NAMES[ADMINISTRATOR], ADMINISTRATOR, PASSWORD)
        for role in (STAFF, READER):
            library.accounts.add(NAMES[role], role, PASSWORD)
        yield app, library


@pytest.fixture(scope="module")
def cookies(office: tuple[FastAPI, Library]) -> dict[Role | None, dict[str, str]]:
    keys = {role: office[1].accounts.log_in(name, PASSWORD) for role, name in NAMES.items()}
    return {None: {}, **{role: {"cookie": f"{SESSION_COOKIE}={key}"} for role, key in keys.items()}}


@pytest.fixture(scope="module")
def call(office: tuple[FastAPI, Library]) -> Call:
    return caller(office[1], app=office[0])


def test_the_table_names_every_route(office: tuple[FastAPI, Library]) -> None:
    known = {address for address in addresses(office[0]) if not OF_PAGES.match(address)}
    assert known == set(EXPECTED)


def allowed(expected: Role | str, role: Role | None) -> bool:
    return expected == EVERYBODY or (role is not None and role.covers(Role(expected)))


@pytest.mark.parametrize("address", sorted(set(EXPECTED) - LEAVING - ENTERING))
def test_each_role_gets_as_far_as_its_name_says(
    address: str, call: Call, cookies: dict[Role | None, dict[str, str]]
) -> None:
    method, path = address.split(" ")
    url = re.sub(r"\{\w+\}", "t1", path)
    for role, headers in cookies.items():
        answer = call(method, url, headers=headers)
        led_away = answer.headers.get("location", "") == f"/login?next={quote(url)}"
        refused = led_away or answer.status_code in (401, 403)
        assert refused is not allowed(EXPECTED[address], role), (role, answer.status_code)
        if refused and url.startswith("/api/"):
            assert answer.status_code == (401 if role is None else 403)


@pytest.mark.parametrize("address", sorted(ENTERING))
def test_entering_asks_for_the_password(address: str, call: Call) -> None:
    method, url = address.split(" ")
    how = "json" if url.startswith("/api/") else "data"
    for password, status in ((PASSWORD, (200, 303)), ("wrong-password", (401,))):
        answer = call(method, url, **{how: {"name": NAMES[STAFF], "password": password}})
        assert answer.status_code in status
        kept = answer.headers.get("set-cookie", "").lower()
        assert all(word in kept for word in ("httponly", "samesite=strict")) is (status != (401,))


@pytest.mark.parametrize("address", sorted(LEAVING))
def test_leaving_is_open_to_everybody(address: str, call: Call) -> None:
    method, url = address.split(" ")
    assert call(method, url).status_code in (204, 303)


def test_every_page_asks_who_is_there(call: Call, cookies: dict[Role | None, dict[str, str]]) -> None:
    found = [route.path for route in pages.routes if isinstance(route, APIRoute | Route)]
    assert {"/", "/extract", "/library"} <= set(found)
    for path in found:
        if OPEN_TO_ALL.match(path):
            continue
        url = re.sub(r"\{[\w:]+\}", "d1", path)
        stranger = call("GET", url)
        assert (stranger.status_code, stranger.headers["location"][:12]) == (303, "/login?next="), path
        assert least_role(url, "GET") is READER, path
        assert call("POST", url, headers=cookies[READER]).status_code == 403, path


def test_mounts_ask_who_is_there(call: Call) -> None:
    mounts = [route.path for route in pages.routes if isinstance(route, Mount)]
    guarded = [path for path in mounts if not OPEN_TO_ALL.match(path)]
    assert guarded
    for path in guarded:
        assert call("GET", f"{path}/socket.io/?EIO=4").status_code == 303, path


def test_the_connection_of_a_page_asks_who_is_there(
    office: tuple[FastAPI, Library], cookies: dict[Role | None, dict[str, str]]
) -> None:
    reached = []

    async def behind(scope: Scope, receive: Receive, send: Send) -> None:
        reached.append(current_person(HTTPConnection(scope)).role)

    async def connect(headers: dict[str, str]) -> list[Message]:
        sent: list[Message] = []
        fields = {"host": "127.0.0.1:8000", **headers}
        raw = [(key.encode(), value.encode()) for key, value in fields.items()]
        scope = {"type": "websocket", "path": "/_nicegui_ws/socket.io/", "headers": raw, "query_string": b""}

        async def send(message: Message) -> None:
            sent.append(message)

        await Guard(behind, office[1].accounts)(scope, never, send)
        return sent

    async def never() -> Message:
        raise AssertionError("a refused connection is not read")

    assert asyncio.run(connect({})) == [{"type": "websocket.close", "code": 1008}]
    assert asyncio.run(connect({**cookies[READER], "origin": "http://evil.example"})) != []
    assert reached == []
    assert asyncio.run(connect(cookies[READER])) == []
    assert reached == [READER]


@pytest.mark.parametrize(
    "headers",
    [
        {"cookie": f"{SESSION_COOKIE}=wrong"},
        {"cookie": "taizhang_name=%E7%8E%8B%E6%98%8E"},
        {"cookie": "\x00=;;"},
        {"authorization": "Bearer tz_wrong"},
        {"authorization": "Basic d3Jvbmc="},
    ],
)
def test_what_is_no_session_opens_nothing(call: Call, headers: dict[str, str]) -> None:
    assert call("GET", "/api/tasks", headers=headers).status_code == 401


def test_a_token_opens_what_its_account_may(office: tuple[FastAPI, Library], call: Call) -> None:
    key = office[1].accounts.add_token(NAMES[READER], "月报程序")
    headers = {"authorization": f"Bearer {key}"}
    assert call("GET", "/api/tasks", headers=headers).status_code == 200
    assert call("POST", "/api/edits", headers=headers, json={}).status_code == 403


def test_other_machines_see_nothing_before_there_is_an_account(empty: Library, tmp_path: Path) -> None:
    call = caller(empty, "http://192.168.1.5:8000", local=False)
    assert call("GET", "/api/tasks").status_code == 403
    assert call("POST", "/welcome", data={"name": "王明", "password": PASSWORD}).status_code == 403
    assert not empty.accounts.exist
