"""The result of a reconciliation as tables on paper, for the workbook, the Word file and the terminal."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.records import JsonObject
from corpus.task import ProgressStatus
from service.acting import acting_units
from service.dispatch.layout import PaperTable, TableColumn
from service.reconcile.model import Claim, Match, Reconciliation, Verdict

PROGRESS_WORDS = {
    ProgressStatus.DONE: "已完成",
    ProgressStatus.ONGOING: "进行中",
    ProgressStatus.NOT_STARTED: "未启动",
}
"""What a claim says of how far its matter has come, in words."""
_MATCH_COLUMNS = (
    TableColumn("序号", 6, centred=True),
    TableColumn("任务", 46),
    TableColumn("牵头或责任单位", 18),
    TableColumn("汇报内容", 46),
    TableColumn("汇报状态", 10, centred=True),
    TableColumn("把握", 8, centred=True),
    TableColumn("数字核对", 28),
    TableColumn("汇报写的其他单位", 14),
)
_TASK_COLUMNS = (
    TableColumn("编号", 8, centred=True),
    TableColumn("任务", 80),
    TableColumn("牵头或责任单位", 24),
    TableColumn("截止日期", 14, centred=True),
    TableColumn("章节", 36),
)
_CLAIM_COLUMNS = (
    TableColumn("序号", 6, centred=True),
    TableColumn("汇报内容", 100),
    TableColumn("汇报状态", 12, centred=True),
    TableColumn("章节", 40),
)
_FIGURE_COLUMNS = (
    TableColumn("任务", 70),
    TableColumn("方案中的目标", 18),
    TableColumn("汇报中的数字", 18),
    TableColumn("结论", 14, centred=True),
    TableColumn("说明", 44),
)
VERDICT_WORDS = {
    Verdict.MET: "达到",
    Verdict.SHORT: "未达到",
    Verdict.OVER: "超出限值",
    Verdict.OTHER_MEASURE: "计量单位不同",
}


def tables_of(found: Reconciliation) -> tuple[PaperTable, ...]:
    """Return the tables of a result: matches, tasks not mentioned, claims without a task, figures."""
    matches = tuple(_match_row(found, match) for match in found.matches)
    untold = tuple(_task_row(found.tasks[index]) for index in found.unmentioned)
    free = tuple(_claim_row(place, found.claims[index]) for place, index in enumerate(found.unassigned, 1))
    return (
        _table("对账结果", _MATCH_COLUMNS, matches, _lines(found)),
        _table("未提及的任务", _TASK_COLUMNS, untold),
        _table("没有对应任务的进展", _CLAIM_COLUMNS, free),
        _table("数字不一致", _FIGURE_COLUMNS, tuple(_figure_rows(found))),
    )


def headline(found: Reconciliation) -> str:
    """Return the result in one sentence."""
    counts = found.counts()
    return (
        f"方案共 {counts['tasks']} 项任务，汇报提到 {counts['mentioned']} 项，"
        f"未提到 {counts['unmentioned']} 项；另有 {counts['unassigned']} 条进展没有对应的任务。"
    )


def sureness(confidence: float) -> str:
    """Return a confidence as it is shown; nothing is ever quite sure."""
    return f"{min(confidence, 0.99):.0%}"


def _lines(found: Reconciliation) -> tuple[str, ...]:
    return f"汇报：{found.report.title}", f"方案：{found.plan.title}", headline(found)


def _table(
    name: str,
    columns: tuple[TableColumn, ...],
    rows: tuple[tuple[str, ...], ...],
    lines: tuple[str, ...] = (),
) -> PaperTable:
    return PaperTable(f"{name}（{len(rows)}）", columns, rows, lines, name)


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
        sureness(match.confidence),
        figure_words(match),
        "、".join(match.other_units),
    )


def _task_row(record: JsonObject) -> tuple[str, ...]:
    section = " > ".join(record["section"])
    return record["id"], task_words(record), acting_units(record), record.get("due") or "", section


def _claim_row(place: int, claim: Claim) -> tuple[str, ...]:
    return str(place), claim.text, _state(claim), " > ".join(claim.section)


def _figure_rows(found: Reconciliation) -> Iterator[tuple[str, ...]]:
    for match in found.matches:
        for check in match.figures:
            if check.verdict is not Verdict.MET:
                task = task_words(found.tasks[match.task])
                yield task, check.target, check.reported, VERDICT_WORDS[check.verdict], check.words


def _state(claim: Claim) -> str:
    return PROGRESS_WORDS[claim.status]
