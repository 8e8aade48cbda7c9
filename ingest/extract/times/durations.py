"""Stretches of time without a place in the calendar (30日, 5个工作日), and the event they are counted from.

A duration with such an event is a time limit (收到请求后5个工作日内), and so is one in days, weeks, months or
years that opens its clause (一个月内制定细则). Otherwise it is a standard of service (3个工作日内办结), which
is an indicator.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from corpus.spans import Span
from corpus.working_days import after_working_days
from ingest.extract.numerals import CHINESE_DIGITS, whole_number
from ingest.extract.patterns import word_pattern
from ingest.extract.times.events import event_before
from ingest.extract.times.moments import day_of

_NUMBER = rf"(?:[0-9０-９]{{1,4}}|[{CHINESE_DIGITS}]{{1,4}})"
DURATION = re.compile(
    rf"(?<![0-9０-９.．{CHINESE_DIGITS}第月])(?P<number>{_NUMBER})[ \u3000]{{0,2}}"
    r"(?P<unit>个?(?:法定)?工作日|个?自然日|个(?:月|季度|学期)|个?(?:小时|星期)|日|天|周|年|分钟)"
    r"(?P<within>以内|之内|内(?![容部外涵设蒙陆河])|(?:左右)?的?时间)?"
)
_DAYS = {"日": 1, "天": 1, "自然日": 1, "周": 7, "星期": 7}
_MONTHS = {"月": 1, "季度": 3, "年": 12}

_CALENDAR = {*_DAYS, *_MONTHS}
_OPENING = re.compile(r"(?:[^，,。；;：:、\n\t（(]{0,8}(?:力争|确保|争取|计划|[于在用须应要]))?$")
_STOP = re.compile(r"[，,。；;：:\n\t]")
_CUT = re.compile(r"(?:压缩|压减|缩短|缩减|减少|精简|控制|减|降|限)(?:至|到|为|在)$")
_SERVED = re.compile(
    r"(?:全部|一次性?)?(?:办结|办理|办成|办好|答复|回复|反馈|受理|审批|审核|审结|核发|出具|领取|取得|办证)"
)
_PLANNED = re.compile(rf"[，,]?{word_pattern('planned')}")


@dataclass(frozen=True, slots=True)
class Duration:
    """A stretch of time as worded, with the event it is counted from where there is one."""

    span: Span
    """Number, unit and 内."""
    number: int
    unit: str
    """Without 个."""
    event: Span | None = None
    """The limit: from the first word of the event to the end of the duration (收到请求后5个工作日内).

    Just the duration where the event goes without saying. None when the duration is no limit.
    """

    def after(self, day: date) -> date | None:
        """Return the last day when counted from `day`; None for hours and minutes."""
        if self.unit == "工作日":
            return after_working_days(day, self.number)
        if self.unit in _DAYS:
            return day + timedelta(days=self.number * _DAYS[self.unit])
        if self.unit in _MONTHS:
            return months_after(day, self.number * _MONTHS[self.unit])
        return None


def months_after(day: date, months: int) -> date:
    """Return the same day so many months later, the month's last where it is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    return day_of(day.year + years, (month + 1, day.day))


def find_durations(text: str, span: Span) -> Iterator[Duration]:
    """Yield the durations within `span` in text order.

    A duration with 内 that follows another in its sentence is counted from the same event:
    …受理之日起6个月内审结，普通案件于24个月内审结.
    """
    reach = span.start
    for match in DURATION.finditer(text, span.start, span.end):
        count = whole_number(match["number"])
        if count is None or count > 1000:
            continue
        unit = match["unit"].removeprefix("个").removeprefix("法定")
        own = Span(*match.span())
        within = match["within"] or ""
        if within.endswith("时间") and text[own.start - 1 : own.start] != "用":
            continue
        bounded = within or unit == "工作日"
        start = event_before(text, own.start, span.start) if bounded else None
        event = None if start is None else Span(start, own.end)
        if event is None and within and unit in _CALENDAR and _opens(text, own, span):
            event = own
        if (
            event is None
            and within
            and own.start < reach
            and not _CUT.search(text, max(span.start, own.start - 6), own.start)
        ):
            event = own
        if event is not None:
            reach = _sentence_end(text, own.end, span.end)
        yield Duration(own, count, unit, event)


def _sentence_end(text: str, position: int, end: int) -> int:
    stop = text.find("。", position, end)
    return end if stop < 0 else stop


def _opens(text: str, duration: Span, span: Span) -> bool:
    """Tell whether a duration opens its clause, or follows 力争 …, and what is to be done follows it."""
    before = _STOP.split(text[max(span.start, duration.start - 12) : duration.start])[-1]
    if _OPENING.fullmatch(before) is None or _SERVED.match(text, duration.end, span.end):
        return False
    return _PLANNED.match(text, duration.end, span.end) is not None
