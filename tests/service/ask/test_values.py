"""Which pieces of a sentence may answer a question."""

from __future__ import annotations

import pytest

from corpus.spans import Span
from service.ask.passages import sentences, shortened
from service.ask.question import understand
from service.ask.values import is_told, values


def best(question: str, sentence: str) -> str | None:
    """Return the value that suits best, the first of equals."""
    found = list(values(sentence, understand(question)))
    return max(found, key=lambda value: value.suits).text if found else None


@pytest.mark.parametrize(
    ("question", "sentence", "answer"),
    [
        ("从哪天起施行？", "本通知自2025年5月1日起施行，有效期至2027年4月30日。", "2025年5月1日"),
        ("到哪天为止？", "本通知自2025年5月1日起施行，有效期至2027年4月30日。", "2027年4月30日"),
        ("什么时候之前完成？", "2025年3月启动，2025年6月底前完成。", "2025年6月底前"),
        ("最高补助多少钱？", "每户补助2000元，最高不超过5万元。", "5万元"),
        ("至少建多少个站点？", "新建站点不少于12个，改造3个。", "12个"),
        ("拆了多少户？", "拆除56户、118处。", "56户"),
        ("几个工作日办结？", "3个工作日内办结，全程网办率93%。", "3个工作日"),
        ("比例是多少？", "按50%的比例存储。", "50%"),
        ("达到百分之几？", "达到百分之九十以上。", "百分之九十"),
        ("连续2年的能少存多少？", "连续2年的，下浮50%存储。", "50%"),
        ("方案叫什么？", "制定了《河道整治方案》，推广“水管家”平台。", "河道整治方案"),
        ("平台叫什么？", "制定了《河道整治方案》，推广“水管家”平台。", "水管家"),
        ("几月发布清单？", "2025年3月底前，发布《安澜市证明清单（2024年版）》。", "2025年3月底前"),
        ("什么时候报送？", "于5月10日前报送县水利局。", "5月10日前"),
        ("补贴到哪天截止？", "自2025年1月19日起至2025年3月31日止发放。", "2025年3月31日"),
        ("政策从什么时候开始？", "从2025年8月15日上午9点开始发放。", "2025年8月15日"),
        ("最高提到多少钱？", "最高额度从40万元提高至50万元。", "50万元"),
        ("每座补助多少钱？", "每座补助15-20万元。", "15-20万元"),
        ("最高奖多少钱？", "投资1亿元以上的项目，按1%给予奖励，最高不超过800万元。", "800万元"),
        ("巡查由谁牵头？", "养护经费由县财政局负责，巡查由县水利局牵头。", "县水利局"),
        ("办公室设在哪个部门？", "专班办公室设在县水利局，负责统筹协调。", "县水利局"),
        ("公积金额度提高到多少？", "二孩家庭额度提高10万元，最高额度提高到80万元。", "80万元"),
        ("能拿多少购房补贴？", "可一次性享受8万元购房补贴。", "8万元"),
        ("不低于百分之几？", "额度提高至2倍，首付比例不低于20%。", "20%"),
        ("最多提取多少钱？", "余额在5万元以下的，最多提取2万元。", "2万元"),
        ("额度政策到哪天截止？", "截至2025年2月2日，已贷20亿元，政策至2025年6月30日止。", "2025年6月30日"),
        ("最晚什么时候完成网签？", "须在2025年3月1日至2025年6月30日期间完成网签。", "2025年6月30日"),
        (
            "补贴什么时候截止申报？",
            "子女未满18周岁（截至2025年2月1日），申报截止于2025年6月30日。",
            "2025年6月30日",
        ),
        ("额度的倍数现在是多少倍？", "原计算倍数为15倍，现计算倍数为20倍。", "20倍"),
        ("科研项目由哪个处负责？", "科研项目由省科技厅负责。", None),
        ("科研项目由哪个厅负责？", "科研项目由市人社局负责。", None),
        ("科研项目由哪个处负责？", "（规划处负责）", "规划处"),
        ("报装时限压缩到几个工作日？", "报装时限从15个工作日缩减至5个工作日。", "5个工作日"),
        ("租房每月能提多少钱？", "月提取额从1200元/月统一提高至2000元/月。", "2000元"),
        ("额度上浮百分之几？", "首付比例20%，额度上浮30%。", "30%"),
        ("最高贷款额度增加多少？", "最高额度为80万元，二孩家庭增加10万元。", "10万元"),
        ("购房补贴最高多少钱？", "补贴200元/平方米，最高2万元。", "2万元"),
        ("购房每平方米补多少钱？", "购房的给予2万元，或按300元/平方米补贴。", "300元"),
        ("一共筹集多少套？", "原有1套的，共筹集住房500套。", "500套"),
        ("以旧换新从哪天开始？", "政策执行期：2025年9月1日至2025年12月31日。", "2025年9月1日"),
        ("倍数调整从哪天起施行？", "今年3月1日起执行旧公式，新政自2025年7月1日起施行。", "2025年7月1日"),
        ("信息平台什么时候之前建起来？", "2025年底前，建立信息平台。", "2025年底前"),
        ("拆迁房票由谁来认定？", "二类房票由望川县住建部门认定。", "望川县住建部门"),
        ("领导小组的办公室设在哪个科？", "领导小组下设办公室，挂靠局政策法规科。", "局政策法规科"),
        ("列入哪个工程奖的评选？", "评为“文明工地”，并列入“雁归杯”工程奖评选范围。", "雁归杯"),
        ("嘉年华的主题是什么？", "举办以“冰雪云岭”为主题的嘉年华和“云上”展览。", "冰雪云岭"),
        ("多少钱？", "按有关规定执行。", None),
        ("多少天？", "2025年6月15日完成。", None),
    ],
)
def test_the_value_that_suits(question: str, sentence: str, answer: str | None) -> None:
    assert best(question, sentence) == answer


