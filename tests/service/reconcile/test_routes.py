"""对账 over HTTP and on the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter

from service.api.models.office import EditRecord
from service.api.models.reconcile import (
    CaseRecord,
    ConflictPage,
    ProposalRecord,
    ReconciliationRecord,
    UnitLoadRecord,
)
from service.cli import main
from service.library import Library
from tests.service.callers import Call, caller
from tests.service.test_api import unknown_keys


@pytest.fixture(scope="module")
def call(rivers: Library) -> Call:
    return caller(rivers)


@pytest.mark.parametrize(
    ("model", "url"),
    [
        (ReconciliationRecord, "/api/reconcile?report=d2"),
        (ConflictPage, "/api/conflicts"),
        (list[ProposalRecord], "/api/reconcile/proposals?report=d2&plan=d1&least=0.6"),
        (list[UnitLoadRecord], "/api/workload"),
        (list[CaseRecord], "/api/cases?text=污水处理站停运"),
    ],
)
def test_answers_are_what_the_description_says(call: Call, model: Any, url: str) -> None:
    answer = call("GET", url)
    assert answer.status_code == 200
    found = TypeAdapter(model).validate_python(answer.json())
    items = found if isinstance(found, list) else [found]
    assert items
    assert [key for item in items for key in unknown_keys(item)] == []


@pytest.mark.parametrize(
    ("url", "status"),
    [
        ("/api/reconcile?report=d99", 404),
        ("/api/reconcile?report=d2&plan=d99", 404),
        ("/api/conflicts?document=d99", 404),
        ("/api/cases", 400),
        ("/api/cases?task=t9999", 404),
        ("/api/reconcile/file?report=d2&format=pdf", 422),
    ],
)
def test_errors_are_told(call: Call, url: str, status: int) -> None:
    assert call("GET", url).status_code == status


@pytest.mark.parametrize("form", ["xlsx", "docx"])
def test_the_result_is_downloaded(call: Call, form: str) -> None:
    answer = call("GET", f"/api/reconcile/file?report=d2&plan=d1&format={form}")
    assert answer.content.startswith(b"PK")
    assert answer.headers["content-disposition"].endswith(f".{form}")


def test_accepting_over_http_is_one_edit(call: Call) -> None:
    edit = EditRecord.model_validate(
        call("POST", "/api/reconcile/accept", json={"report": "d2", "plan": "d1", "tasks": ["t1"]}).json()
    )
    assert call("GET", "/api/tasks/t1").json()["status"] == "done"
    assert call("POST", f"/api/edits/{edit.id}/undo").status_code == 200
    assert call("GET", "/api/tasks/t1").json()["status"] == "not_started"
    refused = call("POST", "/api/reconcile/accept", json={"report": "d2", "plan": "d1", "tasks": []})
    assert refused.status_code == 400


def run(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    out = capsys.readouterr().out
    assert ended.value.code == 0
    return out


def test_two_files_on_the_command_line(
    plan_file: Path, report_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "结果.xlsx"
    line = ["reconcile", str(report_file), "--plan", str(plan_file), "--json", "-o", str(out)]
    record = json.loads(run(line, capsys))
    assert [task["label"] for task in record["unmentioned"]] == ["（六）"]
    assert out.read_bytes().startswith(b"PK")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["reconcile", "d2"], "未提到 1 项"),
        (["conflicts"], "可能冲突"),
        (["workload"], "未完成"),
        (["cases", "--text", "污水处理站停运"], "同类问题"),
    ],
)
def test_commands_over_the_library(
    rivers: Library, arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert words in run([*arguments, "--data", str(rivers.place.folder)], capsys)


def test_accepting_on_the_command_line(
    rivers: Library, report_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    more = ["--plan", "d1", "--data", str(rivers.place.folder), "--accept", "0.7"]
    with pytest.raises(SystemExit) as ended:
        main(["reconcile", str(report_file), *more])
    assert ended.value.code != 0  # a report that is not in the library is no source
    record = json.loads(run(["reconcile", "d2", *more, "--json"], capsys))
    assert rivers.task("t1").status.value == "done"
    rivers.rows.undo(record["edit"], "王芳")
