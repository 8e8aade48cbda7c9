"""What a person does to a ledger, step by step, and back."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import UserError
from corpus.spans import Span
from service.editing.editable import EditableLedger
from service.editing.table import pasted_cells
from tests.service.editing.builders import blank, column, plan


def test_nothing_done_is_nothing_to_store() -> None:
    assert not plan().edits()


def test_a_corrected_cell_is_the_only_thing_to_store() -> None:
    ledger = plan()
    ledger.set_cell("r2", "responsible", "县消防救援大队")
    edits = ledger.edits()
    assert list(edits.corrected) == ["r2"]
    assert edits.corrected["r2"]["units"][0]["name"] == "县消防救援大队"
    assert edits.words == "改动 1 项"


def test_a_cell_put_back_by_hand_is_nothing_to_store() -> None:
    ledger = plan()
    ledger.set_cell("r2", "label", "9.")
    ledger.set_cell("r2", "label", "2.")
    assert not ledger.edits()


def test_split_parts_stand_where_their_words_stand() -> None:
    ledger = plan()
    keys = ledger.split("r1", ["平整场地两万平方米；", "搭建看台三处，6月底前完成。"])
    first, second = (ledger.row(key).record for key in keys)
    assert [Span(*record["span"]).of(ledger.document.text) for record in (first, second)] == [
        first["text"],
        second["text"],
    ]
    assert (first["deadlines"], second["deadlines"][0]["raw"]) == ([], "6月底前"), (
        "a limit goes with its words"
    )
    assert column(ledger, "lead")[:2] == ["县文体局", "县文体局"], "units go to both"
    (added,) = ledger.edits().added
    assert (added.after, added.parent) == ("r1", "r1")


def test_one_line_is_no_split() -> None:
    with pytest.raises(UserError, match="两行以上"):
        plan().split("r1", ["平整场地。", "  "])


def test_merged_rows_say_together_what_they_said_apart() -> None:
    ledger = plan()
    ledger.merge(["r3", "r2"])
    assert column(ledger, "text")[1] == "开展安全检查。做好宣传。"
    assert column(ledger, "responsible")[1] == "县应急局、县融媒体中心"
    assert ledger.edits().merged == {"r3": "r2"}


def test_splitting_and_merging_again_leaves_the_same_words_and_units() -> None:
    ledger = plan()
    before = ledger.row("r1").record
    ledger.merge(ledger.split("r1", ["平整场地两万平方米；", "搭建看台三处，6月底前完成。"]))
    after = ledger.row("r1").record
    assert all(after[key] == before[key] for key in ("text", "span", "units", "deadlines", "indicators"))


def test_a_marked_stretch_is_read_like_any_text() -> None:
    ledger = plan()
    text = ledger.document.text
    start = text.index("场地保洁")
    ledger.delete(["r2"])
    (key,) = ledger.add_stretch(Span(start, text.index("\n", start) + 1))
    record = ledger.row(key).record
    assert record["text"].startswith("场地保洁")
    assert record["section"] == ["二、其他事项"]
    assert ledger.rows[-1].key == key, "it stands where the text has it"


def test_added_rows_stand_below_the_chosen_one() -> None:
    ledger = plan()
    key = ledger.add("r1")
    assert [row.key for row in ledger.rows] == ["r1", key, "r2", "r3"]
    assert ledger.row(key).record["section"] == ledger.row("r1").record["section"]


def test_a_range_from_excel_fills_cells_to_the_right_and_adds_rows_below() -> None:
    ledger = plan()
    clip = "开展安全大检查。\t县应急局、县公安局\r\n做好宣传报道。\t县融媒体中心\r\n清理现场。\t县城管局\r\n"
    ledger.paste("r2", "text", clip, ["text", "responsible", "limits"])
    assert column(ledger, "text")[1:] == ["开展安全大检查。", "做好宣传报道。", "清理现场。"]
    assert column(ledger, "responsible")[1:] == ["县应急局、县公安局", "县融媒体中心", "县城管局"]


def test_a_range_with_a_head_of_its_own_goes_where_its_heads_say() -> None:
    ledger = blank()
    ledger.paste(
        None, "label", "序号\t完成时间\t工作任务\t牵头部门\n1\t2026年8月底前\t修缮码头\t县交通局\n", ["label"]
    )
    assert [column(ledger, name) for name in ("text", "lead", "day")] == [
        ["修缮码头"],
        ["县交通局"],
        ["2026-08-31"],
    ]


def test_a_range_that_does_not_fit_changes_nothing() -> None:
    ledger = plan()
    with pytest.raises(UserError, match="看不出是哪一天"):
        ledger.paste("r1", "limits", "7月底前\t不知道", ["limits", "day"])
    assert not ledger.edits()


def test_looking_at_a_row_takes_its_doubts_away() -> None:
    ledger = plan()
    doubtful = {**ledger.rows[0].record, "doubts": ["未注明单位角色"]}
    ledger = EditableLedger(ledger.document, [doubtful, ledger.rows[1].record])
    assert [row.key for row in ledger.doubtful] == ["r1"]
    ledger.check(["r1"])
    assert ledger.doubtful == ()
    assert ledger.edits().corrected == {"r1": {"doubts": []}}


steps = st.sampled_from(["cell", "split", "merge", "add", "delete", "paste"])


def do(ledger: EditableLedger, step: str, place: int) -> None:
    key = ledger.rows[place % len(ledger.rows)].key
    if step == "cell":
        ledger.set_cell(key, "lead", f"县水利局、第{place}局")
    elif step == "split":
        ledger.split(key, [f"甲{place}。", "乙。"])
    elif step == "merge":
        ledger.merge([row.key for row in ledger.rows[:2]])
    elif step == "add":
        ledger.add(key)
    elif step == "delete":
        ledger.delete([key])
    else:
        ledger.paste(key, "label", f"{place}.\n丙", ["label"])


@given(st.lists(st.tuples(steps, st.integers(0, 9)), max_size=8))
def test_undoing_everything_leaves_nothing_to_store(taken: list[tuple[str, int]]) -> None:
    ledger = plan()
    states = [ledger.rows]
    for step, place in taken:
        if len(ledger.rows) < 2:
            break
        do(ledger, step, place)
        if ledger.rows is not states[-1]:
            states.append(ledger.rows)
    for state in reversed(states[:-1]):
        assert ledger.undo()
        assert ledger.rows == state
    assert ledger.undo() == ""
    assert not ledger.edits()
    for state in states[1:]:
        assert ledger.redo()
        assert ledger.rows == state


@given(
    st.lists(
        st.lists(st.text("甲乙 \n\t\"'，", max_size=5).map(str.strip), min_size=1, max_size=4), max_size=4
    )
)
def test_what_is_copied_can_be_pasted(rows: list[list[str]]) -> None:
    kept = list(rows)
    while kept and not any(kept[-1]):
        kept.pop()
    clip = io.StringIO()
    csv.writer(clip, delimiter="\t", lineterminator="\n").writerows(rows)
    assert pasted_cells(clip.getvalue()) == kept
