"""What a step does to one row, within the edit that is being made."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from corpus.errors import UserError
from corpus.records import JsonObject, plain
from corpus.store.editing.editor import Editor
from corpus.store.identifiers import task_name
from corpus.store.rows import TaskStatus
from service.acting import acting_role
from service.supervision.report import Report

CLOSED = (TaskStatus.CLOSED, TaskStatus.RECHECKED)
ENDED = (*CLOSED, TaskStatus.CANCELLED)


def refuse(editor: Editor, number: int, statuses: Sequence[TaskStatus], message: str) -> None:
    """Refuse a row that has one of these statuses; `message` has a place for its id.

    Raises:
        UserError: when it has.
    """
    if editor.value(number, "status") in statuses:
        raise UserError(message.format(task_name(number)))


def append(editor: Editor, number: int, key: str, step: JsonObject) -> None:
    """Put a step at the end of a list of a row, with who took it and when."""
    told = {**step, "by": editor.by, "at": editor.at.isoformat()}
    editor.set(number, key, [*editor.value(number, key), told])


def keep_report(editor: Editor, number: int, told: Report) -> None:
    """Keep a report, and give the row the status and percentage that follow from it.

    Raises:
        UserError: when it would change the status of a row that is closed or ended.
    """
    note = told.note(editor.today, editor.by, editor.at.isoformat())
    editor.set(number, "notes", [*editor.value(number, "notes"), note])
    before = TaskStatus(editor.value(number, "status"))
    status = told.status or _status_after(before, told.percent)
    if status is not before:
        if before in ENDED:
            raise UserError(f"任务 {task_name(number)} 已销号或终止，请先恢复办理再改状态。")
        editor.set_status(number, status, told.on or editor.today)
    percent = 100 if told.percent is None and status is TaskStatus.DONE else told.percent
    if percent is not None:
        editor.set(number, "percent", percent)


def _status_after(before: TaskStatus, percent: int | None) -> TaskStatus:
    """Return the status of a row after a report that names none."""
    if before not in (TaskStatus.NOT_STARTED, TaskStatus.IN_PROGRESS, TaskStatus.EXTENDED):
        return before
    if percent == 100:
        return TaskStatus.DONE
    return before if percent == 0 else TaskStatus.IN_PROGRESS


def change_units(
    editor: Editor, number: int, to: Sequence[str], reason: str, before: Sequence[str] | None
) -> None:
    """Put units in the place of those that lead, else of those responsible, or of those among them named.

    Raises:
        UserError: when none of the units `before` answers for the row.
    """
    units = editor.value(number, "units")
    role = acting_role(units)
    leaving = [unit for unit in units if unit["role"] == role and (before is None or _named(unit, before))]
    if before is not None and not leaving:
        raise UserError(f"任务 {task_name(number)} 不由{'、'.join(before)}负责，请核对移出单位。")
    names = [unit["name"] for unit in leaving]
    stay = [unit for unit in units if unit not in leaving and unit["name"] not in to]
    new = [{"name": name, "role": role} for name in to]
    editor.correct(number, {"units": [*new, *stay]})
    append(editor, number, "handovers", {"before": names, "to": list(to), "reason": reason})


def _named(unit: JsonObject, names: Sequence[str]) -> bool:
    return unit["name"] in names or unit["canonical"] in names


def new_application(editor: Editor, applicant: str | None, day: date, evidence: str) -> JsonObject:
    """Return an application for 销号 that nobody has reviewed."""
    return {
        "state": "applied",
        "applicant": applicant or editor.by,
        "applied_on": plain(day),
        "evidence": evidence,
        "reviewer": None,
        "reviewed_on": None,
        "reason": "",
        "entered_by": editor.by,
    }


def reviewed_closing(editor: Editor, number: int, reviewer: str, day: date) -> JsonObject:
    """Return the application of a row with its reviewer.

    Raises:
        UserError: when there is none, or the reviewer applied or the day is before the application.
    """
    closing = editor.value(number, "closing")
    if closing is None or closing["state"] != "applied":
        raise UserError(f"任务 {task_name(number)} 没有待审核的销号申请。")
    if not reviewer:
        raise UserError("请填写审核人。")
    if reviewer in (closing["applicant"], closing["entered_by"]):
        raise UserError(f"任务 {task_name(number)} 的销号申请由{reviewer}提出，请由另一人审核。")
    if day < date.fromisoformat(closing["applied_on"]):
        raise UserError(f"审核日期不能早于申请日期 {closing['applied_on']}。")
    return {**closing, "reviewer": reviewer, "reviewed_on": plain(day)}


def refuse_before_closing(editor: Editor, number: int, day: date) -> None:
    """Refuse a second look on a day before the row was closed.

    Raises:
        UserError: when it was closed later; a row that a file called closed has no such day.
    """
    closing = editor.value(number, "closing")
    if closing is not None and closing["reviewed_on"] and day < date.fromisoformat(closing["reviewed_on"]):
        raise UserError(f"回头看的日期不能早于任务 {task_name(number)} 的销号日期 {closing['reviewed_on']}。")
