"""The ledger seen by unit, month, document, leader and time; pasted tables; the history in words."""

from __future__ import annotations

from datetime import date

import pytest

from corpus.errors import UserError
from corpus.store.editing.edits import NewRow, RowEdits
from corpus.store.filters import TaskQuery
from corpus.store.rows import TaskStatus
from service.library import Library
from service.supervision.columns import ColumnKind, OwnColumn
from service.supervision.days import calendar, overdue_trend
from service.supervision.pasted import pasted_rows
from service.supervision.telling import tell
from service.supervision.views import (
    by_document,
    by_leader,
    by_month,
    by_unit,
    total_of,
    unit_by_month,
)
from tests.service.supervision.conftest import DUE, LI, WANG

TODAY = date(2026, 5, 1)


def test_rows_are_counted_by_unit_month_document_and_leader(office: Library) -> None:
    office.steps.report("t1", "竣工", WANG, on=date(2026, 7, 3), status="done")
    office.steps.report("t2", "完成一半", WANG, percent=50)
    office.steps.enter(["t1", "t2"], {"assigned_by": "张副市长"}, WANG)
    rows = office.store.tasks(TaskQuery(), TODAY).items
    (unit,) = by_unit(rows)
    assert (unit.name, unit.total, unit.finished, unit.late, unit.percent) == ("市水利局", 3, 1, 1, 50)
    assert unit.statuses == {"done": 1, "in_progress": 1, "not_started": 1}
    assert unit.colours == {"green": 1, "yellow": 1, "none": 1}
    helpers = by_unit(rows, ("cooperate",))
    assert [(group.name, group.total) for group in helpers] == [("市财政局", 3)]
    assert [(group.key, group.total) for group in by_month(rows)] == [("2026-05", 1), ("2026-06", 1), ("", 1)]
    assert [(group.key, group.total) for group in by_leader(rows)] == [("张副市长", 2), ("", 1)]
    assert [(group.key, group.total) for group in by_document(rows)] == [("", 3)]
    assert unit_by_month(rows) == {"市水利局": {"": 1, "2026-05": 1}}
    assert total_of(()).percent is None


def test_the_calendar_shows_days_periods_and_reviews(office: Library) -> None:
    office.steps.report("t3", "坚持巡查", WANG, on=date(2026, 2, 28))
    rows = office.store.tasks(TaskQuery(), TODAY).items
    days = calendar(rows, date(2026, 5, 1), date(2026, 6, 30))
    assert [(f"{day.day:%m-%d}", [(entry.task, entry.kind) for entry in day.entries]) for day in days] == [
        ("05-25", [("t2", "period")]),
        ("05-29", [("t3", "review")]),
        ("06-25", [("t2", "period")]),
        ("06-30", [("t1", "due")]),
    ]


def trend(office: Library, first: date, last: date) -> list[tuple[int, int]]:
    rows = office.store.tasks(TaskQuery(limit=1), TODAY).items
    points = overdue_trend(rows, first, last, office.store.rules(), 1)
    return [(point.overdue, point.done) for point in points]


def test_a_row_is_overdue_from_the_day_after_until_it_is_done(office: Library) -> None:
    office.steps.set_status("t1", "done", WANG, date(2026, 7, 3))
    days = (date(2026, 6, 30), date(2026, 7, 4))
    assert trend(office, *days) == [(0, 0), (1, 0), (1, 0), (0, 1), (0, 1)]


def test_an_extension_ends_what_was_overdue_and_its_own_day_counts_then(office: Library) -> None:
    today = office.today()
    office.steps.extend("t1", date(2027, 3, 31), "汛期", "张副市长", WANG)
    assert trend(office, DUE, date(2026, 7, 1))[-1] == (1, 0), "before it was granted"
    assert trend(office, today, date(2027, 3, 31))[-1] == (0, 0)
    assert trend(office, date(2027, 3, 31), date(2027, 4, 1)) == [(0, 0), (1, 0)]


def test_what_was_done_nobody_knows_when_counts_nowhere(office: Library) -> None:
    office.store.edit(RowEdits(statuses={"t1": TaskStatus.CLOSED}))
    assert trend(office, date(2026, 7, 1), date(2026, 7, 2)) == [(0, 0), (0, 0)]