def test_values_say_where_they_stand() -> None:
    sentence = "每户补助 2 000元，最高5 万元。"
    for value in values(sentence, understand("补助多少钱？")):
        assert "".join(value.span.of(sentence).split()) == value.text


def test_sentences_keep_their_place() -> None:
    text = "一、任务\n清理河道。 拆除违建；\n\n"
    assert [span.of(text) for span in sentences(text)] == ["一、任务", "清理河道。", "拆除违建；"]


def test_a_row_of_a_table_is_one_sentence() -> None:
    text = "1\t清理河道。修缮堤防。\t县水利局\t2025年6月底前\n说明。"
    assert [span.of(text) for span in sentences(text)] == [text.splitlines()[0], "说明。"]
    assert list(sentences(" \n")) == []
    assert next(sentences("。")) == Span(0, 1)


@pytest.mark.parametrize(
    ("sentence", "shown"),
    [
        ("清理河道 垃圾。", "清理河道垃圾"),
        ("甲" * 50 + "，" + "乙" * 50 + "。", "甲" * 50),
        ("甲" * 100, "甲" * 60),
    ],
)
def test_an_answer_is_short_and_ends_with_a_clause(sentence: str, shown: str) -> None:
    assert shortened(sentence) == shown


@pytest.mark.parametrize(
    ("question", "sentence", "told"),
    [
        ("营商环境怎么优化？", "8.安澜市人民政府关于印发优化营商环境工作要点的通知（2023年4月19日）", False),
        ("营商环境怎么优化？", "附件2：《安澜市优化营商环境若干意见》", False),
        ("营商环境怎么优化？", "关于优化营商环境，推行一窗受理、并联审批。", True),
        ("营商环境怎么优化？", "按照《安澜市优化营商环境若干意见》，推行一窗受理。", True),
        ("优化营商环境依据什么文件？", "《安澜市优化营商环境若干意见》", True),
    ],
)
def test_the_name_of_a_document_tells_nothing_unless_one_is_asked_for(
    question: str, sentence: str, told: bool
) -> None:
    assert is_told(sentence, understand(question)) is told
