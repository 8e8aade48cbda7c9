"""Wordings of what comes again: 每季度, 每月25日前, 每季度结束后5个工作日内, 按月报送."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.spans import Span
from corpus.task import DeadlineKind
from ingest.extract.patterns import word_pattern
from ingest.extract.times.wordings import Wording

_GAP = r"[ \u3000]?"
_NUMBER = rf"(?:[0-9０-９]{{1,2}}|[一二三四五六七八九十]{{1,3}}){_GAP}"
_DAY = rf"{_NUMBER}[日号]"
_MONTH = rf"(?:{_NUMBER}(?:[-—－~至到]){_GAP})?{_NUMBER}月(?:份)?{_GAP}"
_QUARTER = rf"第?[一二三四1-4１-４]{_GAP}季度(?:末|底)?"
_PERIOD = (
    r"(?:半年度?|半个?月|季度|季|学期|学年|双月|月|旬|年度?|周|星期|两年|三年|两个?月"
    r"|[日天](?=[0-2]?[0-9][:：时点]|[发报通向]|上报))"
)
_PART = (
    r"(?:首月|末月|首个月|最后一个?月|第[一二三]个?月|初|底|末|[上中下]旬"
    r"|(?<=[周期])[一二三四五六日天](?![次个名条期场篇轮天批家项份]))"
)
_AFTER_END = (
    rf"(?:结束|终了)?(?:之|以)?后的?{_GAP}{_NUMBER}个?{_GAP}(?:工作日|自然日|日|天|周)(?:以内|之内|内)"
)
_FIRST_DAYS = (
    rf"(?:第?一个?月|首月|末月|初)?的?[前头首]{_GAP}{_NUMBER}个?{_GAP}(?:工作日|自然日|日|天|周)"
    "(?:以内|之内|内|前)"
)
_CLOCK = r"(?:(?:上午|下午|晚上?)?[0-2]?[0-9](?:[:：][0-5][0-9]|[时点])(?=前))"
_EACH = re.compile(
    rf"(?P<each>每个?{_PERIOD}|按季度){_GAP}(?:{_AFTER_END}|{_FIRST_DAYS}|(?:{_QUARTER})?"
    rf"(?:的(?=[首末最第0-9０-９一二三四五六七八九十]))?{_PART}?{_GAP}"
    rf"(?:{_MONTH})?(?:底|末|上旬|中旬|下旬|初)?(?:{_DAY})?"
    rf"(?:[、和](?:{_MONTH}(?:底|末|{_DAY})?|{_DAY})){{0,3}}"
    rf"(?:[-—－~至到](?:次月|下月|次年|当月)?(?:{_MONTH})?{_DAY})?"
    rf"{_CLOCK}?(?:之前|以前|前(?![期三]))?)"
)
_EVERY = re.compile(rf"(?:[按逐](?:月|季|周|旬|年度?|半年))(?={word_pattern('handed_in')})")
_NOT_EACH_AFTER = re.compile(
    rf"[0-9０-９,，.]{{1,9}}(?:万|亿)?元|[0-9]天|{word_pattern('not_recurring', place='after')}"
    r"|(?!安排|新增|争取|力争|统筹|落实|筹集)[^，,。；;：:\n\t]{0,16}?(?:最高|上限|不少于|不低于|不超过)"
    r"[^，,。；;：:\n\t]{0,3}?[0-9０-９.]{1,9}(?:万|亿)?元"
)
_NOT_EACH_BEFORE = re.compile(
    rf"(?:每[人户亩家个次台套张辆床间栋吨]|{word_pattern('not_recurring', place='before')})$"
)


def recurring_wordings(text: str, span: Span, labelled: bool) -> Iterator[Wording]:
    """Yield 每季度, 每月25日前, 按季度 in text order; not what is paid or measured by the year (每年2000元).

    With `labelled` the words are the value of a label, where nothing is asked about the words around.
    """
    if not any(text.find(sign, span.start, span.end) >= 0 for sign in "每按逐"):
        return
    for match in _EACH.finditer(text, span.start, span.end):
        after = text[match.end() : min(match.end() + 36, span.end)]
        before = text[max(span.start, match.start() - 4) : match.start()]
        if labelled or not (_NOT_EACH_AFTER.match(after) or _NOT_EACH_BEFORE.search(before)):
            yield Wording(Span(*match.span()), DeadlineKind.RECURRING)
    for match in _EVERY.finditer(text, span.start, span.end):
        yield Wording(Span(*match.span()), DeadlineKind.RECURRING)
