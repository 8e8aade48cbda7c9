"""Wordings of what must have happened, or not yet, when the work is done: 待平台建成后, 汛期前, 在交房前."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.spans import Span
from corpus.task import DeadlineKind
from ingest.extract.patterns import word_pattern
from ingest.extract.times.wordings import Wording

_AWAITED = re.compile(
    r"(?<![期等接对招优])待(?![遇办业岗定])[^，,。；;：:\n\t]{3,40}?"
    rf"{word_pattern('completion')}(?:之后|以后|后)"
)
_BEFORE = r"(?:来临|到来|开始)?之?前(?![后夕期置往的])"
_WHICH = (
    r"(?:(?P<each>每年|每学期)|明年|今年|次年|本年|20[0-9]{2}[ \u3000]?年度?|春秋两季|今冬|冬季"
    r"|[春秋]季(?:学期)?|新学[期年]|[0-9]{1,2}月份?){0,2}"
)
_WHERE = r"(?:土壤|大地|江河|全市|全县|全省|本地)?"
_HOLIDAY = r"[”\"]?(?:假期|小长假|长假)?"
_SEASON = re.compile(rf"{_WHICH}{_WHERE}[“\"]?{word_pattern('seasons', place='anywhere')}{_HOLIDAY}{_BEFORE}")
_LABELLED_SEASON = re.compile(rf"{_WHICH}{_WHERE}[“\"]?{word_pattern('seasons')}{_HOLIDAY}{_BEFORE}")


_SEIZED = re.compile(r"(?:抢抓|抓住|抓紧|利用|把握|抢占)$")
_MILESTONE = re.compile(
    r"(?<=[在于])(?P<event>[^，,。；;：:（）()在于的\n\t]{0,8}?"
    rf"{word_pattern('seasons', place='labelled', stage='milestone')})之?前"
    rf"(?=[^，,。；;：:的\n\t]{{0,16}}?{word_pattern('milestone_acts')})"
)


def conditional_wordings(text: str, span: Span, labelled: bool) -> Iterator[Wording]:
    """Yield what must have happened, or not yet, when the work is done: 待平台建成后, 汛期前, 明年汛前."""
    if text.find("待", span.start, span.end) >= 0:
        for match in _AWAITED.finditer(text, span.start, span.end):
            yield Wording(Span(*match.span()), DeadlineKind.CONDITION)
    if text.find("前", span.start, span.end) < 0:
        return
    for match in _MILESTONE.finditer(text, span.start, span.end):
        yield Wording(Span(*match.span()), DeadlineKind.CONDITION)
    for match in (_LABELLED_SEASON if labelled else _SEASON).finditer(text, span.start, span.end):
        if _SEIZED.search(text, max(span.start, match.start() - 4), match.start()):
            continue
        kind = DeadlineKind.RECURRING if match["each"] else DeadlineKind.CONDITION
        yield Wording(Span(*match.span()), kind)
