"""What may stand in an office file: no control characters, no more than a cell holds, no formula."""

from __future__ import annotations

import pytest

from service.office_text import CELL_LIMIT, cell_text, like_formula, printable


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("疏浚河道", "疏浚河道"),
        ("疏浚\n河道\t两岸", "疏浚\n河道\t两岸"),
        ("疏\x00浚\x0b河\x1f道", "疏浚河道"),
        ("疏\ud800浚\uffff", "疏浚"),
        ("", ""),
    ],
)
def test_no_control_character_stays(text: str, kept: str) -> None:
    assert printable(text) == kept
    assert cell_text(text) == kept


def test_a_cell_is_cut_where_excel_would_refuse_it() -> None:
    assert len(cell_text("河" * CELL_LIMIT)) == CELL_LIMIT
    assert cell_text("河" * (CELL_LIMIT + 1)).endswith("河…")
    assert len(printable("河" * (CELL_LIMIT + 1))) == CELL_LIMIT + 1


@pytest.mark.parametrize("text", ["=1+1", "+86", "-5", "@名", "\t缩进"])
def test_what_a_spreadsheet_would_run_is_known(text: str) -> None:
    assert like_formula(text)
    assert not like_formula("增长5")
