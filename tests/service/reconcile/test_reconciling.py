"""A report of the library held against its plan: found by itself, accepted, undone, exported."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document as WordDocument
from openpyxl import load_workbook

from corpus.errors import NotFoundError, UserError
from corpus.store.filters import TaskQuery
from service.library import Library
from service.reconcile.accepting import Proposal, accept, proposals
from service.reconcile.export import result_bytes
from service.reconcile.model import Reconciliation, Verdict
from service.reconcile.reconciling import reconcile, reconcile_kept
from service.reconcile.texts import from_file


@pytest.fixture(scope="module")
def found(rivers: Library) -> Reconciliation:
    return reconcile_kept(rivers, "d2")


def heads(found: Reconciliation, tasks: Iterator[int] | tuple[int, ...]) -> list[str]:
    return [found.tasks[task]["text"].split("。")[0] for task in tasks]


def test_the_plan_is_found_by_itself(found: Reconciliation) -> None:
    assert found.plan.id == "d1"
    assert "汇报中提到了它的名称" in found.candidates[0].reasons


def test_tasks_that_are_never_mentioned(found: Reconciliation) -> None:
    assert heads(found, found.unmentioned) == ["培训河湖巡查员"]


def test_a_merged_item_answers_both_tasks(found: Reconciliation) -> None:
    merged = next(index for index, claim in enumerate(found.claims) if "违法码头" in claim.text)
    tasks = tuple(match.task for match in found.matches if match.claim == merged)
    assert heads(found, tasks) == ["整治入河排污口", "拆除违法码头"]


def test_a_claim_without_a_task(found: Reconciliation) -> None:
    assert [found.claims[index].text[:7] for index in found.unassigned] == ["举办全市运动会"]


def test_figures_that_disagree(found: Reconciliation) -> None:
    short = {
        check.target: check.reported
        for match in found.matches
        for check in match.figures
        if check.verdict is Verdict.SHORT
    }
    assert short["1.5万亩"] == "1.2万亩"
    assert short["95%以上"] == "93%"
    assert "12公里" not in short


def test_spans_stand_in_the_report(found: Reconciliation) -> None:
    assert any(match.figures for match in found.matches)
    for match in found.matches:
        assert match.quote.of(found.report_text) in found.claims[match.claim].text
        for check in match.figures:
            assert check.reported_span.of(found.report_text) in check.reported


def test_the_record_names_everything(found: Reconciliation) -> None:
    record = found.record()
    assert record["counts"] == {
        "tasks": 6,
        "mentioned": 5,
        "unmentioned": 1,
        "claims": len(found.claims),
        "matches": len(found.matches),
        "unassigned": 1,
    }
    assert {item["task"] for item in record["disagreements"]} <= {task["id"] for task in found.tasks}


def test_files_need_no_library(report_file: Path, plan_file: Path) -> None:
    result = reconcile(from_file(report_file), from_file(plan_file))
    assert heads(result, result.unmentioned) == ["培训河湖巡查员"]
    assert result.tasks[0]["id"] == "t1"


def test_what_cannot_be_reconciled(rivers: Library, tmp_path: Path) -> None:
    with pytest.raises(NotFoundError):
        reconcile_kept(rivers, "d99")
    with pytest.raises(NotFoundError):
        from_file(tmp_path / "没有.txt")
    with pytest.raises(UserError, match="没有找到这份汇报对应的方案"):
        reconcile_kept(rivers, "d4")  # older than both plans
    empty = tmp_path / "空.txt"
    empty.write_text("安澜市概况\n安澜市位于云岭省中部。\n", "utf-8")
    with pytest.raises(UserError, match="没有任务"):
        reconcile(from_file(empty), from_file(empty))


def statuses(library: Library) -> dict[str, str]:
    rows = library.tasks(TaskQuery(document="d1")).items
    return {row.record["text"].split("。")[0]: row.status.value for row in rows}


def test_accepting_moves_the_rows_and_can_be_undone(rivers: Library) -> None:
    found = reconcile_kept(rivers, "d2", "d1")
    proposed = proposals(found, 0.5)
    edit = accept(rivers, found, proposed, "王芳")
    after = statuses(rivers)
    assert after["建设护岸工程"] == "done"
    assert after["恢复湿地"] == "in_progress"
    assert after["整治入河排污口"] == "in_progress"  # 93 % is short of 95 %
    assert after["培训河湖巡查员"] == "not_started"
    row = rivers.tasks(TaskQuery(document="d1")).items[0]
    assert row.notes[-1]["source"] == "d2"
    assert "护岸" in row.notes[-1]["text"]
    assert "t1" not in {item.task for item in proposals(reconcile_kept(rivers, "d2", "d1"))}
    rivers.rows.undo(edit.id, "王芳")
    assert set(statuses(rivers).values()) == {"not_started"}


def test_only_some_matches_are_accepted(rivers: Library) -> None:
    found = reconcile_kept(rivers, "d2", "d1")
    first = found.matches[0]
    (proposed,) = proposals(found, pairs=[(first.task, first.claim)])
    assert proposed == Proposal(
        found.tasks[first.task]["id"],
        "not_started",
        "done",
        found.claims[first.claim].text,
        first.confidence,
    )


def test_nothing_is_stored_for_files_or_for_nothing(
    rivers: Library, report_file: Path, plan_file: Path
) -> None:
    found = reconcile(from_file(report_file), from_file(plan_file))
    with pytest.raises(UserError, match="添加到文库"):
        accept(rivers, found, proposals(found), "王芳")
    with pytest.raises(UserError, match="没有可以采纳"):
        accept(rivers, found, (), "王芳")


def test_the_result_leaves_as_a_workbook_and_as_a_word_file(found: Reconciliation) -> None:
    book = load_workbook(BytesIO(result_bytes(found, ".xlsx")))
    assert book.sheetnames == ["对账结果", "未提及的任务", "没有对应任务的进展", "数字不一致"]
    cells = [cell.value for row in book["未提及的任务"].iter_rows() for cell in row if cell.value]
    assert any(str(value).startswith("（六）培训河湖巡查员") for value in cells)
    word = WordDocument(BytesIO(result_bytes(found, ".docx")))
    assert len(word.tables) == 4
    with pytest.raises(UserError):
        result_bytes(found, ".pdf")
