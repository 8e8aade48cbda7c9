"""督办 over HTTP: steps, pasted rows, files, views, filters and columns, and who may do what."""

from __future__ import annotations

from datetime import date

import pytest

from service.accounts import Role
from service.api.guard import SESSION_COOKIE
from service.api.models.record import Record
from service.api.models.supervision import FilterRecord, TrendRecord, ViewRecord
from service.library import Library
from tests.service.callers import Call, caller, upload

NAMED = {"cookie": "taizhang_name=%E7%8E%8B%E6%98%8E"}
PASSWORD = "河道整治-2026"
JOHN = "taizhang_name=%E6%9D%8E%E5%8D%8E"


@pytest.fixture
def call(office: Library) -> Call:
    """Requests of 王明, who has no account."""
    plain = caller(office)
    return lambda method, url, **more: plain(method, url, **{"headers": NAMED, **more})


def post(call: Call, step: str, **body: object) -> dict[str, object]:
    answer = call("POST", f"/api/steps/{step}", json={"tasks": ["t1"], **body})
    assert answer.status_code == 200, answer.text
    found: dict[str, object] = answer.json()
    return found


def row(call: Call, task: str = "t1") -> dict[str, object]:
    found: dict[str, object] = call("GET", f"/api/tasks/{task}").json()
    return found


def test_the_whole_life_of_a_row(call: Call) -> None:
    reports = {"t1": {"text": "完成一半", "percent": 50, "date": "2026-05-01"}, "t3": {"text": "坚持巡查"}}
    edit = call("POST", "/api/steps/report", json={"reports": reports, "note": "五月调度"}).json()
    assert (edit["kind"], edit["changed"], edit["by"]) == ("report", ["t1", "t3"], "王明")
    post(call, "extend", to="2026-09-30", reason="汛期", approver="张副市长")
    post(call, "hand-over", to=["市住建局"], reason="机构调整")
    post(call, "mark", marks=["重点"])
    post(call, "enter", entry={"origin": "批示", "assigned_on": "2026-01-05"})
    post(call, "apply-closing", evidence="验收单", on="2026-09-20")
    found = row(call)
    assert (found["status"], found["due"], found["first_due"]) == ("done", "2026-09-30", "2026-06-30")
    headers = {"headers": {"cookie": JOHN}}
    body = {"tasks": ["t1"], "accepted": True, "on": "2026-09-21"}
    assert call("POST", "/api/steps/review-closing", json=body).status_code == 400, "the applicant may not"
    assert call("POST", "/api/steps/review-closing", json=body, **headers).status_code == 200
    assert call("GET", "/api/steps/recheck/draw?count=3&seed=1").json() == ["t1"]
    post(call, "recheck", good=False, finding="又淤了")
    post(call, "end", reason="并入专项工程")
    post(call, "reopen", reason="专项工程取消")
    assert row(call)["status"] == "in_progress"
    undone = call("POST", f"/api/edits/{call('GET', '/api/edits').json()[0]['id']}/undo")
    assert undone.status_code == 200 and row(call)["status"] == "cancelled"
    words = [entry["words"] for entry in call("GET", "/api/tasks/t1/history").json()]
    assert "延期至 2026-09-30（原为 2026-06-30）；理由：汛期；批准人：张副市长" in words
    assert any(text.startswith("李华 2026-09-21 同意销号") for text in words)


@pytest.mark.parametrize(
    ("step", "body"),
    [
        ("extend", {"to": "2026-13-01", "reason": "汛期", "approver": "张"}),
        ("mark", {"marks": ["特急"]}),
        ("status", {"status": "closed"}),
        ("apply-closing", {}),
        ("own", {"values": {"没有的": "1"}}),
        ("end", {"reason": " "}),
    ],
)
def test_what_cannot_be_is_told(call: Call, step: str, body: dict[str, object]) -> None:
    answer = call("POST", f"/api/steps/{step}", json={"tasks": ["t1"], **body})
    assert answer.status_code in (400, 422) and answer.json()["detail"]


def test_a_copied_table_becomes_rows_or_nothing_does(call: Call) -> None:
    head = "任务\t牵头单位\t完成时限\t来源\t交办日期"
    clip = f"{head}\n修路。\t市交通局\t2026年8月底前\t会议\t2026年1月5日\n种树。"
    edit = call("POST", "/api/tasks/paste", json={"clip": clip, "entry": {"assigned_by": "张副市长"}}).json()
    first, second = (row(call, name) for name in edit["added"])
    assert (first["due"], first["units"][0]["role"]) == ("2026-08-31", "lead")  # type: ignore[index]
    assert first["entry"]["origin"] == "会议" and first["entry"]["assigned_on"] == "2026-01-05"  # type: ignore[index]
    assert second["entry"]["assigned_by"] == "张副市长"  # type: ignore[index]
    wrong = clip.replace("2026年1月5日", "昨天")
    answer = call("POST", "/api/tasks/paste", json={"clip": wrong})
    assert answer.status_code == 400 and "第 1 行" in answer.json()["detail"]
    assert call("GET", "/api/tasks").json()["total"] == 5


