"""Responsibility by reference: the units are those that another document names, 按照《…》分工负责."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.spans import Span
from corpus.task import Reference

_TITLE = r"《[^《》\n]{2,80}(?:《[^《》\n]{1,60}》[^《》\n]{0,40})?》"
_BY = r"(?:按照|按(?!照)|依照|依据|根据|参照|对照|遵照)"
_TITLES = (
    rf"[^，,。；;：:《》（()）\n\t]{{0,12}}{_TITLE}(?:(?:、|和|及|以及|与){_TITLE}){{0,4}}"
    r"(?:（[^（）\n]{1,40}）|\([^()\n]{1,40}\)|〔[^〔〕\n]{1,40}〕)?"
)
_PLAN = "(?:方案|要点|清单|计划|办法|意见|规划|纲要|分工表)"
_UNTITLED = rf"(?P<untitled>(?!本)[^，,。；;：:《》（()）、\n\t各其]{{2,30}}?{_PLAN})"
_SHARES = r"(?:职责分工|责任分工|任务分工|分工方案|分工|职责|责任单位)"
_DOES = r"(?:组织实施|抓好落实|负责落实|负责|落实|推进|实施|执行|办理)?"
_REFERENCE = re.compile(
    rf"{_BY}(?:{_TITLES}[^，,。；;：:《》（()）\n\t]{{0,12}}?{_SHARES}|{_UNTITLED}(?:明确|确定|规定)?的?{_SHARES}){_DOES}"
    rf"|(?:责任单位|牵头单位|职责分工|责任分工|任务分工|分工)[^，,。；;：:《》（()）\n\t]{{0,12}}?(?:{_BY}|同|见|详见){_TITLES}"
    r"[^，,。；;：:《》（()）\n\t]{0,6}?(?:执行|确定|落实|为准|办理|要求)?"
)
_EACH_TITLE = re.compile(_TITLE)
_TRIGGER = re.compile("分工|职责|责任单位|牵头单位")


def find_references(text: str, span: Span) -> tuple[Reference, ...]:
    """Return the references within `span` in text order, one for each document named; () for none.

    A document without title marks (按照年度工作方案分工负责) is named by the words that stand for it.
    """
    if not _TRIGGER.search(text, span.start, span.end):
        return ()
    return tuple(
        Reference(match.group(), name, Span(*match.span()))
        for match in _REFERENCE.finditer(text, span.start, span.end)
        for name in _names(match)
    )


def _names(match: re.Match[str]) -> Iterator[str]:
    """Yield the titles of the documents that a reference names."""
    if match["untitled"]:
        yield match["untitled"]
    for title in _EACH_TITLE.finditer(match.group()):
        yield title.group()[1:-1]