HEAD = "序号\t任务\t牵头单位\t截止日期\t来源\t交办日期\t标记\t进度\t督办单号\t经费"
OWN = [OwnColumn("督办单号"), OwnColumn("类别", ColumnKind.CHOICE, ("民生",))]


def test_a_copied_table_says_by_its_head_what_its_cells_are() -> None:
    line = "1\t修路。\t市交通局、市财政局\t2026-8-31\t会议\t2026年1月5日\t紧急、重点\t60%\t7\t30万元"
    (row,) = pasted_rows(f"{HEAD}\n{line}\n", OWN, TODAY, {"origin": "批示", "assigned_by": "张"})
    assert [unit["name"] for unit in row.values["units"]] == ["市交通局", "市财政局"]
    assert row.values["deadlines"][0]["end"] == "2026-08-31"
    assert row.values["extra"] == {"经费": "30万元"}
    assert row.kept == {
        "entry": {"origin": "会议", "assigned_by": "张", "assigned_on": date(2026, 1, 5)},
        "own": {"督办单号": "7"},
        "marks": ["紧急", "重点"],
        "percent": 60,
    }


def test_lines_without_a_head_are_tasks() -> None:
    rows = pasted_rows("修路。\n\n种树。", (), TODAY)
    assert [row.values["text"] for row in rows] == ["修路。", "种树。"]


@pytest.mark.parametrize(
    ("clip", "words"),
    [
        (" \n\t", "没有可以添加"),
        ("修路。\t市交通局", "连同表头"),
        ("任务\t牵头单位\n\t市交通局", "第 1 行：没有任务内容"),
        ("任务\t截止日期\n修路。\t以后", "第 1 行：“以后”看不出是哪一天"),
        ("任务\t牵头单位\t进度\n修路。\t\t快了", "不是进度"),
        ("任务\t牵头单位\t进度\n修路。\t\tnan", "不是进度"),
    ],
)
def test_what_cannot_be_pasted_is_told_with_its_line(clip: str, words: str) -> None:
    with pytest.raises(UserError, match=words):
        pasted_rows(clip, (), TODAY)


def test_a_pasted_value_must_fit_its_column(office: Library) -> None:
    office.columns.replace(OWN, WANG)
    with pytest.raises(UserError, match="只能选民生"):
        office.paste("任务\t牵头单位\t类别\n修路。\t\t产业", WANG)
    assert office.tasks().total == 3


def test_the_history_is_told_in_words(office: Library) -> None:
    office.steps.report("t1", "完成一半", WANG, "市水利局", DUE, 50, problems="缺砂石")
    office.steps.extend("t1", date(2026, 9, 30), "汛期", "张副市长", WANG)
    office.steps.hand_over("t1", "市住建局", "机构调整", WANG)
    office.steps.enter("t1", {"origin": "批示"}, WANG)
    office.steps.apply_closing("t1", "验收单", WANG, DUE)
    office.steps.review_closing("t1", False, LI, DUE, "照片不清")
    edit = office.steps.end("t1", "取消", WANG)
    office.rows.undo(edit.id, LI)
    told = [tell(entry) for entry in office.rows.history("t1")]
    for words in (
        "新增",
        "市水利局 2026-06-30（50%）：完成一半；存在问题：缺砂石",
        "状态：未启动 → 进行中",
        "延期至 2026-09-30（原为 2026-06-30）；理由：汛期；批准人：张副市长",
        "由市水利局移交市住建局；理由：机构调整",
        "单位：市水利局、市财政局 → 市住建局、市财政局",
        "来源：批示",
        "王明 2026-06-30 申请销号；依据：验收单",
        "李华 2026-06-30 退回销号申请；理由：照片不清",
        "终止；理由：取消",
        "恢复办理",
    ):
        assert words in told, words


def test_a_long_ledger_is_seen_through_a_worker(office: Library) -> None:
    from service.supervision.answers import view_json

    rows = [NewRow({"text": f"第{number}项。"}) for number in range(201)]
    office.rows.edit(RowEdits(added=rows), WANG)
    assert b'"total":204' in office.bodies.made(view_json, "unit", TaskQuery())
