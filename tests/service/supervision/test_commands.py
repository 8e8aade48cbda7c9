"""督办 on the command line, from a row entered by hand to the relapse that opens it again."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from service.cli.app import main

TABLE = """任务\t牵头单位\t完成时限\t来源
修路。\t市交通局\t2026年8月底前\t会议
种树。\t市林业局\t长期坚持\t来电
"""


class Office:
    """The command line over one library; every command in the name of 王明 unless told otherwise."""

    def __init__(self, data: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.data = data
        self._capsys = capsys

    def run(self, *arguments: object) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main([*map(str, arguments), "--data", str(self.data)])
        shown = self._capsys.readouterr()
        assert isinstance(ended.value.code, int)
        return ended.value.code, shown.out, shown.err

    def json(self, *arguments: object) -> Any:
        code, out, err = self.run(*arguments, "--json")
        assert code == 0, err
        return json.loads(out)

    def row(self, task: str = "t1") -> dict[str, Any]:
        rows = self.json("tasks")["items"]
        found: dict[str, Any] = next(row for row in rows if row["id"] == task)
        return found


@pytest.fixture(scope="module")
def with_a_row(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a library with one row: due on 2026-06-30, from a 批示, urgent."""
    data = tmp_path_factory.mktemp("office") / "data"
    given = ("--lead", "市水利局", "--due", "2026年6月底前", "--mark", "紧急", "--origin", "批示")
    assigned = ("--assigned-by", "张副市长", "--assigned-on", "2026-01-05")
    with pytest.raises(SystemExit) as ended:
        main(["row", "new", "疏浚河道。", *given, *assigned, "--by", "王明", "--data", str(data)])
    assert ended.value.code == 0
    return data


