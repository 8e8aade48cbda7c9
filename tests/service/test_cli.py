"""The command line: output, one-line errors, exit codes."""

from __future__ import annotations

import errno
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook

from corpus.document import Problem
from corpus.errors import BusyError, NotFoundError, SecretError, UnreadableError, UserError
from corpus.registry.own_units import OwnUnit, follow_own_units, save_own_units
from service.cli.app import COMMANDS
from service.cli.errors import exit_code, one_line
from service.cli.manual import HEAD, manual
from service.cli.options import data_location
from service.files import write_file
from tests.service.command_line import run
from tests.service.texts import NOTICE, PLAN

PROBLEM = Problem("a.txt", "reader", "empty", "文件是空的。")


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "方案.txt"
    path.write_text(PLAN, "utf-8")
    return path


def test_extract_prints_one_object_per_file_in_order(
    capsys: pytest.CaptureFixture[str], plan: Path, tmp_path: Path
) -> None:
    bad = tmp_path / "空.txt"
    bad.write_bytes(b"")
    code, out, err = run(capsys, "extract", bad, plan, tmp_path / "没有.txt", "--json")
    lines = [json.loads(line) for line in out.splitlines()]
    assert (code, err) == (1, "")
    assert [line["source"] for line in lines] == [str(bad), str(plan), str(tmp_path / "没有.txt")]
    assert [len(line["problems"]) for line in lines] == [1, 0, 1]
    assert lines[0]["tasks"] == [] and lines[0]["document"] is None
    text = lines[1]["text"]
    for task in lines[1]["tasks"]:
        for unit in task["units"]:
            assert text[slice(*unit["span"])] == unit["name"]


def test_extract_goes_by_the_units_of_a_table(
    capsys: pytest.CaptureFixture[str], plan: Path, tmp_path: Path
) -> None:
    table = tmp_path / "units.tsv"
    save_own_units(table, [OwnUnit("安澜市河道事务中心", ("市河道中心",))])
    plan.write_text("安澜市河道整治工作方案\n一、重点任务\n1.清淤十处。（市河道中心牵头）\n", "utf-8")
    code, out, _ = run(capsys, "extract", plan, "--units", table, "--json")
    follow_own_units(None)
    (unit,) = json.loads(out)["tasks"][0]["units"]
    assert (code, unit["name"], unit["canonical"]) == (0, "市河道中心", "安澜市河道事务中心")


def test_extract_shows_a_table_and_writes_a_workbook(
    capsys: pytest.CaptureFixture[str], plan: Path, tmp_path: Path
) -> None:
    code, out, _ = run(capsys, "extract", plan)
    assert code == 0 and "牵头" in out and "2025-06-30" in out
    code, out, err = run(capsys, "extract", plan, "-o", tmp_path / "台账.xlsx")
    assert (code, out) == (0, "") and "台账.xlsx" in err
    sheet = load_workbook(tmp_path / "台账.xlsx").worksheets[0]
    assert sheet["C4"].value == "（一）清理河道垃圾。"
    code, out, _ = run(capsys, "extract", plan, "--json", "-o", tmp_path / "台账.csv")
    assert code == 0 and json.loads(out)["source"] == str(plan) and (tmp_path / "台账.csv").exists()


