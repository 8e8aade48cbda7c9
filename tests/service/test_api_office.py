"""Rows, versions, jobs, accounts, settings, audit and copies over HTTP."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from service.api.models import office as models
from service.api.models.record import Record
from service.library import Library
from tests.service.callers import Call, caller, upload
from tests.service.texts import PLAN

NAMED = {"cookie": "taizhang_name=%E7%8E%8B%E6%98%8E"}
PASSWORD = "河道整治-2026"


@pytest.fixture(scope="module")
def with_plan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a library with one plan, to be copied."""
    folder = tmp_path_factory.mktemp("plan")
    with Library.open(folder, workers=1) as library:
        library.add_upload("方案.txt", PLAN.encode())
    return folder


@pytest.fixture
def call(with_plan: Path, tmp_path: Path) -> Iterator[Call]:
    """Requests of 王明 to a library of his own with that plan."""
    with Library.open(shutil.copytree(with_plan, tmp_path / "data"), workers=1) as library:
        plain = caller(library)
        yield lambda method, url, **more: plain(method, url, headers=NAMED, **more)


def ids(call: Call, **query: str) -> list[str]:
    return [row["id"] for row in call("GET", "/api/tasks", params=query).json()["items"]]


def test_rows_are_edited_and_edits_taken_back(call: Call) -> None:
    first = call("GET", "/api/tasks/t1").json()
    half = len(first["text"]) // 2
    parts = [first["text"][:half], {"text": first["text"][half:], "label": "（一）之二"}]
    split = call("POST", "/api/tasks/t1/split", json={"parts": parts, "note": "两件事"})
    assert split.status_code == 200, split.text
    (new,) = split.json()["added"]
    assert split.json()["by"] == "王明" and ids(call)[:2] == ["t1", new]
    merged = call("POST", "/api/tasks/merge", json={"tasks": ["t1", new]}).json()
    assert merged["kind"] == "merge" and new not in ids(call) and ids(call, hidden="true") == [new]
    for edit in (merged, split.json()):
        assert call("POST", f"/api/edits/{edit['id']}/undo").json()["kind"] == "undo"
    assert call("GET", "/api/tasks/t1").json() == first
    history = call("GET", "/api/tasks/t1/history").json()
    assert {entry["by"] for entry in history} == {"王明"} and history[0]["note"] == "两件事"
    assert [edit["kind"] for edit in call("GET", "/api/edits?document=d1").json()][-2:] == ["merge", "split"]


def test_many_changes_at_one_go(call: Call) -> None:
    body = {
        "corrected": {"t1": {"label": "1"}},
        "added": [{"values": {"text": "新建卫生室。"}, "document": "d1", "after": "t1"}],
        "deleted": ["t2"],
        "statuses": {"t3": "done"},
        "confirmed": ["t1"],
    }
    edit = call("POST", "/api/edits", json=body).json()
    assert edit["kind"] == "several" and set(edit["changed"]) == {"t1", "t2", "t3", *edit["added"]}
    rows = {row["id"]: row for row in call("GET", "/api/tasks").json()["items"]}
    assert "t2" not in rows and rows["t1"]["confirmed"]["by"] == "王明" and rows["t3"]["status"] == "done"
    assert call("POST", "/api/edits", json={"deleted": ["t99"]}).status_code == 404
    assert call("POST", "/api/edits", json={"corrected": {"t1": {"units": 3}}}).status_code == 400


def test_a_change_made_on_old_sight_is_refused(call: Call) -> None:
    assert (
        call("POST", "/api/edits", json={"corrected": {"t1": {"label": "1"}}, "seen": "e0"}).status_code
        == 200
    )
    (newest,) = call("GET", "/api/edits?limit=1").json()
    late = {"corrected": {"t1": {"label": "2"}, "t2": {"label": "2"}}, "seen": "e0"}
    answer = call("POST", "/api/edits", json=late)
    assert answer.status_code == 409 and "t1" in answer.json()["detail"]
    assert call("GET", "/api/tasks/t1").json()["label"] == "1"
    assert call("POST", "/api/edits", json={**late, "seen": newest["id"]}).status_code == 200
    assert call("POST", "/api/edits", json={"deleted": ["t3"], "seen": "e0"}).status_code == 200
    assert call("POST", "/api/edits", json={**late, "seen": "yesterday"}).status_code == 404


def test_a_row_without_a_document_is_counted_and_cited_as_typed(call: Call) -> None:
    unit = {"name": "市体育局", "role": "lead"}
    values = {"text": "修缮体育馆屋顶。", "units": [unit], "extra": {"来源": "会议"}}
    call("POST", "/api/edits", json={"added": [{"values": values}]})
    answer = call("GET", "/api/ask?q=市体育局牵头的任务有哪些？").json()
    assert answer["items"] == ["修缮体育馆屋顶。"]
    (citation,) = answer["citations"]
    assert (citation["document_id"], citation["quote"], citation["note"]) == ("", "", "手工录入，没有原文")


