"""Blocks of labels with their values: each problem with its goal, measures, units and limit is one task."""

import pytest

from corpus.task import Task
from ingest.extract.extract import extract
from ingest.read import read_document
from tests.ingest.extract.tables.table_builder import ends_of, units_of

LINES = """
一、码头粉尘污染问题
问题：码头粉尘污染严重。
整改目标：粉尘排放达标。
整改措施：建设防风抑尘网。
整改时限：2024年9月底
责任单位：栖霞港区管委会
责任人：王一鸣
二、河道垃圾堆放问题
问题：沐溪河岸垃圾堆放。
整改目标：河岸清洁。
整改措施：清运垃圾。
整改时限：2024年12月底
责任单位：沐溪县政府
责任人：李文博
"""
NUMBERED = """
（一）存在问题：码头粉尘污染严重。
整改目标：粉尘排放达标。
整改措施：
1.建设防风抑尘网。
责任单位：栖霞港区管委会
整改时限：2024年9月底
责任人：王一鸣
（二）存在问题：沐溪河岸垃圾堆放。
整改目标：河岸清洁。
整改措施：
1.清运垃圾。
责任单位：沐溪县政府
整改时限：2024年12月底
责任人：李文博
"""
FRAMED = """
【问题1】码头粉尘污染严重。
【整改目标】粉尘排放达标。
【整改措施】建设防风抑尘网。
【责任单位】栖霞港区管委会
【责任人】王一鸣
【整改时限】2024年9月底
【问题2】沐溪河岸垃圾堆放。
【整改目标】河岸清洁。
【整改措施】清运垃圾。
【责任单位】沐溪县政府
【责任人】李文博
【整改时限】2024年12月底
"""
ONE_PARAGRAPH = """
1.问题：码头粉尘污染严重。整改目标：粉尘排放达标。整改措施：建设防风抑尘网。责任单位：栖霞港区管委会。责任人：王一鸣。整改时限：2024年9月底。
2.问题：沐溪河岸垃圾堆放。整改目标：河岸清洁。整改措施：清运垃圾。责任单位：沐溪县政府。责任人：李文博。整改时限：2024年12月底。
"""
WITH_TYPES = """
问题一：码头粉尘污染严重。
整改类型：限期整改
整改目标：粉尘排放达标。
整改时限：2024年9月底
责任单位：栖霞港区管委会
责任人：王一鸣
整改措施：
（一）建设防风抑尘网。
（二）安装喷淋设施。
问题二：沐溪河岸垃圾堆放。
整改类型：限期整改
整改目标：河岸清洁。
整改时限：2024年12月底
责任单位：沐溪县政府
责任人：李文博
整改措施：
（一）清运垃圾。
"""
HEADINGS = """
（一）码头环境
1.存在问题
码头粉尘污染严重。
2.整改目标
粉尘排放达标。
3.整改措施
（1）建设防风抑尘网。
4.整改时限
2024年9月底
5.责任单位
栖霞港区管委会
6.责任人
王一鸣
（二）河道环境
1.存在问题
沐溪河岸垃圾堆放。
2.整改目标
河岸清洁。
3.整改措施
（1）清运垃圾。
4.整改时限
2024年12月底
5.责任单位
沐溪县政府
6.责任人
李文博
"""
OWN_WORDS = """
一、码头粉尘污染严重。
责 任 单 位: 栖霞港区管委会
责 任 人: 王一鸣
整改目标: 粉尘排放达标。
整改措施: 建设防风抑尘网。
整改时限: 2024年9月底
整改进展: 已完成招标
二、沐溪河岸垃圾堆放。
责 任 单 位: 沐溪县政府
责 任 人: 李文博
整改目标: 河岸清洁。
整改措施: 清运垃圾。
整改时限: 2024年12月底
整改进展: 推进中
"""
OPINIONS = """
反馈意见1：码头粉尘污染严重。
整改目标：粉尘排放达标。
整改举措：建设防风抑尘网。
完成时限：2024年9月底
责任部门：栖霞港区管委会
责任领导：王一鸣
反馈意见2：沐溪河岸垃圾堆放。
整改目标：河岸清洁。
整改举措：清运垃圾。
完成时限：2024年12月底
责任部门：沐溪县政府
责任领导：李文博
"""
FORMS = {
    "lines below a heading": LINES,
    "numbered problems": NUMBERED,
    "labels in frames": FRAMED,
    "all in one paragraph": ONE_PARAGRAPH,
    "with other labels between": WITH_TYPES,
    "labels as headings": HEADINGS,
    "the heading is the problem": OWN_WORDS,
    "opinions of an inspection": OPINIONS,
}


def tasks(text: str) -> tuple[Task, ...]:
    return extract(read_document(f"安澜市督察问题整改清单{text}".encode(), "清单.txt")).tasks


@pytest.mark.parametrize("text", FORMS.values(), ids=FORMS)
def test_a_block_is_one_task(text: str) -> None:
    first, second = tasks(text)
    assert [told(first), told(second)] == [
        ("码头粉尘污染严重。", "粉尘排放达标。", "责任栖霞港区管委会", ["王一鸣"], ["2024-09-30"]),
        ("沐溪河岸垃圾堆放。", "河岸清洁。", "责任沐溪县政府", ["李文博"], ["2024-12-31"]),
    ]
    assert "建设防风抑尘网。" in first.text
    assert second.text.endswith("清运垃圾。")


def told(task: Task) -> tuple[object, ...]:
    problem, goal = task.problem and task.problem.text, task.goal and task.goal.text
    return problem, goal, units_of(task), [person.name for person in task.persons], ends_of(task)


def test_measures_on_lines_of_their_own_are_kept() -> None:
    first, _ = tasks(WITH_TYPES)
    assert [measure.text for measure in first.measures] == ["建设防风抑尘网。", "安装喷淋设施。"]
    assert first.section == ()


def test_other_labels_are_kept_beside_the_task() -> None:
    first, _ = tasks(OWN_WORDS)
    assert first.extra == {"整改进展": "已完成招标"}
    assert "招标" not in first.text


def test_measures_with_units_of_their_own_are_tasks() -> None:
    first, second = tasks(
        """
一、码头粉尘污染问题
整改目标：粉尘排放达标。
整改措施：
1.建设防风抑尘网。（责任单位：栖霞港区管委会；完成时限：2024年9月底）
2.安装喷淋设施。（责任单位：市港航局；完成时限：2024年12月底）
"""
    )
    assert [(task.label, task.text, units_of(task)) for task in (first, second)] == [
        ("1.", "建设防风抑尘网。", "责任栖霞港区管委会"),
        ("2.", "安装喷淋设施。", "责任市港航局"),
    ]


def test_problems_with_lines_below_a_chapter_of_problems() -> None:
    found = tasks(
        """
一、党建方面存在的问题：
1.主题教育开展不深入。
整改措施：制定学习计划。
责任科室：办公室
整改时限：2024年6月底
2.民主生活会质量不高。
整改措施：规范程序。
责任科室：人事科
整改时限：2024年12月底
"""
    )
    assert [(task.label, task.problem and task.problem.text, task.section) for task in found] == [
        ("1.", "主题教育开展不深入。", ("一、党建方面存在的问题",)),
        ("2.", "民主生活会质量不高。", ("一、党建方面存在的问题",)),
    ]
