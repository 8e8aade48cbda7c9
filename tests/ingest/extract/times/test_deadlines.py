"""One reference date, one meaning, under it the ways to say it.

`VALUES` are values of a label such as 完成时限： and wholly a limit; in `SENTENCES` 【】 marks the limit.
"""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.spans import Span
from corpus.task import DeadlineKind
from ingest.extract.times.deadlines import DeadlineContext, find_deadlines, parse_deadline
from tests.ingest.extract.times.deadline_builders import (
    CONDITION,
    IMMEDIATE,
    ONGOING,
    RECURRING,
    RELATIVE,
    SPRING,
    Meaning,
    between,
    by,
    cases,
    everywhere,
    meaning,
)

VALUES = {
    by("2023-12-31"): """
        2023年12月底前 | 12月底前 | 年底前 | 年内 | 2023年 | 2023年内 | 2023年底 | 2023年年底前
        2023年度 | 2023年12月
        2023 年12 月底前 | ２０２３年１２月３１日前 | 二〇二三年十二月三十一日前 | 2023年12月31日之前
        12月份 | 十二月底 | 今年底前 | 今年年底 | 本年度内 | 2023年第四季度 | 四季度末 | 2023年下半年 | 下半年
        二〇二三年底 | 2023年第三、四季度
        2023-12-31 | 2023/12/31 | 2023.12 | 2023年末 | 2023年12月末以前 | 12月31日前 | 全年
    """,
    by("2023-06-30"): """
        2023年6月30日前 | 6月底前 | 六月底前 | 上半年 | 2023年上半年 | 第二季度末 | 二季度末前 | 6月
        2023年6月30日以前
    """,
    by("2025-12-31"): "“十四五”末 | 十四五末 | 十四五规划期末 | 2025年底前 | 2025年",
    by("2030-12-31"): "“十五五”末",
    by("2023-03-31"): "月底前 | 本月底前 | 3月31日24时前 | 3月31日17:00前 | 3月31日（星期五）前 | 23年3月底",
    by("2024-03-31"): "明年3月底前 | 次年3月底前 | 2024年3月 | 2024年第一季度 | 2024年一季度末",
    by("2024-02-29"): "2024年2月底前 | 明年2月底前 | 2024年2月30日前",
    by("2023-04-30"): "下月底前 | 下个月底前 | 4月底前",
    by("2023-07-10"): "7月上旬 | 2023年7月10日前",
    by("2023-07-20"): "7月中旬 | 7月中旬前 | 7月20日前",
    by("2023-07-31"): "7月下旬 | 7月底前",
    by("2024-01-15"): "1月15日前 | 次年1月15日前",
    by("2023-07-10", loose=True): "7月初",
    by("2023-06-30", loose=True): "6月前 | 2023年6月份前",
    between("2023-06-01", "2023-12-31"): """
        2023年6月至12月 | 2023年6月—12月 | 2023年6-12月 | 2023年6月到2023年12月底
    """,
    between("2023-01-01", "2023-12-31"): "自2023年1月1日至2023年12月31日 | 2023年1月1日起至2023年12月31日止",
    between("2023-04-21", "2023-05-10"): "2023年4月下旬至5月10日 | 4月21日至5月10日 | 4月21日-5月10日",
    between("2023-05-01", "2023-05-10"): "5月1日至10日 | 5月1日-10日",
    between("2023-11-01", "2024-03-31"): "2023年11月至次年3月 | 11月至次年3月 | 2023年11月至2024年3月",
    between("2023-01-01", "2025-12-31"): "2023.1-2025.12 | 2023-2025年 | 2023年至2025年 | 2023—2025年",
    between("2021-01-01", "2025-12-31"): "“十四五”期间",
    RECURRING: """
        每年 | 每半年 | 每季度 | 每季度末 | 每月25日前 | 每月底前 | 每年12月底前 | 每学期 | 按季度
        每季度首月10日前 | 每季度末月20日前 | 每年6月底和12月底前 | 每周五前 | 每年汛期前
        每年3月、9月 | 每月5日、20日前 | 每年1月10日、7月10日前
    """,
    IMMEDIATE: "立行立改 | 即知即改 | 立查立改 | 立即整改 | 边查边改 | 即查即改",
    ONGOING: "长期坚持 | 持续推进 | 长期 | 持续巩固",
    CONDITION: """
        主汛期来临前 | 秋季学期开学前 | 2023年冬季供暖前 | 国庆节前 | 汛期前 | 开学前
        春秋两季开学前 | 明年汛前 | 供暖期前 | 春节前 | 验收前 | 待省级平台建成后
    """,
    Meaning(DeadlineKind.RELATIVE, end="2023-04-28"): "印发之日起30日内 | 本方案印发之日起三十日内",
    Meaning(DeadlineKind.RELATIVE, end="2023-04-29"): "印发之日起1个月内 | 本通知印发之日起一个月内",
    Meaning(DeadlineKind.RELATIVE, end="2025-03-29"): "印发之日起两年内",
    Meaning(DeadlineKind.RELATIVE, end="2023-04-26"): "印发之日起20个工作日内",
    RELATIVE: """
        会后3日内 | 方案印发后两周内 | 本周五前 | 接到通知后5个工作日内
        受理之日起6个月内 | 5个工作日内 | 今天会后
    """,
}

