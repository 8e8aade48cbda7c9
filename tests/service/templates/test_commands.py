"""`taizhang draft --template` and `taizhang check`, as a person types them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from docx import Document

from tests.service.command_line import run
from tests.service.texts import PLAN


@pytest.fixture
def library(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    plan = tmp_path / "方案.txt"
    plan.write_text(PLAN, "utf-8")
    assert run(capsys, "add", plan, "--data", tmp_path / "data")[0] == 0
    return tmp_path / "data"


def test_a_template_is_filled_and_the_result_checked(
    capsys: pytest.CaptureFixture[str], library: Path, tmp_path: Path
) -> None:
    template, made = tmp_path / "模板.txt", tmp_path / "报告.docx"
    template.write_text("我市共有任务xx项，拆除侵占河道的违法建筑xx处，投入xx亿元。", "utf-8")
    common = ("--plan", "d1", "--data", library, "-o", made)
    code, out, _ = run(capsys, "draft", "--template", template, *common)
    assert (code, "填写 2 处，待补 1 处" in out) == (0, True)
    record = json.loads(run(capsys, "draft", "--template", template, *common, "--json")[1])
    assert record["template"] == "模板.txt" and len(record["open"]) == 1

    code, out, _ = run(capsys, "check", made, "--data", library, "--json")
    assert json.loads(out)["sources"] == ["d1"] and json.loads(out)["faults"] == []
    document = Document(str(made))
    line = next(line for line in document.paragraphs if "违法建筑" in line.text)
    line.runs[0].text = line.text.replace("118", "181")
    document.save(str(made))
    code, out, _ = run(capsys, "check", made, "--data", library)
    assert code == 1 and "181处" in out


def test_what_is_missing_is_told_in_one_line(
    capsys: pytest.CaptureFixture[str], library: Path, tmp_path: Path
) -> None:
    code, _, err = run(capsys, "draft", "--plan", "d1", "--data", library, "-o", tmp_path / "a.docx")
    assert code != 0 and "--genre" in err and err.count("\n") == 1
    broken = tmp_path / "坏.docx"
    broken.write_bytes(b"PK no archive")
    code, _, err = run(capsys, "check", broken, "--data", tmp_path / "nothing")
    assert code != 0 and "坏.docx" in err and err.count("\n") == 1
