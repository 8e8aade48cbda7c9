"""What a model may not say of its own, and what it may put into other words."""

from __future__ import annotations

import pytest

from service.ask.claims import unsupported

SOURCE = (
    "（二）拆除违法建筑。对侵占河道的118处违法建筑依法拆除，2025年9月底前完成，投资3.5万元，新增床位1200张，"
    "拆除率达到百分之九十五。（牵头单位：市自然资源局；配合单位：市水利局、市发展改革委）"
)


@pytest.mark.parametrize(
    "text",
    [
        "拆除119处。",
        "拆除１１９处。",
        "拆除一百一十九处。",
        "拆除壹佰壹拾玖处。",
        "拆除近百处违法建筑。",
        "拆除上百处违法建筑。",
        "投资35万元。",
        "投资3.5亿。",
        "投资三点五亿元。",
        "投资三千五百万元。",
        "投资0.35亿元。",
        "新增床位1.2万张。",
        "新增床位一万二千张。",
        "拆除率达到９６％。",
        "拆除率达九成六。",
        "2026年9月底前完成。",
        "二〇二六年九月底前完成。",
        "2025年十月底前完成。",
        "明年9月底前完成。",
        "年底前完成。",
        "第四季度完成。",
        "30日内完成。",
        "由市水务局牵头。",
        "由省发展改革委牵头。",
        "由自然资源部牵头。",
        "由公安机关处理。",
        "由住建部门负责。",
        "由王局长负责。",
    ],
)
def test_what_no_source_says_is_found(text: str) -> None:
    assert unsupported(text, [SOURCE])


@pytest.mark.parametrize(
    "text",
    [
        "拆除118 处。",
        "拆除１１８处。",
        "拆除一百一十八处。",
        "投资35000元。",
        "投资三万五千元。",
        "拆除率达到95%。",
        "2025年9月30日前完成。",
        "二〇二五年九月底前完成。",
        "新增床位0.12万张。",
        "由市自然资源局牵头，市水利局、市发改委配合。",
        "有关部门要配合落实。",
    ],
)
def test_other_words_for_the_same_are_kept(text: str) -> None:
    assert unsupported(text, [SOURCE]) == ()
