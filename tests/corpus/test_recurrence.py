"""When a recurring limit falls next, seen from Sunday 2026-11-22."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.store.recurrence import next_due

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("每天", "2026-11-22"),
        ("每日", "2026-11-22"),
        ("每周", "2026-11-22"),
        ("每周五前", "2026-11-27"),
        ("每星期一", "2026-11-23"),
        ("每周一、周四", "2026-11-23"),
        ("每月", "2026-11-30"),
        ("每月底前", "2026-11-30"),
        ("每月25日前", "2026-11-25"),
        ("每月20日前", "2026-12-20"),
        ("每月二十五日前", "2026-11-25"),
        ("每个月5号", "2026-12-05"),
        ("每月10日、25日前", "2026-11-25"),
        ("每月10、25日前", "2026-11-25"),
        ("每月上旬", "2026-12-10"),
        ("按月", "2026-11-30"),
        ("每季度", "2026-12-31"),
        ("每季度末月20日前", "2026-12-20"),
        ("每季度首月10日前", "2027-01-10"),
        ("每季度结束后10日内", "2027-01-10"),
        ("每半年", "2026-12-31"),
        ("每年", "2026-12-31"),
        ("每年年底前", "2026-12-31"),
        ("每年3月底前", "2027-03-31"),
        ("每年12月10日前", "2026-12-10"),
        ("每年6月、12月底前", "2026-12-31"),
        ("每年2月底前", "2027-02-28"),
    ],
)
def test_next_day(raw: str, expected: str) -> None:
    assert next_due(raw, TODAY) == date.fromisoformat(expected)


@pytest.mark.parametrize(
    "raw", ["", "每年汛期前", "每两个月", "每次会议前", "长期坚持", "每年13月", "每学期"]
)
def test_words_that_name_no_day(raw: str) -> None:
    assert next_due(raw, TODAY) is None


@given(
    st.text(alphabet="每年季度月周半底末前首后日号、0123456789一二十", max_size=12),
    st.dates(date(2000, 1, 1), date(2100, 1, 1)),
)
def test_never_in_the_past(raw: str, today: date) -> None:
    day = next_due(raw, today)
    assert day is None or day >= today
