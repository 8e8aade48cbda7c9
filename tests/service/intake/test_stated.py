"""What a ledger says about how far its own rows have come."""

import io
from pathlib import Path

import openpyxl
import pytest

from corpus.store.filters import TaskQuery
from corpus.store.rows import TaskStatus
from service.intake.stated import stated_status
from service.library import Library

STATED = [
    ("整改状态", "已完成", TaskStatus.DONE),
    ("整改状态", "整改完成", TaskStatus.DONE),
    ("完成情况", "100%", TaskStatus.DONE),
    ("是否完成", "是", TaskStatus.DONE),
    ("是否整改到位", "√", TaskStatus.DONE),
    ("进展情况", "已于2024年7月印发实施细则", TaskStatus.DONE),
    ("整改状态", "已销号", TaskStatus.CLOSED),
    ("是否销号", "是", TaskStatus.CLOSED),
    ("销号情况", "已完成验收销号", TaskStatus.CLOSED),
    ("销号情况", "申请销号", TaskStatus.IN_PROGRESS),
    ("整改状态", "进行中", TaskStatus.IN_PROGRESS),
    ("整改状态", "整改中", TaskStatus.IN_PROGRESS),
    ("整改状态", "未完成", TaskStatus.IN_PROGRESS),
    ("整改状态", "部分完成", TaskStatus.IN_PROGRESS),
    ("完成情况", "达到序时进度", TaskStatus.IN_PROGRESS),
    ("工作进度", "75%", TaskStatus.IN_PROGRESS),
    ("进展情况", "召开专题会议两次", TaskStatus.IN_PROGRESS),
    ("是否完成", "否", TaskStatus.IN_PROGRESS),
    ("整改状态", "未启动", TaskStatus.NOT_STARTED),
    ("进展情况", "尚未开工", TaskStatus.NOT_STARTED),
    ("整改状态", "申请延期", TaskStatus.EXTENDED),
    ("整改状态", "回头看复查合格", TaskStatus.RECHECKED),
    ("进展情况", "项目取消，不再实施", TaskStatus.CANCELLED),
    ("进展情况", "/", None),
    ("备注", "已完成", None),
    ("联系电话", "0571", None),
]


@pytest.mark.parametrize(("head", "words", "status"), STATED)
def test_a_column_states_the_status(head: str, words: str, status: TaskStatus | None) -> None:
    assert stated_status({head: words}) is status


def test_a_word_of_status_counts_before_an_account() -> None:
    assert stated_status({"进展情况": "已完成招标", "整改状态": "整改中"}) is TaskStatus.IN_PROGRESS


def ledger(*states: str) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["序号", "存在问题", "整改措施", "责任单位", "整改时限", "整改状态", "进展情况"])
    for number, state in enumerate(states, start=1):
        words = [
            f"第{number}处排污口未整治",
            "限期封堵",
            "市水利局",
            "2024年9月底",
            state,
            f"{state}，已报告",
        ]
        sheet.append([number, *words])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_status_and_progress_come_with_a_ledger_that_is_added(tmp_path: Path) -> None:
    path = tmp_path / "台账.xlsx"
    path.write_bytes(ledger("已完成", "未启动", "整改中"))
    with Library.open(tmp_path / "data", workers=1) as library:
        library.add([path])
        rows = library.tasks(TaskQuery()).items
        assert [row.status for row in rows] == [
            TaskStatus.DONE,
            TaskStatus.NOT_STARTED,
            TaskStatus.IN_PROGRESS,
        ]
        told = [[item["text"] for item in row.progress] for row in rows]
        assert told == [[state, f"{state}，已报告"] for state in ("已完成", "未启动", "整改中")]
        library.store.set_status(rows[0].id, TaskStatus.CLOSED, "现场核查")
        path.write_bytes(ledger("已完成", "整改中", "已完成"))
        library.add([path])
        assert [row.status for row in library.tasks(TaskQuery()).items] == [
            TaskStatus.CLOSED,
            TaskStatus.IN_PROGRESS,
            TaskStatus.DONE,
        ]
