"""The words of a question that narrow it: names in quotation marks, time, status."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from corpus.registry.tables import read_table
from corpus.spans import Span
from corpus.store.rows import TaskStatus
from ingest.extract.times.moment_forms import find_moments
from ingest.extract.times.moments import DeadlineContext, Grain, Moment


@dataclass(frozen=True, slots=True)
class DayRange:
    """The time at which something is due, ends included."""

    first: date
    last: date
    strict: bool = True
    """False for 6月底前: what is due earlier counts too, where nothing is due at that very time."""
    any_year: bool = False
    """True where no year is told: 8月底前 of whatever year a plan is for."""

    def holds(self, day: date) -> bool:
        """Tell whether `day` lies within."""
        if self.any_year:
            return _in_year(self.first) <= _in_year(day) <= _in_year(self.last)
        return self.first <= day <= self.last

    def is_over(self, day: date) -> bool:
        """Tell whether `day` is later than the last day."""
        return _in_year(day) > _in_year(self.last) if self.any_year else day > self.last


def _in_year(day: date) -> tuple[int, int]:
    return day.month, day.day


@dataclass(frozen=True, slots=True)
class StatusAsked:
    """How far the tasks that are meant have come."""

    statuses: frozenset[TaskStatus] = frozenset()
    """Any of these; empty for any status."""
    overdue: bool = False
    """True for rows past their day and not done."""


_QUOTED = re.compile(r"[“\"「『《]([^“”\"「」『』《》]{1,60})[”\"」』》]")
_UNTIL = re.compile("之前|以前|前|以内|内")
_DUE_AFTER = re.compile(
    r"(?:之前|以前|前|以内|内)?(?:就|都|均|前后)?(?:要|需要?|须|应当?|必须|该|得)?(?:全部|全面)?"
    r"(?:完成|办结|到期|落实|到位|销号|做完|截止)"
)
_LIMIT_BEFORE = re.compile("(?:时限|期限|时间节点)(?:要求)?(?:是|为|在|到)?$")
"""What ties a year that follows to being done: 时限为2025年."""
_OTHERWISE = re.compile("以?后|以来|起|至|到|[的份]?(?:印发|出台|发布|公布|下发|召开|成立)")
"""What stands behind a time at which something else was than being done."""
_RELATIVE_DUE = re.compile(
    r"(?P<when>今天|明天|本周|这周|这个星期|下周|本月|这个?月|当月|下个?月|本季度|这个季度|今年|本年)(?:内|底|末)?(?P<before>之?前|以前)?"
    r"(?:就|都|均)?(?:要|需要?|须|应当?|必须|该|得)?(?:全部|全面)?(?:完成|办结|到期|落实|到位|销号|做完|截止)"
)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?=年|\D|$)")


def quoted_in(text: str) -> tuple[str, ...]:
    """Return the words in quotation marks or 《》, without the marks."""
    return tuple(_QUOTED.findall(text))


def without_quoted(text: str, instead: str = "“”") -> str:
    """Return `text` with `instead` of everything in quotation marks or 《》."""
    return _QUOTED.sub(instead, text)


def years_named(text: str) -> tuple[int, ...]:
    """Return the years that a question names, earliest first."""
    return tuple(sorted({int(year) for year in _YEAR.findall(text)}))


def times_in(text: str) -> list[str]:
    """Return the times that a text names, with the 前 that makes them limits."""
    found = []
    for moment in find_moments(text, Span(0, len(text))):
        end = _UNTIL.match(text, moment.span.end)
        found.append(text[moment.span.start : end.end() if end else moment.span.end])
    return found


def without_times(text: str) -> str:
    """Return `text` with a blank for every time in it."""
    for words in times_in(text):
        text = text.replace(words, " ", 1)
    return text


def due_named(text: str, years: tuple[int, ...], today: date, *, bound: bool = False) -> DayRange | None:
    """Return the days of a time that the question ties to being done: 2023年6月底前要完成的, 本月到期.

    Args:
        text: the question.
        years: the years it names, earliest first.
        today: what 本月 is counted from.
        bound: a document or a place is named, so that 6月底前 without a year is of whatever year the plan
            is for; else it is of this year.
    """
    relative = _RELATIVE_DUE.search(text)
    if relative is not None:
        days = _relative_days(relative["when"], today)
        return DayRange(date.min if relative["before"] else days[0], days[1])
    context = DeadlineContext(title_year=years[-1] if years else today.year)
    for moment, after in _due_moments(text):
        first, last = moment.days(context)
        if first is not None and last is not None:
            any_year = bound and not years and moment.year is None and not moment.year_shift
            return DayRange(first, last, strict=_UNTIL.match(after) is None, any_year=any_year)
    return None


def _due_moments(text: str) -> Iterator[tuple[Moment, str]]:
    """Yield the times that the text ties to being done, each with the words behind it that do so.

    A year alone needs such words (2025年要完成的); a month, or a day, is a limit unless something else
    was then.
    """
    for moment in find_moments(text, Span(0, len(text))):
        after = _DUE_AFTER.match(text, moment.span.end)
        if after is not None:
            yield moment, after[0]
        elif _is_limit(moment, text):
            until = _UNTIL.match(text, moment.span.end)
            yield moment, until[0] if until else ""


def _is_limit(moment: Moment, text: str) -> bool:
    if _LIMIT_BEFORE.search(text, 0, moment.span.start):
        return True
    return moment.grain not in (Grain.YEAR, Grain.PLAN) and not _OTHERWISE.match(text, moment.span.end)


def status_named(text: str) -> StatusAsked | None:
    """Return how far the tasks that are meant have come; None where the question does not say."""
    for pattern, statuses in _statuses():
        if pattern.search(text):
            named = frozenset(TaskStatus(status) for status in statuses if status != "overdue")
            return StatusAsked(named, "overdue" in statuses)
    return None


def narrowing_words(text: str) -> Iterator[str]:
    """Yield the words of a question that only say how far its tasks have come or when they are due."""
    for pattern, _ in _statuses():
        yield from (found[0] for found in pattern.finditer(text))
    yield from (found[0] for found in _RELATIVE_DUE.finditer(text))
    for moment, after in _due_moments(text):
        yield text[moment.span.start : moment.span.end] + after


def _relative_days(words: str, today: date) -> tuple[date, date]:
    """Return the first and the last day of 今天, 本周, 下个月 and their like; weeks begin on Monday."""
    if words in {"今天", "明天"}:
        day = today + timedelta(days=words == "明天")
        return day, day
    if words in {"本周", "这周", "这个星期", "下周"}:
        monday = today - timedelta(days=today.weekday()) + timedelta(weeks=words == "下周")
        return monday, monday + timedelta(days=6)
    if words in {"今年", "本年"}:
        return date(today.year, 1, 1), date(today.year, 12, 31)
    if words in {"本季度", "这个季度"}:
        first = date(today.year, 3 * ((today.month - 1) // 3) + 1, 1)
        return first, _month_end(first.year, first.month + 2)
    months = today.year * 12 + today.month - 1 + words.startswith("下")
    year, month = divmod(months, 12)
    return date(year, month + 1, 1), _month_end(year, month + 1)


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


@cache
def _statuses() -> tuple[tuple[re.Pattern[str], frozenset[str]], ...]:
    rows = read_table("service.ask", "status_words.tsv")
    return tuple((re.compile(row["pattern"]), frozenset(row["statuses"].split())) for row in rows)