def test_a_library_from_the_command_line(
    capsys: pytest.CaptureFixture[str], plan: Path, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    notice = tmp_path / "通知.txt"
    notice.write_text(NOTICE, "gb18030")
    code, out, _ = run(capsys, "add", plan, notice, "--data", data, "--json")
    assert (code, json.loads(out)) == (
        0,
        {"added": 2, "unchanged": 0, "updated": 0, "failed": [], "problems": []},
    )
    code, out, err = run(capsys, "add", plan, tmp_path / "没有.txt", "--data", data)
    assert code == 1 and "未变 1" in out and err.count("\n") == 1 and "没有.txt" in err

    _, out, _ = run(capsys, "list", "--data", data, "--json")
    first, second = json.loads(out)
    assert first["source"] == str(plan)

    _, out, _ = run(capsys, "search", "河道垃圾", "--data", data, "--json")
    found = json.loads(out)
    assert set(found) == {"query", "filters", "hits", "facets", "understood", "also", "notices"}
    assert found["hits"][0]["document"]["id"] == first["id"]
    _, out, _ = run(capsys, "search", "河道垃圾", "--data", data, "--year", "2025")
    assert "河道" in out
    _, out, _ = run(capsys, "search", "河道垃圾", "--data", data, "--year", "1999")
    assert "没有找到" in out

    _, out, _ = run(capsys, "tasks", "--unit", "自然资源", "--data", data, "--json")
    page = json.loads(out)
    assert page["total"] == 1
    task = page["items"][0]
    _, out, _ = run(capsys, "tasks", "--due-before", "2025-06", "--data", data)
    assert "共 1 项" in out

    _, out, _ = run(capsys, "similar", "--task", task["id"], "--data", data, "--json")
    assert json.loads(out)["query"] == task["text"]

    _, out, _ = run(capsys, "ask", "安澜市清理河道垃圾由谁牵头？", "--data", data)
    assert out.startswith("市水利局") and "河道整治实施方案" in out

    _, out, _ = run(capsys, "show", first["id"], "--data", data, "--json")
    assert len(json.loads(out)["tasks"]) == first["tasks"]
    _, out, _ = run(capsys, "reextract", "--all", "--data", data)
    assert "0 个有变化" in out

    assert run(capsys, "remove", second["id"], "--data", data)[0] == 0
    _, out, _ = run(capsys, "list", "--data", data, "--json")
    assert len(json.loads(out)) == 1
    assert run(capsys, "restore-document", second["id"], "--data", data)[0] == 0
    _, out, _ = run(capsys, "list", "--data", data)
    assert second["id"] in out


def test_states_and_roles_may_be_told_in_the_words_of_the_pages(
    capsys: pytest.CaptureFixture[str], plan: Path, tmp_path: Path
) -> None:
    data = ["--data", tmp_path / "data"]
    run(capsys, "add", plan, *data)
    run(capsys, "step", "status", "t1", "--to", "进行中", *data)
    assert "共 1 项" in run(capsys, "tasks", "--status", "进行中", *data)[1]
    assert run(capsys, "tasks", "--status", "in_progress", *data) == run(
        capsys, "tasks", "--status", "进行中", *data
    )
    assert run(capsys, "tasks", "--role", "牵头", *data) == run(capsys, "tasks", "--role", "lead", *data)
    assert run(capsys, "tasks", "--unit", "火星局", *data)[1] == "没有任务。\n"
    assert run(capsys, "tasks", "--document", "d9", *data)[0] == 3
    assert run(capsys, "show", "d1", *data)[1].startswith("编号：d1\n版本：1\n")


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["serch"], 2, "没有命令 serch；用 taizhang --help"),
        (["search"], 2, "缺少参数 QUERY；用 taizhang search --help"),
        (["search", "a", "--colour", "red"], 2, "没有选项 --colour"),
        (["search", "a", "-k", "many"], 2, "整数"),
        (["search", "a", "-k", "0"], 2, "不能小于 1"),
        (["search", "a", "--year", "last", "--data", "."], 2, "2021-2023"),
        (["tasks", "--due-before", "soon", "--data", "."], 2, "2026-06-30"),
        (["similar", "--data", "."], 2, "两者只用其一"),
        (["reextract", "--data", "."], 2, "--all"),
        (["list", "--data", "nowhere"], 3, "taizhang add"),
        (["extract", "nowhere.txt"], 1, "nowhere.txt：找不到"),
        (["extract", "nowhere.txt", "-o", "a.pdf"], 1, "找不到"),
        (["extract", ""], 2, "FILE 不能为空"),
        (["extract", "a.txt", "--units", "nowhere.tsv"], 2, "--units 指的文件 nowhere.tsv 不存在"),
        (["extract", "/dev/zero"], 1, "设备或管道"),
        (["check", "."], 1, "这是文件夹，不是文件"),
        (["add", " ", "--data", "."], 2, "PATH 不能为空"),
        (["list", "--data", ""], 2, "--data 不能为空"),
        (["search", ""], 2, "QUERY 不能为空"),
        (["tasks", "--offset", "9" * 30], 2, "不能大于"),
        (["tasks", "--closing", "maybe", "--data", "."], 2, "applied、accepted、rejected"),
        (["tasks", "--mark", "很急", "--data", "."], 2, "紧急、重点"),
        (["reconcile", "a", "--accept", "some"], 2, "--accept 的值应是数字"),
        (["draft", "--genre", "通知", "-o", "a.pdf"], 2, "后缀改为 .docx"),
        (
            ["dispatch", "make", "--period", "6月", "--due", "2026-06", "-o", "no/a.zip"],
            2,
            "没有 no 这个文件夹",
        ),
    ],
)
def test_errors_are_one_line_that_says_what_to_do(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    arguments: list[str],
    code: int,
    words: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    ended, out, err = run(capsys, *arguments)
    assert (ended, out) == (code, "")
    assert words in err and err.count("\n") == 1


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (NotFoundError("没有"), 3),
        (BusyError("忙"), 4),
        (UnreadableError(PROBLEM), 1),
        (SecretError(PROBLEM), 1),
        (UserError("错"), 2),
        (KeyboardInterrupt(), 130),
        (OSError(errno.ENOSPC, "No space left on device"), 2),
        (PermissionError(errno.EACCES, "denied", "\udcb7.xlsx"), 2),
        (OSError("something else"), 70),
        (ZeroDivisionError("division\nby zero"), 70),
    ],
)
def test_every_error_has_a_code_and_one_line(error: BaseException, code: int) -> None:
    assert exit_code(error) == code
    assert one_line(error).encode() and "\n" not in one_line(error)


