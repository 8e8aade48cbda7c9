"""Rows of the ledger: what users said about them survives every new reading and version."""

from datetime import date

import pytest

from corpus.document import Document
from corpus.errors import NotFoundError, UserError
from corpus.spans import Span
from corpus.store.filters import TaskQuery
from corpus.store.rows import Colour, TaskStatus, ledger_record
from corpus.store.store import Store
from corpus.task import Deadline, DeadlineKind, Extraction, Progress, ProgressStatus, Task
from tests.corpus.builders import document, extraction, task

TODAY = date(2026, 11, 22)
PLAN = document("# 1 一、任务", "i 2 1.疏浚河道二十公里。", "i 2 2.栽植林带三百亩。", "i 2 3.改造学校厕所。")
WORDS = ("疏浚河道二十公里。", "栽植林带三百亩。", "改造学校厕所。")
UNITS = ("市水利局", "市林业局", "市教育局")


def rows_of(made: Document, *words: str) -> Extraction:
    return extraction(*(task(made, text) for text in words))


@pytest.fixture
def plan(store: Store) -> Store:
    """A library with one plan of three rows: t1, t2 and t3."""
    rows = (task(PLAN, words, unit) for words, unit in zip(WORDS, UNITS, strict=True))
    store.add("方案.txt", b"1", PLAN, extraction(*rows))
    return store


def texts(store: Store) -> dict[str, str]:
    return {row.id: row.record["text"] for row in store.tasks().items}


def test_a_row_comes_back_as_the_task_it_was(store: Store) -> None:
    full = task(PLAN, WORDS[0], "市水利局", by="2026-12-31", label="1.", section=("一、任务",))
    store.add("方案.txt", b"1", PLAN, extraction(full))
    (row,) = store.tasks(today=TODAY).items
    assert row.task == Task(**{name: getattr(full, name) for name in Task.__slots__ if name != "id"}, id="t1")
    assert (row.document_id, row.source, row.status, row.in_text) == (
        "d1",
        "方案.txt",
        TaskStatus.NOT_STARTED,
        True,
    )


def test_the_public_record_has_the_ledger_keys(plan: Store) -> None:
    record = ledger_record(plan.task("t1"))
    assert record["id"] == "t1" and record["document"] == "d1" and record["status"] == "not_started"
    assert {"colour", "due", "next_due", "progress", "assigned", "units", "deadlines", "text"} <= set(record)


def test_ids_survive_a_new_version_that_moves_and_rewords_rows(plan: Store) -> None:
    new = document(
        "p 新的开头。", "i 1 3.改造学校厕所。", "i 1 1.疏浚河道二十五公里。", "i 1 2.栽植林带三百亩。"
    )
    plan.add("方案.txt", b"2", new, rows_of(new, WORDS[2], "疏浚河道二十五公里。", WORDS[1]))
    assert texts(plan) == {"t3": WORDS[2], "t1": "疏浚河道二十五公里。", "t2": WORDS[1]}


def test_rows_without_user_words_come_and_go_with_the_text(plan: Store) -> None:
    new = document("p 疏浚河道二十公里。", "p 新建卫生室八所。")
    renewed = plan.replace_reading("d1", new, rows_of(new, WORDS[0], "新建卫生室八所。"))
    assert [row.task_id for row in renewed.dropped] == ["t2", "t3"]
    assert [(row.task_id, row.text) for row in renewed.added] == [("t4", "新建卫生室八所。")]
    with pytest.raises(NotFoundError):
        plan.task("t2")


def test_a_row_with_a_status_or_correction_is_kept_when_the_text_loses_it_and_found_again(
    plan: Store,
) -> None:
    plan.set_status("t1", TaskStatus.IN_PROGRESS)
    plan.correct_task("t2", {"label": "2"})
    other = document("p 改造学校厕所。")
    renewed = plan.replace_reading("d1", other, rows_of(other, WORDS[2]))
    assert [row.task_id for row in renewed.orphaned] == ["t1", "t2"]
    assert {row.id: row.in_text for row in plan.tasks().items} == {"t1": False, "t2": False, "t3": True}
    assert not plan.replace_reading("d1", other, rows_of(other, WORDS[2])).changed
    plan.replace_reading("d1", PLAN, rows_of(PLAN, *WORDS))
    assert all(row.in_text for row in plan.tasks().items)
    assert plan.task("t1").status is TaskStatus.IN_PROGRESS


