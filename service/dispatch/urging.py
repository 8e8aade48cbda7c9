"""催办: what to tell the units whose sheet is missing, each for itself and all in one notice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from service.dispatch.standing import Standing, UnitStanding
from service.official.document import Annex, OfficialDocument, Piece, written_day
from service.official.paper import Fonts
from service.official.writer import document_bytes

GRACE_DAYS = 2
"""Days that a unit gets after the day of the reminder, when its sheet is overdue."""
MOST_RECIPIENTS = 12
"""More units than these are addressed together."""


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
        f"{_lateness(standing)}请抓紧填报，于{written_day(until_day(standing))}前{to}。"
        "有特殊情况的，请及时说明。"
    )


def _lateness(standing: Standing) -> str:
    due, days = standing.dispatch.due, (standing.day - standing.dispatch.due).days
    if days <= 0:
        return f"报送时限为{written_day(due)}，截至{written_day(standing.day)}尚未收到。"
    return f"报送时限{written_day(due)}已过{days}天，截至{written_day(standing.day)}仍未收到。"


def notice_bytes(standing: Standing, office: str, fonts: Fonts | None = None) -> bytes:
    """Return one notice to all units whose sheet is missing, with their list, as docx."""
    missing = standing.missing
    names = "、".join(unit.unit for unit in missing)
    until = written_day(until_day(standing))
    head = ("序号", "单位", "任务数", "其中逾期", "报送时限")
    rows = tuple(
        (str(at), unit.unit, str(unit.rows), str(unit.overdue), written_day(standing.dispatch.due))
        for at, unit in enumerate(missing, start=1)
    )
    body = (
        Piece(f"{standing.dispatch.period}重点任务调度表已发你们填报。{_lateness(standing)}"),
        Piece(f"请抓紧核实任务进展，填写进展情况、完成情况、存在问题和下一步打算，于{until}前报送"
              f"{office or '督查部门'}。逾期任务要说明原因和完成时间。"),
    )  # fmt: skip
    annex = "未报送单位名单"
    notice = OfficialDocument(
        f"关于催报{standing.dispatch.period}调度表的通知",
        body,
        recipients=names if len(missing) <= MOST_RECIPIENTS else "各有关单位",
        attachments=(annex,),
        issuer=office,
        day=standing.day,
        annexes=(Annex(annex, head, rows, landscape=False, widths=(6, 36, 9, 10, 20)),),
    )
    return document_bytes(notice, fonts)
