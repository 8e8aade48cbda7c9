"""The baseline finds what keywords and regular expressions find, and no more."""

import pytest

from evaluation.extraction.baseline import baseline_line
from tests.evaluation.builders import TEXT


def test_brackets_and_dates_of_a_numbered_paragraph() -> None:
    first, second = baseline_line("plan.txt", TEXT)["tasks"]
    assert first["text"] == "清理河道内的违法建筑。"
    assert [(unit["name"], unit["role"]) for unit in first["units"]] == [
        ("市水利局", "lead"),
        ("市公安局", "cooperate"),
    ]
    assert [limit["end"] for limit in first["deadlines"]] == ["2024-06-30"]
    assert [(unit["name"], unit["role"]) for unit in second["units"]] == [("市生态环境局", "responsible")]


def test_labelled_lines_belong_to_the_paragraph_above() -> None:
    text = "1. 修建步道。\n牵头单位：市住建局；配合单位：市财政局、各县（区）\n完成时限：2023年6月"
    (found,) = baseline_line("plan.txt", text)["tasks"]
    assert found["units"][0] == {"name": "市住建局", "role": "lead"}
    assert found["deadlines"][0]["end"] == "2023-06-30"


@pytest.mark.parametrize("text", ["", "2023年13月", "今年工作成绩显著。"])
def test_nothing_to_find(text: str) -> None:
    assert baseline_line("plan.txt", text)["tasks"] == []
