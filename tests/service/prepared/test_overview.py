"""The list of all tasks of a library."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from corpus.records import task_record
from corpus.spans import Span
from corpus.store.editing.edits import RowEdits
from corpus.store.rows import Colour, TaskRow, TaskStatus
from corpus.task import Role, Task, Unit
from service.library import Library
from service.prepared.bodies import FEW_ROWS
from service.prepared.overview import LINE_FIELDS, Everything, LatestOverview, everything_of, line_of
from tests.service.texts import PLAN

DUE = date(2026, 6, 30)


def row(status: TaskStatus = TaskStatus.NOT_STARTED, *units: Unit) -> TaskRow:
    """A row due in June 2026."""
    record = task_record(Task(Span(0, 3), "清淤。\t两公里", label="1.", units=units))
    return TaskRow(
        "t1", "d1", "D:/市府办/方案.txt", None, record, status, Colour.RED, DUE, None, (), (), True
    )


def unit(name: str, role: Role, full: str | None = None) -> Unit:
    return Unit(name, role, Span(0, 0), canonical=full)


LEAD = unit("市发改委", Role.LEAD, "市发展和改革委员会")
HELPER = unit("市水利局", Role.COOPERATE)


def shown(everything: Everything) -> list[dict[str, object]]:
    """The rows as the browser gets them."""
    table = json.loads(gzip.decompress(everything.parcel.packed))
    return [dict(zip(table["fields"], values, strict=True)) for values in table["rows"]]


def test_a_line_shows_words_units_and_day() -> None:
    line = line_of(row(TaskStatus.IN_PROGRESS, LEAD, HELPER))
    assert (line.text, line.lead, line.cooperate) == ("1.清淤。 两公里", "市发改委", "市水利局")
    assert line.title == "方案.txt", "nobody reads paths"
    assert (line.due, line.status, line.colour) == ("2026-06-30", "进行中", "red")
    assert line.names == ["市发改委 市发展和改革委员会", "", "市水利局", ""], "found by its full name too"
    assert line.acting == ["市发展和改革委员会"], "who only helps is not counted"
    assert line.title == "方案.txt", "a document without a title goes by its file"


def test_words_far_into_a_long_task_are_found() -> None:
    long = replace(row(), record={**row().record, "text": "整" * 119 + "治黑臭水体" + "净" * 50})
    line = line_of(long)
    assert len(line.text) < 130
    assert "整治黑臭水体" in line.rest
    assert line_of(row()).rest == ""


def test_a_line_shows_what_the_office_keeps_beside_the_words() -> None:
    note = {"date": "2026-05-20", "unit": "市水利局", "text": "完成清淤八公里", "problems": ""}
    kept = replace(
        row(),
        extensions=({"to": "2026-06-30"},),
        first_due=date(2026, 4, 30),
        notes=(note,),
        entry={"origin": "批示", "assigned_by": "陈市长"},
        closing={"state": "applied"},
        done_on=date(2026, 7, 1),
    )
    line = line_of(kept)
    assert (line.first_due, line.extended, line.late) == ("2026-04-30", 1, True)
    assert line.note == "2026-05-20 市水利局 完成清淤八公里"
    assert (line.origin, line.assigned_by, line.officer, line.closing) == ("批示", "陈市长", "", "待审核")
    assert line_of(row()).first_due == "", "the first day is shown only where there is another one now"


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path, workers=1) as opened:
        yield opened


def test_the_list_follows_every_change_and_is_made_anew_only_for_documents(library: Library) -> None:
    made: list[Everything] = []
    latest = LatestOverview(library.store, lambda: made.append(library.bodies.everything()) or made[-1])
    assert latest.get().total == 0
    library.add_upload("方案.txt", PLAN.encode())
    first = latest.get()
    assert first.total > 1
    assert latest.get() is first
    task = next(iter(first.lines))
    library.rows.edit(RowEdits(statuses={task: TaskStatus.DONE}), "王芳")
    assert shown(latest.get())[0]["status"] == "已完成"
    by_hand = library.rows.add({"text": "落实批示。"}, "王芳").added[0]
    assert list(latest.get().lines)[-1] == by_hand
    deleted = library.rows.delete([by_hand], "王芳")
    assert by_hand not in latest.get().lines
    library.rows.undo(deleted.id, "王芳")
    assert latest.get() == replace(everything_of(library.store), parcel=latest.get().parcel)
    assert len(made) == 2, "once when it was empty, once for the document"
    library.settings.write({"due_soon_days": 5}, "王芳")
    latest.get()
    assert len(made) == 3, "the colours may be others"


def test_a_long_list_made_by_another_process_is_the_same(library: Library) -> None:
    tasks = "\n".join(
        f"{number}.清理第{number}段河道。（市水利局牵头）" for number in range(1, FEW_ROWS + 20)
    )
    library.add_upload("方案.txt", f"安澜市河道整治方案\n一、重点任务\n{tasks}".encode())
    made = library.bodies.everything()
    assert made == everything_of(library.store)
    assert made.total > FEW_ROWS
    assert set(shown(made)[0]) == set(LINE_FIELDS)
