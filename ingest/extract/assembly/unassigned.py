"""Tasks without a closing statement: required work of sections that count, stages, and running sentences."""

from __future__ import annotations

import re
from dataclasses import replace

from corpus.spans import Span, trim
from corpus.task import DeadlineKind
from ingest.extract.assembly.loose import loose_portions
from ingest.extract.assembly.portion import Portion
from ingest.extract.assembly.reading import Reading
from ingest.extract.assembly.scope import Effect
from ingest.extract.assembly.speech import speech_portions
from ingest.extract.assembly.stages import stage_portions
from ingest.extract.assembly.tree import Node
from ingest.extract.clauses import sentences
from ingest.extract.responsibility.statement import Named
from ingest.extract.responsibility.subjects import Subject, find_subjects, units_alone
from ingest.extract.times.deadlines import find_deadlines

_MATTER = re.compile(r"[\u4e00-\u9fff]")
_VALIDITY = re.compile(r"(?:起|日)(?:正式)?(?:施行|实施|执行)|负责解释|解释权")
_LONGEST_VALIDITY = 120
_SHORTEST = 12
"""Fewer characters are a heading, not required work."""
_HEAD = re.compile(r"[^，,；;。：:\s]{3,60}[:：](?=.)")


def unassigned_item(reading: Reading, node: Node, nodes: list[Node]) -> list[Portion]:
    """Return the tasks of an item that no statement closes; `nodes` are the item and its paragraphs."""
    if (len(nodes) == 1 and not node.block.number) or reading.tells_no_work(node):
        return []
    effect = reading.effect(node)
    span = _words(reading, nodes)
    if _VALIDITY.search(span.of(reading.text)) and len(span) < _LONGEST_VALIDITY:
        return []
    turns = _turns_of_units(reading, node, span) if effect is Effect.TASK and reading.tells else []
    if len(turns) > 1:
        return turns
    if effect is Effect.TASK:
        return (
            [_required(reading, node, span)]
            if len(_MATTER.findall(span.of(reading.text))) >= _SHORTEST
            else []
        )
    if effect is Effect.STAGE and _has_period(reading, span):
        return stage_portions(reading, node, span)
    if effect in (Effect.DELIVERABLE, Effect.STAGE):
        return loose_portions(reading, node, Span(reading.body_start(node), span.end))
    return []


def unassigned_paragraphs(reading: Reading, nodes: list[Node]) -> list[Portion]:
    """Return the tasks among the sentences of paragraphs that no statement closes."""
    found: list[Portion] = []
    for node in nodes:
        effect = reading.effect(node)
        points = speech_portions(reading, node) if reading.speech else []
        if points:
            found += points
        elif effect in (Effect.TASK, Effect.DELIVERABLE, Effect.STAGE):
            found += loose_portions(reading, node, node.body, strict=node.block.parent is None)
    return found


def closing_words(reading: Reading, nodes: list[Node]) -> list[Portion]:
    """Return the tasks among the sentences after the last statement of an item; most items end with it.

    What closes a plan (…情况于12月1日前报市政府) stands there where a converter lost the line before it. It
    belongs to no item, so that it takes no run-in heading.
    """
    closed = [node for node in nodes if node.statements]
    if not closed or closed[-1].end != nodes[-1].end:
        return []
    node, end = closed[-1], closed[-1].statements[-1].span.end
    rest = trim(reading.text, Span(end, max(end, node.body.end)))
    found = loose_portions(reading, node, rest, strict=True)
    return [replace(portion, section=reading.section(node)) for portion in found]


def _words(reading: Reading, nodes: list[Node]) -> Span:
    """Return an item's words to the end of its last paragraph."""
    return trim(reading.text, Span(nodes[0].body.start, nodes[-1].body.end))


def _required(reading: Reading, node: Node, span: Span) -> Portion:
    """Return the task of an item of required work, with the units that its sentences make responsible."""
    return Portion(
        span=span,
        found_by="required-work",
        label=node.block.number,
        section=reading.section(node),
        subjects=headed_units(reading.text, span) or obliged_units(reading, reading.body_start(node), span),
    )


def headed_units(text: str, span: Span) -> tuple[Named, ...]:
    """Return the units that head an item of duties: 1.市水利局：负责河道管护; () where no unit does."""
    head = _HEAD.match(text, span.start, span.end)
    return units_alone(text, Span(head.start(), head.end() - 1)) or () if head else ()


def _has_period(reading: Reading, span: Span) -> bool:
    """Tell whether a time limit stands in a stage's words."""
    limits = find_deadlines(reading.text, span, reading.deadlines)
    return any(limit.kind in (DeadlineKind.DATE, DeadlineKind.PERIOD) for limit in limits)


def _turns_of_units(reading: Reading, node: Node, span: Span) -> list[Portion]:
    """Return a task for each single unit that a point of a speech or report turns to: A要…；B要…."""
    starts: list[tuple[int, Subject]] = []
    begin = max(span.start, reading.body_start(node))
    for sentence in sentences(reading.text, Span(begin, max(begin, span.end))):
        for clause in _halves(reading.text, sentence):
            subject = next(iter(find_subjects(reading.text, clause)), None)
            if subject and (subject.duty or subject.explicit) and subject.span.start == clause.start:
                starts.append((clause.start, subject))
    ends = [*(start for start, _ in starts[1:]), span.end][: len(starts)]
    return [
        Portion(
            span=trim(reading.text, Span(span.start if index == 0 else start, end)),
            found_by="required-turn",
            label=node.block.number if index == 0 else "",
            section=reading.section(node) if index == 0 else reading.below_run_in(node),
            subjects=subject.units,
        )
        for index, ((start, subject), end) in enumerate(zip(starts, ends, strict=True))
    ]


def _halves(text: str, sentence: Span) -> list[Span]:
    """Return the parts of a sentence between semicolons."""
    cuts = [match.end() for match in re.finditer("[；;]", sentence.of(text))]
    starts = [0, *cuts]
    return [
        Span(sentence.start + start, sentence.start + end)
        for start, end in zip(starts, [*cuts, len(sentence)], strict=True)
        if end > start
    ]


def obliged_units(reading: Reading, start: int, span: Span) -> tuple[Named, ...]:
    """Return the units of the first sentence of `span`, from `start` on, that says who must; often none."""
    start = max(start, span.start)
    for sentence in sentences(reading.text, Span(start, max(start, span.end))):
        for subject in find_subjects(reading.text, sentence):
            if _obliges(sentence, subject):
                return subject.units
    return ()


def _obliges(sentence: Span, subject: Subject) -> bool:
    """Tell whether a subject must do what the sentence says, and is not merely told about."""
    return subject.explicit or subject.duty or subject.timed or subject.span.start == sentence.start
