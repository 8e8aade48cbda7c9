"""One text in three cells, and the text again from the cells."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.store.rereading.identity import folded
from service.ledgerbook.segments import Part, joined_text, segments
from tests.service.test_ledger import row

# Text of a task, with its goal or measures, and its cells.
CUT = [
    ({"text": "清理河道垃圾。"}, {"text": "清理河道垃圾。"}),
    (
        {"text": "清理河道垃圾。全面排查两岸堆放点，6月底前清运。"},
        {"text": "清理河道垃圾。", "measures": "全面排查两岸堆放点，6月底前清运。"},
    ),
    (
        {"text": "排污口未整治\t限期封堵，恢复岸线"},
        {"text": "排污口未整治", "measures": "限期封堵，恢复岸线"},
    ),
    (
        {
            "text": "问题1：岸线破损。\n整改目标：岸线完好。\n整改措施：（1）补植绿化。（2）修复护坡。",
            "goal": "岸线完好。",
        },
        {
            "text": "问题1：岸线破损。",
            "goal": "整改目标：岸线完好。",
            "measures": "整改措施：（1）补植绿化。（2）修复护坡。",
        },
    ),
    (
        {
            "text": "推进河道治理，一是疏浚河床十公里；二是修复生态护岸。",
            "measures": [{"text": "一是疏浚河床十公里；"}, {"text": "二是修复生态护岸。"}],
        },
        {"text": "推进河道治理，", "measures": "一是疏浚河床十公里；\n二是修复生态护岸。"},
    ),
    (
        {"text": "措施一在前\t目标在中\t措施二在后", "goal": "目标在中"},
        {"text": "措施一在前", "goal": "目标在中", "measures": "措施二在后"},
    ),
]


@pytest.mark.parametrize(("record", "cells"), CUT, ids=str)
def test_a_text_is_cut_where_it_has_a_joint(record: dict[str, object], cells: dict[str, str]) -> None:
    found = segments(row(label="", **record))  # type: ignore[arg-type]
    assert {part.value: words for part, words in found.words.items()} == cells


# Text, what is typed into its cells, and the text that this makes.
TYPED = [
    (
        "清理河道垃圾。全面排查两岸堆放点。",
        {"measures": "全面排查堆放点。"},
        "清理河道垃圾。全面排查堆放点。",
    ),
    (
        "排污口未整治\t限期封堵，恢复岸线",
        {"measures": "限期封堵\n恢复岸线"},
        "排污口未整治\t限期封堵\t恢复岸线",
    ),
    ("排污口未整治\t限期封堵，恢复岸线", {"text": ""}, "限期封堵，恢复岸线"),
    ("岸线破损。\n补植绿化。\n修复护坡。", {"measures": "修复护坡。"}, "岸线破损。\n修复护坡。"),
    (
        "岸线破损。\n补植绿化。\n修复护坡。",
        {"measures": "补植绿化。修复护坡。"},
        "岸线破损。\n补植绿化。\n修复护坡。",
    ),
]


@pytest.mark.parametrize(("text", "typed", "wanted"), TYPED, ids=str)
def test_changed_cells_make_a_text(text: str, typed: dict[str, str], wanted: str) -> None:
    record = row(text, label="")
    cells = {part: typed.get(part.value, segments(record).get(part)) for part in Part}
    assert joined_text(record, cells) == wanted


WORDS = st.text(st.sampled_from("清理河道垃圾。；，：（1）一是\t\n "), min_size=1, max_size=60)


@given(text=WORDS, goal=st.none() | WORDS, measures=st.lists(WORDS, max_size=3))
def test_cells_that_nobody_touched_are_the_text(text: str, goal: str | None, measures: list[str]) -> None:
    record = row(text, label="", goal=goal, measures=[{"text": words} for words in measures])
    found = segments(record)
    assert joined_text(record, {part: found.get(part) for part in Part}) == text
    assert folded("".join(found.words.values())) == folded(text)
