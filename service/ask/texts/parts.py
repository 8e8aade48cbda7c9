"""Questions for two facts at once: 项目数量和总建筑面积各是多少, 硕士和博士各给多少."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from index.tokens import word_tokens
from service.ask.questions.question import Kind
from service.ask.result import LONGEST_ANSWER, Answer

_HOW_MUCH = "(?:多少|多大|多高|多久|多长|几)"
_ITEM = "[^，,。；;：:、？?的“”]"
_PARTS = re.compile(
    rf"^(?P<before>.*?)(?P<first>{_ITEM}{{1,12}}?)(?:、|以及|和|与|及)(?P<second>{_ITEM}{{1,16}}?)"
    rf"(?:各自?|分别)(?P<asked>[^，,。；;？?]{{0,12}}?{_HOW_MUCH}[^，,。？?]*[？?]?)$"
)
_ASKED = re.compile(
    rf"^(?P<before>[^？?]*[，,])(?P<first>[^，,。？?]*{_HOW_MUCH}[^，,。？?]*)[，,]"
    rf"(?P<second>[^，,。？?]*{_HOW_MUCH}[^，,。？?]*[？?]?)$"
)
"""Two questions behind what both are about: …活动，每套补助几万，总额度多少."""
_DEGREES = ("最高", "最低", "最多", "最少", "总")


def parts_asked(text: str) -> tuple[str, str] | None:
    """Return the two questions that one asks; None where it asks but one."""
    if found := _PARTS.match(text):
        shared = found["before"] + _shared(found["first"])
        return (
            f"{found['before']}{found['first']}{found['asked']}",
            f"{shared}{found['second']}{found['asked']}",
        )
    if (found := _ASKED.match(text)) and found["before"]:
        return f"{found['before']}{found['first']}", f"{found['before']}{found['second']}"
    return None


def _shared(first: str) -> str:
    """Return what of the first thing the second one shares, all but its last word: 项目 of 项目数量."""
    tokens = [token for token in word_tokens(first) if token.span.end == len(first)]
    start = min((token.span.start for token in tokens), default=0)
    start -= first[start - 1 : start] in tuple("一二三两")
    return "" if first[:start] in _DEGREES else first[:start]


def answered(text: str, ask: Callable[[str], Answer]) -> Answer:
    """Answer a question; one for two facts only where a document tells both."""
    parts = parts_asked(text)
    if parts is None:
        return ask(text)
    told = [ask(part) for part in parts]
    none = replace(told[0], question=text, kind=Kind.NONE, answer=None, items=(), rows=(), confidence=0.0)
    return _together(text, told) or none


def _together(text: str, told: Sequence[Answer]) -> Answer | None:
    """Return two answers as one; None where one is missing, is no number, or is of another document."""
    first, second = told
    if any(one.kind is not Kind.NUMBER or not one.answer or not one.citations for one in told):
        return None
    if first.citations[0].document_id != second.citations[0].document_id or first.answer == second.answer:
        return None
    joined = f"{first.answer}、{second.answer}"
    citations = tuple(dict.fromkeys((*first.citations[:1], *second.citations[:1])))
    confidence = min(first.confidence, second.confidence)
    return replace(
        first, question=text, answer=joined[:LONGEST_ANSWER], citations=citations, confidence=confidence
    )