def test_a_new_reading_tells_which_keys_changed(plan: Store) -> None:
    rows = (task(PLAN, words, unit) for words, unit in zip(WORDS, ("市水务局", *UNITS[1:]), strict=True))
    renewed = plan.replace_reading("d1", PLAN, extraction(*rows))
    assert [(row.task_id, row.keys) for row in renewed.altered] == [("t1", ("units",))]


def test_a_reading_that_only_moves_rows_alters_none(plan: Store) -> None:
    moved = document("p 前言。", "# 1 一、任务", *(f"i 2 {words}" for words in WORDS))
    rows = (task(moved, words, unit) for words, unit in zip(WORDS, UNITS, strict=True))
    renewed = plan.replace_reading("d1", moved, extraction(*rows))
    assert renewed.changed and not (renewed.altered or renewed.added or renewed.dropped)
    assert plan.task("t1").record["span"][0] == moved.text.index(WORDS[0])


def test_a_correction_stands_over_what_is_found_until_it_is_withdrawn(plan: Store) -> None:
    unit = {**plan.task("t1").record["units"][0], "name": "市水务局", "span": [0, 0]}
    plan.correct_task("t1", {"units": [unit]})
    row = plan.task("t1")
    assert [item.name for item in row.task.units] == ["市水务局"] and row.corrected == ("units",)
    assert [found.id for found in plan.tasks(TaskQuery(unit="市水务局")).items] == ["t1"]
    assert plan.tasks(TaskQuery(unit="市水利局")).total == 0
    plan.replace_reading("d1", PLAN, rows_of(PLAN, *WORDS))
    assert [item.name for item in plan.task("t1").task.units] == ["市水务局"]
    plan.withdraw_corrections("t1", ["units"])
    assert plan.task("t1").task.units == () and plan.task("t1").corrected == ()
    assert plan.tasks(TaskQuery(unit="市水务局")).total == 0


def test_a_corrected_time_limit_decides_when_the_row_is_due(plan: Store) -> None:
    limit = {"raw": "2026年12月1日前", "kind": "date", "start": None, "end": "2026-12-01"}
    plan.correct_task("t1", {"deadlines": [{**limit, "loose": False, "inherited": False, "span": [0, 0]}]})
    row = plan.task("t1", TODAY)
    assert (row.due, row.colour) == (date(2026, 12, 1), Colour.YELLOW)


def test_history_remembers_who_said_what(plan: Store) -> None:
    plan.set_status("t1", TaskStatus.DONE, note="已验收")
    plan.correct_task("t1", {"label": "1"})
    plan.withdraw_corrections("t1", ["label"])
    entries = [(entry.key, entry.before, entry.after, entry.note) for entry in plan.task_history("t1")]
    assert entries == [
        ("status", "not_started", "done", "已验收"),
        ("label", "", "1", ""),
        ("label", "1", "", ""),
    ]


@pytest.mark.parametrize(
    "values",
    [
        {"id": "t9"},
        {"assigned": True},
        {"没有": 1},
        {"units": "市水利局"},
        {"units": [{"name": "市水利局"}]},
        {"deadlines": [{"end": "明天"}]},
        {"text": None},
        {"section": 3},
    ],
)
def test_a_correction_of_the_wrong_form_is_refused_and_changes_nothing(
    plan: Store, values: dict[str, object]
) -> None:
    before = plan.task("t1")
    with pytest.raises(UserError):
        plan.correct_task("t1", values)
    assert plan.task("t1") == before and plan.task_history("t1") == []


def test_a_row_that_is_none_is_not_found(plan: Store) -> None:
    for ask in (plan.task, plan.task_history, lambda name: plan.set_status(name, TaskStatus.DONE)):
        with pytest.raises(NotFoundError, match="台账中没有"):
            ask("t99")


