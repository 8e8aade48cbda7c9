"""What the page of a document shows at first."""

from __future__ import annotations

from service.editing.sight import filled_cells
from tests.service.editing.builders import plan


def test_columns_are_shown_that_tell_something() -> None:
    assert filled_cells(plan().rows) >= {"text", "lead", "responsible", "cooperate", "limits"}
    assert not filled_cells(plan().rows) & {"problem", "goal", "persons", "remark"}


def test_a_problem_that_the_text_states_too_needs_no_column() -> None:
    ledger = plan()
    ledger.set_cell("r2", "text", "问题：消防通道堵塞。措施：开展安全检查。")
    ledger.set_cell("r2", "problem", "消防通道堵塞。")
    assert "problem" not in filled_cells(ledger.rows)
    ledger.set_cell("r3", "problem", "宣传不到位。")
    assert "problem" in filled_cells(ledger.rows)
