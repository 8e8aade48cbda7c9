"""Which row of an older reading a row of a newer one continues."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.store.rereading.identity import Placed, likeness, match_rows

DREDGE = "疏浚安澜河城区段河道二十公里，清理淤泥。"
DREDGE_MORE = "疏浚安澜河城区段河道二十五公里，清理淤泥。"
PLANT = "栽植通道林带三百亩，补植行道树。"
SCHOOL = "改造农村学校厕所四十座。"


def row(text: str, label: str = "", *section: str) -> Placed:
    return Placed(text, label, section)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param([], [row(PLANT)], {}, id="nothing before"),
        pytest.param([row(PLANT)], [], {}, id="nothing now"),
        pytest.param([row(DREDGE), row(PLANT)], [row(PLANT), row(DREDGE)], {0: 1, 1: 0}, id="moved"),
        pytest.param([row("疏浚 河道。")], [row("疏浚河道。")], {0: 0}, id="white space does not count"),
        pytest.param([row(DREDGE)], [row(DREDGE_MORE)], {0: 0}, id="reworded"),
        pytest.param([row(DREDGE)], [row(SCHOOL)], {}, id="another matter"),
        pytest.param(
            [row(DREDGE, "1.", "一、水利")],
            [row("疏浚安澜河河道。", "1.", "一、水利")],
            {0: 0},
            id="same place, shortened",
        ),
        pytest.param(
            [row("疏浚河道。", "1.", "一、水利")],
            [row("新建学校。", "1.", "一、水利")],
            {},
            id="same place, another matter",
        ),
        pytest.param(
            [row(PLANT, "1.", "甲"), row(PLANT, "2.", "乙")],
            [row(PLANT, "2.", "乙"), row(PLANT, "1.", "甲")],
            {0: 1, 1: 0},
            id="equal words are told apart by their place",
        ),
        pytest.param([row(PLANT), row(PLANT)], [row(PLANT)], {0: 0}, id="equal words go in order"),
        pytest.param(
            [row(DREDGE)], [row(DREDGE_MORE), row(DREDGE)], {1: 0}, id="the same words come before like words"
        ),
    ],
)
def test_matches(old: list[Placed], new: list[Placed], expected: dict[int, int]) -> None:
    assert match_rows(old, new) == expected


@pytest.mark.parametrize(
    ("one", "other", "low", "high"),
    [
        ("", "", 1.0, 1.0),
        ("", "疏浚", 0.0, 0.0),
        ("疏", "疏", 1.0, 1.0),
        (DREDGE, DREDGE_MORE, 0.9, 0.99),
        (DREDGE, PLANT, 0.0, 0.1),
    ],
)
def test_likeness(one: str, other: str, low: float, high: float) -> None:
    assert low <= likeness(one, other) <= high
    assert likeness(one, other) == likeness(other, one)


rows = st.lists(
    st.builds(row, st.text(alphabet="甲乙丙丁", max_size=6), st.sampled_from(["", "1.", "2."])), max_size=8
)


@given(rows, rows)
def test_no_row_is_used_twice(old: list[Placed], new: list[Placed]) -> None:
    matches = match_rows(old, new)
    assert set(matches) <= set(range(len(new)))
    assert len(set(matches.values())) == len(matches)
    assert set(matches.values()) <= set(range(len(old)))


@given(rows)
def test_an_equal_reading_keeps_every_row(old: list[Placed]) -> None:
    matches = match_rows(old, old)
    assert len(matches) == len(old)
    assert all(old[there].text == old[here].text for here, there in matches.items())