def test_rows_are_given_in_the_order_asked(plan: Store) -> None:
    assert [row.id for row in plan.task_rows(["t3", "t99", "t1"])] == ["t3", "t1"]


DUE = {"红": "2026-11-21", "今": "2026-11-22", "黄": "2026-12-22", "绿": "2026-12-23", "无": None}


@pytest.fixture
def coloured(store: Store) -> Store:
    """Rows that were due yesterday, are due today, in 30 days, in 31 days, and never."""
    made = document(*(f"p {name}行任务。" for name in DUE))
    store.add(
        "a.txt", b"1", made, extraction(*(task(made, f"{name}行", by=day) for name, day in DUE.items()))
    )
    return store


@pytest.mark.parametrize("status", TaskStatus)
def test_the_colour_asked_for_is_the_colour_shown(coloured: Store, status: TaskStatus) -> None:
    for row in coloured.tasks().items:
        coloured.set_status(row.id, status)
    shown = {row.id: row.colour for row in coloured.tasks(today=TODAY).items}
    for colour in Colour:
        found = {row.id for row in coloured.tasks(TaskQuery(colour=colour), TODAY).items}
        assert found == {name for name in shown if shown[name] is colour}


@pytest.mark.parametrize(
    ("status", "colours"),
    [
        (TaskStatus.NOT_STARTED, [Colour.RED, Colour.YELLOW, Colour.YELLOW, Colour.GREEN, None]),
        (TaskStatus.EXTENDED, [Colour.RED, Colour.YELLOW, Colour.YELLOW, Colour.GREEN, None]),
        (TaskStatus.DONE, [Colour.GREEN] * 4 + [None]),
        (TaskStatus.CLOSED, [None] * 5),
    ],
)
def test_colours(coloured: Store, status: TaskStatus, colours: list[Colour | None]) -> None:
    for row in coloured.tasks().items:
        coloured.set_status(row.id, status)
    assert [row.colour for row in coloured.tasks(today=TODAY).items] == colours


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (TaskQuery(due_before=date(2026, 11, 22)), "红今"),
        (TaskQuery(due_from=date(2026, 12, 22)), "黄绿"),
        (TaskQuery(due_from=date(2026, 11, 22), due_before=date(2026, 12, 22)), "今黄"),
        (TaskQuery(words="绿行"), "绿"),
        (TaskQuery(words="%"), ""),
        (TaskQuery(status=TaskStatus.DONE), ""),
        (TaskQuery(document="d1", limit=2), "红今"),
        (TaskQuery(offset=3), "绿无"),
        (TaskQuery(order_by_due=True, offset=4), "无"),
    ],
)
def test_what_narrows_a_listing(coloured: Store, query: TaskQuery, expected: str) -> None:
    assert "".join(row.record["text"][0] for row in coloured.tasks(query, TODAY).items) == expected


def test_the_total_counts_beyond_the_page(coloured: Store) -> None:
    assert coloured.tasks(TaskQuery(limit=2)).total == 5


def test_a_recurring_limit_shows_its_next_day(store: Store) -> None:
    made = document("p 每月25日前报送进展。")
    limit = Deadline("每月25日前", DeadlineKind.RECURRING, Span(0, 6))
    store.add(
        "a.txt", b"1", made, Extraction((Task(Span(0, 11), "每月25日前报送进展。", deadlines=(limit,)),))
    )
    (row,) = store.tasks(today=TODAY).items
    assert (row.due, row.next_due, row.colour) == (None, date(2026, 11, 25), Colour.YELLOW)


def test_progress_stands_with_the_row_in_whose_words_it_lies(store: Store) -> None:
    made = document("r 疏浚河道\t已完成", "p 造林正在推进。")
    row = task(made, "疏浚河道\t已完成")
    done = Progress("已完成", Span(5, 8), ProgressStatus.DONE)
    other = Progress("造林正在推进。", Span(9, 16), ProgressStatus.ONGOING)
    store.add("a.txt", b"1", made, Extraction((row,), (done, other)))
    assert [item["text"] for item in store.progress("d1")] == ["已完成", "造林正在推进。"]
    assert [item["status"] for item in store.task("t1").progress] == ["done"]
