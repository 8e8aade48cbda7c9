"""The next day on which a recurring time limit falls: 每月25日前, 每季度末, 每年3月底前.

Words that name only the grain mean its last day: 每月 the month's, 每季度 the quarter's, 每周 Sunday.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterable
from datetime import date, timedelta

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
    for words, days in RULES:
        if words.search(raw):
            return min((day for day in days(raw, today) if day >= today), default=None)
    return None


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


RULES: tuple[tuple[re.Pattern[str], Callable[[str, date], Iterable[date]]], ...] = (
    (re.compile("每[日天]"), _daily),
    (re.compile("每个?(?:周|星期|礼拜)|[按逐]周"), _weekly),
    (re.compile("每半年"), _half_yearly),
    (re.compile("[每按逐]个?季"), _quarterly),
    (re.compile("[每按逐]个?月"), _monthly),
    (re.compile(f"[每逐]一?年.{{0,4}}?{_NUMBER}月"), _yearly),
    (re.compile("^[每逐]一?年(?:年?[底末终])?(?:之?前|以前)?$"), _year_end),
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
