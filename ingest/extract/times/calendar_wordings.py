"""Wordings of calendar times: 2023年12月底前, 自1月1日至6月30日, 6月15日、9月15日、12月5日前."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from corpus.spans import Span
from corpus.task import DeadlineKind
from ingest.extract.times.limits import is_limit
from ingest.extract.times.moment_forms import find_moments
from ingest.extract.times.moments import DeadlineContext, Grain, Moment
from ingest.extract.times.stretches import find_stretch
from ingest.extract.times.wordings import Wording

_SPACE = r"[ \u3000]{0,2}"
_WEEKDAY = r"(?:[（(](?:星期|周)[一二三四五六日天][）)])?"
_TWO_DIGITS = r"(?:[0-9０-９]{1,2}|[一二三四五六七八九十]{1,3})"
_CLOCK = (
    rf"(?:{_SPACE}(?:上午|下午|晚上?)?{_TWO_DIGITS}{_SPACE}"
    rf"(?:[:：][0-9０-９]{{2}}|[时点](?:{_SPACE}{_TWO_DIGITS}{_SPACE}分|[整半])?))?"
)
_SUFFIX = re.compile(
    rf"{_WEEKDAY}{_CLOCK}{_SPACE}(?P<over>结束)?(?:(?P<before>之前|以前|前(?![后夕期往]|提(?![出交供报升高请取速质档标])))"
    r"|以内|之内|内(?![部容外涵设控审蒙陆河需生]))"
)
_LISTED = re.compile(r"[ \u3000]?(?:[、及和,，与]|以及)[ \u3000]?")
_JOINED = re.compile(r"[ \u3000]?(?:[、及和与]|以及)[ \u3000]?")
_OPEN_END = re.compile(r"止|期间")
_STAGE = re.compile(r"(?:^|[。\n\t）)、.．])[^，,。；;（()\n\t]{2,16}[（(]$|(?:阶段|环节|步骤)[（(：:]$")
_STAGE_END = re.compile(r"[ \u3000]?[）)](?:[。：:.\n\t]|$)|[。；\n]")
_TODAY = re.compile(
    r"(?:自|从)?(?:即日|现在|今日|(?:[本该此]\w{1,6}|文件)?(?:印发|发布|公布|出台|下发|发文|实施|施行|执行)之日|发文之日)"
    r"起?(?:至|到)$"
)
_BEGINS = re.compile(r"起")
_SENTENCE_END = re.compile(r"[。\n]")


@dataclass(frozen=True, slots=True)
class _Time:
    """A calendar time with its wording."""

    moment: Moment
    """The time that decides: of a stretch the last."""
    wording: Wording
    stated: bool
    """True when words such as 前 or 自…至 make it a limit."""
    limit: bool = False
    """True when it is taken for a limit."""


def calendar_wordings(text: str, span: Span, context: DeadlineContext, labelled: bool) -> list[Wording]:
    """Return the calendar times within `span` that are limits, in text order; with `labelled` all of them.

    In a list (6月15日、9月15日、12月5日前) the last decides for those before it.
    """
    kept: list[Wording] = []
    for time in reversed(list(_times(text, span, context, labelled))):
        place = time.wording.span
        if time.limit or (kept and _LISTED.fullmatch(text, place.end, kept[-1].span.start)):
            kept.append(time.wording)
    return kept[::-1]


def _times(text: str, span: Span, context: DeadlineContext, labelled: bool) -> Iterator[_Time]:
    """Yield every calendar time; one without a year takes that of a limit before it in its sentence."""
    before: _Time | None = None
    for moment in find_moments(text, span):
        if before and moment.span.start < before.wording.span.end:
            continue
        year = _year_before(text, moment, before)
        if year is not None and moment.span.of(text) == "全年":
            continue  # 2023年实现全年…: the year is the limit, 全年 only says what is counted
        dated = moment.in_year(year)
        time = _stretch(text, span, dated, context) or _point(text, span, dated, context)
        place = time.wording.span
        if labelled:
            limit = not _BEGINS.match(text, place.end, span.end)
        else:
            limit = is_limit(text, time.moment, place, time.stated, span, context)
            limit = limit or _continues(text, before, place)
        before = replace(time, limit=limit)
        yield before


def _continues(text: str, before: _Time | None, place: Span) -> bool:
    """Tell whether a time stands in a list with a limit of the same form: 2024年和2025年."""
    if before is None or not before.limit:
        return False
    alike = len(before.moment.span) == len(place) and before.wording.span == before.moment.span
    return alike and _JOINED.fullmatch(text, before.wording.span.end, place.start) is not None


def _year_before(text: str, moment: Moment, before: _Time | None) -> int | None:
    """Return the year that a time takes from the one before it in its sentence, None when there is none."""
    if before is None or _SENTENCE_END.search(text, before.wording.span.end, moment.span.start):
        return None
    if before.limit or _LISTED.fullmatch(text, before.wording.span.end, moment.span.start):
        return before.moment.year
    return None


def _point(text: str, span: Span, moment: Moment, context: DeadlineContext) -> _Time:
    """Return a single time with its 前 or 内, or with the 即日起至 before it."""
    suffix = _SUFFIX.match(text, moment.span.end, span.end)
    today = _TODAY.search(text, max(span.start, moment.span.start - 16), moment.span.start)
    begin = today.start() if today else moment.span.start
    tail = _OPEN_END.match(text, moment.span.end, span.end) if today else None
    closing = suffix or tail
    whole = Span(begin, closing.end() if closing else moment.span.end)
    first, last = moment.days(context)
    if today:
        return _Time(moment, Wording(whole, DeadlineKind.PERIOD, context.document_date, last), True)
    before_long = bool(suffix and suffix["before"] and not (suffix["over"] or _has_last_day(moment)))
    stage = not (suffix or moment.edge or moment.grain is Grain.DAY) and _heads_stage(text, whole, span)
    kind, start = (DeadlineKind.PERIOD, first) if stage or moment.stretch else (DeadlineKind.DATE, None)
    wording = Wording(whole, kind, start, last, moment.loose or before_long)
    return _Time(moment, wording, suffix is not None or stage)


def _has_last_day(moment: Moment) -> bool:
    """Tell whether the words fix a last day, so that 前 leaves no doubt: 6月底前, but not 6月前."""
    return moment.edge or moment.grain in (Grain.DAY, Grain.TEN_DAYS)


def _heads_stage(text: str, whole: Span, span: Span) -> bool:
    """Tell whether the time stands alone in brackets after a stage, as in 总结提升（2024年10月）."""
    before = text[max(span.start, whole.start - 20) : whole.start]
    return _STAGE.search(before) is not None and _STAGE_END.match(text, whole.end, span.end + 1) is not None


def _stretch(text: str, span: Span, first: Moment, context: DeadlineContext) -> _Time | None:
    """Return the time with two ends that begins with `first`, None when there is none."""
    found = find_stretch(text, span, first, context)
    if found is None:
        return None
    wording = Wording(found.span, DeadlineKind.PERIOD, found.start, found.end)
    return _Time(found.last, wording, found.begins_from or _heads_stage(text, found.span, span))
