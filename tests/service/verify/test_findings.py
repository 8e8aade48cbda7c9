"""What a paragraph says that the records do not, and what only another place of them says."""

from __future__ import annotations

import pytest

from service.verify.findings import findings
from tests.service.verify.builders import ROWS, records, row, wrong

RUBBISH = "清理河道垃圾。全面排查河道两岸垃圾堆放点36个，累计清运垃圾1.2万吨。"
HOUSES = "拆除违法建筑。对侵占河道的118处违法建筑依法拆除，拆除率不低于95%。"


@pytest.mark.parametrize(
    "text",
    [
        f"{RUBBISH}（牵头单位：市水利局；配合单位：市城市管理局；完成时限：2025年6月底前）",
        f"{HOUSES}（牵头单位：市自然资源局；完成时限：9月底前）",
        "清理河道垃圾。由市水利局牵头，市城市管理局和各县（区）人民政府配合，于2025年6月底前完成。",
        "累计清运垃圾12000吨，排查垃圾堆放点三十六个。",
        "拆除违法建筑一百一十八处，拆除率不低于百分之九十五。",
        "2025-12-31前，完成“推广‘水管家’平台”（市大数据局）。",
        "目前共3项任务，已完成1项，完成率33.3%。",
        "在市委、市政府的坚强领导下，各级各部门齐抓共管，工作取得积极进展。",
        "存在的主要原因是【待补：3个原因】。",
        "拆除违法建筑应于2025年9月底前完成，市自然资源局至今未办结。",
        "",
    ],
)
def test_what_the_records_say_is_right(text: str) -> None:
    assert wrong(text) == []


@pytest.mark.parametrize(
    ("text", "raws"),
    [
        (RUBBISH.replace("36", "38"), ["38个"]),
        (RUBBISH.replace("36个", "118个"), ["118个"]),
        (RUBBISH.replace("万吨", "亿吨"), ["1.2亿吨"]),
        (RUBBISH.replace("36", "三十八"), ["三十八个"]),
        (HOUSES.replace("不低于", "不高于"), ["不高于95%"]),
        ("接入监测断面260个、视频监控36套。", ["260个", "36套"]),
        (f"{RUBBISH}（牵头单位：市大数据局）", ["市大数据局"]),
        (f"{RUBBISH}（牵头单位：市城市管理局；配合单位：市水利局）", ["市城市管理局", "市水利局"]),
        (f"{RUBBISH}（完成时限：2025年9月底前）", ["2025年9月底前"]),
        ("拆除违法建筑。由市水利局牵头，市供销合作社配合。", ["市水利局", "市供销合作社"]),
        ("拆除违法建筑。由市自然资源局牵头，于2025年12月底前完成。", ["2025年12月底"]),
        ("拆除违法建筑应于2026年9月底前完成，市自然资源局至今未办结。", ["2026年9月底"]),
        ("推广“水管家”平台（市财政局）正在推进。", ["市财政局"]),
        ("推广“水保姆”平台。", ["水保姆"]),
        ("目前共3项任务，已完成2项。", ["2项"]),
        ("目前共4项任务，已完成1项。", ["4项"]),
        ("未全面排查河道两岸垃圾堆放点36个。", ["未全面排查河道两岸垃圾堆放点36个"]),
        ("由市体育局组织实施。", ["市体育局"]),
        ("根据安政发〔2025〕9号文件要求。", ["根据安政发〔2025〕9号"]),
    ],
)
def test_what_they_say_otherwise_is_told(text: str, raws: list[str]) -> None:
    assert wrong(text) == raws


def test_the_finding_says_what_stands_there_instead() -> None:
    first, *_ = findings(RUBBISH.replace("36", "38"), records())
    assert first.instead == "36个"
    (limit,) = findings(f"{HOUSES}（完成时限：2025年10月底前）", records())
    assert limit.instead == "9月底前"


def test_what_the_office_keeps_beside_the_text_counts_too() -> None:
    reported = "新增护岸42米，完成90%。"
    assert wrong(f"拆除违法建筑。{reported}") == ["42米", "90%"]
    houses = {"lead": ("市自然资源局",)}
    kept = row(
        "拆除违法建筑",
        "拆除违法建筑",
        houses,
        "2025-09-30",
        notes=[{"text": "新增护岸42米"}],
        percent=90,
        extensions=[{"to": "2025-11-15"}],
    )
    rows = (ROWS[0], kept, ROWS[2])
    assert wrong(f"拆除违法建筑。{reported}", rows=rows) == []
    assert wrong("拆除违法建筑应于2025年11月15日前完成。", rows=rows) == []


def test_nothing_is_known_without_records() -> None:
    empty = records(documents=(), rows=(), counts=())
    assert [finding.fact.raw for finding in findings("拆除118处。", empty)] == ["118处"]
    assert findings("", empty) == ()
