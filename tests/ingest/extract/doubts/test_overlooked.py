"""Statements of responsibility that ended in no task are told, whatever rule missed them."""

import pytest

from corpus.document import Document
from corpus.task import Task
from ingest.extract.doubts.overlooked import MOST, find_overlooked
from ingest.extract.extract import extract
from ingest.read import read_document

HEAD = "安澜市河道整治实施方案\n一、重点任务\n"
TAIL = "\n安澜市人民政府\n2024年3月1日\n"


def plan(*lines: str) -> Document:
    return read_document((HEAD + "\n".join(lines) + TAIL).encode(), "方案.txt")


def told(document: Document, *tasks: Task) -> list[str]:
    return [problem.message for problem in find_overlooked(document, tasks)]


@pytest.mark.parametrize(
    "line",
    [
        "1.清理河道。（责任单位：市水利局）",
        "1.清理河道。〔市水利局牵头，望川县配合〕",
        "1.清理河道。（市水利局、各县（区）按职责分工负责）",
        "1.清理河道。【市水利局负责】",
        "1.清理河道。（市水利局牵头，望川县配合",
        "1.清理河道。\n责任单位：市水利局",
        "1.清理河道。\n市级责任单位: 市水利局",
    ],
)
def test_a_statement_that_no_task_took_up_is_told(line: str) -> None:
    document = plan(line, "2.加强巡查。")
    assert told(document)
    assert "像是责任分工" in told(document)[0]


@pytest.mark.parametrize(
    "line",
    [
        "1.清理河道（含县区河段）。",
        "1.成立领导小组（市水利局主要负责同志任组长）。",
        "1.清理河道。（责任单位：略）",
        "（排名第一位的责任单位为牵头单位，下同）",
        "本方案由市水利局负责解释。（市水利局负责解释）",
        "联系人：市水利局张明，电话：12345678。",
        "1.落实《安澜市河长制工作方案》（安办发〔2024〕3号）。",
    ],
)
def test_other_words_are_not(line: str) -> None:
    assert told(plan(line)) == []


def test_what_became_a_task_is_not_told() -> None:
    document = plan("1.清理河道，恢复行洪能力。（责任单位：市水利局）", "2.加强巡查。（市公安局负责）")
    extraction = extract(document)
    assert len(extraction.tasks) == 2
    assert extraction.problems == ()
    assert len(told(document, extraction.tasks[0])) == 1


def test_a_document_full_of_them_is_told_in_few_words() -> None:
    document = plan(*(f"{number}.清理河道。（责任单位：市水利局）" for number in range(1, MOST + 6)))
    messages = told(document)
    assert len(messages) == MOST + 1
    assert messages[-1].startswith("还有 5 处")


def test_a_table_that_a_converter_made_lines_of_is_told_once() -> None:
    cells = ("序号", "重点任务", "牵头部门", "责任单位", "1", "优化登记", "市市场监管局", "各县区")
    messages = told(plan(*cells, *cells))
    assert len([message for message in messages if "像是表格的表头" in message]) == 1
    assert "重点任务、牵头部门、责任单位" in messages[0]


def test_labels_are_no_table_heads() -> None:
    assert not told(plan("1.清理河道。", "责任单位：略", "整改时限：略", "责任人：略"))
