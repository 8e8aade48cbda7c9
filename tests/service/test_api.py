"""The HTTP interface through its real application: answers, errors, guard, description."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from pydantic import BaseModel

from service.api.app import create_app
from service.api.models.library import (
    AddedRecord,
    AnswerRecord,
    DocumentPage,
    ExtractLine,
    LedgerPage,
    Record,
    SearchAnswer,
)
from service.background.workers import WorkerPool
from service.library import Library
from tests.service.callers import Call, caller, upload
from tests.service.jobs import answer_by_units
from tests.service.texts import PLAN, SECRET


@pytest.fixture
def call(library: Library) -> Call:
    return caller(library)


def unknown_keys(model: BaseModel) -> Iterator[str]:
    """Yield the keys of an answer that its model does not name."""
    if isinstance(model, Record):
        yield from model.model_extra or {}
    for name in type(model).model_fields:
        value = getattr(model, name)
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, BaseModel):
                yield from unknown_keys(item)


@pytest.mark.parametrize(
    ("model", "method", "url", "more"),
    [
        (SearchAnswer, "GET", "/api/search?q=河道垃圾&region=&k=5", {}),
        (AnswerRecord, "GET", "/api/ask?q=安澜市清理河道垃圾由谁牵头？", {}),
        (AnswerRecord, "GET", "/api/ask?q=红烧肉怎么做？", {}),
        (LedgerPage, "GET", "/api/tasks?unit=水利局", {}),
        (DocumentPage, "GET", "/api/documents", {}),
        (ExtractLine, "POST", "/api/extract", upload("方案.txt", PLAN.encode())),
    ],
)
def test_answers_are_what_the_description_says(
    call: Call, model: type[BaseModel], method: str, url: str, more: dict[str, Any]
) -> None:
    answer = call(method, url, **more)
    assert answer.status_code == 200, answer.text
    assert list(unknown_keys(model.model_validate(answer.json()))) == []


def test_health(call: Call) -> None:
    assert call("GET", "/healthz").json() == {"status": "ok"}


def test_an_upload_is_searchable_when_it_is_answered(empty: Library) -> None:
    call = caller(empty)
    results = []
    for text in (PLAN, PLAN, PLAN.replace("118", "119")):
        answer = call("POST", "/api/documents", **upload("方案.txt", text.encode()))
        added = AddedRecord.model_validate(answer.json())
        assert list(unknown_keys(added)) == []
        results.append((added.document.version, added.result))
        hits = call("GET", "/api/search?q=拆除违法建筑").json()["hits"]
        assert hits[0]["document"]["id"] == added.document.id
    assert results == [(1, "added"), (1, "unchanged"), (2, "updated")]


def test_search_parameters_narrow_the_answer(call: Call) -> None:
    found = call("GET", "/api/search?q=住房公积金&year=2025&type=通知&per_document=1&collapse=false").json()
    assert len(found["hits"]) == 1
    assert found["filters"] == {"year_from": 2025, "year_to": 2025, "doc_type": "通知"}
    days = call("GET", "/api/search?q=住房公积金&date_from=2025-01-01&has_tasks=true").json()["filters"]
    assert days == {"date_from": "2025-01-01", "has_tasks": True}


def test_what_a_search_says_of_documents_is_told_and_can_be_taken_back(call: Call) -> None:
    address = "/api/search?q=2025年住房公积金通知"
    told = [
        {"kind": "year", "words": "2025年", "value": "2025"},
        {"kind": "type", "words": "通知", "value": "通知"},
    ]
    assert call("GET", address).json()["understood"] == told
    assert call("GET", f"{address}&plain=通知").json()["understood"] == told[:1]


def test_the_ledger_comes_in_stretches(call: Call) -> None:
    whole = call("GET", "/api/tasks").json()
    part = call("GET", "/api/tasks?offset=1&limit=2").json()
    assert part["total"] == whole["total"]
    assert part["items"] == whole["items"][1:3]


@pytest.mark.parametrize(
    ("method", "url", "more", "status"),
    [
        ("GET", "/api/search", {}, 422),
        ("GET", "/api/search?q=a&k=0", {}, 422),
        ("GET", "/api/search?q=a&k=1001", {}, 422),
        ("GET", "/api/search?q=a&year=last", {}, 422),
        ("GET", "/api/tasks?status=asleep", {}, 422),
        ("GET", "/api/tasks?limit=10001", {}, 422),
        ("GET", "/api/tasks?due_before=0", {}, 422),
        ("GET", "/api/tasks?document=x1", {}, 404),
        ("GET", "/nowhere", {}, 404),
        ("GET", "/api/nowhere", {}, 404),
        ("PUT", "/api/search?q=a", {}, 405),
        ("POST", "/api/extract", {}, 422),
        ("POST", "/api/extract", upload("空.txt", b""), 422),
        ("POST", "/api/extract", upload("坏.docx", b"PK\x03\x04"), 422),
        ("POST", "/api/documents", upload("预案.txt", SECRET.encode()), 422),
    ],
)
def test_errors_are_problem_details(
    call: Call, method: str, url: str, more: dict[str, Any], status: int
) -> None:
    answer = call(method, url, **more)
    assert answer.headers["content-type"] == "application/problem+json"
    details = answer.json()
    assert (answer.status_code, details["status"]) == (status, status)
    assert details["type"] == "about:blank" and details["title"] and details["detail"]


@pytest.mark.parametrize(
    "url",
    [
        "/api/tasks?document=d999",
        "/api/views/unit?document=d999",
        "/api/calendar?first=2026-01-01&last=2026-01-31&document=d999",
        "/api/trend?first=2026-01-01&last=2026-01-31&document=d999",
        "/api/ledger/export?document=d999",
        "/api/ledger/summary?document=d999",
        "/api/ledger/summary/docx?document=d999",
        "/api/ledger/calendar?document=d999",
        "/api/ledger/gold?document=d999",
        "/api/edits?document=d999",
        "/api/documents/d999",
        "/api/reconcile?report=d999",
        "/api/conflicts?document=d999",
    ],
)
def test_a_document_that_is_not_there_is_told_and_not_taken_for_an_empty_one(call: Call, url: str) -> None:
    answer = call("GET", url)
    assert answer.status_code == 404 and "d999" in answer.json()["detail"]


@pytest.mark.parametrize("url", ["/api/edits?task=t999", "/api/similar?task=t999", "/api/cases?task=t999"])
def test_a_row_that_is_not_there_is_told(call: Call, url: str) -> None:
    answer = call("GET", url)
    assert answer.status_code == 404 and "t999" in answer.json()["detail"]


@pytest.mark.parametrize("url", ["/api/dispatches/s999", "/api/dispatches/s999/reminders"])
def test_a_dispatch_that_is_not_there_is_told(call: Call, url: str) -> None:
    answer = call("GET", url)
    assert answer.status_code == 404 and "s999" in answer.json()["detail"]


def test_a_bad_file_is_told_like_everywhere(call: Call) -> None:
    (problem,) = call("POST", "/api/extract", **upload("预案.txt", SECRET.encode())).json()["problems"]
    assert (problem["file"], problem["category"]) == ("预案.txt", "secret")


def test_a_bug_in_us_is_answered_without_its_innards(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Library.open(data, workers=1) as library:
        monkeypatch.setattr(library.bodies, "tasks", None)
        answer = caller(library)("GET", "/api/tasks")
    assert answer.status_code == 500
    assert "NoneType" not in answer.text


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"host": "localhost:8000"}, 200),
        ({"host": "[::1]:8000"}, 200),
        ({"host": "evil.example"}, 403),
        ({"host": "127.0.0.1.evil.example:8000"}, 403),
        ({"host": "[::1"}, 403),
        ({"origin": "http://127.0.0.1:8000"}, 200),
        ({"origin": "http://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"sec-fetch-site": "same-origin", "sec-fetch-mode": "cors"}, 200),
        ({"sec-fetch-site": "none", "sec-fetch-mode": "navigate"}, 200),
        ({"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}, 200),
        ({"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "iframe"}, 403),
        ({"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors", "sec-fetch-dest": "image"}, 403),
        ({"sec-fetch-site": "same-site", "sec-fetch-mode": "no-cors", "sec-fetch-dest": "script"}, 403),
        ({"content-length": "999999999999"}, 413),
    ],
)
def test_foreign_pages_and_huge_bodies_are_refused(call: Call, headers: dict[str, str], status: int) -> None:
    answer = call("GET", "/healthz", headers=headers)
    assert answer.status_code == status
    assert "access-control-allow-origin" not in answer.headers


def test_answers_are_for_our_own_pages(call: Call) -> None:
    headers = call("GET", "/api/documents").headers
    assert headers["x-frame-options"] == "SAMEORIGIN"
    assert headers["content-security-policy"] == "frame-ancestors 'self'"
    assert headers["cross-origin-resource-policy"] == "same-origin"


def test_a_body_without_a_length_is_counted(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("service.api.guard.UPLOAD_LIMIT", 1000)

    async def body() -> Any:
        for _ in range(20):
            yield bytes(100)

    answer = caller(library)(
        "POST", "/api/extract", content=body(), headers={"content-type": "multipart/form-data; boundary=x"}
    )
    assert answer.status_code in (400, 413)


def test_the_description_tells_of_errors(library: Library) -> None:
    described = create_app(library).openapi()
    assert "HTTPValidationError" not in str(described)
    wrong = described["paths"]["/api/search"]["get"]["responses"]["422"]["content"]
    assert wrong["application/problem+json"]["schema"]["title"] == "ProblemDetails"
    assert list(wrong) == ["application/problem+json"]


def test_others_are_answered_while_a_file_takes_long(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("service.prepared.bodies.extract_json", answer_by_units)
    with Library.open(data, workers=1) as library, WorkerPool(1) as pool:
        monkeypatch.setattr(library.bodies, "_readers", pool)
        transport = httpx.ASGITransport(create_app(library))

        async def both() -> tuple[int, int, int]:
            async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
                slow = asyncio.create_task(client.post("/api/extract", **upload("hang", b"x")))
                health = await client.get("/healthz")
                rows = await client.get("/api/tasks")
                assert not slow.done()
                pool.close()
                return health.status_code, rows.status_code, (await slow).status_code

        assert asyncio.run(both()) == (200, 200, 422)
