"""What users call their units reaches the workers that read, and survives a table with a fault."""

from pathlib import Path

import pytest

from corpus.errors import UserError
from corpus.registry.own_units import OwnUnit
from service.extraction import Reading
from service.library import Library

PLAN = (
    "安澜市河道整治实施方案\n一、重点任务\n"
    "1.清理河道内的违法建筑，恢复河道行洪能力。（责任单位：港务集团）\n安澜市人民政府\n2024年3月1日\n"
)
PORT = OwnUnit("安澜市栖霞港务集团有限公司", ("港务集团",))


def full_names(library: Library) -> list[str | None]:
    reading = library.extract_upload("方案.txt", PLAN.encode())
    assert isinstance(reading, Reading)
    return [unit.canonical for task in reading.extraction.tasks for unit in task.units]


def test_names_that_users_add_reach_the_workers_at_once(empty: Library) -> None:
    assert full_names(empty) == [None]
    empty.replace_own_units([PORT])
    assert empty.own_units() == (PORT,)
    assert full_names(empty) == ["安澜市栖霞港务集团有限公司"]


def test_a_table_that_was_damaged_meanwhile_stops_no_reading(empty: Library, tmp_path: Path) -> None:
    empty.replace_own_units([PORT])
    (table,) = tmp_path.rglob("units.tsv")
    table.write_text("全称\t别名\t类别\n港务集团\t\t什么\n", encoding="utf-8")
    assert full_names(empty)
    with pytest.raises(UserError, match="第 2 行"):
        empty.own_units()
