"""The forms of 督办: what a person fills in for each step, and the step that is then taken."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from corpus.brackets import split_outside_brackets
from corpus.errors import UserError
from corpus.store.editing.edits import Edit
from service.editing.cells import parse_day
from service.pages.ledger.columns import SETTABLE_WORDS, STATUS_OF_WORDS
from service.supervision.entries import ENTRY_WORDS, MARKS, ORIGINS

if TYPE_CHECKING:
    from service.library import Library

Values = Mapping[str, Any]
Act = Callable[["Library", Sequence[str], Values, str], Edit]
ACCEPTED, REJECTED = "同意销号", "退回"
GOOD, RELAPSED = "整改到位，没有反弹", "出现反弹，重新办理"
UNCHANGED = "不变"


@dataclass(frozen=True, slots=True)
class Field:
    """One thing to fill in."""

    name: str
    words: str
    kind: str = "text"
    """text, long, date, number, choice, several (of choices) or offered (choices, others may be typed)."""
    choices: tuple[str, ...] = ()
    needed: bool = False
    value: Any = None
    """What stands there at first."""
    half: bool = True
    """Two such fields share a line."""


@dataclass(frozen=True, slots=True)
class Form:
    """A step with what it asks."""

    name: str
    icon: str
    fields: tuple[Field, ...]
    act: Act
    hint: str = ""


def _day(values: Values, name: str) -> date | None:
    return parse_day(values[name]) if values.get(name) else None


def _limit(values: Values, name: str, message: str) -> date:
    """Return a time limit, which comes after today where its year is not typed."""
    if not values.get(name):
        raise UserError(message)
    return parse_day(values[name], ahead=True)


def _words(values: Values, *names: str) -> dict[str, str]:
    return {name: str(values.get(name) or "") for name in names}


def _report(library: Library, tasks: Sequence[str], values: Values, by: str) -> Edit:
    status = STATUS_OF_WORDS.get(values["status"])
    percent = None if values["percent"] is None else int(values["percent"])
    more = _words(values, "problems", "next_step", "officer", "phone", "reviewer")
    return library.steps.report(
        tasks,
        values["text"] or "",
        by,
        values["unit"] or None,
        _day(values, "on"),
        percent,
        status,
        None,
        **more,
    )


def _status(library: Library, tasks: Sequence[str], values: Values, by: str) -> Edit:
    return library.steps.set_status(tasks, STATUS_OF_WORDS[values["status"]], by, _day(values, "on"))


def _extend(library: Library, tasks: Sequence[str], values: Values, by: str) -> Edit:
    to = _limit(values, "to", "请填写新的时限。")
    return library.steps.extend(tasks, to, values["reason"] or "", values["approver"] or "", by)


def _hand_over(library: Library, tasks: Sequence[str], values: Values, by: str) -> Edit:
    units = split_outside_brackets(values["to"] or "", "、，,；;\n")
    return library.steps.hand_over(tasks, units, values["reason"] or "", by)


def _end(library: Library, tasks: Sequence[str], values: Values, by: str) -> Edit:
    return library.steps.end(tasks, values["reason"] or "", by)


def _reopen(library: Library, tasks: Sequence[str], values: Values, by: str) -> Edit:
    return library.steps.reopen(tasks, values["reason"] or "", by)


def _apply(library: Library, tasks: Sequence[str], values: Values, by: str) -> Edit:
    applicant = values["applicant"] or None
    return library.steps.apply_closing(tasks, values["evidence"] or "", by, _day(values, "on"), applicant)


def _review(library: Library, tasks: Sequence[str], values: Values, by: str) -> Edit:
    accepted, reviewer = values["verdict"] == ACCEPTED, values["reviewer"] or None
    return library.steps.review_closing(
        tasks, accepted, by, _day(values, "on"), values["reason"] or "", reviewer
    )


def _recheck(library: Library, tasks: Sequence[str], values: Values, by: str) -> Edit:
    good = values["verdict"] == GOOD
    return library.steps.recheck(tasks, good, values["finding"] or "", by, _day(values, "on"))


def _mark(library: Library, tasks: Sequence[str], values: Values, by: str) -> Edit:
    return library.steps.mark(tasks, values["marks"] or (), by)


def _enter(library: Library, tasks: Sequence[str], values: Values, by: str) -> Edit:
    entry = {key: str(values[key]).strip() for key in ENTRY_WORDS if values.get(key)}
    if not entry:
        raise UserError("请至少填写一栏。")
    return library.steps.enter(tasks, entry, by)


ENTRY_FIELDS = (
    Field("origin", ENTRY_WORDS["origin"], "offered", ORIGINS),
    Field("number", ENTRY_WORDS["number"]),
    Field("assigned_on", ENTRY_WORDS["assigned_on"], "date"),
    Field("assigned_by", ENTRY_WORDS["assigned_by"]),
    Field("officer", ENTRY_WORDS["officer"]),
    Field("phone", ENTRY_WORDS["phone"]),
)
REPORT = Form(
    "填报进展",
    "edit_note",
    (
        Field("text", "进展情况", "long", half=False),
        Field("unit", "填报单位"),
        Field("on", "日期", "date"),
        Field("percent", "进度（%）", "number"),
        Field("status", "状态", "choice", (UNCHANGED, *SETTABLE_WORDS), value=UNCHANGED),
        Field("problems", "存在问题", "long", half=False),
        Field("next_step", "下一步打算", "long", half=False),
        Field("officer", "填报人"),
        Field("phone", "电话"),
        Field("reviewer", "审核人"),
    ),
    _report,
    "未启动的任务填报后转为进行中；进度填 100 即为已完成。",
)
STATUS = Form(
    "改状态",
    "flag",
    (
        Field("status", "状态", "choice", tuple(SETTABLE_WORDS), needed=True),
        Field("on", "完成日期（状态为已完成时）", "date"),
    ),
    _status,
)
EXTEND = Form(
    "延期",
    "event_repeat",
    (
        Field("to", "新的时限", "date", needed=True),
        Field("approver", "批准人", needed=True),
        Field("reason", "延期理由", "long", needed=True, half=False),
    ),
    _extend,
    "原来的时限照样显示和统计。",
)
HAND_OVER = Form(
    "移交",
    "swap_horiz",
    (
        Field("to", "移交给（几个单位用、隔开）", needed=True, half=False),
        Field("reason", "移交理由", "long", needed=True, half=False),
    ),
    _hand_over,
    "替换牵头单位；没有牵头单位的，替换责任单位。",
)
END = Form("终止", "block", (Field("reason", "终止理由", "long", needed=True, half=False),), _end)
REOPEN = Form("恢复办理", "replay", (Field("reason", "理由", "long", needed=True, half=False),), _reopen)
APPLY = Form(
    "申请销号",
    "verified",
    (
        Field("evidence", "完成依据（验收文号、佐证材料等）", "long", needed=True, half=False),
        Field("applicant", "申请人（不填就是您自己）"),
        Field("on", "完成日期", "date"),
    ),
    _apply,
    "佐证材料可以在任务详情里上传为附件。",
)
REVIEW = Form(
    "审核销号",
    "fact_check",
    (
        Field("verdict", "审核意见", "choice", (ACCEPTED, REJECTED), needed=True, value=ACCEPTED),
        Field("reviewer", "审核人（不填就是您自己）"),
        Field("on", "审核日期", "date"),
        Field("reason", "说明（退回时必填）", "long", half=False),
    ),
    _review,
    "审核人不能是申请人。",
)
RECHECK = Form(
    "回头看",
    "manage_search",
    (
        Field("verdict", "结果", "choice", (GOOD, RELAPSED), needed=True, value=GOOD),
        Field("on", "日期", "date"),
        Field("finding", "核查情况", "long", half=False),
    ),
    _recheck,
    "只能对已销号的任务回头看；出现反弹的任务会重新打开。",
)
MARK = Form(
    "标记",
    "label_important",
    (Field("marks", "标记（都不选就是去掉标记）", "several", MARKS, half=False),),
    _mark,
)
ENTER = Form("来源", "assignment_ind", ENTRY_FIELDS, _enter, "没填的栏目保持原样。")
FORMS = (REPORT, STATUS, EXTEND, HAND_OVER, APPLY, REVIEW, RECHECK, MARK, ENTER, END, REOPEN)
"""In the order of the bar."""
SHOWN_FORMS = 8
"""So many have buttons of their own in the bar of the list; the rest is under 更多."""
