"""What a returned row would change, and what it may not change."""

from __future__ import annotations

import pytest

from service.dispatch.difference import Asked, chosen, row_difference
from service.dispatch.filled import Filled
from service.dispatch.matching import How, Match
from service.dispatch.records import sheet_from, sheet_record
from service.dispatch.returned import compare_sheet
from service.dispatch.rounds import Round
from tests.service.dispatch.builders import WORD, dispatch, filled, record, unit

WATER, LAND = "安澜市水利局", "安澜市自然资源局"
NOTE = {"text": "已开工", "unit": WATER, "date": "2026-10-20", "problems": "缺资金", "percent": 40}
RECORDS = {
    "t1": record("t1", "清理河道垃圾，六月底前清运完毕", unit(WATER), notes=[NOTE], percent=40,
                 status="in_progress"),
    "t2": record("t2", "拆除侵占河道的违法建筑", unit(LAND), unit(WATER, "cooperate")),
    "t3": record("t3", "推广水管家平台并建立台账", unit(WATER, "responsible"), status="closed"),
    "t4": record("t4", "每公里河道补助管护经费", unit(LAND, "responsible")),
}  # fmt: skip
SENT = dispatch(**{
    WATER: {"t1": "lead", "t2": "cooperate", "t3": "responsible"},
    LAND: {"t2": "lead", "t4": "responsible"},
})  # fmt: skip
ASKED = Asked(WATER, {"t1": "lead", "t2": "cooperate", "t3": "responsible"})


def change(task, **values):
    row = filled(5, RECORDS[task]["text"], **values)
    return row_difference(Match(row, task, How.MARK), ASKED, RECORDS)


def a_round():
    return {"s1": Round(SENT, lambda tasks: {task: RECORDS[task] for task in tasks if task in RECORDS})}


def returned(*rows, lines=(), file="回表.xlsx", current="s1"):
    return compare_sheet(Filled(rows, tuple(lines), True), file, "digest", a_round(), current)


def marked(at, task, text=None, sheet=1, word=WORD, number=1, **values):
    from service.dispatch.codes import Code

    words = RECORDS[task]["text"] if text is None else text
    return filled(at, words, Code(number, word, sheet, task), **values)


def test_both_sides_are_told():
    found = change("t1", progress="已清运12处", completion="60%", problems="缺资金")
    assert (found.before.text, found.before.percent, found.before.status) == ("已开工", 40, "in_progress")
    assert (found.after.text, found.after.percent, found.after.status) == ("已清运12处", 60, "in_progress")
    assert found.changed == ("text", "percent") and found.accepted and not found.warnings


def test_nothing_that_was_told_is_lost():
    long = "已完成前期手续，正在组织招标，预计下月进场"
    found = change("t1", progress="推进中", completion=long, remarks="图纸另附")
    assert found.after.text == f"推进中\n{long}\n备注：图纸另附" and found.after.status == "in_progress"
    assert change("t1", completion=long).after.text == long


def test_what_says_the_same_is_no_change():
    found = change("t1", progress="已开工", completion="40%")
    assert found.changed == () and not found.accepted


@pytest.mark.parametrize(
    "task, words",
    [("t2", "配合单位的进展只作记录"), ("t3", "已销号")],
)
def test_who_does_not_lead_and_what_is_closed_keep_their_status(task, words):
    found = change(task, progress="已配合完成", completion="已完成")
    assert found.after.status is None and found.after.percent is None
    assert found.changed == ("text",) and any(words in warning for warning in found.warnings)


def test_progress_that_goes_back_is_told():
    assert "进度比上次的40%低" in change("t1", progress="重新核实", completion="30%").warnings


def test_a_sheet_tells_what_is_empty_and_what_is_gone():
    sheet = returned(marked(5, "t1", progress="已清运"), marked(6, "t2"))
    assert (sheet.unit, sheet.period, sheet.sheet) == (WATER, "2026年11月", 1)
    assert [row.task for row in sheet.rows] == ["t1"]
    assert [item.task for item in sheet.unfilled] == ["t2"]
    assert [item.task for item in sheet.absent] == ["t3"]


def test_without_marks_the_unit_is_told_by_title_file_or_rows():
    row = filled(5, RECORDS["t1"]["text"], progress="已清运")
    for more in ({"lines": [f"填报单位：{WATER}"]}, {"file": f"{WATER}11月.xlsx"}, {}):
        sheet = returned(row, **more)
        assert (sheet.unit, sheet.rows[0].how) == (WATER, "words")
        assert "隐藏的编号被删去了，已按文字对应。" in sheet.problems
    assert returned(filled(5, "召开年度总结表彰大会", progress="已召开")).failed


def test_the_office_that_asks_is_not_taken_for_the_unit_that_answers():
    line = f"填报单位：{LAND}　　共3项　　请于2026年11月28日前报回　　报送：{WATER}"
    row = filled(5, RECORDS["t4"]["text"], progress="已拨付")
    assert returned(row, lines=[line]).unit == LAND
    assert returned(row, lines=[f"请于28日前报送：{WATER}"]).unit == LAND, "told by the rows"


def test_marks_of_another_library_count_for_nothing():
    sheet = returned(marked(5, "t2", RECORDS["t1"]["text"], word="000000", progress="已清运"), lines=[WATER])
    assert sheet.rows[0].task == "t1" and "表中的编号不属于现有的调度，已按文字对应。" in sheet.problems


def test_rows_of_another_unit_are_told_and_kept_for_it():
    sheet = returned(
        marked(5, "t1", progress="已清运"),
        marked(6, "t3", progress="已推广"),
        marked(7, "t4", sheet=2, progress="已拨付", completion="已完成"),
    )
    assert [(row.unit, row.role) for row in sheet.rows] == [
        (WATER, "lead"), (WATER, "responsible"), (LAND, "responsible")
    ]  # fmt: skip
    assert any("表中有 1 行是发给其他单位的" in words for words in sheet.problems)


def test_a_sheet_of_another_dispatch_is_told():
    sheet = returned(marked(5, "t1", progress="已清运"), current="s7")
    assert sheet.dispatch == "s1" and any("这是“2026年11月”调度的表" in words for words in sheet.problems)


def test_a_task_that_was_chosen_is_taken_with_its_own_past():
    sheet = returned(marked(4, "t3", progress="已推广"), filled(5, "研究其他事项", progress="已研究",
                                                             completion="已完成"))  # fmt: skip
    row = sheet.rows[-1]
    assert row.task is None and not row.accepted
    found = chosen(row, "t1", ASKED, RECORDS["t1"])
    assert (found.task, found.before.text, found.after.status, found.accepted) == (
        "t1",
        "已开工",
        "done",
        True,
    )
    assert chosen(row, "t2", ASKED, RECORDS["t2"]).after.status is None


def test_a_sheet_goes_out_as_json_and_comes_back():
    sheet = returned(marked(5, "t1", progress="已清运"), filled(6, "研究其他事项", progress="已研究"))
    assert sheet_from(sheet_record(sheet)) == sheet
