"""Which days limits mean: years that documents leave out, working days, and what stays in doubt."""

from __future__ import annotations

from datetime import date

import pytest

from corpus.working_days import after_working_days, is_counted_by_calendar
from ingest.extract.times.deadlines import DeadlineContext
from ingest.extract.times.document_time import deadline_context
from ingest.extract.times.doubts import deadline_doubts, impossible_months
from tests.ingest.build import document
from tests.ingest.extract.times.deadline_builders import SPRING, everywhere


@pytest.mark.parametrize(
    ("day", "count", "last"),
    [
        (date(2023, 3, 29), 1, date(2023, 3, 30)),
        (date(2023, 4, 3), 2, date(2023, 4, 6)),  # 清明, 5 April
        (date(2023, 4, 28), 1, date(2023, 5, 4)),  # 劳动节, 29 April to 3 May
        (date(2023, 5, 4), 2, date(2023, 5, 6)),  # Saturday 6 May 2023 was worked
        (date(2023, 9, 28), 3, date(2023, 10, 9)),  # 中秋 and 国庆; 7 and 8 October were worked
        (date(2090, 6, 2), 5, date(2090, 6, 9)),  # no calendar yet: Monday to Friday
        (date(2090, 9, 29), 2, date(2090, 10, 5)),  # but never on 1 to 3 October
    ],
)
def test_working_days(day: date, count: int, last: date) -> None:
    assert after_working_days(day, count) == last


@pytest.mark.parametrize("count", [0, -1, 100_000])
def test_working_days_beyond_reason(count: int) -> None:
    assert after_working_days(date(2023, 3, 29), count) is None


def test_calendar_ends() -> None:
    assert is_counted_by_calendar(date(2023, 3, 29))
    assert not is_counted_by_calendar(date(2090, 6, 2))


def test_year_of_the_title_comes_first() -> None:
    plan = document("云岭市2024年河道整治工作要点\n\n一、各县区6月底前完成普查。\n")
    assert deadline_context(plan) == DeadlineContext(None, 2024)


def test_without_date_the_first_year_of_a_limit_is_supposed() -> None:
    plan = document(
        "云岭市河道整治若干措施\n\n一、2025年6月底前完成普查，年底前建成。\n二、2025年起常态化巡查，2027年底前完成治理。\n"
    )
    assert deadline_context(plan) == DeadlineContext(supposed_year=2025)


def test_without_any_year_nothing_is_supposed() -> None:
    assert (
        deadline_context(document("云岭市河道整治若干措施\n\n一、6月底前完成普查。\n")) == DeadlineContext()
    )


DOUBTS = [
    ("6月底前完成普查。", SPRING, []),
    ("6月底前完成普查。", DeadlineContext(), ["时限“6月底前”没有年份，换算不出日期，请补全"]),
    (
        "6月底前完成普查。",
        DeadlineContext(supposed_year=2024),
        ["时限“6月底前”没有年份，文件也没有日期，按2024年换算，请核对"],
    ),
    ("2024年6月底前完成普查。", DeadlineContext(supposed_year=2024), []),
    (
        "完成时限：2023年1月底前",
        SPRING,
        ["时限“2023年1月底前”换算为2023-01-31，早于文件日期2023-03-29，请核对"],
    ),
    (
        "2024年6月31日前完成普查。",
        SPRING,
        ["日历上没有6月31日，时限“2024年6月31日前”按2024-06-30换算，请核对"],
    ),
    ("2024年2月29日前完成普查。", SPRING, []),
    ("2026年13月底前完成普查。", SPRING, []),
    ("每月25日前报送进展。", DeadlineContext(), []),
    (
        "本通知印发之日起20个工作日内报送方案。",
        DeadlineContext(date(2090, 6, 1)),
        ["时限“本通知印发之日起20个工作日内”所在年份的节假日安排未知，只按周一至周五推算"],
    ),
]


@pytest.mark.parametrize(("text", "context", "doubts"), DOUBTS)
def test_doubts(text: str, context: DeadlineContext, doubts: list[str]) -> None:
    assert deadline_doubts(everywhere(text, context), context) == doubts


@pytest.mark.parametrize(
    ("text", "limits"),
    [
        ("2026年13月底前完成普查。", ["13月底前"]),
        ("2026年0月10日前完成普查。", ["0月10日前"]),
        ("2026年12月底前完成普查，用时13个月。", []),
        ("10月底前完成普查。", []),
    ],
)
def test_months_that_no_calendar_has(text: str, limits: list[str]) -> None:
    assert impossible_months(text) == [f"“{limit}”不是日历上的月份，没有换算，请核对" for limit in limits]
