"""The command prints tables or JSON, keeps every result, and says plainly what it lacks."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from evaluation.__main__ import app
from tests.evaluation.builders import FIRST, SECOND, TEXT, limit, line, task, unit

GOOD = task(
    FIRST, unit("市水利局", "lead"), unit("市公安局", "cooperate"), by=limit("2024年6月底前", "2024-06-30")
)
OTHER = task(SECOND, unit("市生态环境局"))


@pytest.fixture
def gold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of gold with one document and saved output for it; results go to the same place."""
    monkeypatch.chdir(tmp_path)
    record = {"doc": "plan.txt", "meta": {"region": "安澜市"}, "tasks": [GOOD, OTHER], "progress": []}
    for name, text in (
        ("docs/plan.txt", TEXT),
        ("gold/plan.json", json.dumps(record, ensure_ascii=False)),
        ("before/plan.json", json.dumps(line(GOOD), ensure_ascii=False)),
        ("after/plan.json", json.dumps(line(OTHER), ensure_ascii=False)),
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def run(*words: object) -> str:
    outcome = CliRunner().invoke(app, [str(word) for word in words])
    assert outcome.exit_code == 0, outcome.output
    return outcome.stdout


def test_json_has_figures_and_says_on_what_they_were_measured(gold: Path) -> None:
    record = json.loads(run("extraction", "--gold", gold, "--outputs", gold / "before", "--json"))
    assert record["systems"]["taizhang"]["measures"]["assigned"]["recall"] == 0.5
    assert set(record["systems"]) == {"taizhang", "baseline"}
    assert {"commit", "data", "machine", "measured"} <= set(record)


def test_every_result_is_kept(gold: Path) -> None:
    record = json.loads(run("extraction", "--gold", gold, "--outputs", gold / "before", "--json"))
    (kept,) = (gold / "results").iterdir()
    assert json.loads(kept.read_text("utf-8")) == record


def test_a_comparison_names_rows_gained_and_lost(gold: Path) -> None:
    run("extraction", "--gold", gold, "--outputs", gold / "before", "--json")
    (before,) = (gold / "results").iterdir()
    shown = run("extraction", "--gold", gold, "--outputs", gold / "after", "--compare", before)
    assert "rows gained 1, lost 1" in shown
    assert "+ plan.txt#1" in shown
    assert "- plan.txt#0" in shown


def test_verbose_lists_each_error(gold: Path) -> None:
    shown = run("extraction", "--gold", gold, "--outputs", gold / "after", "--verbose")
    assert "plan.txt#0 清理河道内的… missed" in shown
    assert "region: '安澜市' got None" in shown


def test_the_product_itself_is_measured(gold: Path) -> None:
    record = json.loads(run("extraction", "--gold", gold, "--json"))
    assert record["systems"]["taizhang"]["row_perfect"] == 1.0


@pytest.mark.parametrize(
    "words",
    [
        ["extraction", "--gold", "nowhere"],
        ["extraction", "--gold", ".", "--outputs", "nowhere"],
        ["extraction", "--gold", ".", "--compare", "nowhere.json"],
        ["search"],
        ["answers"],
        ["answers", "--gold", "."],
    ],
)
def test_what_is_missing_is_said_in_one_line(gold: Path, words: list[str]) -> None:
    outcome = CliRunner().invoke(app, words)
    assert outcome.exit_code == 1
    assert len(outcome.stderr.splitlines()) == 1
