"""Column heads as offices write them: each line is one table's heads with what stands below them."""

import pytest

from corpus.task import Task
from tests.ingest.extract.tables.table_builder import FORMATS, ends_of, tasks_in, units_of

CELLS = {
    "label": "1",
    "task": "整治入河排污口",
    "problem": "排污口超标排放",
    "goal": "水质达到Ⅲ类",
    "measures": "新建截污管网12公里",
    "牵头": "市水利局",
    "责任": "望川县政府",
    "配合": "市财政局",
    "督导": "市生态环境局",
    "person": "王一鸣",
    "unit+person": "沐溪县政府（李文博）",
    "limit": "2024年9月底",
    "category": "水环境",
    "extra": "群众反映",
}
"""What stands in a cell, by its meaning."""
UNITS = ("牵头", "责任", "配合", "督导")

TABLES = """
序号=label 重点任务=task 责任单位=责任 完成时限=limit
序号=label 工作任务=task 牵头单位=牵头 配合单位=配合 完成时间=limit
编号=label 工作内容=task 责任部门=责任 完成时限=limit
序号=label 目标任务=task 责任单位=责任 时限要求=limit
序号=label 重点工作=task 目标任务=goal 责任单位=责任 完成时限=limit
序号=label 重点任务=task 具体举措=measures 牵头部门=牵头 责任部门=责任 时间节点=limit
序号=label 工作事项=task 工作措施=measures 责任领导=person 责任单位=责任 完成期限=limit
序号=label 项目名称=task 建设内容及规模=measures 总投资（万元）=extra 责任单位=责任 建设周期=limit
序号=label 反馈问题=problem 整改目标=goal 整改措施=measures 整改时限=limit 责任单位=责任 责任人=person
序号=label 存在问题=problem 整改措施=measures 整改责任单位=责任 整改时限=limit 备注=extra
问题序号=label 具体问题=problem 整改要求=measures 牵头单位=牵头 整改单位=责任 督导单位=督导 完成时间=limit
序号=label 问题类型=category 问题描述=problem 主责单位=牵头 整改完成时限=limit 整改进展情况=extra
序号=label 责任单位=责任 问题清单=problem 整改措施=measures 完成时限=limit 责任人=person
完成时限=limit 责任单位=责任 重点任务=task 序号=label
序号=label 问题清单=problem 任务清单=measures 责任清单=责任 时限清单=limit
序号=label 问题=problem 整改措施=measures 责任单位及责任人=unit+person 完成时限=limit
序号=label 任务名称=task 任务内容=measures 责任单位（责任人）=unit+person 时限=limit
序号=label 改革事项=task 改革内容=measures 牵头单位=牵头 参与单位=配合 时间安排=limit
一级指标=category 重点任务=task 牵头单位=牵头 责任单位=责任 完成时限=limit
类别=category 序号=label 任务=task 措施=measures 责任单位=责任 完成时限=limit
序号=label 任务分解=task 责任处室=责任 配合处室=配合 完成时限=limit
序号=label 工作要点=task 主办单位=牵头 会办单位=配合 办结时限=limit
序号=label 提案内容=task 主办单位=牵头 协办单位=配合 办理期限=limit
序号=label 隐患描述=problem 治理措施=measures 治理责任单位=责任 治理时限=limit 包保领导=person
序号=label 主要任务=task 牵头单位=牵头 属地单位=责任 推进时限=limit
序号=label 工作任务=task 具体工作任务=measures 责任单位=责任 完成时限=limit
序\u3000号=label 重\u3000点\u3000任\u3000务=task 责任单位=责任 完成时限=limit
序号=label 重点任务（2024年）=task 责任单位（盖章）=责任 完成时限（具体到月）=limit
任务=task 牵头=牵头 配合=配合 时限=limit
序号=label 事项=task 单位=责任 时间=limit
序号=label 工程名称=task 项目业主=责任 完工时间=limit
序号=label 重点任务=task 进展情况=extra 存在问题=extra 下一步打算=extra 责任单位=责任 完成时限=limit
序号=label 重点任务=task 责任单位=责任 进展情况=extra 存在问题=extra 下步措施=extra 完成时限=limit
序号=label 重点任务=task 责任单位=责任 计划完成时间=limit 实际完成时间=extra
序号=label 问题=problem 整改措施=measures 责任单位=责任 整改时限=limit 销号时间=extra 销号审核单位=督导
企业名称=extra 存在的主要问题=problem 整改措施=measures 属地责任单位=责任 行业监管单位=督导 整改期限=limit
序号=label 任务=task 牵头科室=牵头 责任人=person 完成时限=limit 联系电话=extra
工作项目=task 工作目标=goal 推进措施=measures 责任单位=责任 进度安排=limit
序号=label 议定事项=task 承办单位=责任 办理时限=limit 办理情况=extra
重点任务=task 工作标准=goal 工作举措=measures 牵头领导=person 牵头单位=牵头 起止时间=limit
序号=label 风险点=problem 防控措施=measures 责任科室=责任 责任人=person 防控时限=limit
条目=label 政策措施=task 责任部门=责任 落实时限=limit
序号=label 项目=task 主要内容=measures 责任县区=责任 牵头市直单位=牵头 年度目标=goal 完成年限=limit
序号=label 重点任务=task 责任单位=责任 一季度=extra 二季度=extra 三季度=extra 四季度=extra
NO.=label 任务=task 责任方=责任 截止日期=limit
序号=label 重点任务=task 完成时限=limit 负责单位=责任 完成标准=goal
序号=label 督察反馈意见=problem 整改任务=measures 责任单位=责任 整改时限=limit
序号=label 巡察反馈意见=problem 整改措施=measures 责任领导=person 责任部门=责任 完成时限=limit 整改成效=extra
序号=label 交办单位=extra 交办事项=task 承办单位=责任 办结期限=limit 督办单位=督导
序号=label 工作任务=task 时序进度=limit 责任单位=责任 协同单位=配合
""".strip().splitlines()


