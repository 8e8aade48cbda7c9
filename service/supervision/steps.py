"""督办: the steps of a row's life. Each call is one edit in one transaction, undone as one.

Each takes one id or several. Where one of the rows cannot take the step, none does, and the message says why.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from corpus.errors import UserError
from corpus.records import plain
from corpus.store.editing.editor import Editor
from corpus.store.editing.edits import Edit, EditKind
from corpus.store.filters import TaskQuery
from corpus.store.identifiers import task_name
from corpus.store.rows import TaskStatus
from corpus.store.store import Store
from service.supervision.columns import OwnColumns
from service.supervision.entries import checked_entry, checked_marks
from service.supervision.report import Report
from service.supervision.row_steps import (
    CLOSED,
    ENDED,
    append,
    change_units,
    keep_report,
    new_application,
    refuse,
    refuse_before_closing,
    reviewed_closing,
)
from service.supervision.statuses import settable

Tasks = str | Sequence[str]
MOST_ROWS = 100_000


class Steps:
    """The steps of 督办. All methods may be called from any thread.

    `by` is the person's name. Unknown rows raise `NotFoundError`, steps that a row cannot take `UserError`.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._columns = OwnColumns(store)

    def report(
        self,
        tasks: Tasks,
        text: str,
        by: str,
        unit: str | None = None,
        on: date | None = None,
        percent: int | None = None,
        status: TaskStatus | str | None = None,
        source: str | None = None,
        **more: str,
    ) -> Edit:
        """Store what a unit reports; `more` are problems, next_step, officer, phone, reviewer.

        A row that was not started is in progress from then on, one at 100 percent done. A day `on` that is
        still to come is refused.
        """
        beside = {"unit": unit, "on": on, "percent": percent, "status": status, "source": source}
        told = Report.of({"text": text, **beside, **more}).checked(self._store.today())
        return self.report_each(dict.fromkeys(_names(tasks), told), by)

    def report_each(self, reports: Mapping[str, Report | Mapping[str, Any]], by: str, note: str = "") -> Edit:
        """Store a report for each of several rows as one edit, such as a sheet that a unit returned."""
        told = {name: item if isinstance(item, Report) else Report.of(item) for name, item in reports.items()}

        def act(editor: Editor, number: int) -> None:
            keep_report(editor, number, told[task_name(number)])

        return self._each(list(told), act, by, EditKind.REPORT, note)

    def extend(self, tasks: Tasks, to: date, reason: str, approver: str, by: str) -> Edit:
        """延期: give rows a later date; the date of the text stays visible as `first_due`."""
        _need((reason, "请填写延期的理由。"), (approver, "请填写批准延期的人。"))

        def act(editor: Editor, number: int) -> None:
            refuse(editor, number, (*ENDED, TaskStatus.DONE), "任务 {} 已完成、销号或终止，不能延期。")
            before = editor.due(number)
            if before is not None and to <= before:
                raise UserError(f"任务 {task_name(number)} 的新时限要晚于现在的时限 {before}。")
            step = {"before": plain(before), "to": plain(to), "reason": reason, "approver": approver}
            append(editor, number, "extensions", step)
            editor.set(number, "status", TaskStatus.EXTENDED.value)

        return self._each(tasks, act, by, EditKind.EXTEND, reason)

    def hand_over(
        self, tasks: Tasks, to: Sequence[str] | str, reason: str, by: str, before: Sequence[str] | None = None
    ) -> Edit:
        """移交: give rows to other units, in the place of those that lead, else of those responsible.

        `before` names the units that hand over when not all of them do.
        """
        units = [name.strip() for name in ([to] if isinstance(to, str) else to) if name.strip()]
        _need((reason, "请填写移交的理由。"), ("".join(units), "请填写移交给哪个单位。"))

        def act(editor: Editor, number: int) -> None:
            refuse(editor, number, ENDED, "任务 {} 已销号或终止，不能移交。")
            change_units(editor, number, units, reason, before)

        return self._each(tasks, act, by, EditKind.HAND_OVER, reason)

    def end(self, tasks: Tasks, reason: str, by: str) -> Edit:
        """终止: rows that are not to be done any more."""
        _need((reason, "请填写终止的理由。"))

        def act(editor: Editor, number: int) -> None:
            refuse(editor, number, ENDED, "任务 {} 已销号或终止，不能再终止。")
            editor.set(number, "ended", {"reason": reason, "by": editor.by, "at": editor.at.isoformat()})
            editor.set_status(number, TaskStatus.CANCELLED, None)

        return self._each(tasks, act, by, EditKind.END, reason)

    def reopen(self, tasks: Tasks, reason: str, by: str) -> Edit:
        """Take up rows that were done, closed or ended, after all."""
        _need((reason, "请填写恢复办理的理由。"))

        def act(editor: Editor, number: int) -> None:
            if editor.value(number, "status") not in (*ENDED, TaskStatus.DONE):
                raise UserError(f"任务 {task_name(number)} 还在办理中，不用恢复。")
            editor.set_status(number, TaskStatus.IN_PROGRESS, None)

        return self._each(tasks, act, by, EditKind.REOPEN, reason)

    def apply_closing(
        self, tasks: Tasks, evidence: str, by: str, on: date | None = None, applicant: str | None = None
    ) -> Edit:
        """申请销号: tell by what it is proved that rows are done; `applicant` is `by` when None.

        A row that was not reported as done is done on that day.
        """
        _need((evidence, "请填写销号的依据，如验收文号、佐证材料。"))

        def act(editor: Editor, number: int) -> None:
            refuse(editor, number, ENDED, "任务 {} 已销号或终止，不能申请销号。")
            day = on or editor.today
            editor.set_status(number, TaskStatus.DONE, day)
            editor.set(number, "percent", 100)
            editor.set(number, "closing", new_application(editor, applicant, day, evidence))

        return self._each(tasks, act, by, EditKind.APPLY_CLOSING, evidence)

    def review_closing(
        self,
        tasks: Tasks,
        accepted: bool,
        by: str,
        on: date | None = None,
        reason: str = "",
        reviewer: str | None = None,
    ) -> Edit:
        """审核销号: close rows, or send them back with a reason; by another person than the applicant."""
        if not accepted:
            _need((reason, "退回销号申请时请填写理由。"))

        def act(editor: Editor, number: int) -> None:
            closing = reviewed_closing(editor, number, reviewer or by, on or editor.today)
            state = {"state": "accepted" if accepted else "rejected", "reason": reason}
            editor.set(number, "closing", {**closing, **state})
            status = TaskStatus.CLOSED if accepted else TaskStatus.IN_PROGRESS
            editor.set_status(number, status, None)

        return self._each(tasks, act, by, EditKind.REVIEW_CLOSING, reason)

    def recheck(self, tasks: Tasks, good: bool, finding: str, by: str, on: date | None = None) -> Edit:
        """回头看: look again at closed rows; a relapse opens them again."""
        if not good:
            _need((finding, "请填写回头看发现的问题。"))

        def act(editor: Editor, number: int) -> None:
            if editor.value(number, "status") not in CLOSED:
                raise UserError(f"任务 {task_name(number)} 还没有销号，只能对已销号的任务回头看。")
            day = on or editor.today
            refuse_before_closing(editor, number, day)
            append(editor, number, "rechecks", {"on": plain(day), "good": good, "finding": finding})
            editor.set_status(number, TaskStatus.RECHECKED if good else TaskStatus.IN_PROGRESS, None)

        return self._each(tasks, act, by, EditKind.RECHECK, finding)

    def choose_recheck(self, count: int, seed: int, query: TaskQuery | None = None) -> tuple[str, ...]:
        """Draw rows for 回头看 from those that were closed and not looked at again, all when they are fewer.

        The same seed draws the same rows as long as the same rows are closed.
        """
        wanted = replace(query or TaskQuery(), status=TaskStatus.CLOSED, offset=0, limit=MOST_ROWS)
        names = sorted(row.id for row in self._store.tasks(wanted).items)
        return tuple(random.Random(seed).sample(names, min(count, len(names))))

    def mark(self, tasks: Tasks, marks: Sequence[str], by: str) -> Edit:
        """Mark rows 紧急, 重点, both, or with () neither."""
        wanted = checked_marks(marks)
        return self._each(
            tasks, lambda editor, number: editor.set(number, "marks", wanted), by, EditKind.MARK
        )

    def enter(self, tasks: Tasks, entry: Mapping[str, Any], by: str) -> Edit:
        """Tell where rows come from, by the keys of `ENTRY_WORDS`; a key with "" is emptied."""
        given = checked_entry(entry)

        def act(editor: Editor, number: int) -> None:
            values = {**checked_entry({}), **(editor.value(number, "entry") or {}), **given}
            editor.set(number, "entry", values if any(values.values()) else None)

        return self._each(tasks, act, by, EditKind.ENTER)

    def own(self, tasks: Tasks, values: Mapping[str, Any], by: str) -> Edit:
        """Fill columns that the office added; None or "" empties one."""
        given = self._columns.checked(values)

        def act(editor: Editor, number: int) -> None:
            merged = {**editor.value(number, "own"), **given}
            editor.set(number, "own", {key: value for key, value in merged.items() if value is not None})

        return self._each(tasks, act, by, EditKind.OWN)

    def set_status(self, tasks: Tasks, status: TaskStatus | str, by: str, on: date | None = None) -> Edit:
        """Give rows the status 未启动, 进行中 or 已完成; `on` is the day on which they were done."""
        wanted = settable(status)

        def act(editor: Editor, number: int) -> None:
            refuse(editor, number, ENDED, "任务 {} 已销号或终止，请先恢复办理再改状态。")
            editor.set_status(number, wanted, on or editor.today)

        return self._each(tasks, act, by, EditKind.STATUS)

    def _each(
        self, tasks: Tasks, act: Callable[[Editor, int], None], by: str, kind: EditKind, note: str = ""
    ) -> Edit:
        names = _names(tasks)

        def all_of_them(editor: Editor) -> None:
            for number in editor.load(names):
                if editor.value(number, "hidden") is not None:
                    raise UserError(f"任务 {task_name(number)} 已删除或并入他项，请先恢复。")
                act(editor, number)

        return self._store.change(all_of_them, by, kind, note)


def _names(tasks: Tasks) -> list[str]:
    names = [tasks] if isinstance(tasks, str) else list(tasks)
    if not names:
        raise UserError("请先选择任务。")
    return names


def _need(*given: tuple[str, str]) -> None:
    """Refuse what is missing, each with its message."""
    for words, message in given:
        if not words.strip():
            raise UserError(message)
