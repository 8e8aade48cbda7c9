"""Confidence falls with each signal of doubt, and plain rows are sure."""

from dataclasses import replace

import pytest

from corpus.spans import Span
from corpus.task import Deadline, DeadlineKind, Role, Task, Unit
from ingest.extract.doubts.confidence import SIGNALS, probability, signals_of, with_confidence
from ingest.extract.extract import extract
from ingest.read import read_document

WORDS = "清理河道内的违法建筑，恢复河道行洪能力，建立长效管护机制。"
UNIT = Unit("市水利局", Role.LEAD, Span(0, 4), canonical="安澜市水利局")
PLAIN = Task(Span(0, len(WORDS)), WORDS, label="1.", units=(UNIT,), found_by="bracket")


def limit(raw: str, end: str | None = None) -> Deadline:
    from datetime import date

    return Deadline(raw, DeadlineKind.DATE, Span(0, 1), end=date.fromisoformat(end) if end else None)


def given(task: Task) -> set[str]:
    return {name for name, signal in zip(SIGNALS, signals_of(task), strict=True) if signal}


def test_a_plain_row_gives_no_signal_and_is_sure() -> None:
    assert given(PLAIN) == set()
    assert with_confidence(PLAIN).confidence > 0.9


@pytest.mark.parametrize(
    ("task", "signal"),
    [
        (replace(PLAIN, doubts=("请核对",)), "doubted"),
        (replace(PLAIN, found_by="heading-statement"), "by-heading"),
        (replace(PLAIN, found_by="running-sentence"), "by-sentence"),
        (replace(PLAIN, found_by="required-work"), "by-section"),
        (replace(PLAIN, label=""), "without-label"),
        (replace(PLAIN, text="2024年6月底前清理河道内的违法建筑，恢复河道行洪能力。"), "times-unread"),
        (replace(PLAIN, deadlines=(limit("6月底前"),)), "undated-limit"),
        (replace(PLAIN, units=(replace(UNIT, canonical=None),)), "unknown-unit"),
        (replace(PLAIN, text=WORDS + "由市水利局牵头。"), "role-words-left"),
        (replace(PLAIN, text=WORDS + "（县直段"), "unbalanced"),
        (replace(PLAIN, units=(UNIT,) * 13), "many-units"),
        (replace(PLAIN, text=WORDS * 20), "long"),
        (replace(PLAIN, text="清理河道。"), "short"),
        (replace(PLAIN, text=WORDS + "\n" + WORDS), "several-lines"),
    ],
)
def test_signals(task: Task, signal: str) -> None:
    assert signal in given(task)


def test_no_signal_makes_a_row_surer() -> None:
    sure = with_confidence(PLAIN).confidence
    for task in (replace(PLAIN, doubts=("请核对",)), replace(PLAIN, label="", text="清理河道。")):
        assert with_confidence(task).confidence <= sure


def test_the_weights_add_up_in_the_logistic_function() -> None:
    assert probability((False,), (0.0, -5.0)) == 0.5
    assert probability((True,), (5.0, -5.0)) == 0.5


def doubts(line: str) -> str:
    text = f"安澜市河道整治实施方案\n一、重点任务\n{line}\n安澜市人民政府\n2024年3月1日\n"
    return "".join(
        doubt for task in extract(read_document(text.encode(), "方案.txt")).tasks for doubt in task.doubts
    )


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            "1.清理河道内的违法建筑，恢复行洪能力。（市水利局、市公安局）",
            "没有写明“市水利局”等是牵头还是配合",
        ),
        ("1.清理河道内的违法建筑，恢复行洪能力。（责任单位：市水利局、市公安局", "括号不完整"),
        ("1.清理河道内的违法建筑，恢复行洪能力。（责任单位：市水利局、市公安局）", ""),
    ],
)
def test_what_is_unclear_is_said(line: str, said: str) -> None:
    assert said in doubts(line)
    assert bool(doubts(line)) is bool(said)
