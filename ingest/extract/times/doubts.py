"""What is unclear about time limits, in words for the user."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from corpus.task import Deadline, DeadlineKind
from corpus.working_days import is_counted_by_calendar
from ingest.extract.times.moments import DeadlineContext

_DATED = frozenset({DeadlineKind.DATE, DeadlineKind.PERIOD})
_DAY = re.compile(r"(?<![0-9])(?P<month>[0-9]{1,2})月(?P<day>[0-9]{1,2})日")
_NO_MONTH = re.compile(
    r"(?<![0-9.．—-])(?:0?0|1[3-9]|[2-9][0-9])月(?:[0-9]{1,2}日|底|末|[上中下]旬)?(?:之前|以前|前|以内|内)"
)
_NAMES_YEAR = re.compile(r"[0-9０-９]{4}|[〇○零一二三四五六七八九]{4}年|十[一二三四五六七]五")


def deadline_doubts(limits: Iterable[Deadline], context: DeadlineContext) -> list[str]:
    """Return one sentence for each doubt about the days of the limits, in their order; [] for none."""
    return [doubt for limit in limits for doubt in _doubts(limit, context)]


def impossible_months(text: str) -> list[str]:
    """Return a doubt for each limit in a month that no calendar has: 13月底前; [] for none."""
    return [f"“{found[0]}”不是日历上的月份，没有换算，请核对" for found in _NO_MONTH.finditer(text)]


def _doubts(limit: Deadline, context: DeadlineContext) -> Iterator[str]:
    if limit.kind in _DATED and limit.end is None:
        yield f"时限“{limit.raw}”没有年份，换算不出日期，请补全"
    if limit.end is None:
        return
    if limit.kind in _DATED and context.supposed_year and not _NAMES_YEAR.search(limit.raw):
        yield f"时限“{limit.raw}”没有年份，文件也没有日期，按{limit.end.year}年换算，请核对"
    named = _DAY.search(limit.raw)
    if named and int(named["month"]) == limit.end.month and int(named["day"]) > limit.end.day:
        yield f"日历上没有{named[0]}，时限“{limit.raw}”按{limit.end}换算，请核对"
    if context.document_date and limit.end < context.document_date:
        yield f"时限“{limit.raw}”换算为{limit.end}，早于文件日期{context.document_date}，请核对"
    if "工作日" in limit.raw and not is_counted_by_calendar(limit.end):
        yield f"时限“{limit.raw}”所在年份的节假日安排未知，只按周一至周五推算"
