"""Every wording of a limit in every place of a sentence, with Arabic, full-width and Chinese digits."""

from __future__ import annotations

import re

import pytest

from tests.ingest.extract.times.deadline_builders import (
    CONDITION,
    IMMEDIATE,
    RECURRING,
    Meaning,
    between,
    by,
    cases,
    counted,
    found,
)

STATED = {
    by("2023-12-31"): """
        2023年12月底前 | 12月底前 | 2023年12月31日前 | 12月31日前 | 12月31日之前 | 2023年12月末前
        2023年底前 | 年底前 | 2023年年底前 | 今年年底前 | 本年底前 | 2023年内 | 年内 | 2023年第4季度末前
        2023年12月31日以前 | 12月下旬前
    """,
    by("2023-06-30"): """
        2023年6月底前 | 6月底前 | 6月30日前 | 2023年6月30日24时前 | 2023年2季度末前 | 第2季度末前 | 6月末前
        上半年结束前
    """,
    by("2023-06-10"): "6月上旬前 | 2023年6月上旬前 | 2023年6月10日前",
    by("2023-06-20"): "6月中旬前 | 2023年6月20日前 | 6月20日17时前",
    by("2024-02-29"): "2024年2月底前 | 明年2月底前 | 次年2月底前",
    by("2025-12-31"): "2025年底前 | 2025年12月底前 | “十四五”末 | 十四五末 | “十四五”期末",
    by("2030-12-31"): "2030年底前 | “十五五”末",
    by("2023-06-30", loose=True): "6月前 | 2023年6月前 | 2023年6月份之前",
    between("2023-06-01", "2023-12-31"): """
        自2023年6月至12月 | 自2023年6月起至12月底 | 从2023年6月到12月 | 自2023年6月1日至12月31日
        自2023年6月1日起至2023年12月31日止
    """,
    between("2026-01-01", "2030-12-31"): "“十五五”期间 | “十五五”时期 | 自2026年至2030年",
    RECURRING: """
        每月5日前 | 每月底前 | 每月25日之前 | 每季度末月20日前 | 每季度首月10日前 | 每年10月底前
        每年12月31日前 | 每半年 | 每周五前 | 每季度结束后5日内 | 每月结束后3个工作日内 | 每年3月底前
    """,
    IMMEDIATE: "立行立改 | 即知即改 | 立知立改",
    CONDITION: "汛期前 | 主汛期来临前 | 入汛前 | 国庆节前 | 土壤封冻前 | 春节前 | 供暖季前",
    counted("2023-04-28"): "本方案印发之日起30日内 | 本通知印发之日起30天内",
    counted("2023-05-29"): "本方案印发之日起2个月内 | 本通知下发之日起2个月内",
    counted("2023-04-13"): "本方案印发之日起10个工作日内",
    counted(None): "收到通报后5个工作日内 | 会议结束后10日内 | 问题移交之日起15日内",
}
"""Wordings that tell by themselves that they are limits. By the State Council's calendar 5 April 2023 was no
working day."""

FRAMES = (
    "【】完成管网改造。",
    "各县区于【】报送工作方案。",
    "推进雨污分流改造，【】全面完成建设任务。",
    "市水利局要在【】建成监测站点，并做好移交。",
    "完善平台功能。完成时限：【】。责任单位：市大数据局",
    "（责任单位：市水利局；完成时限：【】）",
    "整改时限: 【】；责任人：张三",
)

_NUMERAL = re.compile(r"[0-9]+")
_SIGNS = "〇一二三四五六七八九"


def _han(match: re.Match[str]) -> str:
    """Return a numeral as Chinese texts write it: years digit by digit, other numbers with 十."""
    number = int(match[0])
    if number > 99:
        return "".join(_SIGNS[int(digit)] for digit in match[0])
    tens, ones = divmod(number, 10)
    begin = {0: "", 1: "十"}.get(tens, f"{_SIGNS[tens]}十")
    return begin + (_SIGNS[ones] if ones else "")