@pytest.mark.parametrize("line", TABLES, ids=lambda line: line.replace("=", ":")[:40])
def test_a_row_is_read_by_the_heads_of_its_columns(line: str) -> None:
    columns = [column.split("=") for column in line.split(" ")]
    heads = [head for head, _ in columns]
    kinds = [kind for _, kind in columns]
    row = [CELLS[kind] for kind in kinds]
    for suffix, build in FORMATS.items():
        (task,) = tasks_in(build([heads, row]), suffix)
        assert told(task) == expected(heads, kinds), suffix


def told(task: Task) -> dict[str, object]:
    return {
        "label": task.label,
        "text": "".join(task.text.split("\t")),
        "units": sorted(units_of(task).split()),
        "persons": [person.name for person in task.persons],
        "ends": ends_of(task),
        "extra": set(task.extra),
        "problem": task.problem and task.problem.text,
        "goal": task.goal and task.goal.text,
        "section": task.section,
    }


def expected(heads: list[str], kinds: list[str]) -> dict[str, object]:
    first = "problem" if "problem" in kinds else "task"
    last = "measures" if "measures" in kinds else first
    words = kinds[kinds.index(first) : kinds.index(last) + 1]
    both = ["责任沐溪县政府"] if "unit+person" in kinds else []
    return {
        "label": CELLS["label"] if "label" in kinds else "",
        "text": "".join(CELLS[kind] for kind in words),
        "units": sorted(both + [kind + CELLS[kind] for kind in kinds if kind in UNITS]),
        "persons": [CELLS["person"]] * ("person" in kinds) + ["李文博"] * bool(both),
        "ends": ["2024-09-30"] * ("limit" in kinds),
        "extra": {"".join(head.split()) for head, kind in zip(heads, kinds, strict=True) if kind == "extra"},
        "problem": CELLS["problem"] if "problem" in kinds else None,
        "goal": CELLS["goal"] if "goal" in kinds else None,
        "section": (CELLS["category"],) if "category" in kinds else (),
    }
