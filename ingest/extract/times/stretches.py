"""Calendar times with two ends: 自1月1日至6月30日, 2023年11月至次年3月, 自5月起开展为期半年."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from corpus.spans import Span
from ingest.extract.numerals import whole_number
from ingest.extract.times.durations import months_after
from ingest.extract.times.moment_forms import TO, moment_at
from ingest.extract.times.moments import DeadlineContext, Grain, Moment

_SPACE = r"[ \u3000]{0,2}"
_INCLUSIVE = r"(?:[（(]含(?:当日|当天|本日|首日|[0-9]{1,2}日)?[）)])?"
_UNTIL = re.compile(
    rf"{_SPACE}{_INCLUSIVE}(?:日?起|开始)?{_SPACE}(?:执行|实施|施行|延续|持续)?[，,]?{_SPACE}{TO}{_SPACE}"
)
_TAIL = re.compile(rf"{_SPACE}{_INCLUSIVE}(?:止|期间|之?前|以前)")
_LATER_DAY = re.compile(r"(?P<day>3[01]|[12][0-9]|0?[1-9])[ \u3000]{0,2}[日号]")
_LASTING = re.compile(
    r"(?:日?起|开始)[，,]?[^，,。；;：:\n\t]{0,8}?(?:为期|历时|用|利用)"
    r"(?P<count>半|[0-9０-９]{1,3}|[一二两三四五六七八九十]{1,3})[ \u3000]?个?(?P<unit>月|年|周|星期|天|日)"
    r"(?:左右)?(?:的?时间)?"
)
_DAYS = {"周": 7, "星期": 7, "天": 1, "日": 1}


@dataclass(frozen=True, slots=True)
class Stretch:
    """A time with two ends, as worded."""

    span: Span
    last: Moment
    """The time that decides whether the stretch is a limit, and gives its year to the next one."""
    start: date | None
    end: date | None
    begins_from: bool
    """True when 自 or 从 stands before it."""


def find_stretch(text: str, within: Span, first: Moment, context: DeadlineContext) -> Stretch | None:
    """Return the stretch that begins with `first`, None when neither a later time nor a length follows it."""
    return _to_later_time(text, within, first, context) or _of_length(text, within, first, context)


def _begin(text: str, within: Span, first: Moment) -> int:
    """Return where the stretch begins: at a 自 or 从 right before its first time."""
    start = first.span.start
    return start - 1 if start > within.start and text[start - 1] in "自从" else start


def _to_later_time(text: str, within: Span, first: Moment, context: DeadlineContext) -> Stretch | None:
    until = _UNTIL.match(text, first.span.end, within.end)
    last = _later(text, until.end(), within.end, first) if until else None
    if last is None:
        return None
    start, end = _both_days(first, last, context)
    if start and end and start > end:
        return None
    begin = _begin(text, within, first)
    tail = _TAIL.match(text, last.span.end, within.end)
    whole = Span(begin, tail.end() if tail else last.span.end)
    return Stretch(whole, replace(last, stretch=True), start, end, begin < first.span.start)


def _of_length(text: str, within: Span, first: Moment, context: DeadlineContext) -> Stretch | None:
    """Return the stretch whose length is told: 自2023年5月起开展为期半年."""
    lasting = _LASTING.match(text, first.span.end, within.end)
    start = first.days(context)[0]
    if lasting is None:
        return None
    end = _end_of_length(start, lasting["count"], lasting["unit"]) if start else None
    begin = _begin(text, within, first)
    last = Moment(first.span, Grain.PLAN, first.first, first.last, first.year, stretch=True)
    if end:
        last = replace(last, year=end.year, first_year=first.year, last=(end.month, end.day))
    return Stretch(Span(begin, lasting.end()), last, start, end, True)


def _end_of_length(start: date, count: str, unit: str) -> date | None:
    """Return the last day of a length that begins on `start`, None for a length that is no number."""
    if count == "半":
        return months_after(start, 6) - timedelta(days=1) if unit == "年" else start + timedelta(days=14)
    number = whole_number(count)
    if number is None:
        return None
    if unit in _DAYS:
        return start + timedelta(days=number * _DAYS[unit] - 1)
    return months_after(start, number * (12 if unit == "年" else 1)) - timedelta(days=1)


def _later(text: str, position: int, end: int, first: Moment) -> Moment | None:
    """Return the second time of a stretch; without a year of its own it takes that of the first."""
    day = _LATER_DAY.match(text, position, end)
    if day and first.grain is Grain.DAY:
        month_day = (first.last[0], int(day["day"]))
        return replace(first, span=Span(*day.span()), first=month_day, last=month_day)
    moment = moment_at(text, position, end)
    if moment is None:
        return None
    if moment.year_shift and first.year:
        return replace(moment, year=first.year + moment.year_shift, year_shift=None)
    return moment.in_year(first.year)


def _both_days(first: Moment, last: Moment, context: DeadlineContext) -> tuple[date | None, date | None]:
    """Return the first and last day of a stretch; an unnamed later year follows the first (11月至2月)."""
    days = first.days(context)
    start = days[1] if first.edge else days[0]
    end = last.days(context)[1]
    if start and end and end < start and last.year is None and last.month_shift is None:
        end = replace(last, year=start.year + 1, year_shift=None).days(context)[1]
    return start, end
