from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.store.rows import TaskStatus
from service.dispatch.completion import read_completion

DONE, GOING, NOT_YET = TaskStatus.DONE, TaskStatus.IN_PROGRESS, TaskStatus.NOT_STARTED


@pytest.mark.parametrize(
    "words, status, percent",
    [
        ("", None, None),
        ("已完成", DONE, 100),
        ("完成", DONE, 100),
        ("100%", DONE, 100),
        ("60%", GOING, 60),
        ("完成 60 ％", GOING, 60),
        ("0.6", GOING, 60),
        ("60", GOING, 60),
        ("0%", NOT_YET, 0),
        ("未启动", NOT_YET, None),
        ("尚未开展", NOT_YET, None),
        ("进行中", GOING, None),
        ("基本完成", GOING, None),
        ("未完成", GOING, None),
        ("是", DONE, 100),
    ],
)
def test_the_column_of_completion_tells_status_and_percentage(words, status, percent):
    found = read_completion(words)
    assert (found.status, found.percent, found.doubt) == (status, percent, "")


@pytest.mark.parametrize("words", ["1", "120", "甲", "3/5"])
def test_what_is_unclear_changes_nothing_and_is_told(words):
    found = read_completion(words)
    assert found.status is None and found.percent is None and words in found.doubt


@pytest.mark.parametrize("words", ["已销号", "申请延期", "已终止"])
def test_what_others_decide_is_not_taken_from_a_unit(words):
    found = read_completion(words)
    assert found.status in (None, GOING) and found.percent is None


@given(st.text(max_size=60))
def test_anything_may_stand_there(words):
    found = read_completion(words)
    assert found.percent is None or 0 <= found.percent <= 100
