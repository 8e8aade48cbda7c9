"""Time limits: their words, how they are worded, and the days they mean.

Wordings of five kinds are looked for, each by its own short search: calendar times (12月底前, 2023年6月至12月),
recurring ones (每月25日前), counted ones (印发之日起30日内), conditions (汛期前) and fixed phrases (立行立改).
Which calendar times in running text are limits is decided in `limits`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from corpus.registry.tables import any_of, read_table
from corpus.spans import Span, trim
from corpus.task import Deadline, DeadlineKind
from ingest.extract.durations import counted_from_issue, find_durations
from ingest.extract.limits import clause_before, is_limit
from ingest.extract.moments import TO, DeadlineContext, Grain, Moment, find_moments, moment_at
from ingest.extract.patterns import word_pattern

__all__ = ["DeadlineContext", "find_deadlines", "parse_deadline"]

_LABEL = re.compile(
    r"(?:(?:完成|整改|办结|销号|实施|落实|办理|推进|工作|达标|任务|治理|验收)(?:的)?(?:时限|期限|时间|时间节点)(?:要求)?"
    r"|时限要求|时限|时间节点|进度要求|时间进度)[ \u3000]{0,2}[:：][ \u3000]{0,2}"
)
_VALUE_END = re.compile(r"[。；;）)〕\]】\n\t]|责任|牵头|配合")
_QUOTED = re.compile(r"《[^《》\n]{0,120}》|“[^“”\n]{1,60}”|\"[^\"\n]{1,40}\"|‘[^‘’\n]{1,40}’")
_BEFORE = re.compile(
    r"[ \u3000]{0,2}(?:之前|以前|前(?![期置三端景列述往沿瞻后台提言进瞻款半几两一二四五六])|以内|之内|内(?![部容外涵设控审蒙陆河需生]))"
)
_UNTIL = re.compile(rf"[ \u3000]{{0,2}}(?:日?起)?[ \u3000]{{0,2}}{TO}[ \u3000]{{0,2}}")
_LATER_DAY = re.compile(r"(?P<day>3[01]|[12][0-9]|0?[1-9])[ \u3000]{0,2}[日号]")
_RANGE_END = re.compile(r"止|期间")
_FROM = re.compile(r"(?:自|从)$")
_TODAY = re.compile(rf"(?:即日起?|(?:自|从)?(?:本\w{{1,4}})?(?:印发|发布|公布)之日起?){TO}")
_LISTED = re.compile(r"[ \u3000]?(?:[、及和,，与]|以及)[ \u3000]?$")

_EACH = re.compile(
    r"(?:原则上)?(?P<each>每(?:个)?(?:半年度?|季度|季|学期|学年|月|年度?|周|两年|两个月|三年)|(?<![0-9一二三四])按季度)"
    r"(?P<within>[ \u3000]?(?:(?:的)?(?:首月|末月|首个月|最后一个月|第[一二三]个月|初|底|末|上旬|中旬|下旬|一至周?五|[一二三四五六日](?=[前]))?"
    r"[ \u3000]?(?:(?:[0-9０-９]{1,2}|[一二三四五六七八九十]{1,3})月(?:份)?)?(?:底|末|上旬|中旬|下旬)?(?:[0-9０-９]{1,2}[日号]|[一二三四五六七八九十]{1,3}[日号])?)"
    r"(?:[、和](?:[0-9０-９]{1,2})月(?:底|末|[0-9０-９]{1,2}日))?(?:之前|以前|前(?!期|三))?)"
)
_NOT_EACH = re.compile(
    r"^(?:提取|最高|可|给予|不超过|最多|缴|还款?|租|工资|收入|补贴|补助|奖励|应还|偿还|享受|扣|按|一题|人均|[0-9０-９,，.]{1,9}(?:万|亿)?元|的|都|上限|标准|限)"
)
_NOT_EACH_BEFORE = re.compile(r"(?:每[人户亩家个次台套张辆床间栋吨]|人均|户均|标准为?|连续|或|个月)$")

_ANYWHERE = re.compile(word_pattern("limits", place="anywhere"))
_CLOSING = re.compile(word_pattern("limits", place="closing"))
_PHRASES = {
    row["word"]: DeadlineKind(row["kind"]) for row in read_table("ingest.extract.words", "limits.tsv")
}
_LABELLED = re.compile(any_of(_PHRASES))
_SEASON_WHEN = re.compile(
    r"(?:明年|今年|次年|本年|每年|(?:20[0-9]{2}|20[0-9]{2}-20[0-9]{2})[ ]?年度?|春秋两季|春季|秋季|[0-9]{1,2}月份?)$"
)
_AWAIT = re.compile(
    r"(?<![期等接对招优])待(?!遇|办|业|岗|定)[^，,。；;：:\n\t]{3,40}?(?:完毕|完成|建成|印发|出台|下达|明确|成熟|开通|到位|通过)(?:之后|以后|后)"
)
_CLOSING_BEFORE = re.compile(r"^(?:并|且|并且|同时|要|做到|实现)?$")
_CLAUSE_OVER = re.compile(r"^\s*(?:[，,。；;、）)〕\n\t]|$)")


@dataclass(frozen=True, slots=True)
class _Found:
    """A wording that may be a limit, before it is decided whether it is."""

    span: Span
    kind: DeadlineKind
    moment: Moment | None = None
    start: date | None = None
    end: date | None = None
    stated: bool = True
    loose: bool = False


def find_deadlines(text: str, span: Span, context: DeadlineContext) -> tuple[Deadline, ...]:
    """Return the time limits within `span`, in text order; spans are absolute in `text`.

    What stands after 完成时限： or the like, and a span that is nothing but a time (a table cell), is taken at
    its word; other times must read as limits. A wording that stands twice is returned once. Empty when there
    is none.
    """
    values = [
        Span(match.end(), _value_end(text, match.end(), span.end))
        for match in _LABEL.finditer(text, *_ends(span))
    ]
    labelled = [found for value in values for found in _wordings(text, value, context, labelled=True)]
    quoted = [Span(*match.span()) for match in _QUOTED.finditer(text, *_ends(span))]
    running = [
        found
        for found in _wordings(text, span, context, labelled=_is_bare(text, span))
        if not any(value.overlaps(found.span) for value in values)
        and not any(quote.contains(found.span) and quote != found.span for quote in quoted)
    ]
    return _once(text, sorted(labelled + running, key=lambda found: found.span))


def parse_deadline(words: str, offset: int, context: DeadlineContext, labelled: bool) -> tuple[Deadline, ...]:
    """Return the limits in `words`, which begin at `offset` of the document's text.

    With `labelled` the words are the value of a label or a table cell: 持续推进 and a bare 2023年11月 count.
    """
    found = _wordings(words, Span(0, len(words)), context, labelled)
    limits = _once(words, sorted(found, key=lambda item: item.span))
    return tuple(replace(limit, span=limit.span.shift(offset)) for limit in limits)


def _ends(span: Span) -> tuple[int, int]:
    return span.start, span.end


def _value_end(text: str, start: int, end: int) -> int:
    """Return where the value of a label ends; a bracket that opens it (完成时限:(2023年6月) does not count."""
    skip = 1 if text[start : start + 1] in ("(", "（") else 0
    stop = _VALUE_END.search(text, start + skip, end)
    return stop.start() if stop else end


def _is_bare(text: str, span: Span) -> bool:
    """Tell whether a span is short and begins and ends with one wording of time, as a table cell does."""
    words = trim(text, span)
    if not 0 < len(words) <= 24:
        return False
    moments = list(find_moments(text, words))
    spans = [moment.span for moment in moments] + [
        Span(*match.span()) for match in _LABELLED.finditer(text, *_ends(words))
    ]
    covered = sum(len(found) for found in spans)
    return covered * 2 > len(words) and any(found.start == words.start for found in spans)


def _wordings(text: str, span: Span, context: DeadlineContext, labelled: bool) -> list[_Found]:
    """Return the limits of all kinds within `span`, without overlaps: the earliest and longest wins."""
    searches = (_recurring, _counted, _conditions, _phrases, _calendar)
    found = [item for search in searches for item in search(text, span, context, labelled)]
    found.sort(key=lambda item: (item.span.start, -item.span.end))
    kept: list[_Found] = []
    for item in found:
        if not kept or item.span.start >= kept[-1].span.end:
            kept.append(item)
    return kept


def _once(text: str, found: Iterable[_Found]) -> tuple[Deadline, ...]:
    """Return the deadlines, each wording once."""
    limits: dict[tuple[str, date | None], Deadline] = {}
    for item in found:
        raw = item.span.of(text)
        limit = Deadline(raw, item.kind, item.span, item.start, item.end, item.loose)
        limits.setdefault((raw, item.end), limit)
    return tuple(limits.values())


# Calendar times


def _calendar(text: str, span: Span, context: DeadlineContext, labelled: bool) -> list[_Found]:
    """Return days, months, quarters, years and stretches between two of them."""
    candidates = list(_calendar_wordings(text, span, context))
    kept: list[_Found] = []
    for item in reversed(candidates):
        moment = item.moment
        joined = (
            kept
            and item.span.end < kept[-1].span.start
            and _LISTED.fullmatch(text[item.span.end : kept[-1].span.start])
        )
        if labelled or joined or (moment and is_limit(text, moment, item.span, item.stated, span, context)):
            kept.append(item)
    return kept[::-1]


def _calendar_wordings(text: str, span: Span, context: DeadlineContext) -> Iterator[_Found]:
    """Yield every calendar time with its 自 and 前, a later one without a year taking that of the sentence."""
    year: int | None = None
    sentence = span.start
    moments = find_moments(text, span)
    over = span.start
    for moment in moments:
        if moment.span.start < over:
            continue
        if "。" in text[sentence : moment.span.start]:
            year = None
        sentence = moment.span.start
        dated = _with_year(moment, year)
        year = dated.year or year
        item = _stretch(text, span, dated, context) or _point(text, span, dated, context)
        over = item.span.end
        yield item


def _with_year(moment: Moment, year: int | None) -> Moment:
    """Return the moment in the year that its sentence has named, when it names none itself."""
    unnamed = moment.year is None and moment.month_shift is None and moment.year_shift in (None, 0)
    return replace(moment, year=year) if unnamed and year is not None else moment


def _point(text: str, span: Span, moment: Moment, context: DeadlineContext) -> _Found:
    """Return a single time with its 前 or 内."""
    suffix = _BEFORE.match(text, moment.span.end, span.end)
    whole = Span(moment.span.start, suffix.end() if suffix else moment.span.end)
    first, last = moment.days(context)
    before = suffix is not None and suffix[0].strip().endswith("前")
    long = moment.grain not in (Grain.DAY, Grain.TEN_DAYS) and not moment.edge
    loose = moment.loose or (before and long)
    if _is_stretch(moment) or _in_stage_heading(text, whole, moment):
        return _Found(whole, DeadlineKind.PERIOD, moment, first, last, suffix is not None, loose)
    return _Found(whole, DeadlineKind.DATE, moment, None, last, suffix is not None, loose)


def _is_stretch(moment: Moment) -> bool:
    """Tell whether the words themselves name two ends: 3-5月, 2023-2025年, “十四五”期间."""
    spans_years = moment.first_year is not None and not moment.edge
    spans_months = moment.grain is Grain.MONTH and moment.first[0] != moment.last[0]
    return spans_years or spans_months or (moment.grain is Grain.DAY and moment.first != moment.last)


def _in_stage_heading(text: str, whole: Span, moment: Moment) -> bool:
    """Tell whether the time stands alone in brackets after the name of a stage: 总结阶段（2024年10月）."""
    if moment.edge or moment.grain is Grain.DAY or whole.end != moment.span.end:
        return False
    before, after = text[max(0, whole.start - 3) : whole.start], text[whole.end : whole.end + 1]
    return (
        re.fullmatch(r".*(?:阶段|环节|步骤)?[（(]", before) is not None
        and "阶" in before
        and after in ("）", ")")
    )


def _stretch(text: str, span: Span, first: Moment, context: DeadlineContext) -> _Found | None:
    """Return the stretch that begins with `first`, None when no second time follows it."""
    until = _UNTIL.match(text, first.span.end, span.end)
    last = _second(text, until.end(), span.end, first) if until else None
    if last is None:
        return None
    if _FROM.search(text, max(span.start, first.span.start - 1), first.span.start):
        begin = first.span.start - 1
    else:
        begin = first.span.start
    tail = _RANGE_END.match(text, last.span.end, span.end) or _BEFORE.match(text, last.span.end, span.end)
    whole = Span(begin, tail.end() if tail else last.span.end)
    start = first.days(context)[1] if first.edge else first.days(context)[0]
    end = last.days(context)[1]
    if start and end and last.year is None and end < start:
        end = replace(last, year=start.year + 1).days(context)[1]
    if start and end and start > end:
        return None
    return _Found(whole, DeadlineKind.PERIOD, last, start, end, begin < first.span.start)


def _second(text: str, position: int, end: int, first: Moment) -> Moment | None:
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
    return _with_year(moment, first.year)


# Recurring times


def _recurring(text: str, span: Span, context: DeadlineContext, labelled: bool) -> Iterator[_Found]:
    """Yield 每季度, 每月25日前, 按季度."""
    for match in _EACH.finditer(text, *_ends(span)):
        after = text[match.end() : min(match.end() + 12, span.end)]
        before = text[max(span.start, match.start() - 4) : match.start()]
        if labelled or not (_NOT_EACH.match(after) or _NOT_EACH_BEFORE.search(before)):
            yield _Found(Span(match.start("each"), match.end()), DeadlineKind.RECURRING)


# Counted times


def _counted(text: str, span: Span, context: DeadlineContext, labelled: bool) -> Iterator[_Found]:
    """Yield limits counted from an event: 印发之日起30日内, 收到请求后5个工作日内."""
    for duration in find_durations(text, span):
        whole = duration.event or (duration.span if labelled else None)
        if whole is None:
            continue
        end = None
        if context.document_date and counted_from_issue(whole.of(text)):
            end = duration.after(context.document_date)
        yield _Found(whole, DeadlineKind.RELATIVE, end=end)


# Conditions and fixed phrases


def _conditions(text: str, span: Span, context: DeadlineContext, labelled: bool) -> Iterator[_Found]:
    """Yield what must have happened first: 待平台建成后."""
    for match in _AWAIT.finditer(text, *_ends(span)):
        yield _Found(Span(*match.span()), DeadlineKind.CONDITION)


def _phrases(text: str, span: Span, context: DeadlineContext, labelled: bool) -> Iterator[_Found]:
    """Yield the phrases of the word table: 立行立改, 长期坚持, 汛期前."""
    pattern = _LABELLED if labelled else _ANYWHERE
    for match in pattern.finditer(text, *_ends(span)):
        yield _phrase(text, match, span)
    if labelled:
        return
    for match in _CLOSING.finditer(text, *_ends(span)):
        alone = _CLOSING_BEFORE.match(clause_before(text, match.start(), span.start).strip())
        if alone and _CLAUSE_OVER.match(text[match.end() : min(span.end, match.end() + 1)]):
            yield _phrase(text, match, span)


def _phrase(text: str, match: re.Match[str], span: Span) -> _Found:
    kind = _PHRASES[match[0]]
    if kind is not DeadlineKind.CONDITION:
        return _Found(Span(*match.span()), kind)
    when = _SEASON_WHEN.search(text, max(span.start, match.start() - 10), match.start())
    begin = when.start() if when else match.start()
    return _Found(Span(begin, match.end()), _season_kind(text[begin : match.start()]))


def _season_kind(when: str) -> DeadlineKind:
    return DeadlineKind.RECURRING if when.startswith("每年") else DeadlineKind.CONDITION
