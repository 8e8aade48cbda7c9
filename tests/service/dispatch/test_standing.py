"""Ranking, overdue rows, reminders and the bulletin, from made-up rounds."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import openpyxl
import pytest
from docx import Document

from corpus.store.office.dispatches import DispatchReturn
from service.dispatch.bulletin import bulletin_docx, bulletin_xlsx, percent, unit_state
from service.dispatch.monthly import monthly_bytes, monthly_table
from service.dispatch.notice import notice_bytes
from service.dispatch.standing import standing_of
from service.dispatch.urging import reminders
from service.official.checker import check_format
from tests.service.dispatch.builders import DUE, dispatch, record, unit

TODAY = date(2026, 12, 1)
OFFICE = "安澜市人民政府督查室"
SAID = {"text": "完成清淤3公里", "unit": "甲局", "date": "2026-11-25", "problems": "缺资金", "next_step": ""}
OLD = {**SAID, "text": "上月的话", "date": "2026-10-25"}
RECORDS = {
    "t1": record("t1", "清理河道垃圾", unit("甲局"), unit("丙局", "cooperate"), status="done"),
    "t2": record("t2", "拆除违法建筑", unit("甲局"), due="2026-11-11", notes=[OLD, SAID], percent=60,
                 status="in_progress"),
    "t3": record("t3", "推广水管家平台", unit("乙局"), due="2026-12-31"),
    "t4": record("t4", "停办的事项", unit("乙局"), status="cancelled"),
}  # fmt: skip
ROUND = dispatch(
    甲局={"t1": "lead", "t2": "lead"}, 乙局={"t3": "lead", "t4": "lead"}, 丙局={"t1": "cooperate"}
)
RETURN = DispatchReturn(1, "s1", 1, "甲.xlsx", "d", "c", 2, "王芳", datetime(2026, 11, 26, tzinfo=UTC), "e1")


def stand(*returns, day=TODAY):
    return standing_of(ROUND, returns, RECORDS, day)


def test_units_count_what_they_lead_without_cancelled_rows():
    found = {unit.unit: (unit.rows, unit.acting, unit.finished, unit.overdue) for unit in stand().units}
    assert found == {"甲局": (2, 2, 1, 1), "乙局": (2, 1, 0, 0), "丙局": (1, 0, 0, 0)}
    assert (stand().counted, stand().finished, stand().overdue_count) == (3, 1, 1)


def test_the_ranking_leaves_out_who_only_cooperates_and_shares_places():
    assert [(place, unit.unit) for place, unit in stand(RETURN).ranked()] == [(1, "甲局"), (2, "乙局")]
    equal = standing_of(ROUND, (), {"t3": RECORDS["t3"], "t2": {**RECORDS["t2"], "due": None}}, TODAY)
    assert [place for place, _ in equal.ranked()] == [1, 1]


def test_overdue_rows_stand_the_longest_first_and_the_summary_has_none():
    (late,) = stand().overdue
    assert (late.task, late.days) == ("t2", 20)
    assert stand().summary().overdue == () and stand().summary().overdue_count == 1


@pytest.mark.parametrize(
    "at, undone, state",
    [
        (datetime(2026, 11, 26, tzinfo=UTC), False, "已报送"),
        (datetime(2026, 11, 30, tzinfo=UTC), False, "迟报"),
        (datetime(2026, 11, 26, tzinfo=UTC), True, "未报送"),
    ],
)
def test_who_returned_who_was_late_and_who_is_missing(at, undone, state):
    standing = stand(replace(RETURN, at=at, undone=undone))
    assert unit_state(standing, standing.units[0]) == state
    assert len(standing.missing) == 2 + undone
    assert unit_state(stand(day=DUE), stand(day=DUE).units[0]) == "待报送"


def test_a_reminder_names_rows_days_and_the_day_wanted():
    texts = {item.unit: item.text for item in reminders(stand(), OFFICE)}
    assert "贵单位共有任务2项，其中逾期未完成1项" in texts["甲局"]
    assert "已过3天" in texts["甲局"] and f"于2026年12月3日前报送{OFFICE}" in texts["甲局"]
    before = {item.unit: item.text for item in reminders(stand(day=DUE - timedelta(days=3)), "")}
    assert "于2026年11月28日前报送。" in before["乙局"] and "逾期" not in before["乙局"]
    assert reminders(standing_of(dispatch(), (), {}, TODAY), OFFICE) == []


def test_the_bulletin_is_an_official_document_with_its_tables():
    data = bulletin_docx(stand(RETURN), OFFICE)
    assert not [fault for fault in check_format(data) if fault.text[1:2] != "."], (
        "附件说明 hangs by its numbers"
    )
    word = Document(io.BytesIO(data))
    text = "\n".join(line.text for line in word.paragraphs)
    for words in (
        "重点任务3项",
        "已完成1项，完成率33.3%",
        "甲局（50%）",
        "已逾期20天",
        "未报送2个：乙局、丙局",
    ):
        assert words in text
    assert [len(table.rows) for table in word.tables] == [3, 2, 3]
    assert word.tables[0].rows[1].cells[1].text == "甲局"


def test_the_bulletin_as_a_workbook_has_a_sheet_for_each_table():
    book = openpyxl.load_workbook(io.BytesIO(bulletin_xlsx(stand(RETURN))))
    assert book.sheetnames == ["排名", "逾期任务", "未报送和迟报"]
    assert [cell.value for cell in book["逾期任务"][3]][:3] == ["1", "拆除违法建筑", "甲局"]


def test_a_round_without_faults_has_no_empty_annex():
    done = standing_of(dispatch(甲局={"t1": "lead"}), (RETURN,), {"t1": RECORDS["t1"]}, date(2026, 11, 27))
    word = Document(io.BytesIO(bulletin_docx(done, OFFICE)))
    assert len(word.tables) == 1
    assert any("没有逾期未完成的任务" in line.text for line in word.paragraphs)


def test_the_notice_lists_the_missing_units():
    data = notice_bytes(stand(RETURN), OFFICE)
    assert not list(check_format(data))
    word = Document(io.BytesIO(data))
    assert word.paragraphs[0].text == "关于催报2026年11月调度表的通知"
    assert [row.cells[1].text for row in word.tables[0].rows] == ["单位", "乙局", "丙局"]


def test_the_monthly_sheet_holds_what_was_said_in_this_round():
    table = monthly_table(stand(RETURN))
    row = next(row for row in table.rows if "拆除违法建筑" in row[1])
    assert row[6:8] == ("完成清淤3公里", "缺资金") and row[5] == "进行中（60%）"
    assert monthly_bytes(stand(RETURN), ".docx").startswith(b"PK")


@pytest.mark.parametrize(
    "part, whole, words", [(1, 3, "33.3%"), (1, 2, "50%"), (0, 5, "0%"), (5, 5, "100%"), (0, 0, "0%")]
)
def test_shares_read_as_percentages(part, whole, words):
    assert percent(part, whole) == words
