"""Targets and the figures that answer them: units converted, words of comparison honoured."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.records import plain
from corpus.spans import Span
from ingest.extract.figures.indicators import find_indicators
from service.reconcile.figures import amount_of, check_figures, figures_in
from service.reconcile.model import Verdict


def task(text: str) -> dict[str, Any]:
    return {"text": text, "indicators": plain(find_indicators(text, Span(0, len(text))))}


def verdicts(plan: str, report: str) -> list[tuple[str, Verdict]]:
    found = check_figures(task(plan), report, Span(0, len(report)))
    return [(check.target, check.verdict) for check in found]


@pytest.mark.parametrize(
    ("value", "unit", "base", "factor"),
    [
        (1.5, "万亩", "平方米", 666.6666667),
        (1000, "公顷", "平方米", 10_000),
        (12, "公里", "米", 1_000),
        (3, "亿元", "元", 1),
        (40, "万吨", "千克", 1_000),
        (5, "千瓦", "瓦", 1_000),
        (95, "％", "%", 1),
        (7, "户次", "户次", 1),
    ],
)
def test_amounts_are_in_base_units(value: float, unit: str, base: str, factor: float) -> None:
    scale = 1e8 if unit.startswith("亿") else 1e4 if unit.startswith("万") else 1.0
    amount = amount_of(value, unit)
    assert amount.value == pytest.approx(value * scale * factor, rel=1e-6)
    assert amount.unit == base


@pytest.mark.parametrize(
    ("plan", "report", "verdict"),
    [
        ("恢复湿地1.5万亩。", "累计恢复湿地1.2万亩。", Verdict.SHORT),
        ("恢复湿地1.5万亩。", "恢复湿地15000亩。", Verdict.MET),
        ("恢复湿地1.5万亩。", "恢复湿地1000公顷。", Verdict.MET),
        ("恢复湿地1.5万亩。", "恢复湿地1.6万亩。", Verdict.MET),
        ("整治率达到95%以上。", "整治率达到93%。", Verdict.SHORT),
        ("整治率达到95%以上。", "整治率达到百分之九十六。", Verdict.MET),
        ("整治率提高到72%以上。", "整治率由63%提高到69.5%。", Verdict.SHORT),
        ("整治率提高到72%以上。", "整治率由63%提高到73%。", Verdict.MET),
        ("污水直排口控制在不超过5个。", "污水直排口控制在8个。", Verdict.OVER),
        ("污水直排口控制在不超过5个。", "污水直排口控制在4个。", Verdict.MET),
        ("建设护岸12公里。", "建成护岸12千米。", Verdict.MET),
        ("治理行政村45个。", "治理行政村45个，20个已完成、25个正在施工。", Verdict.SHORT),
        ("治理行政村45个。", "45个村里完成了20个。", Verdict.SHORT),
        ("治理行政村45个。", "45个行政村中仅有20个完成治理。", Verdict.SHORT),
        ("改造农村户厕500座。", "改造农村户厕300户。", Verdict.OTHER_MEASURE),
    ],
)
def test_a_figure_is_held_against_its_target(plan: str, report: str, verdict: Verdict) -> None:
    assert [found for _, found in verdicts(plan, report)] == [verdict]


@pytest.mark.parametrize(
    ("plan", "report"),
    [
        ("恢复湿地1.5万亩。", "湿地恢复有序推进。"),
        ("恢复湿地1.5万亩。", "召开会议3次。"),
        ("推进湿地恢复。", "恢复湿地1.2万亩。"),
        ("举办培训xx期。", "举办培训4期。"),
    ],
)
def test_without_a_target_or_an_answer_nothing_is_said(plan: str, report: str) -> None:
    assert verdicts(plan, report) == []


def test_each_target_is_answered_by_the_figure_in_its_own_words() -> None:
    plan = "改造管网62公里，新建泵站8座，改造混接点180处。"
    report = "已改造管网62公里，新建泵站6座，改造混接点200处。"
    assert verdicts(plan, report) == [
        ("62公里", Verdict.MET),
        ("8座", Verdict.SHORT),
        ("180处", Verdict.MET),
    ]


@given(st.text(alphabet="由从提高到完成0123456789.%万亩公里个，。；", max_size=40))
def test_figures_stand_in_the_text(text: str) -> None:
    for figure in figures_in(text):
        assert figure.span.of(text) == figure.raw