def test_new_rows_and_changes_bring_what_is_kept(call: Call) -> None:
    kept = {"entry": {"origin": "来电"}, "marks": ["紧急"], "percent": 5}
    body = {"added": [{"values": {"text": "答复来电。"}, "kept": kept}], "kept": {"t1": {"percent": 20}}}
    (name,) = call("POST", "/api/edits", json=body).json()["added"]
    assert (row(call, name)["marks"], row(call)["percent"]) == (["紧急"], 20)
    assert call("GET", "/api/tasks?mark=紧急&origin=来电").json()["total"] == 1


def test_files_come_back_as_they_were_and_never_as_a_page(call: Call) -> None:
    data = b"<script>alert(1)</script>"
    assert call("POST", "/api/tasks/t1/attachments", **upload("../照片 1.html", data)).status_code == 200
    (item,) = row(call)["attachments"]  # type: ignore[misc]
    url = f"/api/tasks/t1/attachments/{item['id']}"
    answer = call("GET", url)
    assert answer.content == data and answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["x-content-type-options"] == "nosniff"
    disposition = answer.headers["content-disposition"]
    assert disposition == "attachment; filename*=UTF-8''%E7%85%A7%E7%89%87%201.html"
    assert call("DELETE", url).status_code == 200
    assert call("GET", url).status_code == 404


def unknown(record: Record) -> dict[str, object]:
    return record.model_extra or {}


def test_views_calendar_and_trend(call: Call) -> None:
    for name in ("unit", "month", "document", "leader", "origin", "workload"):
        found = call("GET", f"/api/views/{name}").json()
        assert not unknown(ViewRecord.model_validate(found)) and found["total"]["total"] == 3
    (unit,) = call("GET", "/api/views/unit").json()["items"]
    assert (unit["key"], unit["total"], unit["statuses"]) == ("市水利局", 3, {"not_started": 3})
    assert call("GET", "/api/views/no").status_code == 422
    days = call("GET", "/api/calendar?first=2026-06-01&last=2026-06-30").json()
    assert [(day["day"], day["entries"][0]["kind"]) for day in days] == [
        ("2026-06-25", "period"),
        ("2026-06-30", "due"),
    ]
    points = call("GET", "/api/trend?first=2026-06-29&last=2026-07-02&step=1").json()
    assert [TrendRecord.model_validate(point).overdue for point in points] == [0, 0, 1, 1]
    assert call("GET", "/api/trend?first=2026-07-02&last=2026-06-29").status_code == 400


def test_filters_are_ones_own_and_columns_the_office_s(call: Call, office: Library) -> None:
    query = {"unit": "水利局", "colour": "red"}
    assert call("PUT", "/api/filters/水利局逾期", json={"query": query}).json()["query"] == query
    mine = [FilterRecord.model_validate(item).name for item in call("GET", "/api/filters").json()]
    assert mine == ["水利局逾期"]
    assert call("PUT", "/api/filters/错", json={"query": {"unti": "水利局"}}).status_code == 400
    assert call("GET", "/api/filters", headers={"cookie": JOHN}).json() == []
    assert call("DELETE", "/api/filters/水利局逾期").status_code == 204
    assert call("DELETE", "/api/filters/水利局逾期").status_code == 404
    columns = [{"name": "类别", "kind": "choice", "choices": ["民生", "产业"]}]
    assert call("PUT", "/api/columns", json=columns).json() == columns
    post(call, "own", values={"类别": "民生"})
    assert row(call)["own"] == {"类别": "民生"}
    assert call("PUT", "/api/columns", json=[{"name": "类别", "kind": "choice"}]).status_code == 400


def test_with_accounts_nobody_reviews_under_another_name(office: Library) -> None:
    names = {"王明": Role.ADMINISTRATOR, "李华": Role.STAFF, "赵敏": Role.READER}
    for name, role in names.items():
        office.accounts.add(name, role, PASSWORD)
    keys = {name: f"{SESSION_COOKIE}={office.accounts.log_in(name, PASSWORD)}" for name in names}
    call = caller(office)

    def send(name: str, step: str, **body: object) -> int:
        headers = {"cookie": keys[name]}
        return call("POST", f"/api/steps/{step}", headers=headers, json={"tasks": ["t1"], **body}).status_code

    assert send("赵敏", "apply-closing", evidence="验收单") == 403
    assert send("李华", "apply-closing", evidence="验收单", applicant="市水利局") == 200
    assert send("李华", "review-closing", accepted=True, reviewer="王明") == 400
    assert send("王明", "review-closing", accepted=True, reviewer="别人") == 200
    closing = office.task("t1").closing
    assert closing is not None and (closing["applicant"], closing["reviewer"]) == ("市水利局", "王明")
    assert closing["reviewed_on"] == office.today().isoformat() >= date(2026, 1, 1).isoformat()
