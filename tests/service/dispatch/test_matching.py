from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.dispatch.codes import Code
from service.dispatch.likeness import Likely, likeness, share_within
from service.dispatch.matching import How, match_rows, with_continuations
from tests.service.dispatch.builders import WORD, filled

TASKS = {
    "t1": "1.清理河道垃圾，2026年6月底前清运完毕",
    "t2": "2.拆除侵占河道的118处违法建筑",
    "t3": "3.推广“水管家”平台，建立河道巡查电子台账",
    "t4": "4.每公里河道每年补助管护经费3000元",
}
ELSEWHERE = {**TASKS, "t9": "9.新建雨水管网2.4公里并完善排口标识"}


def found(rows, marked=None):
    """What each row is about: its task, how it was matched, and whether it is sure."""
    matches = match_rows(rows, TASKS, marked or {}, Likely(ELSEWHERE.items()))
    return [(match.row.at, match.task, match.how, match.sure) for match in matches]


def test_a_mark_decides_whatever_the_order_and_small_changes():
    rows = [filled(5, TASKS["t2"]), filled(6, "清理河道垃圾，2026年7月底前清运完毕，并公示")]
    assert found(rows, {0: "t2", 1: "t1"}) == [(5, "t2", How.MARK, True), (6, "t1", How.MARK, True)]


def test_a_task_cut_short_keeps_its_mark_and_is_no_other_task():
    assert found([filled(5, "清理河道垃圾")], {0: "t1"}) == [(5, "t1", How.MARK, True)]
    assert found([filled(5, "河道")])[0][1] is None, "too little to tell"


def test_words_win_over_a_mark_that_was_sorted_apart():
    rows = [filled(5, TASKS["t2"]), filled(6, TASKS["t1"])]
    assert found(rows, {0: "t1", 1: "t2"}) == [(5, "t2", How.WORDS, False), (6, "t1", How.WORDS, False)]


def test_a_mark_beside_words_of_no_task_is_kept_to_be_looked_at():
    assert found([filled(5, "召开年度总结表彰大会")], {0: "t1"}) == [(5, "t1", How.MARK, False)]


@pytest.mark.parametrize(
    "words, task",
    [
        ("清理河道垃圾，2026年6月底前清运完毕", "t1"),
        ("（一）清理河道垃圾 2026 年 6 月底前清运完毕。", "t1"),
        ("拆除侵占河道的违法建筑118处", "t2"),
        ("推广“水管家”平台，建立全市河道巡查电子台账", "t3"),
        ("清理河道垃圾", "t1"),
        ("拆除违法建筑118处", None),
    ],
)
def test_without_marks_words_decide(words, task):
    how = How.WORDS if task else How.UNCLEAR
    assert found([filled(5, words)]) == [(5, task, how, task is not None)]


def test_each_task_is_taken_once_and_the_likest_row_gets_it():
    rows = [filled(5, "拆除侵占河道的118处违法建筑物"), filled(6, TASKS["t2"])]
    assert found(rows)[1] == (6, "t2", How.WORDS, True)
    assert found(rows)[0][1] is None


def test_unclear_rows_offer_tasks_that_have_no_row_and_those_of_other_units():
    first, second = match_rows(
        [filled(5, "研究其他事项"), filled(6, ELSEWHERE["t9"])], TASKS, {}, Likely(ELSEWHERE.items())
    )
    assert first.task is None and {task for task, _ in first.candidates} == set(TASKS)
    assert second.task is None and second.candidates[0][0] == "t9"


def test_two_tasks_in_one_row_are_both_told():
    both = filled(5, f"{TASKS['t1']}；{TASKS['t2']}", progress="都已完成")
    for marked in ({0: "t1"}, {}):
        tasks = {task for _, task, _, _ in found([both], marked)}
        assert tasks == {"t1", "t2"}
    assert (5, "t2", How.JOINED, False) in found([both], {0: "t1"})


def test_two_rows_of_one_task_are_put_together():
    rows = [filled(5, TASKS["t1"], progress="一期完工"), filled(6, TASKS["t1"], progress="二期开工")]
    (match,) = match_rows(rows, TASKS, {0: "t1", 1: "t1"}, Likely(TASKS.items()))
    assert match.row.values["progress"] == "一期完工\n二期开工"


def test_an_inserted_row_without_task_goes_on_with_the_row_above():
    rows = [filled(5, TASKS["t1"], Code(1, WORD, 1, "t1"), progress="一期完工"),
            filled(6, "", progress="二期开工", problems="缺资金")]  # fmt: skip
    (row,) = with_continuations(rows)
    assert row.values == {"progress": "一期完工\n二期开工", "problems": "缺资金"}
    lone = replace(rows[1], at=5)
    assert with_continuations([lone]) == [lone]


@given(st.text(max_size=30), st.text(max_size=30))
def test_likeness_is_a_share_and_the_same_both_ways(one, other):
    assert 0 <= likeness(one, other) <= 1
    assert likeness(one, other) == pytest.approx(likeness(other, one))
    assert 0 <= share_within(one, other) <= 1
    assert likeness(one, one) in (0.0, 1.0)


@given(st.lists(st.sampled_from([*TASKS.values(), "其他事项", ""]), max_size=8))
def test_every_row_is_matched_once_and_no_task_twice(texts):
    rows = [filled(at, text) for at, text in enumerate(texts, start=5)]
    matches = match_rows(rows, TASKS, {}, Likely(TASKS.items()))
    tasks = [match.task for match in matches if match.task]
    assert len(tasks) == len(set(tasks))
    assert {match.row.at for match in matches} == {row.at for row in rows}
