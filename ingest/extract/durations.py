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
from ingest.extract.moments import day_of
from ingest.extract.numerals import CHINESE_DIGITS, whole_number
from ingest.extract.patterns import word_pattern

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
_PLANNED = re.compile(rf"[，,]?{word_pattern('planned')}")

_REACH = 60
"""How far back the event of a duration is looked for; longer ones were not met."""
_SINCE = re.compile(
    r"(?P<event>[^，,。；;：:\n\t]{1,40}?)(?:之日|当日|之时|次日)起(?:计算|算起)?(?:[，,](?P<who>[^，,。；;\n\t]{0,14}))?$"
)
_AFTER = re.compile(
    r"(?P<event>[^，,。；;：:\n\t]{1,40}?)(?:之后|以后|后|之前|前)(?:[，,])?的?(?:在|于)?(?:原则上)?$"
)
_LEAD_IN = re.compile(
    r".*(?:(?=自(?![然主动身愿由治建己查用有行助来贸费筹住]))|按照?(?![时期])|[由或凡]|可(?![能用行])|(?<![存现所正])在(?![线建册地编校岗职场])|于(?!是)|应当?(?![急用])|须|要(?![素件求点闻])|将(?!来)"
    r"|并(?![网联])|各(?:部门|单位|地区|地|级)|的，|[（(](?=[^（）()]*$))"
)
_DOCUMENT = "方案|通知|意见|办法|细则|措施|政策|要点|文件|规定|计划|清单|举措|文"
_ISSUED = "印发|下发|发布|公布|发文|出台|发出|颁布"
_OWN = re.compile(
    rf"(?:[自从]?(?:[本该此]\w{{0,4}}(?:{_DOCUMENT})|[本此]?(?:{_DOCUMENT})?)(?:正式)?(?:{_ISSUED})(?:之日|当日|次日)起"
    rf"|[本该此]\w{{0,4}}(?:{_DOCUMENT})(?:正式)?(?:{_ISSUED})之?后)"
)


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
        """Return the last day when counted from `day`; None for working days and hours."""
        if self.unit in _DAYS:
            return day + timedelta(days=self.number * _DAYS[self.unit])
        if self.unit in _MONTHS:
            years, month = divmod(day.month - 1 + self.number * _MONTHS[self.unit], 12)
            return day_of(day.year + years, (month + 1, day.day))
        return None


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
        event = _event(text, own, span.start) if bounded else None
        if event is None and within and unit in _CALENDAR and _opens(text, own, span):
            event = own
        if event is None and within and own.start < reach:
            event = own
        if event is not None:
            reach = _sentence_end(text, own.end, span.end)
        yield Duration(own, count, unit, event)


def _sentence_end(text: str, position: int, end: int) -> int:
    stop = text.find("。", position, end)
    return end if stop < 0 else stop


def counted_from_issue(words: str) -> bool:
    """Tell whether a limit counts from the day of the document itself: 本方案印发之日起1个月内."""
    return _OWN.match(words) is not None


def _event(text: str, duration: Span, lower: int) -> Span | None:
    """Return the span from the event's first word to the duration's end, None where no event is named."""
    begin = max(lower, duration.start - _REACH)
    before = text[begin : duration.start]
    since = _SINCE.search(before)
    if since:
        return Span(begin + since.start("event") + _skip(since["event"]), duration.end)
    after = _AFTER.search(before)
    if after and _is_event(after["event"]):
        return Span(begin + after.start("event") + _skip(after["event"]), duration.end)
    return None


def _opens(text: str, duration: Span, span: Span) -> bool:
    """Tell whether a duration opens its clause, or follows 力争 …, and what is to be done follows it."""
    before = _STOP.split(text[max(span.start, duration.start - 12) : duration.start])[-1]
    return _OPENING.fullmatch(before) is not None and _PLANNED.match(text, duration.end, span.end) is not None


def _is_event(words: str) -> bool:
    """Tell whether the words before 后 or 前 can name an event: a bare date or number cannot."""
    return re.search(r"[0-9０-９日月年底]$", words) is None


def _skip(event: str) -> int:
    """Return how many code points before the event's own words belong to the sentence around it."""
    lead_in = _LEAD_IN.match(event)
    return lead_in.end() if lead_in and lead_in.end() < len(event) - 1 else 0