SENTENCES = {
    by("2023-12-31"): """
        力争【2023年底】年户均停电时间低于1小时。
        【2023年】组织银企对接会不少于8场，促成融资对接。
        【2023年】，市财政统筹安排专项资金25亿元。
        支持高新技术企业发展，力争【2023年】高新技术企业超过250家。
        【全年】新开工重点项目260个以上。
        绕城公路【年底前】竣工，推进环线改造。
        市、县领导小组【年内】至少召开一次会议。
        【年度内】各区对窗口人员组织不少于一次的培训。
        还款日期原则上最长可延至【2023年12月31日】。
        政策延续到【2023年底】，鼓励平台发布采购信息。
        （一）整合热线。【年底前】实现数据全量汇聚。
        《云岭市2023年行动方案》印发后，【12月底前】完成整合。
    """,
    by("2025-12-31"): """
        到【2025年底】，所有街道建成养老服务中心。
        到【2025年】，建成区公园达到100个。
        确保在【2025年底前】完成整改。
        “十四五”规划落实有力，【“十四五”末】建成省级基地3个。
    """,
    by("2023-06-30"): """
        【上半年】完成卫生室评估，做好结果运用。
        各县区于【6月30日前】报送总结。
        【6月底前】完成排查。
        【6月底前】进场施工。
        【6月底前】提出方案。
        【6月】，组织开展“安全生产月”活动。
        全县各学校【6月份】集中开展宣传教育。
        争取【2023年6月】开工建设。
    """,
    by("2023-06-10"): """
        请于【6月10日17:00前】报送联络员名单。
    """,
    by("2023-06-30", loose=True): "【6月前】每个县区至少组建1支服务队。",
    between("2023-10-01", "2023-10-31"): "（三）总结提升阶段（【2023年10月】）。开展考核验收。",
    between("2023-05-11", "2023-09-30"): "（二）集中整治阶段（【2023年5月11日至9月30日】）。逐校排查。",
    between("2023-04-01", "2023-12-31"): """
        【自2023年4月1日至2023年12月31日】，全面落实税费优惠政策。
        【2023年4月1日至2023年12月31日】，严禁一切野外用火。
    """,
    RECURRING: """
        各牵头单位于【每月25日前】报送进展。
        【每季度】对管网清淤一次，防止冒溢。
        市级【每半年】至少开展1次演练。
        【每年】培训企业人员不少于5000人次。
        【按季度】开展典型案例评选。
        并于【每年第四季度】开展一次评估。
        各乡镇【每日17时前】报告情况。
        县气象局【每日】发布火险预报。
    """,
    IMMEDIATE: "能立即解决的【立行立改】、逐条落实。",
    ONGOING: "每名队员掌握要领，并【长期坚持】、形成制度。",
    CONDITION: """
        【汛期前】完成险段处置。
        确保【明年汛前】完成主体工程。
        【“五一”假期前】必须到位。
        【待省级公共平台主体功能建设完毕后】，接入并使用。
        【春秋两季开学前】对自备水源开展水质检测。
    """,
    Meaning(DeadlineKind.RELATIVE, end="2023-04-29"): """
        各部门在【本方案印发之日起1个月内】要制定工作方案。
        自本要点【印发之日起1个月内】，由市财政局制定细则。
        【自本政策公布之日起，市有关单位要在1个月内】公布实施细则。
    """,
    RELATIVE: """
        无产可破案件于【裁定受理之日起6个月内】审结。
        证照生成部门在【收到纠正处理请求后5个工作日内】应完成补充生成。
        在【完成联合验收后，3个工作日】完成首次登记。
        原则上在【中标（成交）公告发布之日起2个工作日内】签订合同。
        各部门【惠企政策出台后10个工作日内】完成发布。
        【今天会后】，县上将组成联合督查组。
        【一个月内】制定实施细则并报备。
        力争用【两年时间】完成改造任务。
    """,
}

