"""催办: what to tell the units whose sheet is missing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from service.dispatch.standing import Standing, UnitStanding
from service.official.document import written_day

GRACE_DAYS = 2
"""Days that a unit gets after the day of the reminder, when its sheet is overdue."""


@dataclass(frozen=True, slots=True)
class Reminder:
    """What to tell one unit."""

    sheet: int
    """1-indexed sheet of the dispatch."""
    unit: str
    text: str


def reminders(standing: Standing, office: str) -> list[Reminder]:
    """Return a reminder for each unit whose sheet is missing; [] when all came back."""
    return [Reminder(unit.sheet, unit.unit, _text(standing, unit, office)) for unit in standing.missing]


def until_day(standing: Standing) -> date:
    """Return the day by which missing sheets are wanted: the day set, or shortly after today."""
    return max(standing.dispatch.due, standing.day + timedelta(days=GRACE_DAYS))


def _text(standing: Standing, unit: UnitStanding, office: str) -> str:
    overdue = f"，其中逾期未完成{unit.overdue}项" if unit.overdue else ""
    to = f"报送{office}" if office else "报送"
    return (
        f"{unit.unit}：\n"
        f"{standing.dispatch.period}重点任务调度表中，贵单位共有任务{unit.rows}项{overdue}。"
        f"{lateness(standing)}请抓紧填报，于{written_day(until_day(standing))}前{to}。"
        "有特殊情况的，请及时说明。"
    )


def lateness(standing: Standing) -> str:
    """Return how the day set and today lie to each other, as a sentence."""
    due, days = standing.dispatch.due, (standing.day - standing.dispatch.due).days
    if days <= 0:
        return f"报送时限为{written_day(due)}，截至{written_day(standing.day)}尚未收到。"
    return f"报送时限{written_day(due)}已过{days}天，截至{written_day(standing.day)}仍未收到。"