def _full_width(match: re.Match[str]) -> str:
    return "".join(chr(ord(digit) + 0xFEE0) for digit in match[0])


DIGITS = {
    "arabic": lambda words: words,
    "spaced": lambda words: _NUMERAL.sub(r"\g<0> ", words),
    "full-width": lambda words: _NUMERAL.sub(_full_width, words),
    "chinese": lambda words: _NUMERAL.sub(_han, words),
}


@pytest.mark.parametrize("digits", DIGITS)
@pytest.mark.parametrize(("words", "expected"), cases(STATED))
def test_a_stated_limit_is_one_wherever_it_stands(words: str, expected: Meaning, digits: str) -> None:
    written = DIGITS[digits](words)
    missed = [frame for frame in FRAMES if found(frame.replace("【】", written)) != [(written, expected)]]
    assert missed == [], [found(frame.replace("【】", written)) for frame in missed]


BARE = {
    by("2023-12-31"): """
        2023年 | 2023年底 | 年底 | 2023年末 | 2023年下半年 | 2023年第四季度 | 2023年12月 | 2023年三、四季度
        2023年全年 | 今年底 | 2023年12月底 | 2023年四季度末 | 2023年12月下旬
    """,
    by("2025-12-31"): "2025年 | 2025年底 | “十四五”末 | 2025年末 | 2025年12月",
    by("2023-06-30"): "2023年上半年 | 上半年 | 二季度 | 2023年6月底 | 2023年一、二季度 | 6月底",
}
"""Times that are limits because something is to be done or reached by then."""

BARE_FRAMES = (
    "到【】，全市建成示范社区20个。",
    "力争到【】基本完成改造任务。",
    "【】，完成老旧小区改造任务。",
    "加快项目建设，力争【】建成投用。",
    "确保【】全面完成改造。",
    "完成时限：【】",
)


@pytest.mark.parametrize("digits", DIGITS)
@pytest.mark.parametrize(("words", "expected"), cases(BARE))
def test_a_bare_time_with_what_is_to_be_done_is_a_limit(words: str, expected: Meaning, digits: str) -> None:
    written = DIGITS[digits](words)
    missed = [
        frame for frame in BARE_FRAMES if found(frame.replace("【】", written)) != [(written, expected)]
    ]
    assert missed == [], [found(frame.replace("【】", written)) for frame in missed]


NO_LIMITS = (
    "2022年", "2022年12月", "2021年6月30日", "2023年1月", "2022年四季度", "上年度",
)  # fmt: skip
BACKGROUND_FRAMES = (
    "【】以来，全市新增企业120家。",
    "【】已完成改造任务。",
    "自【】起施行的办法同时废止。",
    "对【】建成的小区实施改造。",
    "贯彻【】印发的意见精神。",
)


@pytest.mark.parametrize("frame", BACKGROUND_FRAMES)
@pytest.mark.parametrize("words", NO_LIMITS)
def test_what_lies_behind_the_document_is_no_limit(words: str, frame: str) -> None:
    assert found(frame.replace("【】", words)) == []


CONDITIONS_OF_ELIGIBILITY = (
    "现住房出售后1年内", "2024年6月30日前", "2023年7月1日至2023年12月31日期间", "年内", "引进后3年内",
)  # fmt: skip
ELIGIBLE_FRAMES = (
    "对【】重新购买住房的纳税人予以退税。",
    "对出售自有住房并在【】购买住房的，给予补贴。",
    "凡【】新落户的企业，每户奖励5万元。",
    "符合条件且于【】缴清税款的购房人，按规定享受优惠。",
    "支持企业【】新增的贷款。",
)


@pytest.mark.parametrize("frame", ELIGIBLE_FRAMES)
@pytest.mark.parametrize("words", CONDITIONS_OF_ELIGIBILITY)
def test_a_time_that_says_who_is_eligible_is_no_limit(words: str, frame: str) -> None:
    assert found(frame.replace("【】", words)) == []
