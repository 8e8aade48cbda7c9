"""Working days of China: weekends, public holidays and the days that were moved around them.

The State Council publishes each year's calendar in the autumn before it. Years that the installed table does
not know are counted Monday to Friday, holidays of fixed date left out; `is_counted_by_calendar` tells them.
"""

from __future__ import annotations

from datetime import date, timedelta

_FRIDAY = 4
_FIXED = frozenset({(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)})
"""Month and day of holidays by 《全国年节及纪念日放假办法》 (2024); the lunar ones move."""
_MOST = 1000
"""Longer limits in working days do not occur; the count is bounded all the same."""


def after_working_days(day: date, count: int) -> date | None:
    """Return the last of `count` working days after `day`, which is not counted; None beyond reason."""
    if not 0 < count <= _MOST or day.year + count // 200 >= date.max.year:
        return None
    while count:
        day += timedelta(days=1)
        count -= is_working_day(day)
    return day


def is_working_day(day: date) -> bool:
    """Tell whether offices are open on a day, as far as the calendar is known."""
    from chinese_calendar import is_workday  # costs 20 ms, and few documents need it

    try:
        return bool(is_workday(day))
    except NotImplementedError:
        return day.weekday() <= _FRIDAY and (day.month, day.day) not in _FIXED


def is_counted_by_calendar(day: date) -> bool:
    """Tell whether the year of a day is in the calendar, so that its holidays are known."""
    from chinese_calendar import is_workday

    try:
        is_workday(day)
    except NotImplementedError:
        return False
    return True
