"""催办通知: one notice to all units whose sheet is missing, with their list."""

from __future__ import annotations

from service.dispatch.standing import Standing
from service.dispatch.urging import lateness, until_day
from service.official.document import Annex, OfficialDocument, Piece, written_day
from service.official.paper import Fonts
from service.official.writer import document_bytes

MOST_RECIPIENTS = 12
"""More units than these are addressed together."""


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
        Piece(f"{standing.dispatch.period}重点任务调度表已发你们填报。{lateness(standing)}"),
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
