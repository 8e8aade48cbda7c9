"""Each step of 督办: what it does to a row, what it refuses, its place in the history, and undo."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from corpus.errors import NotFoundError, UserError
from corpus.records import JsonObject
from corpus.store.editing.edits import Edit, EditKind, RowEdits
from corpus.store.rows import TaskStatus, ledger_record
from service.library import Library
from service.supervision.columns import ColumnKind, OwnColumn
from tests.service.supervision.conftest import DUE, LI, WANG

LATER = date(2026, 9, 30)
Act = Callable[[Library], Edit]


def row(office: Library, task: str = "t1") -> JsonObject:
    return ledger_record(office.task(task))


def closed(office: Library, task: str = "t1") -> None:
    office.steps.apply_closing(task, "验收文件〔2026〕3号", WANG, DUE)
    office.steps.review_closing(task, True, LI, DUE)


def apply(office: Library) -> Edit:
    return office.steps.apply_closing("t1", "验收单", WANG, DUE)


def accept(office: Library) -> Edit:
    apply(office)
    return office.steps.review_closing("t1", True, LI, DUE)


def reject(office: Library) -> Edit:
    apply(office)
    return office.steps.review_closing("t1", False, LI, DUE, "照片看不清")


def relapse(office: Library) -> Edit:
    closed(office)
    return office.steps.recheck("t1", False, "垃圾又堆上了", LI, LATER)


def pick(record: JsonObject, *keys: str) -> JsonObject:
    return {key: record[key] for key in keys}


STEPS: dict[str, tuple[Act, JsonObject]] = {
    "a report starts the row": (
        lambda office: office.steps.report("t1", "完成招标", WANG, "市水利局", DUE, 40),
        {"status": "in_progress", "percent": 40, "done_on": None},
    ),
    "one hundred percent is done": (
        lambda office: office.steps.report("t1", "竣工", WANG, on=DUE, percent=100),
        {"status": "done", "percent": 100, "done_on": "2026-06-30", "late": False},
    ),
    "done after the day is late": (
        lambda office: office.steps.report("t1", "竣工", WANG, on=date(2026, 7, 1), status="done"),
        {"status": "done", "percent": 100, "done_on": "2026-07-01", "late": True},
    ),
    "nothing done yet": (
        lambda office: office.steps.report("t1", "等待批复", WANG, percent=0),
        {"status": "not_started", "percent": 0},
    ),
    "an extension gives a new date": (
        lambda office: office.steps.extend("t1", LATER, "汛期不能施工", "张副市长", WANG),
        {"status": "extended", "due": "2026-09-30", "first_due": "2026-06-30"},
    ),
    "an end says why": (
        lambda office: office.steps.end("t1", "项目取消", WANG),
        {"status": "cancelled", "colour": None},
    ),
    "an application says it is done": (
        apply,
        {"status": "done", "percent": 100, "done_on": "2026-06-30"},
    ),
    "a review closes": (accept, {"status": "closed", "colour": None, "done_on": "2026-06-30"}),
    "a review sends back": (reject, {"status": "in_progress", "percent": None, "done_on": None}),
    "a relapse opens again": (relapse, {"status": "in_progress", "closing": None, "done_on": None}),
    "marks": (lambda office: office.steps.mark("t1", ["重点", "紧急"], WANG), {"marks": ["紧急", "重点"]}),
    "a status": (
        lambda office: office.steps.set_status("t1", "done", WANG, LATER),
        {"status": "done", "done_on": "2026-09-30", "late": True},
    ),
}


@pytest.mark.parametrize(("act", "expected"), STEPS.values(), ids=STEPS)
def test_a_step_does_what_it_says_and_can_be_undone_and_done_again(
    office: Library, act: Act, expected: JsonObject
) -> None:
    edit = act(office)
    after = row(office)
    assert pick(after, *expected) == expected
    assert edit.changed == ("t1",)
    undone = office.rows.undo(edit.id, LI)
    assert row(office) != after
    office.rows.undo(undone.id, WANG)
    assert row(office) == after


def test_what_a_report_tells_is_kept_word_for_word(office: Library) -> None:
    more = {
        "problems": "缺砂石",
        "next_step": "换料场",
        "officer": "陈工",
        "phone": "0000-1",
        "reviewer": "周",
    }
    office.steps.report("t1", "完成一半", WANG, "市水利局", DUE, 50, source="d9", **more)
    (note,) = row(office)["notes"]
    assert note.pop("at")
    assert note == {
        "text": "完成一半",
        "unit": "市水利局",
        "date": "2026-06-30",
        "percent": 50,
        "by": WANG,
        "source": "d9",
        **more,
    }


def test_a_report_of_a_day_to_come_is_refused(office: Library) -> None:
    with pytest.raises(UserError, match="还没有到"):
        office.steps.report("t1", "完成招标", WANG, on=date(2999, 1, 1))


def test_reports_of_several_rows_are_one_edit(office: Library) -> None:
    reports = {
        "t1": {"text": "完成一半", "percent": 50},
        "t3": {"text": "坚持巡查", "date": "2026-05-01"},
    }
    edit = office.steps.report_each(reports, WANG, "调度 2026年5月：市水利局.xlsx")
    assert (edit.kind, edit.changed, edit.note) == (
        EditKind.REPORT,
        ("t1", "t3"),
        "调度 2026年5月：市水利局.xlsx",
    )
    assert [row(office, name)["percent"] for name in ("t1", "t3")] == [50, None]
    office.rows.undo(edit.id, WANG)
    assert [row(office, name)["notes"] for name in ("t1", "t3")] == [[], []]


def test_every_extension_stays_visible_and_each_must_be_later(office: Library) -> None:
    office.steps.extend("t1", LATER, "汛期", "张副市长", WANG)
    office.steps.extend("t1", date(2026, 12, 31), "资金", "张副市长", WANG)
    record = row(office)
    steps = [pick(step, "before", "to", "reason", "approver", "by") for step in record["extensions"]]
    assert [(step["before"], step["to"]) for step in steps] == [
        ("2026-06-30", "2026-09-30"),
        ("2026-09-30", "2026-12-31"),
    ]
    assert (record["due"], record["first_due"]) == ("2026-12-31", "2026-06-30")
    with pytest.raises(UserError, match="晚于现在的时限 2026-12-31"):
        office.steps.extend("t1", LATER, "再延", "张副市长", WANG)


def test_a_row_goes_to_another_unit_and_the_former_is_remembered(office: Library) -> None:
    office.steps.hand_over("t1", ["市住建局", "市财政局"], "机构调整", WANG)
    record = row(office)
    named = [(unit["name"], unit["role"]) for unit in record["units"]]
    assert named == [("市住建局", "lead"), ("市财政局", "lead")]
    (step,) = record["handovers"]
    assert pick(step, "before", "to", "reason") == {
        "before": ["市水利局"],
        "to": ["市住建局", "市财政局"],
        "reason": "机构调整",
    }


def test_the_closing_tells_who_applied_and_who_reviewed(office: Library) -> None:
    accept(office)
    keys = ("state", "applicant", "applied_on", "evidence", "reviewer", "reviewed_on")
    assert [row(office)["closing"][key] for key in keys] == [
        "accepted",
        WANG,
        "2026-06-30",
        "验收单",
        LI,
        "2026-06-30",
    ]


def test_a_rejected_application_can_be_made_again(office: Library) -> None:
    reject(office)
    assert row(office)["closing"]["reason"] == "照片看不清"
    closed(office)
    assert row(office)["status"] == "closed"


def test_a_good_recheck_and_then_a_relapse(office: Library) -> None:
    closed(office)
    office.steps.recheck("t1", True, "", LI, LATER)
    assert row(office)["status"] == "rechecked" and row(office)["closing"]["state"] == "accepted"
    office.steps.recheck("t1", False, "又淤了", LI, date(2026, 10, 8))
    record = row(office)
    assert [(check["on"], check["good"]) for check in record["rechecks"]] == [
        ("2026-09-30", True),
        ("2026-10-08", False),
    ]
    assert (record["status"], record["colour"]) == ("in_progress", "red")


def test_rows_to_look_at_again_are_drawn_by_the_seed_from_the_closed_ones(office: Library) -> None:
    assert office.steps.choose_recheck(2, 7) == ()
    for name in ("t1", "t2", "t3"):
        closed(office, name)
    drawn = office.steps.choose_recheck(2, 7)
    assert len(drawn) == 2 and drawn == office.steps.choose_recheck(2, 7)
    office.steps.recheck(drawn, True, "", LI)
    assert set(office.steps.choose_recheck(5, 7)) == {"t1", "t2", "t3"} - set(drawn)


def test_entries_are_filled_bit_by_bit(office: Library) -> None:
    office.steps.enter("t1", {"origin": "批示", "assigned_on": date(2026, 1, 5), "number": "3"}, WANG)
    office.steps.enter("t1", {"officer": "陈工", "number": ""}, WANG)
    assert row(office)["entry"] == {
        "origin": "批示",
        "assigned_on": "2026-01-05",
        "assigned_by": None,
        "number": None,
        "officer": "陈工",
        "phone": None,
    }
    office.steps.enter("t1", {"origin": None, "assigned_on": "", "officer": ""}, WANG)
    assert row(office)["entry"] is None


def test_own_columns_take_what_their_kind_allows(office: Library) -> None:
    columns = (
        OwnColumn("督办单号"),
        OwnColumn("复核日", ColumnKind.DATE),
        OwnColumn("类别", ColumnKind.CHOICE, ("民生", "产业")),
    )
    assert office.columns.replace(columns, WANG) == columns
    office.steps.own("t1", {"督办单号": "12", "复核日": date(2026, 2, 28), "类别": "民生"}, WANG)
    office.steps.own("t1", {"督办单号": ""}, WANG)
    assert row(office)["own"] == {"复核日": "2026-02-28", "类别": "民生"}
    for wrong in ({"复核日": "2026-02-30"}, {"类别": "文化"}, {"没有的": "1"}):
        with pytest.raises(UserError):
            office.steps.own("t1", wrong, WANG)
    office.columns.replace((), WANG)
    assert row(office)["own"] == {"复核日": "2026-02-28", "类别": "民生"}


def reviewed_by_the_applicant(office: Library) -> None:
    apply(office)
    office.steps.review_closing("t1", True, WANG)


def reviewed_for_the_applicant(office: Library) -> None:
    office.steps.apply_closing("t1", "验收单", WANG, applicant="市水利局")
    office.steps.review_closing("t1", True, WANG)


def reviewed_too_early(office: Library) -> None:
    apply(office)
    office.steps.review_closing("t1", True, LI, date(2026, 6, 1))


def after_closing(act: Act) -> Callable[[Library], Any]:
    def done(office: Library) -> None:
        closed(office)
        act(office)

    return done


REFUSED: dict[str, tuple[Callable[[Library], Any], str]] = {
    "no rows": (lambda office: office.steps.mark([], [], WANG), "先选择"),
    "an unknown row": (lambda office: office.steps.mark("t99", [], WANG), "t99"),
    "an unknown mark": (lambda office: office.steps.mark("t1", ["特急"], WANG), "紧急、重点"),
    "an empty report": (lambda office: office.steps.report("t1", " ", WANG), "填写进展"),
    "too much": (lambda office: office.steps.report("t1", "好", WANG, percent=101), "100"),
    "closing by report": (
        lambda office: office.steps.report("t1", "好", WANG, status="closed"),
        "销号请分别办理",
    ),
    "closing by status": (lambda office: office.steps.set_status("t1", "closed", WANG), "申请销号"),
    "extended by status": (lambda office: office.steps.set_status("t1", "extended", WANG), "延期"),
    "an unknown status": (lambda office: office.steps.set_status("t1", "好", WANG), "没有状态"),
    "no reason": (lambda office: office.steps.extend("t1", LATER, " ", "张", WANG), "理由"),
    "no approver": (lambda office: office.steps.extend("t1", LATER, "汛期", "", WANG), "批准"),
    "an earlier date": (lambda office: office.steps.extend("t1", DUE, "汛期", "张", WANG), "晚于"),
    "nobody to hand over to": (lambda office: office.steps.hand_over("t1", " ", "调整", WANG), "移交给"),
    "a unit that does not lead": (
        lambda office: office.steps.hand_over("t1", "甲局", "调整", WANG, ["乙局"]),
        "乙局",
    ),
    "no evidence": (lambda office: office.steps.apply_closing("t1", "", WANG), "依据"),
    "no application": (lambda office: office.steps.review_closing("t1", True, LI), "没有待审核"),
    "the applicant reviews": (reviewed_by_the_applicant, "另一人"),
    "who typed the application reviews": (reviewed_for_the_applicant, "另一人"),
    "a review before the application": (reviewed_too_early, "早于"),
    "sent back without a reason": (lambda office: office.steps.review_closing("t1", False, LI), "理由"),
    "looked at again too early": (lambda office: office.steps.recheck("t1", True, "", LI), "还没有销号"),
    "looked at again before it was closed": (
        after_closing(lambda office: office.steps.recheck("t1", True, "", LI, date(2026, 6, 1))),
        "销号日期 2026-06-30",
    ),
    "a relapse without a finding": (
        after_closing(lambda office: office.steps.recheck("t1", False, "", LI)),
        "发现的问题",
    ),
    "a closed row extended": (
        after_closing(lambda office: office.steps.extend("t1", LATER, "汛期", "张", WANG)),
        "不能延期",
    ),
    "a closed row ended": (after_closing(lambda office: office.steps.end("t1", "取消", WANG)), "终止"),
    "a closed row started": (
        after_closing(lambda office: office.steps.set_status("t1", "in_progress", WANG)),
        "恢复办理",
    ),
    "a deleted row": (
        lambda office: (office.rows.delete(["t1"], WANG), office.steps.mark("t1", ["紧急"], WANG)),
        "已删除",
    ),
    "work that goes on taken up": (lambda office: office.steps.reopen("t1", "误报", WANG), "还在办理"),
    "an unknown entry": (lambda office: office.steps.enter("t1", {"电话": "1"}, WANG), "没有这些栏目"),
}


@pytest.mark.parametrize(("act", "words"), REFUSED.values(), ids=REFUSED)
def test_what_a_row_cannot_take_is_refused_in_plain_words(
    office: Library, act: Callable[[Library], Any], words: str
) -> None:
    with pytest.raises((UserError, NotFoundError), match=words):
        act(office)


def test_when_one_row_cannot_none_does(office: Library) -> None:
    closed(office, "t2")
    before = row(office)
    with pytest.raises(UserError, match="t2"):
        office.steps.extend(["t1", "t2"], LATER, "汛期", "张副市长", WANG)
    assert row(office) == before


def test_a_closed_row_taken_up_again_has_to_be_closed_anew(office: Library) -> None:
    closed(office)
    office.steps.reopen("t1", "验收单有误", LI)
    assert pick(row(office), "status", "closing", "done_on", "percent") == {
        "status": "in_progress",
        "closing": None,
        "done_on": None,
        "percent": None,
    }


def test_the_history_tells_all_of_it(office: Library) -> None:
    office.steps.extend("t1", LATER, "汛期", "张副市长", WANG)
    relapse(office)
    kinds = [edit.kind.value for edit in office.rows.edits(task="t1")]
    assert kinds == ["recheck", "review_closing", "apply_closing", "extend", "add"]
    keys = {entry.key for entry in office.rows.history("t1")}
    assert {"status", "extensions", "closing", "rechecks", "done_on", "percent"} <= keys


def test_a_status_by_hand_in_the_ledger_keeps_the_day(office: Library) -> None:
    office.steps.report("t1", "完成一半", WANG, percent=50)
    office.rows.edit(RowEdits(statuses={"t1": TaskStatus.DONE}), WANG)
    assert pick(row(office), "done_on", "percent") == {"done_on": office.today().isoformat(), "percent": 100}


def test_a_row_by_hand_brings_what_the_office_keeps(office: Library) -> None:
    office.columns.replace([OwnColumn("督办单号")], WANG)
    kept = {"entry": {"origin": "来电"}, "marks": ["紧急"], "own": {"督办单号": "7"}, "percent": 10}
    (task,) = office.rows.add({"text": "答复群众来电。"}, WANG, kept=kept).added
    record = row(office, task)
    assert record["entry"]["origin"] == "来电"
    assert pick(record, "marks", "own", "percent") == pick(kept, "marks", "own", "percent")
    with pytest.raises(UserError, match="督办步骤"):
        office.rows.add({"text": "答复群众来电。"}, WANG, kept={"closing": {"state": "accepted"}})


def test_words_status_and_what_is_kept_change_as_one_edit(office: Library) -> None:
    before = row(office)
    changes = RowEdits(
        corrected={"t1": {"text": "疏浚河道三十公里。"}},
        statuses={"t1": TaskStatus.IN_PROGRESS},
        kept={"t1": {"percent": 30, "marks": ["重点"]}},
    )
    edit = office.rows.edit(changes, WANG)
    assert pick(row(office), "text", "status", "percent", "marks") == {
        "text": "疏浚河道三十公里。",
        "status": "in_progress",
        "percent": 30,
        "marks": ["重点"],
    }
    office.rows.undo(edit.id, WANG)
    assert row(office) == before
