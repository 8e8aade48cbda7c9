"""The next day on which a recurring time limit falls: 每月25日前, 每季度末, 每年3月底前."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

WEEKDAYS = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6}
DIGITS = {sign: value for value, sign in enumerate("〇一二三四五六七八九")}
_DAY = re.compile(r"([0-9]{1,2}|[一二三四五六七八九十]{1,3})[日号]")
_MONTH = re.compile(r"([0-9]{1,2}|[一二三四五六七八九十]{1,3})月")
_WEEKDAY = re.compile(r"(?:周|星期|礼拜)([一二三四五六日天])")


def next_due(raw: str, today: date) -> date | None:
    """Return the first day from `today` on on which the limit falls, None where the words name no day.

    Words that name only the grain mean its last day: 每月 the month's, 每季度 the quarter's, 每周 Sunday.
    """
    if "每日" in raw or "每天" in raw:
        return today
    if re.search(r"每(?:个)?(?:周|星期|礼拜)|周周", raw):
        return _weekly(raw, today)
    if "每半年" in raw:
        return _yearly(raw, today, (6, 12))
    if "季" in raw and "每" in raw:
        return _quarterly(raw, today)
    if re.search(r"每(?:个)?月|月月", raw):
        return _monthly(raw, today)
    return _yearly(raw, today, (_number(_MONTH, raw) or 12,)) if re.search(r"每(?:一)?年|年年", raw) else None


def _weekly(raw: str, today: date) -> date:
    named = _WEEKDAY.search(raw)
    wanted = WEEKDAYS[named[1]] if named else 6
    return today + timedelta(days=(wanted - today.weekday()) % 7)


def _monthly(raw: str, today: date) -> date | None:
    day = _day(raw)
    months = [
        (today.year + (today.month + ahead - 1) // 12, (today.month + ahead - 1) % 12 + 1)
        for ahead in range(2)
    ]
    return _first([_in_month(year, month, day) for year, month in months], today)


def _quarterly(raw: str, today: date) -> date | None:
    # 每季度首月10日前, 每季度第一个月, and 每季度末月 or nothing for the quarter's last month.
    place = 1 if re.search(r"首月|第一个月|次月|后", raw) else 3
    months = [(year, start + place) for year in (today.year, today.year + 1) for start in (0, 3, 6, 9)]
    return _first([_in_month(year, month, _day(raw)) for year, month in months], today)


def _yearly(raw: str, today: date, months: tuple[int, ...]) -> date | None:
    years = (today.year, today.year + 1)
    return _first([_in_month(year, month, _day(raw)) for year in years for month in months], today)


def _first(days: list[date | None], today: date) -> date | None:
    return min((day for day in days if day is not None and day >= today), default=None)


def _in_month(year: int, month: int, day: int | None) -> date | None:
    """Return the day of that month, its last day when `day` is None or later; None for no real month."""
    if not 1 <= month <= 12:
        return None
    last = monthrange(year, month)[1]
    return date(year, month, min(day or last, last))


def _day(raw: str) -> int | None:
    day = _number(_DAY, raw)
    if day is None and "上旬" in raw:
        return 10
    if day is None and ("中旬" in raw or "月中" in raw):
        return 20 if "中旬" in raw else 15
    return day or None


def _number(pattern: re.Pattern[str], raw: str) -> int | None:
    found = pattern.search(raw)
    if found is None:
        return None
    if found[1].isdecimal():
        return int(found[1])
    tens, ten, ones = found[1].rpartition("十")
    return (DIGITS.get(tens, 1) * 10 if ten else 0) + (DIGITS[ones] if ones else 0)
