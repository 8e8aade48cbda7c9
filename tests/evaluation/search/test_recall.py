from pathlib import Path
from xml.etree import ElementTree

from evaluation.search.recall import evaluate
from evaluation.speed.scale import evaluate as build
from tests.evaluation.speed.test_made_up import TEXT


def test_recall_against_time_of_a_small_library(tmp_path: Path) -> None:
    (tmp_path / "甲.txt").write_text(TEXT + "开展排查，建立整治台账，逐项销号，按月上报情况。", "utf-8")
    build(tmp_path, tmp_path / "library", 200)
    report = evaluate(tmp_path, tmp_path / "library", tmp_path / "recall.svg")
    assert [recall for _, recall, _ in report.points] == [1.0] * len(report.points), (
        "every vector is compared"
    )
    assert ElementTree.parse(tmp_path / "recall.svg").getroot().tag.endswith("svg")
