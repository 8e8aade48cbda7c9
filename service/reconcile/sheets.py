"""The result of a reconciliation as tables: what the workbook and the Word file share."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from corpus.records import JsonObject
from corpus.task import ProgressStatus
from service.reconcile.model import Claim, Match, Reconciliation, Verdict

PROGRESS_WORDS = {
    ProgressStatus.DONE: "已完成",
    ProgressStatus.ONGOING: "进行中",
    ProgressStatus.NOT_STARTED: "未启动",
}
"""What a claim says of how far its matter has come, in words."""
VERDICT_WORDS = {
    Verdict.MET: "达到",
    Verdict.SHORT: "未达到",
    Verdict.OVER: "超出限值",
    Verdict.OTHER_MEASURE: "计量单位不同",
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    """In characters, as many as heads."""


def sheets_of(found: Reconciliation) -> tuple[Sheet, ...]:
    """Return the tables of a result: matches, tasks not mentioned, claims without a task, figures."""
    return (
        Sheet(
            "对账结果",
            ("序号", "任务", "牵头或责任单位", "汇报内容", "汇报状态", "把握", "数字核对", "其他单位"),
            tuple(_match_row(found, match) for match in found.matches),
            (8, 46, 20, 46, 10, 8, 30, 18),
        ),
        Sheet(
            "未提及的任务",
            ("序号", "任务", "牵头或责任单位", "截止日期", "章节"),
            tuple(_task_row(found.tasks[index]) for index in found.unmentioned),
            (8, 70, 26, 14, 40),
        ),
        Sheet(
            "没有对应任务的进展",
            ("序号", "汇报内容", "汇报状态", "章节"),
            tuple(
                (
                    str(place),
                    found.claims[index].text,
                    _state(found.claims[index]),
                    _under(found.claims[index]),
                )
                for place, index in enumerate(found.unassigned, 1)
            ),
            (8, 90, 12, 40),
        ),
        Sheet(
            "数字不一致",
            ("任务", "方案中的目标", "汇报中的数字", "结论", "说明"),
            tuple(_figure_rows(found)),
            (60, 20, 20, 14, 44),
        ),
    )


def acting_units(record: JsonObject) -> str:
    """Return the units that lead a task, else those that answer for it; "" where none is named."""
    for role in ("lead", "responsible"):
        names = [unit["name"] for unit in record["units"] if unit["role"] == role]
        if names:
            return "、".join(names)
    return ""


def task_words(record: JsonObject) -> str:
    """Return a task with its own number."""
    return f"{record['label']}{record['text']}"


def figure_words(match: Match) -> str:
    """Return what was found of the figures of a match, a line each; "" for nothing."""
    return "\n".join(check.words for check in match.figures)


def _match_row(found: Reconciliation, match: Match) -> tuple[str, ...]:
    record, claim = found.tasks[match.task], found.claims[match.claim]
    return (
        str(match.task + 1),
        task_words(record),
        acting_units(record),
        claim.text,
        _state(claim),
        f"{match.confidence:.0%}",
        figure_words(match),
        "、".join(match.other_units),
    )


def _task_row(record: JsonObject) -> tuple[str, ...]:
    section = " > ".join(record["section"])
    return record["id"], task_words(record), acting_units(record), record.get("due") or "", section


def _figure_rows(found: Reconciliation) -> Iterator[tuple[str, ...]]:
    for match in found.matches:
        for check in match.figures:
            if check.verdict is not Verdict.MET:
                task = task_words(found.tasks[match.task])
                yield task, check.target, check.reported, VERDICT_WORDS[check.verdict], check.words


def _state(claim: Claim) -> str:
    return PROGRESS_WORDS[claim.status]


def _under(claim: Claim) -> str:
    return " > ".join(claim.section)
