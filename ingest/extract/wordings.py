"""Wordings of time limits that are no calendar time: recurring, counted, conditional and fixed ones.

Each function searches for one kind and returns what it finds in text order. With `labelled` the words are
the value of a label such as 完成时限：, where phrases count that mean nothing in running text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from corpus.registry.tables import any_of, read_table
from corpus.spans import Span
from corpus.task import DeadlineKind
from ingest.extract.durations import find_durations
from ingest.extract.events import counted_from_issue
from ingest.extract.limits import clause_before
from ingest.extract.moments import DeadlineContext
from ingest.extract.patterns import word_pattern


@dataclass(frozen=True, slots=True)
class Wording:
    """Words that may be a time limit, and the days they mean."""

    span: Span
    kind: DeadlineKind
    start: date | None = None
    end: date | None = None
    loose: bool = False
    """True where common usage fixes the day."""


_NUMBER = r"(?:[0-9０-９]{1,2}|[一二三四五六七八九十]{1,3})[ \u3000]?"
_DAY = rf"{_NUMBER}[日号]"
_MONTH = rf"{_NUMBER}月(?:份)?[ \u3000]?"
_EACH = re.compile(
    r"(?P<each>每个?(?:半年度?|季度|季|学期|学年|半月|月|旬|年度?|周|[日天](?=[0-2]?[0-9][:：时点]|[发报通向]|上报)|两年|两个月|三年)|按季度)"
    r"[ \u3000]?(?:第[一二三四1-4]季度)?"
    r"(?:的(?=[首末最第0-9０-９一二三四五六七八九十]))?"
    r"(?:首月|末月|首个月|最后一个?月|第[一二三]个?月|初|底|末|[上中下]旬|[一二三四五六日](?=前))?[ \u3000]?"
    rf"(?:{_MONTH})?(?:底|末|上旬|中旬|下旬|初)?(?:{_DAY})?(?:[、和](?:{_MONTH}(?:底|末|{_DAY})?|{_DAY})){{0,3}}"
    r"(?:(?:上午|下午|晚上?)?[0-2]?[0-9](?:[:：][0-5][0-9]|[时点])(?=前))?(?:之前|以前|前(?![期三]))?"
)
_NOT_EACH_AFTER = re.compile(
    rf"[0-9０-９,，.]{{1,9}}(?:万|亿)?元|[0-9]天|{word_pattern('not_recurring', place='after')}"
)
_NOT_EACH_BEFORE = re.compile(
    rf"(?:每[人户亩家个次台套张辆床间栋吨]|{word_pattern('not_recurring', place='before')})$"
)


def recurring_wordings(text: str, span: Span, labelled: bool) -> Iterator[Wording]:
    """Yield 每季度, 每月25日前, 按季度; not what is paid or measured by the year (每年2000元)."""
    for match in _EACH.finditer(text, span.start, span.end):
        after = text[match.end() : min(match.end() + 12, span.end)]
        before = text[max(span.start, match.start() - 4) : match.start()]
        if labelled or not (_NOT_EACH_AFTER.match(after) or _NOT_EACH_BEFORE.search(before)):
            yield Wording(Span(*match.span()), DeadlineKind.RECURRING)


def counted_wordings(text: str, span: Span, context: DeadlineContext, labelled: bool) -> Iterator[Wording]:
    """Yield limits counted from an event: 印发之日起30日内, 收到请求后5个工作日内.

    Only those counted from the document itself in days, weeks, months or years have an end.
    """
    for duration in find_durations(text, span):
        whole = duration.event or (duration.span if labelled else None)
        if whole is None:
            continue
        end = None
        if context.document_date and counted_from_issue(whole.of(text)):
            end = duration.after(context.document_date)
        yield Wording(whole, DeadlineKind.RELATIVE, end=end)


_AWAITED = re.compile(
    r"(?<![期等接对招优])待(?![遇办业岗定])[^，,。；;：:\n\t]{3,40}?"
    rf"{word_pattern('completion')}(?:之后|以后|后)"
)
_BEFORE = r"(?:来临|到来|开始)?之?前(?![后夕期置往])"
_WHICH = (
    r"(?:(?P<each>每年|每学期)|明年|今年|次年|本年|20[0-9]{2}[ \u3000]?年度?|春秋两季|今冬|冬季"
    r"|[春秋]季(?:学期)?|新学[期年]|[0-9]{1,2}月份?){0,2}"
)
_HOLIDAY = r"[”\"]?(?:假期|小长假|长假)?"
_SEASON = re.compile(rf"{_WHICH}[“\"]?{word_pattern('seasons', place='anywhere')}{_HOLIDAY}{_BEFORE}")
_LABELLED_SEASON = re.compile(rf"{_WHICH}[“\"]?{word_pattern('seasons')}{_HOLIDAY}{_BEFORE}")


def conditional_wordings(text: str, span: Span, labelled: bool) -> Iterator[Wording]:
    """Yield what must have happened, or not yet, when the work is done: 待平台建成后, 汛期前, 明年汛前."""
    for match in _AWAITED.finditer(text, span.start, span.end):
        yield Wording(Span(*match.span()), DeadlineKind.CONDITION)
    for match in (_LABELLED_SEASON if labelled else _SEASON).finditer(text, span.start, span.end):
        kind = DeadlineKind.RECURRING if match["each"] else DeadlineKind.CONDITION
        yield Wording(Span(*match.span()), kind)


_KINDS = {row["word"]: DeadlineKind(row["kind"]) for row in read_table("ingest.extract.words", "limits.tsv")}
_LABELLED = re.compile(any_of(_KINDS))
_RUNNING = re.compile(
    rf"{word_pattern('limits', place='anywhere')}|(?P<closing>{word_pattern('limits', place='closing')})"
)
_ALONE = re.compile(r"(?:并|且|并且|同时|要|做到|实现)?")
_CLAUSE_OVER = re.compile(r"\s*(?:[，,。；;、）)〕\n\t]|$)")


def phrase_wordings(text: str, span: Span, labelled: bool) -> Iterator[Wording]:
    """Yield the phrases of the table of limits: 立行立改, 长期坚持."""
    pattern = _LABELLED if labelled else _RUNNING
    for match in pattern.finditer(text, span.start, span.end):
        if labelled or match["closing"] is None or _is_clause(text, match, span):
            yield Wording(Span(*match.span()), _KINDS[match[0]])


def _is_clause(text: str, match: re.Match[str], span: Span) -> bool:
    """Tell whether the phrase is a clause of its own, as in …，并长期坚持."""
    clause = clause_before(text, match.start(), span.start).strip()
    after = text[match.end() : min(span.end, match.end() + 1)]
    return _ALONE.fullmatch(clause) is not None and _CLAUSE_OVER.match(after) is not None