NOT_LIMITS = """
    2022年完成了改造任务，群众满意度明显提升。
    贯彻落实《云岭市2023年工作要点》，开展“2023年春风行动”。
    深入实施三年行动，健全月调度、季通报机制。
    定期通报进展，适时开展督查，常态化推进排查整治。
    群众诉求3个工作日内办结，简单问题1个工作日内答复。
    本方案自2023年5月1日起施行，有效期至2025年12月31日。
    2023年以来，全县新增企业120家。
    对2000年底前建成的小区实施改造。
    每周7天、每天24小时可以办理。
    2022年12月，项目建成投用，2023年10月1日起施行。
    国务院2023年度开展的评估名列前茅，2023年度预算安排500万元。
    实行一月一调度、周通报机制，对发现的问题立即整改。
    每人每年2000元，每年最高不超过10万元。
    重点梳理3—6个月的用户，离校两年内的毕业生。
    发放2023年地方政府专项债券，执行2023年版目录。
    坚持长期坚持与短期攻坚的关系，持续推进改革创新。
    第一季度经济运行平稳，2022年底存量全部清零。
"""


@pytest.mark.parametrize(("words", "expected"), cases(VALUES))
def test_value_of_a_label(words: str, expected: Meaning) -> None:
    limits = parse_deadline(words, 0, SPRING, labelled=True)
    assert [(limit.raw, meaning(limit)) for limit in limits] == [(words, expected)]


@pytest.mark.parametrize(("marked", "expected"), cases(SENTENCES))
def test_limit_in_a_sentence(marked: str, expected: Meaning) -> None:
    words = marked[marked.index("【") + 1 : marked.index("】")]
    limits = everywhere(marked.replace("【", "").replace("】", ""))
    assert [(limit.raw, meaning(limit)) for limit in limits] == [(words, expected)]


@pytest.mark.parametrize("sentence", [line.strip() for line in NOT_LIMITS.strip().splitlines()])
def test_times_that_are_no_limits(sentence: str) -> None:
    assert everywhere(sentence) == ()


def raws(text: str, context: DeadlineContext = SPRING) -> list[tuple[str, str | None]]:
    return [(limit.raw, limit.end.isoformat() if limit.end else None) for limit in everywhere(text, context)]


