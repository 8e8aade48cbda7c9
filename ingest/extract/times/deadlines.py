"""Time limits: their words, how they are worded, and the days they mean.

Five kinds of wording are looked for, each by its own search: calendar times (12月底前, 2023年6月至12月),
recurring ones (每月25日前), counted ones (印发之日起30日内), conditions (待平台建成后) and fixed phrases
(立行立改, 汛期前).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from corpus.spans import Span, trim
from corpus.task import Deadline
from ingest.extract.cover import Cover, quoted
from ingest.extract.patterns import word_pattern
from ingest.extract.times.calendar_wordings import calendar_wordings
from ingest.extract.times.conditions import conditional_wordings
from ingest.extract.times.moments import DeadlineContext
from ingest.extract.times.recurring import recurring_wordings
from ingest.extract.times.wordings import Wording, counted_wordings, phrase_wordings

__all__ = ["DeadlineContext", "find_deadlines", "parse_deadline"]

_LABEL = re.compile(rf"{word_pattern('deadline_labels')}[ \u3000]{{0,2}}[:：][ \u3000]{{0,2}}")
_VALUE_END = re.compile(r"[。；;）)〕\]】\n\t]|责任|牵头|配合")
_WHILE = re.compile(r"(?<=[日号月年底末）)])期间$")
_CELL = 24
"""The longest span that is taken for a table cell with nothing but a time in it."""


def find_deadlines(text: str, span: Span, context: DeadlineContext) -> tuple[Deadline, ...]:
    """Return the time limits within `span`, in text order; spans are absolute in `text`.

    What follows 完成时限： or the like, and a span that is nothing but a time (a table cell), is taken at its
    word; other times must read as limits. A wording that stands twice is returned once. Empty when there is
    none.
    """
    cell = _cell(text, span, context)
    if cell:
        return _deadlines(text, cell)
    values = [_value(text, match.end(), span.end) for match in _LABEL.finditer(text, span.start, span.end)]
    found = [wording for value in values for wording in _wordings(text, value, context, labelled=True)]
    taken, names = Cover(values), quoted(text, span)
    for wording in _wordings(text, span, context, labelled=False):
        if not taken.meets(wording.span) and not names.holds(wording.span):
            found.append(wording)
    return _deadlines(text, found)


def parse_deadline(words: str, offset: int, context: DeadlineContext, labelled: bool) -> tuple[Deadline, ...]:
    """Return the limits in `words`, which begin at `offset` of the document's text.

    With `labelled` the words are the value of a label or a table cell: 持续推进 and a bare 2023年11月 count.
    """
    found = _wordings(words, Span(0, len(words)), context, labelled)
    return tuple(replace(limit, span=limit.span.shift(offset)) for limit in _deadlines(words, found))


def _value(text: str, start: int, end: int) -> Span:
    """Return the value of a label that ends at `start`; a bracket that opens the value does not end it."""
    skip = 1 if text[start : start + 1] in ("(", "（") else 0
    stop = _VALUE_END.search(text, start + skip, end)
    return Span(start, stop.start() if stop else end)


def _cell(text: str, span: Span, context: DeadlineContext) -> list[Wording]:
    """Return the limits of a short span that begins with a time and is mostly times, as a table cell is."""
    words = trim(text, span)
    if not 0 < len(words) <= _CELL:
        return []
    found = _wordings(text, words, context, labelled=True)
    share = sum(len(wording.span) for wording in found) / len(words)
    enough = 0.8 if words.of(text).endswith("。") else 0.5
    return found if share > enough and found[0].span.start == words.start else []


def _wordings(text: str, span: Span, context: DeadlineContext, labelled: bool) -> list[Wording]:
    """Return the limits of all kinds within `span` without overlaps: the earliest and longest wins."""
    found = [
        *recurring_wordings(text, span, labelled),
        *counted_wordings(text, span, context, labelled),
        *conditional_wordings(text, span, labelled),
        *phrase_wordings(text, span, labelled),
        *calendar_wordings(text, span, context, labelled),
    ]
    kept: list[Wording] = []
    for wording in sorted(found, key=lambda item: (item.span.start, -item.span.end)):
        if not kept or wording.span.start >= kept[-1].span.end:
            kept.append(wording)
    return kept


def _deadlines(text: str, wordings: Iterable[Wording]) -> tuple[Deadline, ...]:
    """Return the deadlines in text order, each wording once."""
    limits: dict[tuple[str, date | None], Deadline] = {}
    for wording in sorted(wordings, key=lambda item: item.span):
        span = _without_while(text, wording.span)
        raw = span.of(text)
        limit = Deadline(raw, wording.kind, span, wording.start, wording.end, wording.loose)
        limits.setdefault((raw, wording.end), limit)
    return tuple(limits.values())


def _without_while(text: str, span: Span) -> Span:
    """Leave out the 期间 after a day: what is told is when, 自5月1日至8月31日."""
    return Span(span.start, span.start + len(_WHILE.sub("", span.of(text))))
