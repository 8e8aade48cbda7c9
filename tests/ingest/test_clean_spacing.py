"""Spaces that a layout put between characters."""

import pytest

from ingest.cleaning.spacing import close_spaces


@pytest.mark.parametrize(
    ("text", "closed"),
    [
        ("2024 年3 月29 日前", "2024年3月29日前"),
        ("达到95 %以上", "达到95%以上"),
        ("云政办发〔 2024 〕 12 号", "云政办发〔2024〕12号"),
        ("（一） 加强领导", "（一）加强领导"),
        ("落实好 。", "落实好。"),
        ("第一章　总　　则", "第一章　总则"),
        ("附　　件", "附件"),
        ("关于用地期 限 的 批 复", "关于用地期限的批复"),
        ("第一条  为了加强管理", "第一条　为了加强管理"),
        ("第一条 为了加强管理", "第一条　为了加强管理"),
        ("Open AI 与 City Link 平台", "Open AI与City Link平台"),
        ("牵头单位：市水利局    完成时限：6月", "牵头单位：市水利局　完成时限：6月"),
        ("责任单位: 市水利局, 市公安局", "责任单位:市水利局,市公安局"),
        ("恢复行洪能力。 (市水利局牵头) 建立台账", "恢复行洪能力。(市水利局牵头)建立台账"),
        ("没有空格", "没有空格"),
    ],
)
def test_closed(text: str, closed: str) -> None:
    assert close_spaces(text, running=False) == closed


def test_a_space_between_phrases_of_a_title_stays() -> None:
    assert close_spaces("守护清水河 建设新安澜", running=False) == "守护清水河 建设新安澜"


def test_a_space_within_running_text_goes() -> None:
    assert close_spaces("各县区要 切实加强领导", running=True) == "各县区要切实加强领导"