def test_what_is_interrupted_says_what_became_of_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, plan: Path, tmp_path: Path
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("service.library.Library.add", interrupted)
    code, out, err = run(capsys, "add", plan, "--data", tmp_path / "library")
    assert (code, out, err.count("\n")) == (130, "", 1) and "已中断" in err


def test_the_whole_trace_is_shown_to_who_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TAIZHANG_DEBUG", "1")
    assert "ZeroDivisionError" in one_line(ZeroDivisionError())


@pytest.mark.parametrize("name", [name for name, _, _ in COMMANDS])
def test_every_command_has_help_in_chinese(capsys: pytest.CaptureFixture[str], name: str) -> None:
    code, out, _ = run(capsys, name, "--help")
    assert code == 0
    assert out.startswith("用法：") and "选项：" in out


def test_no_word_of_the_library_is_left_in_any_help() -> None:
    words = r"Usage|Options|OPTIONS|Arguments|ARGS|Commands|required|default|env var|<=|>=|<\w+>"
    assert re.findall(words, manual().removeprefix(HEAD)) == []


@pytest.mark.parametrize("arguments", [(), ("row",), ("dispatch",)])
def test_a_name_without_a_command_shows_the_help(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]
) -> None:
    code, _, err = run(capsys, *arguments)
    assert (code, err.splitlines()[0]) == (
        2,
        f"用法： {' '.join(('taizhang', *arguments))} [选项] 命令 [参数]...",
    )


def test_a_file_that_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    write_file(tmp_path / "台账.csv", b"1")
    write_file(tmp_path / "台账.csv", b"2")
    for target in (tmp_path, tmp_path / "没有" / "台账.csv", tmp_path / ("长" * 200)):
        with pytest.raises(UserError, match="写不了"):
            write_file(target, b"3")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("台账.csv", b"2")]


def test_the_program_as_a_process(plan: Path) -> None:
    program = [sys.executable, "-m", "service.cli"]
    good = subprocess.run([*program, "extract", str(plan), "--json"], capture_output=True, check=False)
    assert (good.returncode, good.stderr) == (0, b"")
    assert json.loads(good.stdout)["source"] == str(plan)
    bad = subprocess.run([*program, "list", "--data", "nowhere"], capture_output=True, check=False)
    assert (bad.returncode, bad.stdout, bad.stderr.count(b"\n")) == (3, b"", 1)


def test_output_is_utf8_whatever_the_terminal_says(plan: Path) -> None:
    program = [sys.executable, "-m", "service.cli", "extract", str(plan)]
    environment = {"PATH": "", "PYTHONIOENCODING": "ascii", "LANG": "C"}
    for more in (["--json"], []):
        shown = subprocess.run([*program, *more], capture_output=True, check=False, env=environment)
        assert (shown.returncode, shown.stderr) == (0, b"")
        assert "河道" in shown.stdout.decode()


def test_a_library_cannot_lie_under_a_name_of_another_encoding() -> None:
    with pytest.raises(UserError, match="名称的编码不对"):
        data_location("/srv/\udcb7\udcbd")


@pytest.mark.skipif(sys.platform == "win32", reason="needs a shell and file names of bytes")
def test_a_closed_output_and_words_of_another_encoding_stop_nothing(plan: Path, tmp_path: Path) -> None:
    program = [sys.executable, "-m", "service.cli"]
    environment = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    command = ["sh", "-c", '"$@" >&- && "$@" 2>&-', "sh", *program, "extract", str(plan)]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0
    library = ["--data", str(tmp_path / "library")]
    for arguments in (
        ["add", str(plan)],
        ["search", "河道", "--json"],
        ["search", "河道".encode("gbk"), "--region", "安澜".encode("gbk"), "--json"],
    ):
        done = subprocess.run(
            [*program, *arguments, *library], capture_output=True, check=False, env=environment
        )
        assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["query"] == "河道"


def test_the_manual_shows_every_command_as_it_is() -> None:
    page = (Path(__file__).parents[2] / "docs" / "cli.md").read_text("utf-8")
    assert page == manual()
    assert all(f"## taizhang {name}\n" in page for name, _, _ in COMMANDS)
