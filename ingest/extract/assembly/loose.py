"""Tasks in running text: sentences that name a unit and a limit or a deliverable."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from corpus.registry.tables import any_of, column
from corpus.spans import Span, trim
from corpus.task import DeadlineKind, Role
from ingest.extract.assembly.portion import Portion
from ingest.extract.assembly.reading import Reading
from ingest.extract.assembly.scope import Effect
from ingest.extract.assembly.tree import Node
from ingest.extract.clauses import sentences
from ingest.extract.responsibility.statement import Named
from ingest.extract.responsibility.subjects import Subject, find_subjects
from ingest.extract.times.deadlines import find_deadlines

_WORDS = "ingest.extract.words"
_VERB = any_of(column(_WORDS, "deliverables.tsv", "word", role="verb"))
_NOUN = any_of(column(_WORDS, "deliverables.tsv", "word", role="noun"))
_DELIVERABLE = re.compile(rf"{_VERB}[^，,。；;]{{0,40}}?(?P<noun>{_NOUN})(?!制|内|中|化|要求|事项|规定|的)")
_REPORT = re.compile(any_of(column(_WORDS, "deliverables.tsv", "word", role="report")))
_COUNTED = re.compile(
    r"(?:不(?:得)?少于|至少|不低于)[^，,。；;]{0,8}?[一二两三四五六七八九十\d]+(?:场|次|期|轮|批|篇|个|件|名)"
)
_PAST = re.compile(
    r"近年来|去年|此前|已经|已于|先后|共计|截至|截止目前|(?:出台|印发|制定|发布|建立|形成|召开|开展|完成|牵头制定|梳理|上报|提出|报送|进行|取得)了"
    r"|[\u4e00-\u9fff]{2,4}(?:说|表示|介绍|指出|强调|认为)[，,：:]|获悉|据悉|记者"
)
_TRIVIAL = re.compile(
    r"负责(?:牵头|组织|统一)?(?:政策)?(?:本.{0,12})?(?:的)?(?:具体)?(?:解释|解读)|承担.{0,8}解释|参照执行|以上[^，。]{0,8}由"
)
_CONDITIONAL = re.compile(r"^(?:对|凡|如|若|未|逾期|不得|因|为|成立|组建)")
_CONTACT = re.compile(r"[，,；;。（(]?\s*(?:联系人|联系电话|联系方式|电子邮箱|邮箱|电话)[:：]")
_HANDED_IN = re.compile(r"报送|上报|报市|报省|报县|报区|报州|前报|提交|召开|出台")
_TIME_BEFORE = re.compile(r"(?:20\d\d年)?\d{1,2}月(?:\d{1,2}日|底|末|[上中下]旬)?(?:之?前|以前)[，,]?$")
_LONGEST_TIME = 16
_NEAR = 3
"""Who watches over a task is told right after it."""
_FIXED = frozenset({DeadlineKind.DATE, DeadlineKind.PERIOD, DeadlineKind.RECURRING})
_LOOSE_LIMITS = frozenset({DeadlineKind.ONGOING, DeadlineKind.IMMEDIATE})


@dataclass(frozen=True, slots=True)
class _Turn:
    """The stretch of a sentence that one subject governs."""

    span: Span
    subject: Subject


def loose_portions(reading: Reading, node: Node, span: Span, strict: bool = False) -> list[Portion]:
    """Return the tasks among the sentences of `span`, which lies within a node's words.

    `strict` asks for a word of duty or a time right after the unit, so that what an introduction tells is
    none.

    Sentences that follow with the same units and the same deliverable, and those that only watch over what
    was required, belong to the task before. When one task fills the whole item, it carries the item's label.
    """
    found: list[Portion] = []
    addressed: tuple[Named, ...] = ()
    for sentence in sentences(reading.text, span):
        if _is_handed_in(reading, sentence):
            named = "各" in sentence.of(reading.text)  # it tells itself who, in words that are no subject
            found.append(_unnamed(reading, node, sentence, () if named else addressed))
            continue
        for turn in _turns(reading.text, sentence):
            addressed = _addressed(turn.subject) or addressed
            if strict and not _is_required(turn.subject):
                continue
            _add(reading, node, turn, found)
    if len(found) == 1 and _fills(reading, found[0], node):
        return [_whole(reading, node, found[0])]
    return found


def _is_handed_in(reading: Reading, sentence: Span) -> bool:
    """Tell whether a sentence without a unit says by when something is to be handed in or held."""
    words = sentence.of(reading.text)
    if _PAST.search(words) or not _HANDED_IN.search(words) or any(find_subjects(reading.text, sentence)):
        return False
    limits = find_deadlines(reading.text, sentence, reading.deadlines)
    return any(limit.kind in _FIXED for limit in limits)


def _addressed(subject: Subject) -> tuple[Named, ...]:
    """Return the groups that a paragraph turns to (各县区、各部门要…), who also hand in what it asks for."""
    told = (subject.duty or subject.explicit) and all(unit.group for unit in subject.units)
    return subject.units if told else ()


def _unnamed(reading: Reading, node: Node, sentence: Span, units: tuple[Named, ...]) -> Portion:
    """Return the portion of a sentence that names no unit; `units` are those of sentences before it."""
    return Portion(
        span=_without_tail(reading.text, sentence),
        found_by="limited-sentence",
        section=reading.below_run_in(node),
        subjects=units,
    )


def _is_required(subject: Subject) -> bool:
    """Tell whether the words after the units say that they must, by when, or that they watch."""
    return subject.duty or subject.timed or subject.explicit or subject.supervises


def _turns(text: str, sentence: Span) -> Iterator[_Turn]:
    """Yield the stretches of a sentence, each from its subject to the next one."""
    subjects = list(find_subjects(text, sentence))
    begins = [_with_time_before(text, sentence, subject) for subject in subjects]
    start = sentence.start if len(subjects) == 1 else begins[0] if subjects else 0
    for subject, following in zip(subjects, [*begins[1:], None], strict=False):
        end = following if following is not None else sentence.end
        semicolon = max(text.rfind(mark, subject.span.end, end) for mark in "；;")
        if following and semicolon >= 0:
            end = semicolon
        yield _Turn(_without_tail(text, Span(start, end)), subject)
        start = semicolon + 1 if following and semicolon >= 0 else end


def _with_time_before(text: str, sentence: Span, subject: Subject) -> int:
    """Return where the time begins that stands right before a subject (1月底前各县区…), else the subject."""
    before = text[max(sentence.start, subject.span.start - _LONGEST_TIME) : subject.span.start]
    time = _TIME_BEFORE.search(before)
    return subject.span.start - (len(before) - time.start() if time else 0)


def _without_tail(text: str, span: Span) -> Span:
    """Drop the comma that leads over to the next subject, and whom to call."""
    contact = _CONTACT.search(text, span.start, span.end)
    span = trim(text, Span(span.start, contact.start()) if contact else span)
    while span and text[span.end - 1] in "，,；;":
        span = Span(span.start, span.end - 1)
    return span


def _add(reading: Reading, node: Node, turn: _Turn, found: list[Portion]) -> None:
    """Add a turn as a task of its own, to the task before, or not at all."""
    before = found[-1] if found else None
    near = before is not None and turn.span.start - before.span.end <= _NEAR
    if before and near and turn.subject.supervises and not _is_definite(reading, turn):
        watching = [Named(unit.span, Role.SUPERVISE, unit.group) for unit in turn.subject.units]
        found[-1] = replace(
            before, span=Span(before.span.start, turn.span.end), subjects=(*before.subjects, *watching)
        )
    elif _is_task(reading, turn):
        if before and _continues(reading.text, before, turn):
            found[-1] = replace(before, span=Span(before.span.start, turn.span.end))
        else:
            found.append(_portion(reading, node, turn))


def _is_task(reading: Reading, turn: _Turn) -> bool:
    """Tell whether a turn requires something definite of a real unit."""
    text = reading.text
    words = turn.span.of(text)
    if _PAST.search(words) or _CONDITIONAL.match(words) or _TRIVIAL.search(words):
        return False
    if reading.default is Effect.TASK and turn.subject.explicit and _has_lead(turn.subject):
        return True
    return _is_definite(reading, turn)


def _has_lead(subject: Subject) -> bool:
    """Tell whether one of the units leads."""
    return any(unit.role is Role.LEAD for unit in subject.units)


def _is_definite(reading: Reading, turn: _Turn) -> bool:
    """Tell whether a limit, a number or a deliverable is named."""
    counted = _COUNTED.search(reading.text, turn.span.start, turn.span.end) is not None
    return counted or _has_report(reading, turn) or _is_limited(reading, turn.span)


def _has_report(reading: Reading, turn: _Turn) -> bool:
    """Tell whether something is to be drawn up or handed in."""
    rest = reading.text[turn.subject.span.end : turn.span.end]
    return _DELIVERABLE.search(rest) is not None or _REPORT.search(rest) is not None


def _is_limited(reading: Reading, span: Span) -> bool:
    """Tell whether a time limit stands in a stretch."""
    limits = find_deadlines(reading.text, span, reading.deadlines)
    return any(
        limit.kind not in _LOOSE_LIMITS and (limit.kind is not DeadlineKind.RELATIVE or limit.end is not None)
        for limit in limits
    )


def _continues(text: str, before: Portion, turn: _Turn) -> bool:
    """Tell whether a turn only goes on about what the task before it asks of the same units."""
    names = [unit.span.of(text) for unit in before.subjects]
    if names != [unit.span.of(text) for unit in turn.subject.units]:
        return False
    made = [match["noun"] for match in _DELIVERABLE.finditer(text, before.span.start, before.span.end)]
    return any(noun in turn.span.of(text) for noun in made)


def _portion(reading: Reading, node: Node, turn: _Turn) -> Portion:
    """Return the portion of one turn."""
    return Portion(
        span=turn.span,
        found_by="running-sentence",
        section=reading.below_run_in(node),
        subjects=turn.subject.units,
    )


def _fills(reading: Reading, portion: Portion, node: Node) -> bool:
    """Tell whether a task reaches from the first to the last words of an item."""
    if not node.block.number:
        return False
    whole = trim(reading.text, Span(reading.body_start(node), node.body.end))
    return portion.span.start <= whole.start + 1 and portion.span.end >= whole.end - 1


def _whole(reading: Reading, node: Node, portion: Portion) -> Portion:
    """Return the task with its item's label and run-in heading."""
    return replace(
        portion,
        span=Span(node.body.start, portion.span.end),
        label=node.block.number,
        section=reading.section(node),
    )
