"""Responsibility by reference: the units are those that another document names, 按照《…》分工负责."""

from __future__ import annotations

import re

from corpus.spans import Span
from corpus.task import Reference

_TITLE = r"《[^《》\n]{2,80}(?:《[^《》\n]{1,60}》[^《》\n]{0,40})?》"
_REFERENCE = re.compile(
    r"(?:按照|按|依照|依据|根据|参照|对照)"
    rf"[^，,。；;：:《》（()）\n\t]{{0,12}}{_TITLE}(?:(?:、|和|及|以及|与){_TITLE}){{0,4}}"
    r"(?:（[^（）\n]{1,40}）|\([^()\n]{1,40}\))?"
    r"[^，,。；;：:《》（()）\n\t]{0,12}?(?:职责分工|责任分工|任务分工|分工方案|分工|职责)"
    r"(?:组织实施|抓好落实|负责|落实|推进|实施|执行|办理)?"
)
_EACH_TITLE = re.compile(_TITLE)


def find_references(text: str, span: Span) -> tuple[Reference, ...]:
    """Return the references within `span` in text order, one for each title named; () for none."""
    return tuple(
        Reference(match.group(), title.group()[1:-1], Span(*match.span()))
        for match in _REFERENCE.finditer(text, span.start, span.end)
        for title in _EACH_TITLE.finditer(match.group())
    )
