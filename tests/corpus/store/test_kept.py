"""What an office keeps beside the text: it survives new readings, splits and merges, and is found."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from corpus.store.editing.edits import EditKind, NewRow, RowEdits
from corpus.store.editing.splitting import merge_edits, split_edits
from corpus.store.filters import TaskQuery
from corpus.store.rows import Colour, TaskStatus
from corpus.store.store import Store
from corpus.task import Role
from tests.corpus.builders import document, extraction, task

A, B, C = "疏浚河道二十公里，清理淤泥；", "栽植林带三百亩。", "改造学校厕所四十座。"
PLAN = document(f"i 1 1.{A}{B}", f"i 1 2.{C}")
TODAY = date(2026, 5, 1)
NOTE = {"text": "完成一半", "date": "2026-04-01", "by": "王明"}
EXTENSION = {"before": "2026-06-30", "to": "2026-09-30", "reason": "汛期", "approver": "张", "by": "王明"}
ENTRY = {"origin": "批示", "assigned_by": "张_副市长", "officer": "陈工"}


@pytest.fixture
def plan(store: Store) -> Store:
    """A library with one plan of two rows: t1 says A and B and is due on 2026-06-30, t2 says C."""
    rows = (task(PLAN, A + B, "市水利局", by="2026-06-30", label="1."), task(PLAN, C, "市教育局", label="2."))
    store.add("方案.txt", b"1", PLAN, extraction(*rows))
    return store


def keep(store: Store, name: str, **values: object) -> None:
    store.edit(RowEdits(kept={name: values}), "王明")


def found(store: Store, query: TaskQuery) -> list[str]:
    return [row.id for row in store.tasks(query, TODAY).items]


def test_what_is_kept_survives_a_new_reading_that_loses_the_row(plan: Store) -> None:
    keep(plan, "t1", notes=[NOTE], extensions=[EXTENSION], own={"单号": "7"}, percent=50, marks=["重点"])
    before = plan.task("t1", TODAY)
    assert (before.due, before.first_due, before.colour) == (
        date(2026, 9, 30),
        date(2026, 6, 30),
        Colour.GREEN,
    )
    plan.replace_reading("d1", PLAN, extraction(task(PLAN, C, "市教育局", label="2.")))
    after = plan.task("t1", TODAY)
    assert not after.in_text
    assert (after.due, after.notes, after.own, after.percent) == (
        before.due,
        before.notes,
        before.own,
        before.percent,
    )


@pytest.mark.parametrize(
    ("limit", "due"),
    [("2026-05-31", date(2026, 9, 30)), ("2026-12-31", date(2026, 12, 31)), (None, date(2026, 9, 30))],
)
def test_an_extension_holds_until_the_text_grants_a_later_day(
    plan: Store, limit: str | None, due: date
) -> None:
    keep(plan, "t1", extensions=[EXTENSION])
    plan.replace_reading("d1", PLAN, extraction(task(PLAN, A + B, "市水利局", by=limit, label="1.")))
    row = plan.task("t1", TODAY)
    assert (row.due, row.first_due) == (due, date.fromisoformat(limit) if limit else None)


def test_an_extended_row_is_listed_by_its_new_day_alone(plan: Store) -> None:
    keep(plan, "t1", extensions=[EXTENSION])
    assert found(plan, TaskQuery(due_before=date(2026, 6, 30))) == []
    assert found(plan, TaskQuery(due_before=date(2026, 9, 30))) == ["t1"]
    assert found(plan, TaskQuery(month="2026-06")) == [] and found(plan, TaskQuery(month="2026-09")) == ["t1"]
    keep(plan, "t1", extensions=[])
    assert found(plan, TaskQuery(month="2026-06")) == ["t1"]


def test_a_part_of_a_split_row_takes_marks_and_days_over(plan: Store) -> None:
    keep(plan, "t1", marks=["紧急"], extensions=[EXTENSION], entry=ENTRY, notes=[NOTE])
    plan.edit(split_edits(plan.task("t1"), [A, B], PLAN.text), "王明", kind=EditKind.SPLIT)
    part = plan.task("t3", TODAY)
    assert (part.marks, part.due, part.entry, part.notes) == (("紧急",), date(2026, 9, 30), ENTRY, ())
    assert plan.task("t1").notes == (NOTE,)


def test_merged_rows_keep_the_reports_of_all(plan: Store) -> None:
    other = {**NOTE, "text": "完成两座"}
    keep(plan, "t1", notes=[NOTE], marks=["紧急"])
    keep(plan, "t2", notes=[other, NOTE], marks=["重点"])
    edit = plan.edit(merge_edits([plan.task("t1"), plan.task("t2")]), "王明", kind=EditKind.MERGE)
    assert plan.task("t1").notes == (NOTE, other) and plan.task("t1").marks == ("紧急", "重点")
    plan.undo(edit.id, "王明")
    assert plan.task("t1").notes == (NOTE,) and plan.task("t2").notes == (other, NOTE)


CLOSING = {"state": "applied", "applicant": "王明"}
QUERIES: dict[str, tuple[dict[str, object], TaskQuery, TaskQuery]] = {
    "mark": ({"marks": ["重点"]}, TaskQuery(mark="重点"), TaskQuery(mark="紧急")),
    "origin": ({"entry": ENTRY}, TaskQuery(origin="批示"), TaskQuery(origin="批")),
    "leader": ({"entry": ENTRY}, TaskQuery(leader="张_副市长"), TaskQuery(leader="张%副市长")),
    "officer": ({"entry": ENTRY}, TaskQuery(officer="陈工"), TaskQuery(officer="张_副市长")),
    "late": ({"done_on": "2026-07-01"}, TaskQuery(late=True), TaskQuery(late=True, document="d9")),
    "on its day": ({"done_on": "2026-06-30"}, TaskQuery(late=False, words="疏浚"), TaskQuery(late=True)),
    "extended": (
        {"extensions": [EXTENSION]},
        TaskQuery(extended=True),
        TaskQuery(extended=True, words="厕所"),
    ),
    "closing": ({"closing": CLOSING}, TaskQuery(closing="applied"), TaskQuery(closing="accepted")),
    "role": ({}, TaskQuery(unit="水利", role=Role.RESPONSIBLE), TaskQuery(unit="水利", role=Role.LEAD)),
    "month": ({}, TaskQuery(month="2026-06"), TaskQuery(month="2026-07")),
}


@pytest.mark.parametrize(("kept", "fits", "fails"), QUERIES.values(), ids=QUERIES)
def test_rows_are_found_by_what_is_kept(
    plan: Store, kept: dict[str, object], fits: TaskQuery, fails: TaskQuery
) -> None:
    keep(plan, "t1", **kept)
    assert found(plan, fits) == ["t1"]
    assert found(plan, fails) == []


def test_a_leader_is_found_among_the_persons_of_a_row_as_corrected(plan: Store) -> None:
    plan.correct_task("t2", {"persons": [{"name": "张三", "post": "副市长"}]})
    assert found(plan, TaskQuery(leader="张三")) == ["t2"]
    plan.correct_task("t2", {"persons": [{"name": "李四", "post": ""}]})
    assert found(plan, TaskQuery(leader="张三")) == [] and found(plan, TaskQuery(leader="李四")) == ["t2"]


def in_zone(zone: str | None) -> Callable[[Store], date]:
    def today(store: Store) -> date:
        store.settings.write({"time_zone": zone}, "王明")
        return store.today()

    return today


def test_rows_know_since_when_they_are_in_the_ledger(plan: Store) -> None:
    plan.edit(RowEdits(added=[NewRow({"text": "答复来电。"})]), "王明")
    row = plan.task("t3")
    today = in_zone("+08:00")(plan)
    assert row.review_due is not None and 89 <= (row.review_due - today).days <= 90
    plan.settings.write({"review_days": 30}, "王明")
    renewed = plan.task("t3").review_due
    assert renewed is not None and (row.review_due - renewed).days == 60
    keep(plan, "t3", notes=[{**NOTE, "date": "2026-04-01"}])
    assert plan.task("t3").review_due == date(2026, 5, 1)
    plan.set_status("t3", TaskStatus.DONE)
    assert plan.task("t3").review_due is None


def test_files_of_rows_are_kept_once(plan: Store) -> None:
    kept: list[str] = []
    plan.change(lambda editor: kept.extend(editor.keep(b"photo") for _ in range(2)), "王明", EditKind.ATTACH)
    assert kept == ["a1", "a2"]
    assert {plan.attachment(name) for name in kept} == {b"photo"}


def test_filters_of_people(store: Store) -> None:
    store.saved_filters.save("王明", "逾期", {"colour": "red"})
    store.saved_filters.save("王明", "逾期", {"colour": "yellow"})
    assert [(item.name, item.query) for item in store.saved_filters.all("王明")] == [
        ("逾期", {"colour": "yellow"})
    ]
    store.saved_filters.remove("王明", "逾期")
    assert store.saved_filters.all("王明") == []
