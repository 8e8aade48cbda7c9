from pathlib import Path

import pytest

from evaluation.speed.scale import evaluate, steady, timed
from tests.evaluation.speed.test_made_up import TEXT


def test_a_small_library_is_built_and_measured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("evaluation.speed.scale.QUERIES", 2)
    (tmp_path / "甲.txt").write_text(TEXT + "开展排查，建立整治台账，逐项销号，按月上报情况。", "utf-8")
    report = evaluate(tmp_path, tmp_path / "library", 1000)
    assert report.passages == 1000
    assert {"taizhang, top 10, 0.1 %", "words alone, top 100, everything"} <= report.times.keys()
    assert report.figures["disk: words, MB"] > 0
    assert report.figures["start-up, s"] > 0


def test_systems_are_timed_by_turns() -> None:
    asked: list[str] = []
    times = timed(
        ["甲", "乙"], lambda query: asked.append(f"1{query}"), lambda query: asked.append(f"2{query}")
    )
    assert [len(own) for own in times] == [2, 2]
    assert asked[-4:] == ["1甲", "2甲", "1乙", "2乙"]


def test_the_middle_of_several_rounds_leaves_out_what_disturbed_one() -> None:
    quiet, disturbed = [(4.0, 4.0), (6.0, 6.0)], [(40.0, 4.0), (6.5, 6.0)]
    assert steady([quiet, disturbed, quiet]) == {"p50 ms, middle": 5.0, "p95 ms, middle": 5.9}
