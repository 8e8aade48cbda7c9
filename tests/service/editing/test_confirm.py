"""What is confirmed is stored under the person's name, and survives a new reading."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.errors import UserError
from service.editing.confirm import confirm, open_ledger
from service.editing.editable import EditableLedger
from service.library import Library
from tests.service.editing.builders import PLAN, column, plan


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path, workers=1) as opened:
        yield opened


def stored(library: Library) -> str:
    added, _ = library.add_upload("风筝节方案.txt", PLAN.encode())
    return added.document_id


def corrected(ledger: EditableLedger) -> EditableLedger:
    ledger.set_cell("r2", "responsible", "县消防救援大队")
    ledger.split("r1", ["平整场地两万平方米；", "搭建看台三处，6月底前完成。"])
    ledger.delete(["r3"])
    ledger.paste(ledger.add("r2"), "text", "清理现场\t县城管局", ["text", "lead"])
    return ledger


AFTERWARDS = [
    ("平整场地两万平方米；", "县文体局", ""),
    ("搭建看台三处，6月底前完成。", "县文体局", ""),
    ("开展安全检查。", "", "县消防救援大队"),
    ("清理现场", "县城管局", ""),
]


def says(ledger: EditableLedger) -> list[tuple[str, ...]]:
    return list(zip(*(column(ledger, name) for name in ("text", "lead", "responsible")), strict=True))


def test_a_dropped_file_is_stored_as_the_person_corrected_it(library: Library) -> None:
    ledger = corrected(plan())
    document = stored(library)
    assert says(confirm(library, ledger, document, "王芳")) == AFTERWARDS


def test_corrections_survive_a_new_reading_and_name_their_author(library: Library) -> None:
    document = stored(library)
    confirm(library, corrected(open_ledger(library, document)), document, "王芳")
    library.reextract([document])
    assert says(open_ledger(library, document)) == AFTERWARDS
    assert {edit.by for edit in library.rows.edits(document)} == {"王芳"}
    assert all(
        row.confirmed and row.confirmed.by == "王芳" for row in library.show(document).rows if not row.by_hand
    )


def test_nobody_overwrites_what_another_stored_meanwhile(library: Library) -> None:
    document = stored(library)
    mine, yours = open_ledger(library, document), open_ledger(library, document)
    yours.set_cell("r2", "label", "9.")
    confirm(library, yours, document, "李强")
    mine.set_cell("r2", "label", "8.")
    with pytest.raises(UserError, match="别人"):
        confirm(library, mine, document, "王芳")
    mine.undo()
    mine.set_cell("r1", "label", "7.")
    assert column(confirm(library, mine, document, "王芳"), "label")[:2] == ["7.", "9."]


def test_two_who_dropped_the_same_file_do_not_overwrite_each_other(library: Library) -> None:
    mine, yours = plan(), plan()
    document = stored(library)
    yours.set_cell("r2", "responsible", "县消防救援大队")
    confirm(library, yours, document, "李强")
    mine.set_cell("r2", "responsible", "县应急管理局")
    with pytest.raises(UserError, match="别人"):
        confirm(library, mine, document, "王芳")
    mine.undo()
    mine.set_cell("r1", "lead", "县体育中心")
    assert says(confirm(library, mine, document, "王芳"))[1][2] == "县消防救援大队"
