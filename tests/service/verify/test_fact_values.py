"""Two wordings of one figure or day are equal, two facts are not."""

from __future__ import annotations

import pytest

from ingest.extract.times.moments import DeadlineContext
from service.verify.fact_values import find_days, find_figures

MEANINGS: list[tuple[str, ...]] = [
    ("3.5万亩", "35000亩"),
    ("5%", "百分之五", "５％"),
    ("118处", "一百一十八处"),
    ("1230户", "一千二百三十户"),
    ("1.2亿元", "12000万元", "120000000元"),
    ("2-3宗", "2至3宗"),
]


@pytest.mark.parametrize("wordings", MEANINGS)
def test_figures_in_other_words(wordings: tuple[str, ...]) -> None:
    first, *others = [next(find_figures(words)) for words in wordings]
    assert all(first.same(other) and other.same(first) for other in others)


@pytest.mark.parametrize(
    ("one", "other"),
    [("118处", "119处"), ("3.5万元", "3.5亿元"), ("5%", "5个百分点"), ("2-3宗", "2-4宗"), ("36家", "36户")],
)
def test_other_figures(one: str, other: str) -> None:
    assert not next(find_figures(one)).same(next(find_figures(other)))


def test_at_least_is_not_at_most() -> None:
    least, most, plain = (next(find_figures(words)) for words in ("不少于4次", "不超过4次", "4次"))
    assert not least.same_bound(most)
    assert least.same_bound(plain)


def test_common_words_are_no_figures() -> None:
    assert list(find_figures("推动一批项目、办好一件实事")) == []


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2024年底", "2024-12-31", True),
        ("2024年12月底前", "2024年12月31日", True),
        ("6月底", "2025年6月30日", True),
        ("2025年6月底", "2024年6月底", False),
        ("6月底", "7月底", False),
        ("2023-2025年", "2024-2025年", False),
    ],
)
def test_days_in_other_words(one: str, other: str, same: bool) -> None:
    assert next(find_days(one)).same(next(find_days(other))) is same


def test_a_bare_month_has_the_year_of_its_document() -> None:
    (bare,) = find_days("6月底前", DeadlineContext(title_year=2025))
    assert not bare.same(next(find_days("2024年6月底")))
    assert bare.same(next(find_days("2025年6月底")))
