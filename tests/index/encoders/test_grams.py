from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.encoders.grams import LONGEST, Grams

GRAMS = ("尾", "矿", "尾矿", "尾矿库", "养老服务", "老", "abc", "ab")


def found(grams: Grams, *texts: str) -> list[list[str]]:
    rows, numbers = grams.find(texts)
    assert all(before <= after for before, after in pairwise(rows.tolist()))
    return [sorted(GRAMS[number] for number in numbers[rows == row]) for row in range(len(texts))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("尾矿库", ["尾", "尾矿", "尾矿库", "矿"]),
        ("尾 矿", ["尾", "矿"]),
        ("矿矿", ["矿", "矿"]),
        ("社区养老服务", ["养老服务", "老"]),
        ("养老服", ["老"]),
        ("abcd", ["ab", "abc"]),
        ("", []),
        ("无", []),
        ("\U00020000尾", ["尾"]),
    ],
)
def test_every_place_counts(text: str, expected: list[str]) -> None:
    grams = Grams(GRAMS)
    assert found(grams, text) == [expected]
    assert sorted(GRAMS[number] for number in grams.find_in(text)) == expected


def test_no_gram_runs_from_one_text_into_the_next() -> None:
    assert found(Grams(GRAMS), "尾", "矿", "", "尾矿") == [["尾"], ["矿"], [], ["尾", "尾矿", "矿"]]


def test_no_texts_give_nothing() -> None:
    rows, numbers = Grams(GRAMS).find([])
    assert (len(rows), len(numbers)) == (0, 0)


@given(
    st.lists(st.text("甲乙丙丁ab", min_size=1, max_size=LONGEST), unique=True),
    st.text("甲乙丙丁abx", max_size=12),
)
def test_as_many_as_a_search_by_hand_finds(grams: list[str], text: str) -> None:
    _, numbers = (known := Grams(grams)).find([text])
    assert known.find_in(text) == numbers.tolist()
    counted = np.bincount(numbers, minlength=len(grams)).tolist()
    places = range(len(text))
    assert counted == [sum(text.startswith(gram, place) for place in places) for gram in grams]
