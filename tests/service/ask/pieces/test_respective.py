"""Values given respectively for the items of a list."""

from __future__ import annotations

import pytest

from service.ask.pieces.respective import respective_value
from service.ask.pieces.values import values
from service.ask.questions.question import understand


@pytest.mark.parametrize(
    ("question", "sentence", "answer"),
    [
        ("三孩家庭额度增加多少？", "生育二孩、三孩的家庭，贷款额度分别增加20万元、30万元。", "30万元"),
        ("二孩家庭额度增加多少？", "生育二孩、三孩的家庭，贷款额度分别增加20万元、30万元。", "20万元"),
        ("专利优秀奖奖励多少钱？", "对专利金奖、专利优秀奖分别给予15万元、10万元奖励。", "10万元"),
        ("D类人才补贴多少钱？", "符合D、E、F类人才条件的分别给予60万元、20万元、10万元补贴。", "60万元"),
        ("E类人才补贴多少钱？", "符合D、E、F类人才条件的分别给予60万元、20万元、10万元补贴。", "20万元"),
        (
            "硕士研究生购房补贴多少钱？",
            "博士研究生（高级职称、学科带头人）、硕士研究生（中级职称）在本市购房，可分别享受10万元、5万元补贴。",
            "5万元",
        ),
        ("半年总结哪天报？", "各单位计划、半年和全年总结分别于3月31日、6月23日和11月24日前报送。", "6月23日"),
        (
            "博士毕业生奖多少平方米？",
            "博士、硕士及本科毕业生分别奖15平方米、12平方米、10平方米。",
            "15平方米",
        ),
        ("引进创新团队资助多少？", "对引进创新团队、创新人才分别资助最高5000万元、1000万元。", "5000万元"),
        ("给博士每年多少补助？", "按博士、硕士、学士三类每年给予5万元、3万元、1万元补助。", "5万元"),
        ("四孩家庭额度增加多少？", "生育二孩、三孩的家庭，贷款额度分别增加20万元、30万元。", None),
        ("家庭额度增加多少？", "贷款额度增加20万元、30万元。", None),
    ],
)
def test_the_value_of_the_item_asked_about(question: str, sentence: str, answer: str | None) -> None:
    given = list(values(sentence, understand(question)))
    found = respective_value(sentence, given, question)
    assert (found.text if found else None) == answer
