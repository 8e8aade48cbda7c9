"""Ledgers as files on the command line and over HTTP: out, back, as gold, and what is due."""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from service.library import Library
from tests.service.callers import Call, caller, upload
from tests.service.test_cli import run

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def folder(data: Path, tmp_path: Path) -> Path:
    """The folder of a library with a plan of four tasks and a notice."""
    return Path(shutil.copytree(data, tmp_path / "data"))


@pytest.fixture
def library(folder: Path) -> Iterator[Library]:
    with Library.open(folder, workers=1) as opened:
        yield opened


@pytest.fixture
def call(library: Library) -> Call:
    return caller(library)


def corrected(data: bytes) -> bytes:
    """Return the workbook after a person typed a state and a unit into its first rows."""
    book = load_workbook(io.BytesIO(data))
    sheet = book.worksheets[0]
    heads = [cell.value for cell in sheet[3]]
    sheet.cell(4, heads.index("状态") + 1).value = "进行中"
    sheet.cell(5, heads.index("牵头单位") + 1).value = "市河长办"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_a_workbook_goes_round_on_the_command_line(capsys: Capture, folder: Path, tmp_path: Path) -> None:
    book = tmp_path / "台账.xlsx"
    code, _, err = run(capsys, "ledger", "export", "-o", book, "--data", folder)
    assert (code, "4 项任务" in err) == (0, True)
    book.write_bytes(corrected(book.read_bytes()))
    code, out, _ = run(capsys, "ledger", "compare", book, "--data", folder)
    assert code == 0 and "改动 2 行" in out and "状态：未启动 → 进行中" in out
    code, out, _ = run(capsys, "ledger", "store", book, "--data", folder, "--row", "t1", "--json")
    assert code == 0 and json.loads(out)["edit"]["changed"] == ["t1"]
    code, out, _ = run(capsys, "ledger", "store", book, "--data", folder)
    assert code == 0 and "已存入 1 行" in out
    code, _, err = run(capsys, "ledger", "store", book, "--data", folder)
    assert code == 2 and "没有可以存入的改动" in err


def test_the_public_edition_names_nobody(capsys: Capture, folder: Path, tmp_path: Path) -> None:
    with Library.open(folder, workers=1) as library:
        library.rows.correct(
            "t1",
            {"persons": [{"name": "王小明", "post": "局长"}], "text": "清理垃圾，联系王小明 13800001111。"},
            "李华",
        )
    for suffix in (".xlsx", ".docx", ".csv", ".json"):
        path = tmp_path / f"公开{suffix}"
        assert run(capsys, "ledger", "export", "-o", path, "--public", "--data", folder)[0] == 0
        words = words_of(path)
        assert "清理垃圾，联系××× ×××。" in words
        assert not any(secret in words for secret in ("王小明", "13800001111", "局长"))


def words_of(path: Path) -> str:
    """Return everything that a file says, hidden or not."""
    if path.suffix == ".docx":
        return "\n".join(
            cell.text for table in Document(str(path)).tables for row in table.rows for cell in row.cells
        )
    if path.suffix != ".xlsx":
        return path.read_text("utf-8-sig")
    sheets = load_workbook(path).worksheets
    assert "taizhang" not in [sheet.title for sheet in sheets]
    return "\n".join(str(cell.value) for sheet in sheets for row in sheet.iter_rows() for cell in row)


def test_gold_summary_and_calendar_are_written(capsys: Capture, folder: Path, tmp_path: Path) -> None:
    gold, page, days = tmp_path / "gold", tmp_path / "一页纸.docx", tmp_path / "到期.ics"
    assert run(capsys, "ledger", "gold", "-o", gold, "--data", folder)[0] == 0
    assert len(list((gold / "gold").glob("*.json"))) == len(list((gold / "files").iterdir())) == 1
    assert run(capsys, "ledger", "summary", "-o", page, "--data", folder)[0] == 0
    assert Document(str(page)).tables
    code, out, _ = run(capsys, "ledger", "summary", "--data", folder, "--json")
    assert code == 0 and json.loads(out)["counts"]["任务"] == 4
    assert run(capsys, "ledger", "calendar", "-o", days, "--data", folder)[0] == 0
    assert days.read_bytes().count(b"BEGIN:VEVENT") == 3
    code, _, err = run(capsys, "ledger", "calendar", "-o", tmp_path / "到期.txt", "--data", folder)
    assert code == 2 and ".ics" in err
    code, _, err = run(capsys, "ledger", "mail", "--data", folder)
    assert code == 2 and "还没有设置" in err


def test_a_workbook_goes_round_over_http(call: Call) -> None:
    answer = call("GET", "/api/ledger/export?unit=水利局&title=水利任务")
    assert "filename*=UTF-8''%E6%B0%B4" in answer.headers["Content-Disposition"]
    back = upload("台账.xlsx", corrected(answer.content))
    found = call("POST", "/api/ledger/differences", **back).json()
    assert found["counts"] == {"changed": 2, "added": 0, "dropped": 0, "same": 1}
    assert found["rows"][0]["cells"][0]["after"] == "进行中"
    other = call("POST", "/api/ledger/store", **back, data={"mark": "00000000"})
    assert other.status_code == 400 and "重新查看差异" in other.json()["detail"]
    stored = call("POST", "/api/ledger/store", **back, data={"mark": found["mark"], "rows": ["t1"]})
    assert stored.json()["changed"] == ["t1"]
    assert call("GET", "/api/tasks/t1").json()["status"] == "in_progress"
    assert call("POST", f"/api/edits/{stored.json()['id']}/undo").status_code == 200
    assert call("GET", "/api/tasks/t1").json()["status"] == "not_started"


def test_the_other_files_over_http(call: Call) -> None:
    archive = zipfile.ZipFile(io.BytesIO(call("GET", "/api/ledger/gold?document=d1&document=d2").content))
    assert {name.split("/")[0] for name in archive.namelist()} == {"docs", "gold", "files", "files.tsv"}
    assert call("GET", "/api/ledger/summary").json()["counts"]["任务"] == 4
    assert call("GET", "/api/ledger/summary/docx").content.startswith(b"PK")
    days = call("GET", "/api/ledger/calendar?unit=财政局")
    assert days.headers["Content-Type"].startswith("text/calendar") and b"VEVENT" not in days.content
    assert call("POST", "/api/ledger/mail").status_code == 400
    assert call("POST", "/api/ledger/differences", **upload("a.xlsx", b"PK")).status_code in (400, 422)
