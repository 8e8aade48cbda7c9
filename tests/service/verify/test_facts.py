"""Which facts a text states, and which of them its sources support."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.verify.facts import Fact, FactKind, Grounds, facts_in, told

SOURCE = (
    "（二）拆除违法建筑。对侵占河道的118处违法建筑依法拆除，2025年9月底前完成，投资3.5万元，拆除率达到百分之九十五。"
    "“一宅一档”全部建立。（牵头单位：市自然资源局；配合单位：市水利局、望川县人民政府）按照《河道整治方案》执行。"
)


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("拆除118处", [(FactKind.FIGURE, "118处")]),
        ("2025年9月30日前完成", [(FactKind.DAY, "2025年9月30日")]),
        ("由市水利局牵头", [(FactKind.UNIT, "市水利局")]),
        ("按照《河道整治方案》", [(FactKind.QUOTATION, "河道整治方案")]),
        ("全市布局合理，统筹办理各类事项。", []),
        ("", []),
    ],
)
def test_facts_of_a_text(text: str, facts: list[tuple[FactKind, str]]) -> None:
    assert [(fact.kind, fact.raw) for fact in facts_in(text)] == facts


@pytest.mark.parametrize(
    "text",
    [
        "由市自然资源局牵头，拆除118处违法建筑，9月底前完成。",
        "2025年9月30日前完成。",
        "投资35000元。",
        "拆除率达到95%。",
        "拆除率达到９５％。",
        "按照《河道整治方案》建立“一宅一档”。",
        "这项工作的配合单位是市水利局和望川县人民政府。",
    ],
)
def test_what_a_source_says_in_other_words_is_supported(text: str) -> None:
    assert Grounds([SOURCE]).unsupported(text) == ()


@pytest.mark.parametrize(
    ("text", "raw"),
    [
        ("拆除119处违法建筑。", "119处"),
        ("2024年9月底前完成。", "2024年9月底"),
        ("2025年10月底前完成。", "2025年10月底"),
        ("投资3.5亿元。", "3.5亿元"),
        ("由省水利局牵头。", "省水利局"),
        ("由市水利局、市体育局配合。", "市体育局"),
        ("按照《河道整治办法》执行。", "河道整治办法"),
        ("建立“一户一档”。", "一户一档"),
    ],
)
def test_what_no_source_says_is_told(text: str, raw: str) -> None:
    assert [fact.raw for fact in Grounds([SOURCE]).unsupported(text)] == [raw]


def test_nothing_is_supported_without_sources() -> None:
    facts = Grounds([]).unsupported("拆除118处。")
    assert facts == (Fact(FactKind.FIGURE, "118处", facts[0].span),)
    assert told(facts) == "数字“118处”"


@given(st.text(alphabet="市水利局由1234567890年月日底前万元%处“”《》，。、 ", max_size=50))
def test_every_text_supports_itself(text: str) -> None:
    assert Grounds([text]).unsupported(text) == ()
    assert all(fact.span.of(text) == fact.raw for fact in facts_in(text))
