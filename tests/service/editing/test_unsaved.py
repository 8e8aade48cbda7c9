"""What was done to a ledger and not confirmed comes back, and never over what another person did."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from service.editing.editable import EditableLedger
from service.editing.unsaved import KEPT_SECONDS, UnsavedEdits, content_key
from tests.service.editing.builders import column, plan


@pytest.fixture
def unsaved(tmp_path: Path) -> UnsavedEdits:
    return UnsavedEdits(tmp_path / "unsaved")


@pytest.mark.parametrize(
    "act",
    [
        lambda ledger: ledger.set_cell("r2", "responsible", "县消防救援大队"),
        lambda ledger: ledger.split("r1", ["平整场地两万平方米；", "搭建看台三处，6月底前完成。"]),
        lambda ledger: ledger.merge(["r3", "r2"]),
        lambda ledger: ledger.delete(["r1"]),
        lambda ledger: ledger.set_cell(ledger.add("r1"), "text", "清扫街面。"),
    ],
)
def test_each_step_comes_back_and_can_be_undone(
    unsaved: UnsavedEdits, act: Callable[[EditableLedger], object]
) -> None:
    left = plan()
    act(left)
    unsaved.keep("王芳", "d1", left)
    opened = plan()
    assert unsaved.restore("王芳", "d1", opened)
    assert [row.record for row in opened.rows] == [row.record for row in left.rows]
    assert opened.edits().words == left.edits().words
    opened.undo()
    assert not opened.edits()


def test_it_is_of_one_person_and_one_document(unsaved: UnsavedEdits) -> None:
    ledger = plan()
    ledger.delete(["r1"])
    unsaved.keep("王芳", "d1", ledger)
    assert not unsaved.restore("李强", "d1", plan())
    assert not unsaved.restore("王芳", "d2", plan())
    assert unsaved.is_kept("王芳", "d1")


def test_what_is_undone_or_confirmed_does_not_come_back(unsaved: UnsavedEdits) -> None:
    ledger = plan()
    ledger.delete(["r1"])
    unsaved.keep("王芳", "d1", ledger)
    ledger.undo()
    unsaved.keep("王芳", "d1", ledger)
    assert not unsaved.is_kept("王芳", "d1")
    unsaved.forget("王芳", "d1")


def test_rows_that_another_changed_stay_as_the_other_left_them(unsaved: UnsavedEdits) -> None:
    ledger = stored(plan())
    ledger.set_cell("r1", "lead", "县教体局")
    ledger.set_cell("r2", "responsible", "县消防救援大队")
    ledger.set_cell(ledger.add(), "text", "清扫街面。")
    unsaved.keep("王芳", "d1", ledger)
    other = stored(plan())
    other.set_cell("r1", "lead", "县商务局")
    opened = EditableLedger(other.document, [row.record for row in other.rows])
    assert unsaved.restore("王芳", "d1", opened)
    assert column(opened, "lead")[0] == "县商务局"
    assert column(opened, "responsible")[1] == "县消防救援大队"
    assert column(opened, "text")[-1] == "清扫街面。"


def test_what_does_not_fit_any_more_or_cannot_be_read_is_left(unsaved: UnsavedEdits, tmp_path: Path) -> None:
    ledger = stored(plan())
    ledger.set_cell("r1", "lead", "县教体局")
    unsaved.keep("王芳", "d1", ledger)
    opened = EditableLedger(ledger.document, [])
    assert not unsaved.restore("王芳", "d1", opened)
    (file,) = (tmp_path / "unsaved").iterdir()
    file.write_text("{")
    assert not unsaved.restore("王芳", "d1", stored(plan()))


def test_what_nobody_came_back_to_goes(unsaved: UnsavedEdits, tmp_path: Path) -> None:
    ledger = plan()
    ledger.delete(["r1"])
    unsaved.keep("王芳", content_key(b"one"), ledger)
    (file,) = (tmp_path / "unsaved").iterdir()
    long_ago = file.stat().st_mtime - KEPT_SECONDS - 1
    os.utime(file, (long_ago, long_ago))
    unsaved.keep("王芳", content_key(b"other"), ledger)
    assert not unsaved.is_kept("王芳", content_key(b"one"))


def stored(ledger: EditableLedger) -> EditableLedger:
    """Return the ledger with the ids that the library gives to rows."""
    records = [{**row.record, "id": f"t{number}"} for number, row in enumerate(ledger.rows)]
    return EditableLedger(ledger.document, records)
