"""单位名录: what users call their units reaches the workers; changes are kept, told and taken back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpus.errors import NotFoundError, UserError
from corpus.registry.own_units import OwnUnit
from service.cli.app import main
from service.intake.extraction import Reading
from service.library import Library
from service.user_tables.units import UnitBook
from tests.service.callers import Call, caller

PLAN = (
    "安澜市河道整治实施方案\n一、重点任务\n"
    "1.清理河道内的违法建筑，恢复河道行洪能力。（责任单位：港务集团）\n安澜市人民政府\n2024年3月1日\n"
)
PORT = OwnUnit("安澜市栖霞港务集团有限公司", ("港务集团",))
SIX = OwnUnit("六城区", ("城六区", "主城六区"), group=True, note="按市里的口径")
WATER = OwnUnit("安澜市水务集团", ("水务集团",))
BY = "王明"


@pytest.fixture
def book(empty: Library) -> UnitBook:
    """A table of two units."""
    empty.units.replace([PORT, SIX], BY)
    return empty.units


@pytest.fixture
def call(empty: Library) -> Call:
    return caller(empty)


def full_names(library: Library) -> list[str | None]:
    reading = library.extract_upload("方案.txt", PLAN.encode())
    assert isinstance(reading, Reading)
    return [unit.canonical for task in reading.extraction.tasks for unit in task.units]


def test_names_that_users_add_reach_the_workers_at_once(empty: Library) -> None:
    assert full_names(empty) == [None]
    empty.units.put(PORT, BY)
    assert empty.units.all() == (PORT,)
    assert full_names(empty) == ["安澜市栖霞港务集团有限公司"]


def test_a_table_that_was_damaged_meanwhile_stops_no_reading(empty: Library) -> None:
    empty.units.put(PORT, BY)
    empty.place.units_file.write_text("全称\t别名\t类别\n港务集团\t\t什么\n", encoding="utf-8")
    assert full_names(empty)
    with pytest.raises(UserError, match="第 2 行"):
        empty.units.all()


def test_each_unit_that_changed_is_remembered_with_who_before_and_after(
    book: UnitBook, empty: Library
) -> None:
    book.replace([OwnUnit(SIX.name, ("城六区",), group=True), WATER], "李华")
    facts = {entry.fact.subject: entry for entry in empty.audit.page().items if entry.by == "李华"}
    told = {name: (entry.fact.before, entry.fact.after) for name, entry in facts.items()}
    assert told == {
        "安澜市栖霞港务集团有限公司": ("港务集团；单位", None),
        "六城区": ("城六区、主城六区；组；按市里的口径", "城六区；组"),
        "安澜市水务集团": (None, "水务集团；单位"),
    }
    assert {entry.fact.action for entry in facts.values()} == {"units.change"}


def test_two_people_at_different_rows_do_not_overwrite_each_other(book: UnitBook) -> None:
    renamed = OwnUnit("栖霞港务集团", PORT.aliases)
    book.put(renamed, BY, instead_of=PORT)
    book.put(OwnUnit(SIX.name, ("六区",), group=True), "李华", instead_of=SIX)
    assert book.all() == (renamed, OwnUnit(SIX.name, ("六区",), group=True))


def test_a_row_that_another_changed_meanwhile_is_not_overwritten(book: UnitBook) -> None:
    book.put(OwnUnit(PORT.name, ("港集团",)), BY, instead_of=PORT)
    for change in (lambda: book.put(WATER, "李华", instead_of=PORT), lambda: book.drop(PORT, "李华")):
        with pytest.raises(UserError, match="刚被别人改过"):
            change()
    assert [unit.name for unit in book.all()] == [PORT.name, SIX.name]


@pytest.mark.parametrize(
    "units",
    [
        (PORT, SIX, WATER),
        (SIX,),
        (WATER,),
        (OwnUnit("栖霞港务", ("港务集团",)), SIX),
        (PORT, OwnUnit(SIX.name, ("六区",))),
        (),
    ],
)
def test_any_step_can_be_taken_back(book: UnitBook, units: tuple[OwnUnit, ...]) -> None:
    step = book.replace(units, BY)
    book.undo(step, BY)
    assert book.all() == (PORT, SIX)


def test_what_others_did_meanwhile_stays_when_a_step_is_taken_back(book: UnitBook) -> None:
    mine = book.drop(PORT, BY)
    book.put(WATER, "李华")
    book.undo(mine, BY)
    assert book.all() == (PORT, SIX, WATER)
    changed = book.put(OwnUnit(PORT.name, ("港集团",)), BY)
    book.put(OwnUnit(PORT.name, ("港集团", "港务")), "李华")
    with pytest.raises(UserError, match="不能撤销"):
        book.undo(changed, BY)


def test_lines_of_a_spreadsheet_add_and_change_and_leave_what_they_lack(book: UnitBook) -> None:
    step = book.take_in("全称\t别名\n六城区\t六区\n安澜市水务集团\t水务集团\n", BY)
    assert book.all() == (PORT, OwnUnit("六城区", ("六区",), True, SIX.note), WATER)
    assert [len(step.before), len(step.after)] == [1, 2]
    assert book.take_in(book.text(), BY).after == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "没有读到单位"),
        ("# 说明\n", "没有读到单位"),
        ("甲局\t\t别的\n", "第 1 行"),
        ("乙局\t港务集团", "同时属于"),
    ],
)
def test_lines_that_cannot_be_units_change_nothing(book: UnitBook, text: str, said: str) -> None:
    with pytest.raises(UserError, match=said):
        book.take_in(text, BY)
    assert book.all() == (PORT, SIX)


def test_a_change_that_cannot_be_stored_is_not_remembered(book: UnitBook, empty: Library) -> None:
    before = empty.audit.page().total
    with pytest.raises(UserError, match="同时属于"):
        book.put(OwnUnit("乙局", ("港务集团",)), BY)
    assert empty.audit.page().total == before


def test_over_http(call: Call) -> None:
    body = {"name": "六城区", "aliases": ["城六区"], "group": True, "note": "按市里的口径"}
    assert call("PUT", "/api/units", json=body).json()["items"] == [body]
    assert call("GET", "/api/units").json()["items"] == [body]
    assert "六城区\t城六区\t组" in call("GET", "/api/units/file").text
    assert call("GET", "/api/units/meaning?name=城六区").json()["group"] is True
    assert call("POST", "/api/units/lines", json={"text": "安澜市水务集团\t水务集团"}).json()["items"][1:]
    assert call("GET", "/api/units/meaning?name=水务集团").json()["canonical"] == "安澜市水务集团"
    renamed = {"name": "主城区", "aliases": ["城六区"], "instead_of": "六城区"}
    assert call("PUT", "/api/units", json=renamed).json()["items"][0]["name"] == "主城区"
    assert call("PUT", "/api/units", json=renamed).status_code == 404
    assert len(call("DELETE", "/api/units?name=主城区").json()["items"]) == 1
    assert call("DELETE", "/api/units?name=主城区").status_code == 404
    assert call("PUT", "/api/units", json={"name": "全称"}).status_code == 400


@pytest.mark.parametrize(
    "body",
    [
        {"name": "甲局", "note": "一\u2028二"},
        {"name": "甲\x0b局"},
        {"name": "# 甲局"},
    ],
)
def test_what_the_file_could_not_hold_is_refused(call: Call, body: dict[str, object]) -> None:
    assert call("PUT", "/api/units", json=body).status_code == 400
    assert call("GET", "/api/units").json()["items"] == []


def test_from_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data, table = tmp_path / "data", tmp_path / "单位.tsv"
    table.write_text("安澜市水务集团\t水务集团\n", "gbk")
    Library.open(data).close()

    def run(*arguments: object) -> str:
        with pytest.raises(SystemExit):
            main([*map(str, arguments), "--data", str(data)])
        return capsys.readouterr().out

    assert "已保存：六城区" in run("units", "add", "六城区", "城六区", "--group")
    assert "改动 1 个" in run("units", "import", table)
    assert "安澜市水务集团" in run("units", "try", "水务集团")
    assert "泛指" in run("units", "try", "城六区")
    assert "已保存" in run("units", "add", "主城区", "城六区", "--instead-of", "六城区")
    assert [unit["name"] for unit in json.loads(run("units", "list", "--json"))] == [
        "主城区",
        "安澜市水务集团",
    ]
    assert "已删去" in run("units", "remove", "主城区")
    assert "水务集团" in run("units", "list")
    with Library.open(data) as library, pytest.raises(NotFoundError):
        library.units.remove("主城区", BY)
