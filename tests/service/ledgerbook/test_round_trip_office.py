"""The round trip through a real LibreOffice: what it saves says what was typed, and nothing else changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.records import JsonObject
from service.ledgerbook.columns import ledger_table
from service.ledgerbook.files import Book, book_bytes
from service.library import Library
from tests.service.libreoffice import typed, worked_on
from tests.service.records import records

pytestmark = pytest.mark.office
FIRST = 4
"""The row of the first task."""


@pytest.fixture
def library(copied: Library) -> Library:
    """A library with a plan of four tasks, to be written to."""
    return copied


def cell(rows: list[JsonObject], number: int, head: str, words: str) -> str:
    heads = [column.head for column in ledger_table(rows).columns]
    return typed(FIRST + number - 1, heads.index(head) + 1, words)


def test_what_is_typed_in_libreoffice_comes_back(library: Library, tmp_path: Path) -> None:
    before = records(library)
    steps = [
        cell(before, 1, "状态", "进行中"),
        cell(before, 1, "进展情况", "已清运30吨。"),
        cell(before, 1, "截止日期", "2025-7-15"),
        cell(before, 2, "牵头单位", "市自然资源局、市河长办"),
        f"sheet.Rows.removeByIndex({FIRST + 1}, 1)",
        f"sheet.Rows.insertByIndex({FIRST + 1}, 1)",
        cell(before, 3, "重点任务", "（三）建设生态护岸。"),
        cell(before, 3, "工作措施", "新建护岸12公里。"),
        cell(before, 3, "责任单位", "市水利局"),
        "sheet.Rows.insertByIndex(0, 1)",
        'sheet.Name = "改过的台账"',
    ]
    (data,) = worked_on(tmp_path, book_bytes(Book(before, "台账"), ".xlsx"), steps)
    found = library.workbooks.compare("改过的台账.xlsx", data)
    shown = {(row.name, cell.key): (cell.before, cell.after) for row in found.rows for cell in row.cells}
    first, second, third, _ = (row["id"] for row in before)
    assert shown == {
        (first, "status"): ("未启动", "进行中"),
        (first, "progress"): ("", "已清运30吨。"),
        (first, "day"): ("2025-06-30", "2025-07-15"),
        (second, "lead"): ("市自然资源局", "市自然资源局、市河长办"),
        ("line7", "text"): ("", "（三）建设生态护岸。"),
        ("line7", "measures"): ("", "新建护岸12公里。"),
        ("line7", "responsible"): ("", "市水利局"),
    }
    assert [row.name for row in found.rows if row.fate == "dropped"] == [third]
    library.workbooks.store(found, "王明")
    after = records(library)
    assert [row["id"] for row in after if row["id"] in {row["id"] for row in before}] == [
        row["id"] for row in before
    ]
    assert (after[0]["due"], after[0]["status"]) == ("2025-07-15", "in_progress")
    assert after[2]["text"] == "建设生态护岸。新建护岸12公里。"


def test_saving_alone_changes_nothing_in_any_format(library: Library, tmp_path: Path) -> None:
    suffixes = (".xlsx", ".xls", ".ods")
    saved = worked_on(tmp_path, book_bytes(Book(records(library), "台账"), ".xlsx"), [], suffixes)
    for suffix, data in zip(suffixes, saved, strict=True):
        found = library.workbooks.compare(f"台账{suffix}", data)
        assert (suffix, found.rows, found.same) == (suffix, (), 4)
