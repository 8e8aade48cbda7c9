from __future__ import annotations

import pytest

from corpus.spans import Span
from corpus.task import Count, Progress, ProgressStatus
from ingest.extract.progress.counts import find_counts, status_of
from ingest.extract.progress.items import find_progress
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


WORK_REPORT = """2026年云岭市政府工作报告

一、2025年工作回顾
过去一年，主要做了以下工作。
（一）全力促进经济发展
稳增长政策落地见效。新开工项目120个，完成投资30亿元。
（二）落实重大战略任务
建成高标准农田12万亩，新增绿地30公顷。
（三）加强自身建设
办结建议提案210件，满意率达98%。
各位代表！回望过去，成绩来之不易，任务仍在推进。
我们也清醒认识到，还有3个方面不足。
二、“十五五”主要目标任务
（一）产业体系建设取得进展
聚焦特色产业，建成3个集群，培育企业500家。
三、2026年重点工作
（一）扩大内需。新开工项目130个。
"""


def test_chapter_of_a_work_report_decides_over_words_of_its_headings() -> None:
    assert [item.text.split("\n")[-1] for item in progress_of(WORK_REPORT)] == [
        "稳增长政策落地见效。新开工项目120个，完成投资30亿元。",
        "建成高标准农田12万亩，新增绿地30公顷。",
        "办结建议提案210件，满意率达98%。",
    ]


def test_close_of_a_review_belongs_to_no_item() -> None:
    assert [item.status for item in progress_of(WORK_REPORT)] == [DONE, DONE, DONE]


def test_paragraph_without_number_tells_of_a_matter_in_each_clause() -> None:
    text = """2026年云岭市政府工作报告

一、2025年工作回顾
刚刚过去的一年，我们顶住压力。一是保持经济运行平稳。新开工项目120个。二是加快产业升级。建成平台41个，新增企业300家。
——这五年，综合实力提升。完成投资380亿元。
——这五年，生态屏障更牢。完成造林12万亩。
二、2026年重点工作
（一）扩大内需。新开工项目130个。
"""
    assert [item.text[:9] for item in progress_of(text)] == [
        "保持经济运行平稳。",
        "加快产业升级。建成",
        "这五年，综合实力提",
        "这五年，生态屏障更",
    ]


def test_item_with_words_of_its_own_and_items_below_it() -> None:
    text = """云岭市2025年工作总结

一、2025年工作回顾
（一）产业持续壮大。新增企业300家，完成投资30亿元。
（二）民生不断改善。新增就业5000人，建成学校3所。
一年来，治理水平提升。
——这五年，综合实力提升。完成投资380亿元。
——这五年，生态屏障更牢。完成造林12万亩。
"""
    assert [item.text[:7] for item in progress_of(text)] == [
        "产业持续壮大。",
        "民生不断改善。",
        "这五年，综合实",
        "这五年，生态屏",
    ]


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
        ("反馈问题12项，已整改到位10项，其余2项正在推进。", [(10, DONE), (2, ONGOING)]),
        ("26个问题中，完成整改20个、达到序时进度6个。", [(20, DONE), (6, ONGOING)]),
        ("交办信访件45件，已办结43件，阶段性办结2件。", [(43, DONE), (2, ONGOING)]),
        ("排查隐患１２０处，已整改１００处，正在整改２０处。", [(100, DONE), (20, ONGOING)]),
        ("实施项目15个，已开工9个，未开工6个。", [(9, DONE), (6, NOT_STARTED)]),
        ("12座尾矿库已全部完成治理。", [(12, DONE)]),
        ("涉及问题8个，均已完成整改。", [(8, DONE)]),
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
        ("已建成投用3座，其余2座正在加快建设。", ONGOING),
        ("项目已全部完工并通过验收。", DONE),
        ("拟于明年启动。", NOT_STARTED),
        ("持续推进河道清淤，累计清淤20公里。", ONGOING),
        ("该项工作尚未开展。", NOT_STARTED),
        ("持续优化环境。新增企业300家，建成平台4个，办结建议210件，累计减税5亿元。", DONE),
        ("新退出平台346家、超计划19家，完成化解任务。", DONE),
    ],
)
def test_status(text: str, expected: ProgressStatus) -> None:
    span = Span(0, len(text))
    assert status_of(text, span, find_counts(text, span)) is expected
