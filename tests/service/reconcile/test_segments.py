"""Stretches of a claim: sentences and clauses, long ones cut at commas."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.reconcile.segments import segments


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", []),
        ("  ", []),
        ("护岸已建成。", ["护岸已建成"]),
        ("护岸已建成；码头已拆除。", ["护岸已建成", "码头已拆除"]),
        ("一是建成护岸。二是拆除码头。", ["建成护岸", "拆除码头"]),
        ("统一是基础。", ["统一是基础"]),
        (
            "清澜河两岸生态护岸工程已经全部完工，全市六座违法码头已经依法全部拆除完毕并完成复绿",
            ["清澜河两岸生态护岸工程已经全部完工", "全市六座违法码头已经依法全部拆除完毕并完成复绿"],
        ),
    ],
)
def test_what_is_cut(text: str, parts: list[str]) -> None:
    assert [span.of(text) for span in segments(text)] == parts


@given(st.text(alphabet="甲乙一二是，。；、\n ", max_size=120))
def test_parts_are_in_order_and_never_blank(text: str) -> None:
    found = segments(text)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert all(span.of(text).strip() for span in found)
