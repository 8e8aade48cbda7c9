"""Numeric targets: 不少于8场, 93%以上, 151.52万亩, and the placeholders xx of a template.

A quantity is a target when it is what the text wants to be reached. Names (15分钟服务圈), conditions
(5亿元以上企业), rates of support (给予20万元补助), starting points (由30个工作日压缩至…) and limits counted
from an event are not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.spans import Span
from corpus.task import Indicator
from ingest.extract.cover import Cover, quoted
from ingest.extract.figures.quantities import find_quantities
from ingest.extract.figures.targets import is_target
from ingest.extract.times.durations import find_durations

_PROBLEM = re.compile(r"问题[:：]")
_PROBLEM_END = re.compile(r"\n|(?:目标|措施)[:：]")


def find_indicators(text: str, span: Span) -> tuple[Indicator, ...]:
    """Return the numeric targets within `span`, in text order; empty when there is none.

    The description of a problem (问题：…) holds no targets.
    """
    limits = Cover(item.event for item in find_durations(text, span) if item.event)
    problems = Cover(_problems(text, span))
    names = quoted(text, span)
    return tuple(
        Indicator(item.span.of(text), item.span, item.value, item.unit, item.op, item.max)
        for item in find_quantities(text, span)
        if not (limits.meets(item.span) or problems.meets(item.span) or names.holds(item.span))
        and is_target(text, item, span)
    )


def _problems(text: str, span: Span) -> Iterator[Span]:
    """Yield the descriptions of problems: from 问题： to the end of the line, or to its goal or measures."""
    position = span.start
    while label := _PROBLEM.search(text, position, span.end):
        stop = _PROBLEM_END.search(text, label.end(), span.end)
        position = stop.start() if stop else span.end
        yield Span(label.start(), position)
