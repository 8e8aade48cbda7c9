from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.extract.numerals import number, whole_number


@pytest.mark.parametrize(
    ("words", "value"),
    [("1,200", 1200), ("３０", 30), ("93.5", 93.5), ("三十", 30), ("十二", 12), ("两", 2), ("二〇二三", 2023)]
    + [("二○二三", 2023), ("一百二十", 120), ("1 200", 1200)]
    + [
        (words, None) for words in ("", "xx", "3万", "1.5.2", "nan", "inf", "1e5", "十年", "-3", "百", "万亿")
    ],
)
def test_number(words: str, value: float | None) -> None:
    assert number(words) == value


def test_whole_number_refuses_fractions() -> None:
    assert whole_number("12") == 12
    assert whole_number("12.5") is None


@given(st.integers(1, 9999))
def test_arabic_digits_mean_themselves(value: int) -> None:
    assert whole_number(str(value)) == value


@given(st.text(max_size=12))
def test_nothing_makes_it_fail(words: str) -> None:
    number(words)
