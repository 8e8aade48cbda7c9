"""Which points of speeches, and which chapters of reports, are work to be done."""

import pytest

from corpus.task import Task
from ingest.extract.extract import extract
from ingest.read import read_document

POINTS = ("（一）排查隐患。逐项排查企业隐患，建立清单。", "（二）整改问题。对发现的问题逐项整改到位。")


def tasks(*lines: str) -> tuple[Task, ...]:
    return extract(read_document("\n".join(lines).encode(), "speech.txt")).tasks


@pytest.mark.parametrize(
    ("chapter", "labels"),
    [
        ("二、突出重点，抓好任务落实", ["（一）", "（二）"]),
        ("二、着力提升“五种能力”，迈向新阶段", ["（一）", "（二）"]),
        ("二、提高认识，切实增强紧迫感", []),
        ("二、准确把握当前形势，坚定信心", []),
        ("二、上一阶段工作的成效", []),
    ],
)
def test_the_chapter_of_a_speech_tells_whether_its_points_are_work(chapter: str, labels: list[str]) -> None:
    found = tasks("在全市安全生产工作会议上的讲话", "同志们：", "现在我讲几点意见。", chapter, *POINTS)
    assert [task.label for task in found] == labels


@pytest.mark.parametrize(
    ("chapter", "labels"),
    [
        ("三、关于2026年工作", ["（一）", "（二）"]),
        ("三、2026年工作思路", ["（一）", "（二）"]),
        ("三、全力推动“十五五”开好局、起好步", ["（一）", "（二）"]),
        ("三、关于2025年工作情况", []),
    ],
)
def test_what_a_report_proposes_is_work(chapter: str, labels: list[str]) -> None:
    done = ("一、2025年工作回顾", "（一）产业提质。建成项目八十个，投资增长明显。")
    found = tasks("2026年安澜市政府工作报告", *done, chapter, *POINTS)
    assert [task.label for task in found] == labels
