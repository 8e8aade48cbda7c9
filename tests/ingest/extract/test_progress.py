from __future__ import annotations

import pytest

from corpus.spans import Span
from corpus.task import Count, Progress, ProgressStatus
from ingest.extract.progress import find_progress
from ingest.extract.progress_counts import find_counts, status_of
from ingest.read import read_document

DONE, ONGOING, NOT_STARTED = ProgressStatus.DONE, ProgressStatus.ONGOING, ProgressStatus.NOT_STARTED

REPORT = """云岭市2024年河湖治理工作情况汇报

一、工作开展情况
（一）责任体系不断完善。一是印发了《云岭市河湖治理方案》，明确三级河长120名。二是正在建设智慧河湖平台，完成投资300万元。
（二）问题整改扎实推进。共排查问题50个，已完成整改40个、正在整改8个，2个因征迁原因尚未启动。
（三）宣传引导持续加强。印发明白卡3万张，营造了浓厚氛围。下一步，我们将继续加强宣传。
二、存在问题
（一）资金投入不足。缺口约800万元。
三、下一步打算
（一）加快问题整改。10月底前完成8个问题整改。
"""


def progress_of(text: str) -> tuple[Progress, ...]:
    return find_progress(read_document(text.encode(), "report.txt"))


def test_items_of_a_report() -> None:
    found = [(item.text[:8], item.status) for item in progress_of(REPORT)]
    assert found == [
        ("印发了《云岭市河", DONE),
        ("正在建设智慧河湖", ONGOING),
        ("问题整改扎实推进", ONGOING),
        ("宣传引导持续加强", ONGOING),
    ]


def test_clause_carries_its_paragraph_as_section() -> None:
    first = progress_of(REPORT)[0]
    assert first.section == ("一、工作开展情况", "（一）责任体系不断完善。")
    assert first.text == "印发了《云岭市河湖治理方案》，明确三级河长120名。"
    assert [item.raw for item in first.indicators] == ["120名"]


def test_counted_parts_are_no_indicators() -> None:
    item = progress_of(REPORT)[2]
    assert item.counts == (Count(40, DONE), Count(8, ONGOING), Count(2, NOT_STARTED))
    assert [indicator.raw for indicator in item.indicators] == ["50个"]


def test_chapter_without_numbers_has_one_item_per_paragraph_with_results() -> None:
    text = """云岭市工作总结

一、工作回顾
一年来，我们迎难而上。
这一年，完成造林3万亩，建成公园5个，新增就业1200人。
同时，也清醒认识到，存在3个方面不足，2个项目滞后，1个县未达标。
二、工作安排
（一）抓好造林。完成造林2万亩。
"""
    assert [item.text for item in progress_of(text)] == [
        "这一年，完成造林3万亩，建成公园5个，新增就业1200人。"
    ]


def test_outlook_is_left_out_and_keeps_the_matter_open() -> None:
    item = progress_of(REPORT)[3]
    assert item.text.endswith("营造了浓厚氛围。")


def test_plans_have_no_progress() -> None:
    assert progress_of(REPORT.replace("工作情况汇报", "工作方案").replace("工作开展情况", "总体要求")) == ()


def test_clauses_without_results_stay_one_item() -> None:
    text = REPORT.replace(
        "一是印发了《云岭市河湖治理方案》，明确三级河长120名。二是正在建设智慧河湖平台，完成投资300万元。",
        "一是压实责任。二是严格监管。",
    )
    assert progress_of(text)[0].text == "责任体系不断完善。一是压实责任。二是严格监管。"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("8个问题，4个完成整改、4个正在整改。", [(4, DONE), (4, ONGOING)]),
        ("交办问题3个，整改到位1个，正在整改2个。", [(1, DONE), (2, ONGOING)]),
        ("14座矿山完成修复治理12座，剩余2座将于年底完成。", [(12, DONE), (2, ONGOING)]),
        (
            "实施项目54处，其中39处已完工，11处正在建设，4处完成招标但尚未开工。",
            [(39, DONE), (11, ONGOING), (4, NOT_STARTED)],
        ),
        ("全区44所学校中已开展38所，其余6所计划秋季实施。", [(38, DONE), (6, NOT_STARTED)]),
        ("下发线索37个，全部核查到位。", [(37, DONE)]),
        ("整治民宿141户，其中更名77户，关停56户。", []),
        ("关闭矿山357个，修复矿山547个，建成绿色矿山2个。", []),
        ("完成30处。", []),
        ("", []),
    ],
)
def test_counts(text: str, expected: list[tuple[int, ProgressStatus]]) -> None:
    found = find_counts(text, Span(0, len(text)))
    assert [(part.count.value, part.count.status) for part in found] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("印发方案，召开会议30余次。", DONE),
        ("建成物资储备中心。", DONE),
        ("平台升级正在实施，已完成投资620万元。", ONGOING),
        ("截至目前，共开展督查12次。", ONGOING),
        ("全面做好尾矿库安全管理工作。", ONGOING),
        ("因征迁原因尚未启动。", NOT_STARTED),
    ],
)
def test_status(text: str, expected: ProgressStatus) -> None:
    span = Span(0, len(text))
    assert status_of(text, span, find_counts(text, span)) is expected
