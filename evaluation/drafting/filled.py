"""Fills the ledger of plans as an office would: reports, statuses, extensions, an ended task; from a seed."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, timedelta

from corpus.records import JsonObject
from corpus.store.filters import TaskQuery
from corpus.store.rows import TaskRow, TaskStatus
from service.acting import ACTING
from service.library import Library

BY = "评测"
DONE = (
    "已印发工作方案并召开推进会{n}次，任务已全部完成",
    "已建立部门协同机制，累计开展专题培训{n}场次，年度任务完成",
    "已完成系统改造并上线运行，办理时限平均压减{n}个工作日",
)
GOING = (
    "已完成前期摸排，正在征求{n}个部门的意见",
    "已启动实施，完成首批{n}个项目的备案",
    "正在开展试点，已覆盖{n}个乡镇（街道）",
)
PROBLEMS = (
    "跨部门数据共享接口尚未打通，资料核对周期较长",
    "专项资金拨付进度偏慢，项目单位垫资压力较大",
    "基层专业人员不足，现有力量难以满足工作需要",
)
NEXT = (
    "会同有关部门打通数据接口，按月调度进度",
    "集中力量推进剩余项目，按期完成验收",
    "总结试点经验，逐步推开",
)
EXTENSION = timedelta(days=90)


def keep_ledger(library: Library, plan: str, seed: int) -> date:
    """Fill the ledger of a plan, unless it is filled, and return the day as of which it stands.

    That day is shortly after three in five of the plan's dates, the end of its year for a plan without dates.
    """
    rows = list(library.store.tasks(TaskQuery(document=plan, limit=10_000)).items)
    today = _day_of(library, plan, rows)
    if any(row.status is not TaskStatus.NOT_STARTED for row in rows):
        return today
    choose = random.Random(seed)
    shuffled = choose.sample(rows, len(rows))
    for number, row in enumerate(shuffled):
        _follow_up(library, row, number, choose, today)
    return today


def _day_of(library: Library, plan: str, rows: Sequence[TaskRow]) -> date:
    days = sorted(row.first_due or row.due for row in rows if row.due)
    if days:
        return days[int(0.6 * (len(days) - 1))] + timedelta(days=8)
    issued = library.document_row(plan).date
    return date(issued.year if issued else 2025, 11, 20)


def _follow_up(library: Library, row: TaskRow, number: int, choose: random.Random, today: date) -> None:
    """Report on about four rows in five; one of twenty is extended, and one is ended."""
    steps, unit = library.steps, _unit_of(row)
    on = min(row.due or today, today) - timedelta(days=choose.randrange(5, 40))
    count = choose.randrange(2, 30)
    share = choose.random()
    told: JsonObject = {"unit": unit, "on": on}
    if number == 3:
        steps.end(row.id, "上级政策调整，任务不再实施", BY)
    elif share < 0.5:
        text = choose.choice(DONE).format(n=count) if choose.random() < 0.6 else "任务已完成"
        steps.report_each({row.id: {**told, "text": text, "percent": 100}}, BY)
    elif share < 0.8:
        told |= {"problems": choose.choice(PROBLEMS)} if choose.random() < 0.4 else {}
        told |= {"next_step": choose.choice(NEXT)} if choose.random() < 0.4 else {}
        told |= {"text": choose.choice(GOING).format(n=count)}
        steps.report_each({row.id: {**told, "percent": choose.randrange(2, 9) * 10}}, BY)
        if row.due and number % 6 == 0:
            steps.extend(row.id, row.due + EXTENSION, "前期审批时间超出预期", "分管负责同志", BY)


def _unit_of(row: TaskRow) -> str | None:
    names = [unit["name"] for unit in row.record["units"] if unit["role"] in ACTING]
    return names[0] if names else None
