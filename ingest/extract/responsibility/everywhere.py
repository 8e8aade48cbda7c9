"""Clauses for the whole document: 以下任务均需各县区落实，不再列出 · 各县区为各项任务的责任单位，不再列出."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.spans import Span, trim
from corpus.task import Role
from ingest.extract.responsibility.phrases import read_phrases
from ingest.extract.responsibility.statement import Named

_NOUN = r"(?:重点|主要|工作|改革|整改|任务|事项|措施|项目|内容|条款|政策|举措|条目|要点)"
_ALL = (
    r"(?:本(?:方案|要点|清单|计划|措施|意见|通知)|文中|表中)?的?"
    rf"(?:(?:以[上下]|下列|上述|前述|下文|各项|所有|全部|各条){{1,2}}的?{_NOUN}{{0,4}}"
    rf"|{_NOUN}{{0,3}}(?=责任单位|责任部门|配合单位|牵头单位))"
    r"(?:的|中)?(?P<label>责任单位|责任部门|配合单位|牵头单位)?中?"
)
_LETTER = r"(?:[^。；;，,、：:\n（(）)〔〕]|[（(〔][^（()）〔〕]{1,20}[）)〕])"
_START = r"(?<![^\n。；;，,、（(〔［\[【：:])\s*(?:(?:备?注|说明)[:：]\s*)?"
_NO_MORE = (
    r"[，,；;。]?\s*(?:以下|文中|下文)?(?:均|都)?不(?:再|一一|逐一|逐项|另|单独|重复)[^，,。；;）)〕]{0,12}"
)
_SAME = r"[，,；;]\s*(?:以)?下同"
_ARE_ALL = r"[，,；;](?=[^，,；;。]{2,40}(?:均|都)[为是])"
_HOW = rf"(?:[，,]?(?:均|都|还)?(?:由|需要?|须|应由?|包含|包括|涉及|要求|含|为)|{_ARE_ALL})"
_SUBJECT_FIRST = re.compile(rf"{_START}{_ALL}{_HOW}(?P<units>[^。]{{2,160}}?)(?:{_NO_MORE}|{_SAME})")
_PLAIN = re.compile(
    rf"{_START}{_ALL}[，,]?(?:均|都)(?:由|需要?|须|应由?)(?P<units>(?:{_LETTER}|[，,、]){{2,120}}?)"
    r"(?:负责|落实|配合|实施|执行|牵头)(?!解释|解读|[\u4e00-\u9fff])"
)
_ALL_AGAIN = _ALL.replace("?P<label>", "?:")
_TITLE = rf"(?:为|是){_ALL}的?(?:共同)?(?P<title>责任|落实|配合|实施|牵头)?(?:单位|部门|主体)?"
_DOES = rf"(?:负责|承担)(?:落实|实施|推进)?{_ALL_AGAIN}"
_OWES = rf"(?:对|就){_ALL_AGAIN}(?:均|都)?(?:负有?|承担)[^，,。；;]{{0,8}}责任?"
_UNITS_FIRST = re.compile(
    rf"{_START}(?P<units>(?:{_LETTER}|、){{2,60}}?)(?:均|都)?(?:{_TITLE}|{_DOES}|{_OWES})的?{_NO_MORE}"
)
_TRIGGER = re.compile(r"不(?:再|一一|逐一|逐项|另|单独|重复)|下同|(?:均|都)(?:由|需|须|应)")
_TITLES = {"配合": Role.COOPERATE, "牵头": Role.LEAD}
_LABELS = {"配合单位": Role.COOPERATE, "牵头单位": Role.LEAD}


@dataclass(frozen=True, slots=True)
class EverywhereClause:
    """A clause that gives units to all tasks after it, or before it."""

    before: Span
    """What stands before it in the stretch that was searched."""
    span: Span
    units: tuple[Named, ...]


def find_everywhere(text: str, span: Span) -> EverywhereClause | None:
    """Return the clause for the whole document within `span`, None where there is none."""
    if not _TRIGGER.search(text, span.start, span.end):
        return None
    for pattern in (_SUBJECT_FIRST, _UNITS_FIRST, _PLAIN):
        match = pattern.search(text, span.start, span.end)
        units = _units(text, match) if match else ()
        if match and units:
            return EverywhereClause(Span(span.start, match.start()), Span(*match.span()), units)
    return None


def _units(text: str, match: re.Match[str]) -> tuple[Named, ...]:
    """Return the units that a clause names, in the role that it gives them."""
    groups = match.groupdict()
    role = _TITLES.get(groups.get("title") or "") or _LABELS.get(groups["label"] or "")
    end = match.end() if match.re is _PLAIN else match.end("units")
    named = read_phrases(text, trim(text, Span(match.start("units"), end)))
    return tuple(Named(unit.span, role or unit.role, unit.group) for unit in named)