def test_a_document_is_shown_compared_removed_and_restored(call: Call) -> None:
    call("POST", "/api/documents", **upload("方案.txt", PLAN.replace("6月底前", "8月底前").encode()))
    shown = call("GET", "/api/documents/d1").json()
    assert shown["current"] and len(shown["tasks"]) == 4
    earlier = call("GET", "/api/documents/d1?version=1").json()
    assert not earlier["current"] and "6月底前" in earlier["text"]
    assert call("GET", "/api/documents/d1/original?version=1").content == PLAN.encode()
    versions = call("GET", "/api/documents/d1/versions").json()
    assert [(item["version"], item["by"]) for item in versions] == [(2, "王明"), (1, "")]
    changes = call("GET", "/api/documents/d1/changes?before=1").json()
    assert changes["counts"]["changed"] == 1
    assert call("GET", "/api/documents/d1/changes/d1").json()["counts"]["same"] == 4
    assert call("DELETE", "/api/documents/d1").json()["removed"]
    assert call("GET", "/api/documents").json()["total"] == 0
    assert call("GET", "/api/documents?removed=true").json()["total"] == 1
    assert not call("POST", "/api/documents/d1/restore").json()["removed"]


def test_an_archive_becomes_a_job(call: Call) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("方案二.txt", PLAN)
    answer = call("POST", "/api/documents", **upload("两份.zip", target.getvalue()))
    assert answer.status_code == 202
    job = answer.json()["job"]
    assert (job["state"], job["by"]) == ("queued", "王明") and "arguments" not in job
    assert call("GET", f"/api/jobs/{job['id']}").json() == job
    assert call("POST", f"/api/jobs/{job['id']}/cancel").json()["state"] == "cancelled"
    assert call("POST", f"/api/jobs/{job['id']}/cancel").status_code == 400
    assert call("POST", "/api/jobs", json={"kind": "reextract"}).status_code == 202
    assert [item["kind"] for item in call("GET", "/api/jobs").json()] == ["reextract", "add_archive"]


def test_an_office_sets_itself_up(empty: Library) -> None:
    call = caller(empty)
    first = {"name": "王明", "role": "管理员", "password": PASSWORD}
    assert call("POST", "/api/accounts", json={**first, "role": "经办"}).status_code == 400
    assert call("POST", "/api/accounts", json=first).status_code == 201
    assert call("GET", "/api/accounts").status_code == 401
    entered = call("POST", "/api/session", json={"name": "王明", "password": PASSWORD})
    cookie = {"cookie": entered.headers["set-cookie"].partition(";")[0]}
    assert call("GET", "/api/session", headers=cookie).json() == {
        "name": "王明",
        "role": "管理员",
        "accounts": True,
    }
    second = {"name": "李华", "role": "经办", "password": PASSWORD}
    assert call("POST", "/api/accounts", json=second, headers=cookie).status_code == 201
    changed = call("PATCH", "/api/accounts/李华", json={"role": "只读", "locked": True}, headers=cookie)
    assert changed.json() == {"name": "李华", "role": "只读", "locked": True}
    assert call("DELETE", "/api/accounts/李华", headers=cookie).status_code == 204
    assert call("DELETE", "/api/accounts/王明", headers=cookie).status_code == 400
    token = call("POST", "/api/tokens", json={"name": "月报"}, headers=cookie).json()["token"]
    bearer = {"authorization": f"Bearer {token}"}
    (row,) = call("GET", "/api/tokens", headers=bearer).json()
    assert call("DELETE", f"/api/tokens/{row['id']}", headers=bearer).status_code == 204
    assert call("GET", "/api/tokens", headers=bearer).status_code == 401
    wrong = call("PUT", "/api/password", json={"old": "wrong-one", "new": "new-password"}, headers=cookie)
    assert wrong.status_code == 401


def test_settings_audit_and_copies(call: Call) -> None:
    settings = call("PUT", "/api/settings", json={"office_name": "督查室", "model_key": "sk-42"}).json()
    assert settings == call("GET", "/api/settings").json()
    assert (settings["office_name"], settings["model_key"]) == ("督查室", True)
    assert call("PUT", "/api/settings", json={"office_name": 1}).status_code == 400
    call("POST", "/api/edits", json={"corrected": {"t1": {"label": "=1+1"}}})
    page = call("GET", "/api/audit?action=row&day_from=2020-01-01").json()
    assert page["total"] == 1 and page["items"][0]["after"] == "=1+1"
    assert call("GET", "/api/audit?day_to=9999-12-31&day_from=0001-01-01").status_code == 200
    book = load_workbook(io.BytesIO(call("GET", "/api/audit/export").content))
    cells = [[cell.value for cell in row] for row in book.active.iter_rows()]
    assert "'=1+1" in cells[-1] and "sk-42" not in str(cells)
    text = call("GET", "/api/audit/export?format=csv").content.decode("utf-8-sig")
    assert "'=1+1" in text and text.startswith("编号,")
    made = call("POST", "/api/backups").json()
    assert [item["name"] for item in call("GET", "/api/backups").json()] == [made["name"]]


@pytest.mark.parametrize(
    ("model", "url"),
    [
        (models.ShownRecord, "/api/documents/d1"),
        (models.ComparisonRecord, "/api/documents/d1/changes/d1"),
        (models.SettingsRecord, "/api/settings"),
        (models.SessionRecord, "/api/session"),
        (models.AuditRecordPage, "/api/audit"),
    ],
)
def test_answers_are_what_the_description_says(call: Call, model: type[Record], url: str) -> None:
    answer: Any = model.model_validate(call("GET", url).json())
    assert not answer.model_extra or model is models.AuditRecordPage