def test_what_follows_a_label_counts_though_it_would_not_in_running_text() -> None:
    assert raws("完善平台。完成时限：持续推进。责任单位：市大数据局") == [("持续推进", None)]
    assert raws("整改时限：2023年11月；责任人：张三") == [("2023年11月", "2023-11-30")]
    assert raws("（责任单位：市水利局；完成时限:(2023年6月）") == [("2023年6月", "2023-06-30")]


def test_label_with_two_limits() -> None:
    assert raws("整改时限：排污口于2024年9月底前完成，污水厂于2025年6月底前投运。") == [
        ("2024年9月底前", "2024-09-30"),
        ("2025年6月底前", "2025-06-30"),
    ]
    assert raws("整改时限：立行立改，长期坚持。") == [("立行立改", None), ("长期坚持", None)]


def test_list_of_days_takes_its_year_and_its_before_from_its_ends() -> None:
    assert raws("各单位于2023年6月15日、9月15日、12月5日前报送。") == [
        ("2023年6月15日", "2023-06-15"),
        ("9月15日", "2023-09-15"),
        ("12月5日前", "2023-12-05"),
    ]


def test_year_of_another_matter_is_not_taken_over() -> None:
    assert raws("公开征集2024年实事项目建议，12月15日前提出初步方案。") == [("12月15日前", "2023-12-15")]


def test_later_limit_of_a_sentence_takes_the_year_named_before() -> None:
    assert raws("2024年3月底前完成清查，年底前完成整改。")[1] == ("年底前", "2024-12-31")


def test_cell_with_nothing_but_a_time_is_a_limit() -> None:
    text = "市水利局\t2024年6月\t备注"
    limits = find_deadlines(text, Span(5, 12), SPRING)
    assert [(limit.raw, limit.span) for limit in limits] == [("2024年6月", Span(5, 12))]


def test_wording_that_stands_twice_is_one_limit() -> None:
    assert len(everywhere("2023年底前完成摸底，2023年底前完成整改。")) == 1


def test_annual_plan_keeps_its_year_though_it_was_issued_later() -> None:
    context = DeadlineContext(date(2023, 5, 20), title_year=2023)
    assert raws("3月底前制定方案。", context) == [("3月底前", "2023-03-31")]
    assert raws("3月底前制定方案。", DeadlineContext(date(2023, 5, 20))) == [("3月底前", "2024-03-31")]


def test_without_date_and_year_the_words_stand_alone() -> None:
    nothing = DeadlineContext()
    assert raws("12月底前完成。", nothing) == [("12月底前", None)]
    assert raws("2023年12月底前完成。", nothing) == [("2023年12月底前", "2023-12-31")]
    assert raws("印发之日起30日内完成。", nothing) == [("印发之日起30日内", None)]


def test_spans_are_absolute() -> None:
    (limit,) = parse_deadline("2023年11月", 100, SPRING, labelled=True)
    assert limit.span == Span(100, 108)


PIECES = st.sampled_from(
    [
        *(
            "2023年",
            "12月",
            "底",
            "前",
            "内",
            "31日",
            "每",
            "季度",
            "至",
            "自",
            "、",
            "，",
            "。",
            "上半年",
            "9月",
        ),
        *("到", "汛期前", "（", "）", "“", "”", "完成时限：", "印发之日起", "30日内", "个工作日", "\n", "\t"),
    ]
)


@given(st.lists(PIECES, max_size=30).map("".join))
def test_every_limit_is_a_quotation_and_its_days_are_in_order(text: str) -> None:
    end = 0
    for limit in everywhere(text):
        assert limit.span.of(text) == limit.raw
        assert limit.span.start >= end
        assert limit.start is None or limit.end is None or limit.start <= limit.end
        end = limit.span.end


@given(st.text(max_size=60), st.integers(0, 60), st.integers(0, 60))
def test_no_limit_leaves_its_span(text: str, start: int, end: int) -> None:
    span = Span(min(start, end, len(text)), min(max(start, end), len(text)))
    assert all(span.contains(limit.span) for limit in find_deadlines(text, span, SPRING))
