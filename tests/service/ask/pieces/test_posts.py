"""Who holds a post."""

from __future__ import annotations

import pytest

from tests.service.ask.pieces.test_values import best


@pytest.mark.parametrize(
    ("question", "sentence", "answer"),
    [
        ("领导小组组长由谁当？", "由分管副局长担任组长，各科室负责人为成员。", "分管副局长"),
        ("谁担任领导小组组长？", "组长由县长兼任，副组长由副县长担任。", "县长"),
        ("副组长是谁？", "组长由县长兼任，副组长由副县长担任。", "副县长"),
        ("总指挥是谁？", "总指挥：县长，成员：各局局长", "县长"),
        ("县级总河长由谁担任？", "县级总河长由县长担任，河长由副县长担任。", "县长"),
        ("组长是谁？", "由县水利局负责巡查。", None),
    ],
)
def test_holders(question: str, sentence: str, answer: str | None) -> None:
    assert best(question, sentence) == answer


@pytest.mark.parametrize(
    ("question", "sentence", "answer"),
    [
        ("进户检查要经谁审批？", "未经县局主要负责人审批不得进户检查。", "县局主要负责人"),
        ("缓缴要经过什么机构讨论？", "须经本单位职工代表大会讨论通过。", "本单位职工代表大会"),
        (
            "联合哪家单位开展业务？",
            "公积金中心联合县产权交易中心（以下简称“交易中心”），开展首付业务。",
            "县产权交易中心",
        ),
    ],
)
def test_who_does_a_deed(question: str, sentence: str, answer: str) -> None:
    assert best(question, sentence) == answer
