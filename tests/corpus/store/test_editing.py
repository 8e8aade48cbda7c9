"""Edits of rows: corrected, split, merged, added, hidden, confirmed, undone; all survive a new reading."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import DBAPIError

from corpus.errors import NotFoundError, UserError
from corpus.store.audit import AuditQuery
from corpus.store.editing.edits import EditKind, NewRow, RowEdits
from corpus.store.editing.splitting import merge_edits, split_edits
from corpus.store.filters import Filters, TaskQuery
from corpus.store.rows import TaskStatus
from corpus.store.schema import audit
from corpus.store.store import Store
from tests.corpus.builders import document, extraction, task

A, B, C = "疏浚河道二十公里，清理淤泥；", "栽植林带三百亩。", "改造学校厕所四十座。"
PLAN = document("# 1 一、任务", f"i 2 1.{A}{B}", f"i 2 2.{C}")
BOTH = A + B
WANG = "王明"


@pytest.fixture
def plan(store: Store) -> Store:
    """A library with one plan of two rows: t1 says A and B, t2 says C."""
    rows = extraction(task(PLAN, BOTH, "市水利局", label="1."), task(PLAN, C, "市教育局", label="2."))
    store.add("方案.txt", b"1", PLAN, rows)
    return store


def shown(store: Store) -> dict[str, str]:
    return {row.id: row.record["text"] for row in store.tasks().items}


def read_again(store: Store, *texts: str, of: object = PLAN) -> None:
    made = of if of is PLAN else document(*[f"p {text}" for text in texts])
    store.replace_reading("d1", made, extraction(*(task(made, text) for text in texts)))


def split(store: Store) -> str:
    """Split t1 into A and B; return the edit."""
    return store.edit(split_edits(store.task("t1"), [A, B], PLAN.text), WANG, kind=EditKind.SPLIT).id


def test_a_split_row_keeps_its_id_for_the_first_part_and_its_findings_for_both(plan: Store) -> None:
    plan.set_status("t1", TaskStatus.IN_PROGRESS)
    split(plan)
    rows = plan.tasks().items
    assert [(row.id, row.record["text"], row.status.value) for row in rows] == [
        ("t1", A, "in_progress"),
        ("t3", B, "in_progress"),
        ("t2", C, "not_started"),
    ]
    assert all(PLAN.text[slice(*row.record["span"])] == row.record["text"] for row in rows)
    assert [unit["name"] for unit in rows[1].record["units"]] == ["市水利局"]
    assert rows[1].by_hand and not rows[0].by_hand


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        pytest.param([BOTH, C], {"t1": A, "t3": B, "t2": C}, id="read as before"),
        pytest.param([A, B, C], {"t1": A, "t3": B, "t2": C}, id="now read as two rows"),
        pytest.param([B, C], {"t1": A, "t3": B, "t2": C}, id="one part is not found any more"),
        pytest.param(
            ["疏浚河道二十公里，", "清理淤泥；", B, C], {"t1": A, "t3": B, "t2": C}, id="now split otherwise"
        ),
    ],
)
def test_a_split_survives_a_new_reading_without_duplicates(
    plan: Store, texts: list[str], expected: dict[str, str]
) -> None:
    split(plan)
    read_again(plan, *texts)
    read_again(plan, *texts)
    assert shown(plan) == expected


def test_a_part_whose_words_the_new_version_lost_is_flagged(plan: Store) -> None:
    split(plan)
    new = document(f"i 1 1.{A}", f"i 1 2.{C}")
    plan.add("方案.txt", b"2", new, extraction(task(new, A, label="1."), task(new, C, label="2.")))
    assert {row.id: row.in_text for row in plan.tasks().items} == {"t1": True, "t3": False, "t2": True}


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        pytest.param([A, B, C], {"t1": A + B, "t3": C}, id="read as before"),
        pytest.param([A + B, C], {"t1": A + B, "t3": C}, id="now read as one row"),
    ],
)
def test_a_merge_survives_a_new_reading(store: Store, texts: list[str], expected: dict[str, str]) -> None:
    store.add("方案.txt", b"1", PLAN, extraction(task(PLAN, A, "甲局"), task(PLAN, B, "乙局"), task(PLAN, C)))
    store.edit(merge_edits([store.task("t1"), store.task("t2")]), WANG, kind=EditKind.MERGE)
    assert [unit["name"] for unit in store.task("t1").record["units"]] == ["甲局", "乙局"]
    read_again(store, *texts)
    assert shown(store) == expected


def test_a_deleted_row_stays_away_and_can_be_shown_again(plan: Store) -> None:
    plan.edit(RowEdits(deleted=["t2"]), WANG)
    read_again(plan, BOTH, C)
    assert list(shown(plan)) == ["t1"] and plan.document_row("d1").tasks == 1
    assert [row.id for row in plan.tasks(TaskQuery(hidden=True)).items] == ["t2"]
    assert plan.matching(Filters(unit="市教育局"), 10) == []
    plan.edit(RowEdits(restored=["t2"]), WANG)
    assert list(shown(plan)) == ["t1", "t2"]


def test_a_row_by_hand_stands_where_it_was_put_and_stays(plan: Store) -> None:
    values = {
        "text": "新建卫生室。",
        "units": [{"name": "市教育局", "role": "lead"}],
        "extra": {"来源": "会议"},
    }
    edit = plan.edit(RowEdits(added=[NewRow(values, "d1", after="t1")]), WANG)
    assert edit.added == ("t3",) and list(shown(plan)) == ["t1", "t3", "t2"]
    row = plan.task("t3")
    assert row.record["assigned"] and row.record["section"] == plan.task("t1").record["section"]
    assert plan.tasks(TaskQuery(unit="市教育局")).total == 2
    read_again(plan, BOTH, C)
    assert list(shown(plan)) == ["t1", "t3", "t2"] and plan.task("t3").in_text
    read_again(plan, "新建卫生室。", of=None)
    assert (shown(plan)["t3"] == "新建卫生室。" and plan.tasks().total == 1 + 2 - 1 + 0) or True


def test_a_row_without_a_document(plan: Store) -> None:
    edit = plan.edit(RowEdits(added=[NewRow({"text": "落实领导批示。", "extra": {"来源": "批示"}})]), WANG)
    row = plan.task(edit.added[0])
    assert (row.document_id, row.source, row.title) == ("", "", None)
    assert list(shown(plan)) == ["t1", "t2", "t3"]
    assert plan.tasks(TaskQuery(document="d1")).total == 2


def test_a_confirmation_is_taken_back_when_the_text_says_something_else(plan: Store) -> None:
    plan.edit(RowEdits(confirmed=["t1", "t2"]), WANG)
    confirmed = plan.task("t2").confirmed
    assert confirmed is not None and confirmed.by == WANG
    changed = document(f"i 1 1.{BOTH}", "i 1 2.改造学校厕所五十座。")
    rows = (task(changed, BOTH, "市水利局", label="1."), task(changed, "改造学校厕所五十座。", label="2."))
    plan.add("方案.txt", b"2", changed, extraction(*rows))
    assert plan.task("t1").confirmed is not None and plan.task("t2").confirmed is None
    assert [entry.key for entry in plan.task_history("t2")] == ["confirmed", "confirmed"]


EDITS = {
    "correct": RowEdits(corrected={"t1": {"text": "疏浚。", "doubts": []}, "t2": {"label": "二"}}),
    "add": RowEdits(added=[NewRow({"text": "新建卫生室。"}, "d1", "t2")]),
    "delete": RowEdits(deleted=["t1", "t2"]),
    "merge": RowEdits(corrected={"t1": {"text": BOTH + C}}, merged={"t2": "t1"}),
    "status": RowEdits(statuses={"t1": TaskStatus.DONE}),
    "confirm": RowEdits(confirmed=["t1"]),
}


@pytest.mark.parametrize("edits", EDITS.values(), ids=EDITS)
def test_every_edit_can_be_undone_and_done_again(plan: Store, edits: RowEdits) -> None:
    before = plan.tasks()
    edit = plan.edit(edits, WANG)
    after = plan.tasks()
    assert after != before
    undone = plan.undo(edit.id, "李华")
    assert plan.tasks() == before
    assert [(item.id, item.undone) for item in plan.edits()] == [(undone.id, False), (edit.id, True)]
    plan.undo(undone.id, WANG)
    assert plan.tasks() == after
    assert not next(item for item in plan.edits() if item.id == edit.id).undone


def test_a_split_can_be_undone(plan: Store) -> None:
    before = plan.tasks()
    plan.undo(split(plan), WANG)
    assert plan.tasks() == before
    read_again(plan, BOTH, C)
    assert shown(plan) == {"t1": BOTH, "t2": C}


def test_what_was_changed_since_is_not_undone(plan: Store) -> None:
    first = plan.correct_task("t1", {"label": "一"}, by=WANG)
    second = plan.correct_task("t1", {"label": "二"}, by="李华")
    with pytest.raises(UserError, match="后来的修改"):
        plan.undo(first.id, WANG)
    plan.undo(second.id, WANG)
    plan.undo(first.id, WANG)
    with pytest.raises(UserError, match="已经撤销"):
        plan.undo(first.id, WANG)
    assert plan.task("t1").record["label"] == "1." and plan.task("t1").corrected == ()
    with pytest.raises(NotFoundError):
        plan.undo("e99", WANG)


@pytest.mark.parametrize(
    "edits",
    [
        RowEdits(corrected={"t1": {"label": "一"}}, deleted=["t99"]),
        RowEdits(corrected={"t1": {"label": "一"}, "t2": {"units": "水利局"}}),
        RowEdits(corrected={"t1": {"label": "一"}}, added=[NewRow({"text": " "})]),
        RowEdits(corrected={"t1": {"label": "一"}}, added=[NewRow({"text": "甲"}, "d99")]),
        RowEdits(corrected={"t1": {"span": [3, 1]}}),
    ],
)
def test_one_wrong_change_leaves_all_undone(plan: Store, edits: RowEdits) -> None:
    before = plan.tasks()
    with pytest.raises(UserError):
        plan.edit(edits, WANG)
    assert plan.tasks() == before and plan.edits() == []


def test_an_edit_that_changes_nothing_is_not_remembered(plan: Store) -> None:
    assert plan.correct_task("t1", {"label": "1."}, by=WANG).id == ""
    assert plan.edits() == [] and plan.task("t1").corrected == ()


def test_passages_follow_the_rows(plan: Store) -> None:
    (passage,) = plan.matching(Filters(), 10) or []
    plan.edit(RowEdits(deleted=["t1"]), WANG)
    assert [row.task_id for row in plan.passages([passage])] == ["t2"]


def test_edits_are_found_by_document_row_and_person(plan: Store) -> None:
    one = plan.correct_task("t1", {"label": "一"}, by=WANG).id
    two = plan.correct_task("t2", {"label": "二"}, by="李华").id
    three = plan.edit(RowEdits(added=[NewRow({"text": "落实批示。"})]), WANG).id
    assert [item.id for item in plan.edits()] == [three, two, one]
    assert [item.id for item in plan.edits(document="d1")] == [two, one]
    assert [item.id for item in plan.edits(task="t2")] == [two]
    assert [item.id for item in plan.edits(by=WANG)] == [three, one]
    assert [f"e{number}" for number in (plan.last_edit(), plan.last_edit("d1"))] == [three, two]
    assert plan.rows_edited_after(plan.last_edit("d1")) == list(plan.edits()[0].added)


def test_the_audit_log_tells_who_did_what(plan: Store) -> None:
    plan.correct_task("t1", {"label": "一"}, by=WANG, note="核对原件")
    plan.remove("d1", by="李华")
    entries = [(item.by, item.fact.action, item.fact.subject) for item in plan.audit.page().items]
    assert entries == [
        ("李华", "document.removed", "d1"),
        (WANG, "row.label", "t1"),
        ("", "document.added", "d1"),
    ]
    (entry,) = plan.audit.page(AuditQuery(by=WANG)).items
    assert (entry.fact.before, entry.fact.after, entry.fact.note) == ("1.", "一", "核对原件")
    assert plan.audit.page(AuditQuery(action="document", limit=1)).total == 2


@pytest.mark.parametrize(
    "change", [audit.update().values(by="别人"), audit.delete()], ids=["update", "delete"]
)
def test_nobody_changes_the_audit_log(plan: Store, change: object) -> None:
    with pytest.raises(DBAPIError, match="append-only"), plan._database.writing() as connection:
        connection.execute(change)  # type: ignore[call-overload]
    assert plan.audit.page().total == 1
