"""The list and the counts of all tasks of a library."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from corpus.records import task_record
from corpus.spans import Span
from corpus.store.edits import RowEdits
from corpus.store.rows import Colour, TaskRow, TaskStatus
from corpus.task import Role, Task, Unit
from service.bodies import FEW_ROWS
from service.library import Library
from service.overview import LatestOverview, everything_of, line_of, overview
from tests.service.texts import PLAN

DUE = date(2026, 6, 30)


def row(
    name: str, status: TaskStatus = TaskStatus.NOT_STARTED, colour: Colour | None = Colour.RED, *units: Unit
) -> TaskRow:
    """A row due in June 2026."""
    record = task_record(Task(Span(0, 3), "清淤。\t两公里", label="1.", units=units))
    return TaskRow(name, "d1", "方案.txt", None, record, status, colour, DUE, None, (), (), True)


def unit(name: str, role: Role, full: str | None = None) -> Unit:
    return Unit(name, role, Span(0, 0), canonical=full)


LEAD = unit("市发改委", Role.LEAD, "市发展和改革委员会")
HELPER = unit("市水利局", Role.COOPERATE)


def test_a_line_shows_words_units_and_day() -> None:
    line = line_of(row("t1", TaskStatus.IN_PROGRESS, Colour.RED, LEAD, HELPER))
    assert (line.text, line.lead, line.cooperate) == ("1.清淤。 两公里", "市发改委", "市水利局")
    assert (line.due, line.status, line.colour) == ("2026-06-30", "进行中", "red")
    assert "市发展和改革委员会" in line.units, "a filter finds it by its full name"
    assert line.title == "方案.txt", "a document without a title goes by its file"


def test_tasks_are_counted_by_month_unit_and_status() -> None:
    counts = overview(
        [
            row("t1", TaskStatus.NOT_STARTED, Colour.RED, LEAD, HELPER),
            row("t2", TaskStatus.DONE, Colour.GREEN, LEAD),
            row("t3", TaskStatus.CLOSED, None),
        ]
    )
    assert counts.months == {"2026-06": {"逾期": 1, "正常": 1, "已办结": 1}}
    assert counts.units == {"市发展和改革委员会": {"未完成": 1, "已完成": 1}}, "who only helps is not counted"
    assert list(counts.statuses.items()) == [("未启动", 1), ("已完成", 1), ("已销号", 1)]


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path, workers=1) as opened:
        yield opened


def test_the_list_is_made_anew_after_a_change_and_only_then(library: Library) -> None:
    latest = LatestOverview(library.store, library.bodies.everything)
    assert latest.get().total == 0
    library.add_upload("方案.txt", PLAN.encode())
    first = latest.get()
    assert first.total == len(json.loads(first.lines)["rows"]) > 0
    assert latest.get() is first
    task = json.loads(first.lines)["rows"][0][0]
    library.rows.edit(RowEdits(statuses={task: TaskStatus.DONE}), "王芳")
    assert latest.get().counts.statuses["已完成"] == 1


def test_a_long_list_made_by_another_process_is_the_same(library: Library) -> None:
    tasks = "\n".join(
        f"{number}.清理第{number}段河道。（市水利局牵头）" for number in range(1, FEW_ROWS + 20)
    )
    library.add_upload("方案.txt", f"安澜市河道整治方案\n一、重点任务\n{tasks}".encode())
    made = library.bodies.everything()
    assert made == everything_of(library.store)
    assert made.total > FEW_ROWS
