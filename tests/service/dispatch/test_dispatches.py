"""The whole round over a real library: out, back, stored, undone, chased; also over HTTP and by command."""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from corpus.errors import NotFoundError, UserError
from corpus.store.rows import TaskStatus
from corpus.store.store import Store
from service.background.course import Course, Mark
from service.cli.app import main
from service.intake.extraction import read
from service.library import Library
from tests.service.callers import caller
from tests.service.dispatch.builders import Sheet
from tests.service.texts import PLAN

DUE = date(2026, 11, 28)
WATER = "安澜市水利局"


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library with one plan, to be copied; it has no index, which no dispatch asks for."""
    folder = tmp_path_factory.mktemp("prepared")
    reading = read(PLAN.encode(), "方案.txt")
    with Store.open(folder) as store:
        store.add("方案.txt", PLAN.encode(), reading.document, reading.extraction)
    return folder


@pytest.fixture
def data(prepared: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(prepared, tmp_path / "data"))


@pytest.fixture
def library(data: Path) -> Iterator[Library]:
    with Library.open(data, workers=1) as opened:
        yield opened


@pytest.fixture(scope="module")
def standing_library(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """A library with a dispatch out, for tests that store nothing."""
    folder = tmp_path_factory.mktemp("standing") / "data"
    shutil.copytree(prepared, folder)
    with Library.open(folder, workers=1) as opened:
        opened.dispatches.make("2026年11月", DUE, "王芳")
        yield opened


@pytest.fixture
def sent(library: Library) -> str:
    return library.dispatches.make("2026年11月", DUE, "王芳").id


def sheet_for(library: Library, dispatch: str, unit: str = WATER) -> Sheet:
    sheets = library.dispatches.get(dispatch).sheets
    number = next(at for at, sheet in enumerate(sheets, start=1) if sheet.unit == unit)
    return Sheet(library.dispatches.sheet_file(dispatch, number, ".xlsx")[1])


def task_of(library: Library, words: str) -> str:
    return next(row.id for row in library.tasks().items if words in row.record["text"])


def test_all_units_with_open_rows_may_be_asked(library: Library) -> None:
    choice = library.dispatches.choice()
    found = {unit.share.unit: (unit.acting, unit.cooperating) for unit in choice.units}
    assert found[WATER] == (2, 1) and found["安澜市财政局"] == (1, 0)
    library.steps.set_status(task_of(library, "管护经费"), TaskStatus.DONE, "王芳")
    assert "安澜市财政局" not in {unit.share.unit for unit in library.dispatches.choice().units}


def test_a_dispatch_is_remembered_and_taken_back(library: Library, sent: str) -> None:
    library.dispatches.make("第二轮", DUE, "李华", ["市水利局"])
    second, first = library.dispatches.all()
    assert (first.by, first.period, first.due) == ("王芳", "2026年11月", DUE)
    assert [sheet.unit for sheet in second.sheets] == [WATER]
    library.dispatches.withdraw(second.id, "李华")
    assert [item.id for item in library.dispatches.all()] == [sent]
    for unit, period in (("市没有局", "2026年11月"), (WATER, " ")):
        with pytest.raises(UserError):
            library.dispatches.make(period, DUE, "王芳", [unit])
    with pytest.raises(NotFoundError):
        library.dispatches.sheet_file(sent, 99, ".xlsx")


def test_sheets_are_read_together_stored_told_twice_and_undone(library: Library, sent: str) -> None:
    sheet = sheet_for(library, sent)
    sheet.fill("清理河道垃圾", 进展情况="清运12处", 完成情况="60%", 填报人="李华", 电话="0900-1")
    sheet.fill("拆除违法建筑", 进展情况="已配合清点")
    bare = sheet_for(library, sent, "安澜市财政局").fill("资金保障", 进展情况="已拨付", 完成情况="已完成")
    files = [
        ("水利.xlsx", sheet.data()),
        ("坏.docx", b"PK\x03\x04"),
        ("财政.xlsx", bare.without_marks().data()),
    ]
    water, broken, money = library.dispatches.read(files, sent)
    assert broken.failed and not water.failed and money.unit == "安澜市财政局"
    first = task_of(library, "清理河道垃圾")
    assert library.task(first).percent is None, "nothing is stored before it is confirmed"
    (stored,) = library.dispatches.store(water, "王芳", date(2026, 11, 20))
    library.dispatches.store(money, "王芳")
    row = library.task(first)
    assert (row.status, row.percent) == (TaskStatus.IN_PROGRESS, 60)
    note = row.notes[-1]
    assert (note["text"], note["unit"], note["date"]) == ("清运12处", WATER, "2026-11-20")
    assert (note["officer"], note["phone"], note["by"]) == ("李华", "0900-1", "王芳")
    assert library.task(task_of(library, "管护经费")).status is TaskStatus.DONE
    assert "2026年11月调度：水利.xlsx" in {edit.note for edit in library.rows.edits(task=first)}
    (again,) = library.dispatches.read([("改了名.xlsx", sheet.data())], sent)
    assert "王芳" in again.repeated and not any(item.accepted for item in again.rows)
    assert {unit.unit for unit in library.dispatches.summary(sent).missing} & {WATER, "安澜市财政局"} == set()
    with pytest.raises(UserError):
        library.dispatches.withdraw(sent, "王芳")
    library.dispatches.undo(stored.id, "王芳")
    assert library.task(first).percent is None and library.task(first).notes == ()
    assert WATER in {unit.unit for unit in library.dispatches.summary(sent).missing}
    with pytest.raises(UserError):
        library.dispatches.undo(stored.id, "王芳")


def test_the_edit_of_a_sheet_may_be_undone_by_anybody_who_undoes_edits(library: Library, sent: str) -> None:
    sheet = sheet_for(library, sent).fill("清理河道垃圾", 进展情况="清运12处")
    (read,) = library.dispatches.read([("水利.xlsx", sheet.data())])
    (stored,) = library.dispatches.store(read, "王芳")
    undone = library.rows.undo(stored.edit, "李华")
    assert WATER in {unit.unit for unit in library.dispatches.summary(sent).missing}
    library.rows.undo(undone.id, "李华")
    assert WATER not in {unit.unit for unit in library.dispatches.summary(sent).missing}


def test_it_is_told_how_many_sheets_are_made(standing_library: Library) -> None:
    (made,) = standing_library.dispatches.all()
    course = Course()
    name, _ = standing_library.dispatches.archive_file(made.id, course)
    assert name.endswith(".zip")
    assert course.mark == Mark(done=len(made.sheets), total=len(made.sheets))


def test_two_files_of_the_same_words_and_an_archive_of_sheets(standing_library: Library) -> None:
    sheet = sheet_for(standing_library, "s1").fill("清理河道垃圾", 进展情况="清运12处")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("甲.xlsx", sheet.data())
        archive.writestr("乙.xlsx", sheet.data())
    one, two = standing_library.dispatches.read([("回表.zip", packed.getvalue())], "s1")
    assert not one.repeated and "内容相同" in two.repeated
    assert one.file == "回表.zip/甲.xlsx"


def test_what_cannot_be_stored_is_refused(standing_library: Library) -> None:
    empty, broken = standing_library.dispatches.read(
        [("空.xlsx", sheet_for(standing_library, "s1").data()), ("坏.xlsx", b"PK")], "s1"
    )
    for sheet in (empty, broken):
        with pytest.raises(UserError):
            standing_library.dispatches.store(sheet, "王芳")


def test_two_rows_of_one_task_are_not_both_stored(standing_library: Library) -> None:
    sheet = sheet_for(standing_library, "s1")
    sheet.fill("清理河道垃圾", 进展情况="清运12处").fill("水管家", 进展情况="已上线")
    (read,) = standing_library.dispatches.read([("水利.xlsx", sheet.data())], "s1")
    one, two = read.rows
    with pytest.raises(UserError, match="同一项任务"):
        standing_library.dispatches.store(replace(read, rows=(one, replace(two, task=one.task))), "王芳")
    with pytest.raises(UserError, match="还没有选定"):
        standing_library.dispatches.store(replace(read, rows=(one, replace(two, task=None))), "王芳")


def test_a_row_that_was_deleted_meanwhile_is_told(library: Library, sent: str) -> None:
    sheet = sheet_for(library, sent).fill("清理河道垃圾", 进展情况="清运12处")
    library.rows.delete([task_of(library, "清理河道垃圾")], "王芳")
    (read,) = library.dispatches.read([("水利.xlsx", sheet.data())], sent)
    assert read.rows[0].task is None and "这项任务已不在台账中" in read.rows[0].warnings


def test_over_http(library: Library) -> None:
    call = caller(library)
    units = call("GET", "/api/dispatches/units").json()["units"]
    assert WATER in {unit["unit"] for unit in units}
    body = {"period": "2026年11月", "due": "2026-11-28", "units": [WATER]}
    made = call("POST", "/api/dispatches", json=body).json()
    assert made["id"] == "s1" and "word" not in made
    assert [item["id"] for item in call("GET", "/api/dispatches").json()] == ["s1"]
    data = call("GET", "/api/dispatches/s1/sheets/1?format=xlsx").content
    assert call("GET", "/api/dispatches/s1/sheets").content.startswith(b"PK")
    filled = Sheet(data).fill("清理河道垃圾", 进展情况="清运12处", 完成情况="60%").data()
    files = [("files", ("水利.xlsx", filled)), ("files", ("坏.xlsx", b"PK"))]
    good, bad = call("POST", "/api/dispatches/read?dispatch=s1", files=files).json()
    assert bad["failed"] and good["rows"][0]["after"]["percent"] == 60
    assert call("POST", "/api/dispatches/read?dispatch=s9", files=files).status_code == 404
    assert call("POST", "/api/dispatches/returns", json={"sheet": bad}).status_code == 400
    stranger = {**good, "rows": [{**good["rows"][0], "unit": "别的局"}]}
    assert call("POST", "/api/dispatches/returns", json={"sheet": stranger}).status_code == 400
    (stored,) = call("POST", "/api/dispatches/returns", json={"sheet": good}).json()
    assert stored["rows"] == 1
    standing = call("GET", "/api/dispatches/s1").json()
    assert standing["units"][0]["returns"][0]["id"] == stored["id"]
    assert call("GET", "/api/dispatches/s1/reminders").json() == []
    assert call("GET", "/api/dispatches/s1/notice").status_code == 400
    for part in (
        "monthly?format=docx",
        "monthly?format=xlsx",
        "bulletin?format=docx",
        "bulletin?format=xlsx",
    ):
        assert call("GET", f"/api/dispatches/s1/{part}").content.startswith(b"PK")
    assert call("POST", f"/api/dispatches/returns/{stored['id']}/undo").json()["undone"]
    assert call("GET", "/api/dispatches/s1/notice").content.startswith(b"PK")
    assert call("DELETE", "/api/dispatches/s1").json()["withdrawn"]
    assert call("GET", "/api/dispatches/s9").status_code == 404


def run(capsys: pytest.CaptureFixture[str], data: Path, *words: str) -> str:
    with pytest.raises(SystemExit) as ended:
        main(["dispatch", *words, "--data", str(data)])
    told = capsys.readouterr()
    assert ended.value.code == 0, told.err
    return told.out


def test_from_the_command_line(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    packed, back, notice = (tmp_path / name for name in ("发出.zip", "回表.xlsx", "催办.docx"))
    month = ["--period", "2026年11月", "--due", "2026-11-28"]
    made = run(capsys, data, "make", *month, "--unit", "市水利局", "-o", str(packed), "--json")
    assert json.loads(made)["id"] == "s1" and "s1" in run(capsys, data, "list")
    with zipfile.ZipFile(packed) as archive:
        name = next(name for name in archive.namelist() if name.endswith(".xlsx"))
        back.write_bytes(
            Sheet(archive.read(name)).fill("清理河道", 进展情况="清运12处", 完成情况="60%").data()
        )
    told = run(capsys, data, "read", str(back), "--store")
    assert "已存入 1 行" in told and "清运12处" in told
    run(capsys, data, "undo", "1")
    assert "应报 1 个单位，未报 1 个" in run(capsys, data, "missing", "s1", "-o", str(notice))
    assert notice.read_bytes().startswith(b"PK")
    run(capsys, data, "withdraw", "s1")
    assert "s1" not in run(capsys, data, "list", "--json")


def test_the_file_says_what_is_written(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["dispatch", "bulletin", "s1", "-o", "通报.pdf", "--data", str(data)])
    assert ended.value.code == 2 and ".docx" in capsys.readouterr().err
