"""Which counts the ledger bears out."""

from __future__ import annotations

import pytest

from service.verify.counts import Counts
from tests.service.verify.builders import ROWS

COUNTS = Counts([row.record for row in ROWS])


@pytest.mark.parametrize(
    ("sentence", "judged"),
    [
        ("明确任务3项，已完成1项，正在推进1项", [("3项", True), ("1项", True), ("1项", True)]),
        ("逾期未完成2项", [("2项", False)]),
        ("市水利局牵头1项", [("1项", True)]),
        ("市水利局牵头3项", [("3项", False)]),
        ("涉及3个牵头单位", [("3个", True)]),
        ("涉及9个牵头单位", [("9个", False)]),
        ("涉及3个牵头（责任）单位", [("3个", True)]),
        ("涉及9个牵头（责任）单位", [("9个", False)]),
        ("明确任务3项，已完成4项", [("3项", False), ("4项", False)]),
        ("新建泵站3座", []),
    ],
)
def test_counts_are_held_against_the_ledger(sentence: str, judged: list[tuple[str, bool]]) -> None:
    assert [(figure.span.of(sentence), good) for figure, good in COUNTS.judged(sentence)] == judged


def test_shares_of_the_ledger() -> None:
    assert COUNTS.has_share(33.3) and COUNTS.has_share(33.33)
    assert not COUNTS.has_share(50.0)


def test_an_empty_ledger_judges_nothing() -> None:
    assert list(Counts([]).judged("已完成3项")) == []
