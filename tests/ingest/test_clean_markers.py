"""Page markers that a site wrote into the middle of words."""

import pytest

from tests.ingest.build import canonical

PAGES = [
    "1、同志们，今天我们召开河道整治工作会议，主要任务是分析当前形势，安排下一步工作。"
    + "要认清形势，提高站位。" * 5
    + "参加会议的有县直有关单位主要负",
    "2、责人，共计四十余人。" + "要压实责任，抓好落实。" * 8 + "各级各部门要把自己摆进去、把职责摆进去",
    "3、、把工作摆进去，深入排查问题。" + "要建立台账，逐项销号。" * 8 + "真正把问题查",
    "4、清楚，把短板找准确。散会。",
]


def test_markers_go_and_words_are_whole_again() -> None:
    text = "".join(canonical("\n\n".join(PAGES)))
    assert "主要负责人" in text
    assert "把职责摆进去、把工作摆进去" in text
    assert "把问题查清楚" in text
    assert "1、同志们" not in text


def test_the_numbers_of_a_list_stay() -> None:
    lines = [f"{number}、{'各单位要按照职责分工抓好工作落实，' * 6}确保取得实效。" for number in range(1, 6)]
    assert canonical("\n".join(lines)) == lines


def test_two_numbered_lines_are_no_evidence() -> None:
    lines = [PAGES[0], "2、责人到会。"]
    assert canonical("\n".join(lines))[0].startswith("1、同志们")


CLOSINGS = [
    "〔市水利局牵头〕",
    "【责任单位：市水利局】",
    "（市水利局牵头，望川县配合",
    "责任单位：市水利局、各县区",
]


@pytest.mark.parametrize("closing", CLOSINGS)
def test_items_that_end_with_a_statement_keep_their_numbers(closing: str) -> None:
    words = "清理河道内的违法建筑，" * 8 + "恢复河道行洪能力。"
    lines = [f"{number}.{words}{closing}" for number in range(1, 6)]
    assert canonical("\n".join(lines)) == lines
