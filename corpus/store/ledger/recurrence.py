"""The next day on which a recurring time limit falls: 每月25日前, 每季度末, 每年3月底前.

Words that name only the grain mean its last day: 每月 the month's, 每季度 the quarter's, 每周 Sunday.
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Callable, Iterable
from datetime import date, timedelta

from corpus.working_days import after_working_days

WEEKDAYS = {sign: index for index, sign in enumerate("一二三四五六日")} | {"天": 6}
DIGITS = {sign: value for value, sign in enumerate("〇一二三四五六七八九")}
PARTS_OF_MONTH = (("上旬", 10), ("月初", 10), ("中旬", 20), ("月中", 15))
QUARTERS = (0, 3, 6, 9)

_NUMBER = "([0-9]{1,2}|[一二三四五六七八九十]{1,3})"
_DAY = re.compile(f"{_NUMBER}[日号]")
_DAY_IN_LIST = re.compile(f"{_NUMBER}(?=、)")
_MONTH = re.compile(f"{_NUMBER}月")
_WEEKDAY = re.compile("(?:周|星期|礼拜)([一二三四五六日天])")
_FIRST_MONTH = re.compile("首月|第一个月|后")


def next_due(raw: str, today: date) -> date | None:
    """Return the first day from `today` on on which the limit falls, None where the words name no day."""
    words = unicodedata.normalize("NFKC", raw).replace(" ", "")
    for sign, days in RULES:
        if sign.search(words):
            return min((day for day in days(words, today) if day >= today), default=None)
    return None


def _after_end(raw: str, today: date) -> Iterable[date]:
    """Return the days so long after the ends of the periods: 每季度结束后5个工作日内."""
    found = _AFTER_END.search(raw)
    if found is None or not (count := _number(found["count"])):
        return []
    months = next(ends for sign, ends in _PERIOD_ENDS if sign in raw[: found.start() + 1])
    ends = [
        date(year, month, monthrange(year, month)[1]) for year in _years_around(today) for month in months
    ]
    if found["unit"] == "工作日":
        return [day for end in ends if (day := after_working_days(end, count))]
    return [end + timedelta(days=count * (7 if found["unit"] == "周" else 1)) for end in ends]


def _years_around(today: date) -> tuple[int, ...]:
    return (today.year - 1, today.year, today.year + 1)


def _into_next_month(raw: str, today: date) -> Iterable[date]:
    """Return the last days of stretches that end in the month after: 每月20日至次月10日."""
    return _in_months(today, range(1, 13), _numbers(_DAY, raw)[-1:])


def _half_monthly(_raw: str, today: date) -> Iterable[date]:
    return _in_months(today, range(1, 13), [15, 31])


def _by_tens(_raw: str, today: date) -> Iterable[date]:
    return _in_months(today, range(1, 13), [10, 20, 31])


def _quarter_of_year(raw: str, today: date) -> Iterable[date]:
    """Return the ends of the quarters that 每年一季度 names."""
    return _in_months(today, [3 * number for number in _numbers(_QUARTER, raw)], [31])


def _half_of_year(raw: str, today: date) -> Iterable[date]:
    return _in_months(today, [6 if "上半年" in raw else 12], [31])


def _daily(_raw: str, today: date) -> Iterable[date]:
    return [today]


def _weekly(raw: str, today: date) -> Iterable[date]:
    wanted = [WEEKDAYS[sign] for sign in _WEEKDAY.findall(raw)] or [6]
    return [today + timedelta(days=(weekday - today.weekday()) % 7) for weekday in wanted]


def _half_yearly(_raw: str, today: date) -> Iterable[date]:
    return _in_months(today, (6, 12), [31])


def _quarterly(raw: str, today: date) -> Iterable[date]:
    # 每季度首月10日前 and 每季度结束后10日内 fall in the first month, everything else in the third.
    place = 1 if _FIRST_MONTH.search(raw) else 3
    return _in_months(today, [start + place for start in QUARTERS], _days(raw))


def _monthly(raw: str, today: date) -> Iterable[date]:
    return _in_months(today, range(1, 13), _days(raw))


def _yearly(raw: str, today: date) -> Iterable[date]:
    return _in_months(today, _numbers(_MONTH, raw), _days(raw))


def _year_end(_raw: str, today: date) -> Iterable[date]:
    return _in_months(today, [12], [31])


_AFTER_END = re.compile(
    r"[年季度月](?:结束|终了)?(?:之|以)?后的?(?P<count>[0-9]{1,2}|[一二三四五六七八九十]{1,3})个?"
    r"(?P<unit>工作日|自然日|日|天|周)"
)
_PERIOD_ENDS = (("半年", (6, 12)), ("季", (3, 6, 9, 12)), ("月", range(1, 13)), ("年", (12,)))
"""In which months the period ends, by its sign in the words; the first that stands there decides."""
_QUARTER = re.compile("第?([一二三四1-4])季度?")

RULES: tuple[tuple[re.Pattern[str], Callable[[str, date], Iterable[date]]], ...] = (
    (_AFTER_END, _after_end),
    (re.compile("[至到-](?:次|下)月"), _into_next_month),
    (re.compile("每[日天]"), _daily),
    (re.compile("每半个?月"), _half_monthly),
    (re.compile("[每按逐]旬"), _by_tens),
    (re.compile("每年.?第?[一二三四1-4]季"), _quarter_of_year),
    (re.compile("每年[上下]半年"), _half_of_year),
    (re.compile("每个?(?:周|星期|礼拜)|[按逐]周"), _weekly),
    (re.compile("每半年"), _half_yearly),
    (re.compile("[每按逐]个?季"), _quarterly),
    (re.compile("[每按逐]个?月"), _monthly),
    (re.compile(f"[每逐]一?年.{{0,4}}?{_NUMBER}月"), _yearly),
    (re.compile("^[每按逐]一?年度?(?:年?[底末终])?(?:之?前|以前)?$"), _year_end),
)
"""Which words make which days; the first that fits decides."""


def _in_months(today: date, months: Iterable[int], days: Iterable[int]) -> list[date]:
    """Return those days of those months, this year and next; a day past a month's end is its last."""
    return [
        date(year, month, min(day, monthrange(year, month)[1]))
        for year in (today.year, today.year + 1)
        for month in months
        if 1 <= month <= 12
        for day in days
    ]


def _days(raw: str) -> list[int]:
    named = _numbers(_DAY, raw)
    if named:
        return named + _numbers(_DAY_IN_LIST, raw)
    return [day for words, day in PARTS_OF_MONTH if words in raw] or [31]


def _numbers(pattern: re.Pattern[str], raw: str) -> list[int]:
    return [number for words in pattern.findall(raw) if (number := _number(words)) > 0]


def _number(words: str) -> int:
    if words.isdecimal():
        return int(words)
    tens, ten, ones = words.rpartition("十")
    return (DIGITS.get(tens, 1) * 10 if ten else 0) + DIGITS.get(ones, 0)
