"""The required work of a speech: 一要…二要…, each a task, and what single units are told to do."""

from __future__ import annotations

import re

from corpus.spans import Span, trim
from ingest.extract.assembly.portion import Portion
from ingest.extract.assembly.reading import Reading
from ingest.extract.assembly.tree import Node
from ingest.extract.clauses import sentences
from ingest.extract.responsibility.subjects import Subject, find_subjects

_POINT = re.compile(r"(?<=[：:。；;！\n])\s*(?P<label>[一二三四五六七八九十]要)(?=[^求素件闻点务])")
_CLOSING = re.compile(r"(?:今天的|这次|本次)?会议(?:到此|就到这里|就开到这里)|散会|谢谢大家|我就讲这些")
_THREAT = re.compile(
    r"^对.{2,60}(?:不力|不到位|不作为|敷衍|推诿|失职|滞后|弄虚作假|走空).{0,40}(?:约谈|处理|问责|追究|通报|处分|倒逼)"
)


def speech_portions(reading: Reading, node: Node) -> list[Portion]:
    """Return the tasks of the points that a paragraph of a speech makes; none without 一要…二要…."""
    points = list(_POINT.finditer(reading.text, node.body.start, node.body.end))
    if len(points) < 2:
        return []
    ends = [*(point.start() for point in points[1:]), _end(reading, points[-1].end(), node.body.end)]
    found: list[Portion] = []
    for point, end in zip(points, ends, strict=True):
        found += _point(reading, node, point["label"], Span(point.end(), max(point.end(), end)))
    return found


def _end(reading: Reading, start: int, end: int) -> int:
    """Return where the last point ends: before the words that close the meeting."""
    closing = _CLOSING.search(reading.text, start, end)
    return closing.start() if closing else end


def _point(reading: Reading, node: Node, label: str, span: Span) -> list[Portion]:
    """Return the task of one point; a sentence that turns to another unit begins a task of its own."""
    turns: list[tuple[int, Subject | None]] = [(span.start, None)]
    for sentence in sentences(reading.text, span):
        subject = next(iter(find_subjects(reading.text, sentence)), None)
        if subject is None or not (subject.duty or subject.explicit):
            continue
        if turns[-1][1] is None:
            turns[-1] = (turns[-1][0], subject)
        elif subject.span.start == sentence.start and _differs(reading, turns[-1][1], subject):
            turns.append((sentence.start, subject))
    ends = [*(start for start, _ in turns[1:]), span.end]
    return [
        _portion(reading, node, label if index == 0 else "", Span(start, end), subject)
        for index, ((start, subject), end) in enumerate(zip(turns, ends, strict=True))
    ]


def _differs(reading: Reading, before: Subject | None, subject: Subject) -> bool:
    """Tell whether a sentence turns to single units that the point has not named yet."""
    named = {unit.span.of(reading.text) for unit in before.units} if before else set()
    return not any(unit.group or unit.span.of(reading.text) in named for unit in subject.units)


def _portion(reading: Reading, node: Node, label: str, span: Span, subject: Subject | None) -> Portion:
    """Return the portion of a point or of a turn within it."""
    return Portion(
        span=_without_threats(reading, trim(reading.text, span)),
        found_by="speech-point",
        label=label,
        section=reading.section(node),
        subjects=subject.units if subject else (),
    )


def _without_threats(reading: Reading, span: Span) -> Span:
    """Drop last sentences that only say what happens to those who fail."""
    parts = sentences(reading.text, span)
    while len(parts) > 1 and _THREAT.match(parts[-1].of(reading.text)):
        parts.pop()
    return Span(span.start, parts[-1].end) if parts else span