@pytest.fixture
def office(with_a_row: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Office:
    """A library of one's own with that row, which is t1."""
    return Office(shutil.copytree(with_a_row, tmp_path / "data"), capsys)


def test_a_row_that_was_typed_is_told(office: Office) -> None:
    assert office.json("row", "new", "修桥。", "--by", "王明")["added"] == ["t2"]


def test_the_daily_loop(office: Office) -> None:
    row = office.row()
    assert (row["due"], row["marks"], row["entry"]["origin"]) == ("2026-06-30", ["紧急"], "批示")
    office.json("step", "report", "t1", "--text", "完成一半", "--percent", 50, "--on", "2026-05-01")
    extension = ("--to", "2026-09-30", "--reason", "汛期", "--approver", "张副市长")
    office.json("step", "extend", "t1", *extension)
    office.json("step", "hand-over", "t1", "--to", "市住建局", "--reason", "机构调整")
    office.json("step", "close", "t1", "--evidence", "验收单", "--by", "王明")
    code, _, err = office.run("step", "review", "t1", "--accept", "--by", "王明")
    assert code == 2 and "另一人" in err and len(err.splitlines()) == 1
    review = office.json("step", "review", "t1", "--accept", "--by", "李华")
    office.json("step", "undo", review["id"])
    assert office.row()["status"] == "done"
    office.json("step", "review", "t1", "--accept", "--by", "李华")
    assert office.json("step", "draw", "--seed", 3) == ["t1"]
    office.json("step", "recheck", "t1", "--relapse", "--finding", "又淤了")
    office.json("step", "end", "t1", "--reason", "并入专项")
    office.json("step", "reopen", "t1", "--reason", "专项取消")
    office.json("step", "status", "t1", "--to", "in_progress")
    row = office.row()
    assert (row["status"], row["due"], row["units"][0]["name"]) == ("in_progress", "2026-09-30", "市住建局")
    words = [entry["words"] for entry in office.json("step", "history", "t1")]
    assert "由市水利局移交市住建局；理由：机构调整" in words
    code, out, _ = office.run("step", "history", "t1")
    assert code == 0 and "延期至" in out


def test_tables_columns_and_files(office: Office, tmp_path: Path) -> None:
    table = tmp_path / "表.txt"
    table.write_text(TABLE, "gb18030")
    added = office.json("row", "paste", table, "--assigned-by", "李副市长")["added"]
    assert [office.row(name)["entry"]["origin"] for name in added] == ["会议", "来电"]
    assert office.json("row", "columns", "--add", "类别:民生/产业", "--add", "单号")[0]["kind"] == "choice"
    office.json("row", "own", "t1", "--set", "类别=民生", "--set", "单号=7")
    assert office.row()["own"] == {"类别": "民生", "单号": "7"}
    office.json("row", "enter", "t1", "--origin", "", "--officer", "陈工")
    assert (office.row()["entry"]["origin"], office.row()["entry"]["officer"]) == (None, "陈工")
    office.json("row", "mark", "t1", "t2", "--mark", "重点")
    assert [row["id"] for row in office.json("tasks", "--mark", "重点")["items"]] == ["t1", "t2"]
    photo = tmp_path / "竣工.png"
    photo.write_bytes(b"\x89PNG")
    office.json("row", "attach", "t1", photo)
    (item,) = office.json("row", "files", "t1")
    assert office.run("row", "save", "t1", item["id"], "-o", tmp_path / "回.png")[0] == 0
    assert (tmp_path / "回.png").read_bytes() == b"\x89PNG"
    office.json("row", "detach", "t1", item["id"])
    assert office.json("row", "files", "t1") == []


def test_views_and_filters(office: Office) -> None:
    (group,) = office.json("view", "count", "unit")["items"]
    assert (group["key"], group["colours"]) == ("市水利局", {"red": 1})
    assert "合计" in office.run("view", "count", "leader")[1]
    assert office.run("view", "count", "workload")[0] == 0
    (day,) = office.json("view", "calendar", "--from", "2026-06", "--to", "2026-06")
    assert day["day"] == "2026-06-30"
    points = office.json("view", "trend", "--from", "2026-06-30", "--to", "2026-07-01", "--step", 1)
    assert [point["overdue"] for point in points] == [0, 1]
    office.json("view", "filters", "--save", "逾期", "--query", '{"colour": "red"}', "--by", "王明")
    assert office.json("view", "filters", "--by", "王明") == [{"name": "逾期", "query": {"colour": "red"}}]
    assert office.json("view", "filters", "--remove", "逾期", "--by", "王明") == []


@pytest.mark.parametrize(
    ("query", "total"),
    [
        (("--unit", "水利", "--role", "lead"), 1),
        (("--unit", "水利", "--role", "cooperate"), 0),
        (("--colour", "red"), 1),
        (("--month", "2026-06"), 1),
        (("--origin", "批示", "--leader", "张副市长"), 1),
        (("--officer", "陈工"), 0),
        (("--late",), 0),
        (("--not-late", "--not-extended", "--words", "河道", "--by-due"), 1),
        (("--due-from", "2026-06"), 1),
        (("--due-from", "2026-07"), 0),
        (("--closing", "applied"), 0),
    ],
)
def test_tasks_are_narrowed(office: Office, query: tuple[str, ...], total: int) -> None:
    assert office.json("tasks", *query)["total"] == total


def test_the_rules_of_the_colours_are_set(office: Office) -> None:
    rules = (
        "--set",
        "colour_scheme=blue_yellow_red",
        "--set",
        "due_soon_days=3",
        "--set",
        "time_zone=+00:00",
    )
    found = office.json("settings", *rules)
    assert (found["colour_scheme"], found["due_soon_days"]) == ("blue_yellow_red", 3)
    office.json("step", "extend", "t1", "--to", "2099-12-31", "--reason", "汛期", "--approver", "张")
    assert office.row()["colour"] == "blue"
    assert office.json("settings", "--reset", "colour_scheme")["colour_scheme"] == "red_yellow_green"
    assert office.row()["colour"] == "green"


@pytest.mark.parametrize(
    "arguments",
    [
        ("settings", "--set", "due_soon_days=soon"),
        ("settings", "--set", "time_zone=Beijing"),
        ("tasks", "--colour", "pink"),
        ("tasks", "--month", "六月"),
        ("view", "count", "weather"),
        ("row", "own", "t1", "--set", "没有的=1"),
        ("row", "enter", "t1"),
        ("row", "attach", "t1", "no-such-file"),
        ("step", "extend", "t1", "--to", "2026-01-01", "--reason", "汛期", "--approver", "张"),
        ("step", "undo", "e99"),
    ],
)
def test_what_cannot_be_is_one_line_on_stderr(office: Office, arguments: tuple[str, ...]) -> None:
    code, out, err = office.run(*arguments)
    assert code != 0 and not out and len(err.splitlines()) == 1
