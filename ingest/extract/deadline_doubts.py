"""What is unclear about time limits, in words for the user."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from corpus.task import Deadline, DeadlineKind
from corpus.working_days import is_counted_by_calendar
from ingest.extract.moments import DeadlineContext

_DATED = frozenset({DeadlineKind.DATE, DeadlineKind.PERIOD})
_NAMES_YEAR = re.compile(r"[0-9０-９]{4}|[〇○零一二三四五六七八九]{4}年|十[一二三四五六七]五")


def deadline_doubts(limits: Iterable[Deadline], context: DeadlineContext) -> list[str]:
    """Return one sentence for each doubt about the days of the limits, in their order; [] for none."""
    return [doubt for limit in limits for doubt in _doubts(limit, context)]


def _doubts(limit: Deadline, context: DeadlineContext) -> Iterator[str]:
    if limit.kind in _DATED and limit.end is None:
        yield f"时限“{limit.raw}”没有年份，换算不出日期，请补全"
    if limit.end is None:
        return
    if limit.kind in _DATED and context.supposed_year and not _NAMES_YEAR.search(limit.raw):
        yield f"时限“{limit.raw}”没有年份，文件也没有日期，按{limit.end.year}年换算，请核对"
    if context.document_date and limit.end < context.document_date:
        yield f"时限“{limit.raw}”换算为{limit.end}，早于文件日期{context.document_date}，请核对"
    if "工作日" in limit.raw and not is_counted_by_calendar(limit.end):
        yield f"时限“{limit.raw}”所在年份的节假日安排未知，只按周一至周五推算"
