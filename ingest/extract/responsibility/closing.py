"""Finds the statements that close a sentence, a paragraph or a heading.

Each rule is a function that yields statements; `find_closing` runs them in order and drops what overlaps.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from corpus.registry.units import ends_like_place, ends_like_unit, is_group
from corpus.spans import Span, trim
from corpus.task import Role
from ingest.extract.brackets import Bracket, find_brackets
from ingest.extract.responsibility.content import read_content
from ingest.extract.responsibility.labels import STATEMENT_FIELDS, FieldKind, find_labels, value_end
from ingest.extract.responsibility.names import looks_like_name
from ingest.extract.responsibility.sentence import sentence_statements
from ingest.extract.responsibility.statement import Content, Statement

_CUE = re.compile(
    r"单位|部门|牵头|负责|配合|落实|主办|承办|协办|参与|时限|时间|期限|责任|分工|领导|[局委办厅部府会院心司]"
)
_NO_LIST = re.compile(
    r"^\s*(?:含|包括|以下|即|详见|见|不含|除|附|如|例如|指|原|现|试行|暂行|或|和|及|包含|其中|不包括|参见|仅|限|按(?!照?[^，]{0,14}《)|约|对|由于|因)"
)
_SENTENCE_END = re.compile(r"[。！？；;!?]\s*$")
_GOES_ON = re.compile(
    r"[ \u3000]*(?:[。；;.！\n\t]|$|[（(〔［\[【]|[一二三四五六七八九十]+[是、]|\d+[.．、])"
)
_STOP_AFTER = re.compile(r"[ \u3000]*[。；;.．]?")
_ONLY_TIME = re.compile(
    r"^\s*(?:力争|确保|于|在|到)?(?:[12]\d{3}年|今年|明年|本年|每年)?(?:第?[一二三四1-4]季度|上半年|下半年|\d{1,2}月份?|年)?(?:\d{1,2}[日号]|[上中下]旬|底|末|初)?"
    r"(?:之?前|以?内|底前|末前)(?:全面|基本)?(?:完成|落实|到位|办结|实现)?\s*$|^\s*(?:立行立改|长期坚持|持续推进|常年坚持|立即整改)(?:[，,、](?:立行立改|长期坚持|持续推进))?\s*$"
)
_TIME_SENTENCE = re.compile(
    r"^[（(]?[^，,。；;]{2,24}(?:前|底|末|内|月份?)(?:全面|基本|全部)?(?:完成|落实|到位|办结)?[）)]?[。；;]?$"
)
_NEXT_SENTENCE = re.compile(
    r"。(?!\s*(?:以[上下]|牵头|配合|责任|完成|督导|其中|各|注|[^。]{0,12}[:：]|.{0,10}$))"
)
_CLAUSE = re.compile("[。；;，,：:]")
_LONG = 40
_FIELD_END = re.compile(r"[。\n]")


@dataclass(frozen=True, slots=True)
class Conventions:
    """What a document says about its own statements."""

    stars: Role | None = None
    """The role of units marked ★ or *."""
    first_leads_from: int | None = None
    """From this position on the unit named first leads; None when the document says nothing of it."""

    def first_leads(self, position: int) -> bool:
        """Tell whether the unit named first leads in a statement at `position`."""
        return self.first_leads_from is not None and position >= self.first_leads_from


def find_closing(text: str, span: Span, conventions: Conventions) -> tuple[Statement, ...]:
    """Return the closing statements within `span`, a paragraph or heading, in text order.

    Closing sentences count only where no bracket and no label closes the paragraph: those govern it whole.
    """
    found = list(_bracket_statements(text, span, conventions))
    found += _label_statements(text, span, [statement.span for statement in found], conventions)
    found = _without_overlap(found)
    end = found[-1].span.end if found else span.start
    rest = trim(text, Span(end, span.end))
    if found and rest and _TIME_SENTENCE.match(rest.of(text)):
        last = found.pop()
        content = replace(last.content, deadlines=(*last.content.deadlines, rest))
        return (*found, replace(last, span=Span(last.span.start, rest.end), content=content))
    if rest:
        found += sentence_statements(text, Span(end, span.end))
    return tuple(found)


def _without_overlap(found: list[Statement]) -> list[Statement]:
    """Return the statements in text order; of two that share words the earlier is kept."""
    kept: list[Statement] = []
    for statement in sorted(found, key=lambda item: item.span):
        if not kept or statement.span.start >= kept[-1].span.end:
            kept.append(statement)
    return kept


def _bracket_statements(text: str, span: Span, conventions: Conventions) -> Iterator[Statement]:
    """Yield statements in brackets of any kind: （责任单位：…）, 〔…牵头，…配合〕."""
    limit = span.start
    for bracket in map(lambda found: _mended(text, found), find_brackets(text, span)):
        if bracket.span.start < limit or not _CUE.search(text, bracket.inner.start, bracket.inner.end):
            if bracket.span.start >= limit and _is_time(text, bracket, span):
                limit = bracket.span.end
                yield _time_statement(text, bracket, span)
            continue
        content = _bracket_content(text, bracket, span, conventions)
        if content is not None:
            limit = bracket.span.end
            yield Statement(_with_stop(text, bracket.span, span), content, "bracket")


def _mended(text: str, bracket: Bracket) -> Bracket:
    """Cut a bracket that swallowed the next paragraph because one bracket within it was never closed."""
    labels = find_labels(text, bracket.inner) if len(bracket.inner) > _LONG else []
    if not labels or labels[0][1].start > bracket.inner.start + 1:
        return bracket
    ends = [*(label.start for _, label in labels[1:]), bracket.inner.end]
    cuts = [value_end(text, label, end) for (_, label), end in zip(labels, ends, strict=True)]
    end = next((cut for cut, end in zip(cuts, ends, strict=True) if cut < end), bracket.inner.end)
    sentence = _NEXT_SENTENCE.search(text, bracket.inner.start, end)
    if sentence:
        closing = max(text.rfind(mark, bracket.inner.start, sentence.start()) for mark in "）)〕]】")
        end = closing if closing >= 0 else sentence.start()
    if end >= bracket.inner.end:
        return bracket
    return Bracket(Span(bracket.span.start, end), Span(bracket.inner.start, end), closed=False)


def _bracket_content(text: str, bracket: Bracket, within: Span, conventions: Conventions) -> Content | None:
    """Return what a bracket says when it is a closing statement, else None."""
    labels = find_labels(text, bracket.inner)
    labelled = any(kind in STATEMENT_FIELDS for kind, _ in labels)
    if not bracket.closed and not (labels and labels[0][1].start <= bracket.inner.start + 1):
        return None
    if not labelled and (_NO_LIST.match(bracket.inner.of(text)) or not _closes(text, bracket, within)):
        return None
    position = bracket.span.start
    content = read_content(text, bracket.inner, conventions.stars, conventions.first_leads(position))
    if content.empty or not (labelled or content.references or _plausible(text, bracket, within, content)):
        return None
    return content


def _closes(text: str, bracket: Bracket, within: Span) -> bool:
    """Tell whether a bracket stands where a statement can: after a sentence or at the end of its own."""
    before = text[max(within.start, bracket.span.start - 4) : bracket.span.start]
    if bracket.span.start - within.start <= _LONG and not _CLAUSE.search(
        text, within.start, bracket.span.start
    ):
        return bracket.span.start > within.start
    return bool(_SENTENCE_END.search(before)) or bool(_GOES_ON.match(text, bracket.span.end, within.end))


def _plausible(text: str, bracket: Bracket, within: Span, content: Content) -> bool:
    """Tell whether units without a label are units indeed, and no remark on the words before."""
    names = [unit.span.of(text) for unit in (*content.units, *content.everywhere)]
    if not names or any(len(name) > 60 for name in names):
        return False
    if 2 * sum(map(looks_like_name, names)) <= len(names):
        return False
    if any(unit.role is not Role.RESPONSIBLE for unit in content.units):
        return True
    good = [name for name in names if ends_like_unit(name)]
    real = [name for name in good if is_group(name) or not ends_like_place(name)]
    return bool(real) and 2 * len(good) > len(names)


def _is_time(text: str, bracket: Bracket, within: Span) -> bool:
    """Tell whether a bracket that closes a sentence holds nothing but a time limit."""
    if not bracket.closed or len(bracket.inner) > 30 or not _ONLY_TIME.match(bracket.inner.of(text)):
        return False
    return (
        _SENTENCE_END.search(text[max(within.start, bracket.span.start - 2) : bracket.span.start]) is not None
    )


def _time_statement(text: str, bracket: Bracket, within: Span) -> Statement:
    """Return the statement of a bracket such as （6月底前完成）."""
    return Statement(
        _with_stop(text, bracket.span, within), Content(deadlines=(bracket.inner,)), "bracket-time"
    )


def _with_stop(text: str, span: Span, within: Span) -> Span:
    """Return `span` with the full stop after it."""
    match = _STOP_AFTER.match(text, span.end, within.end)
    return Span(span.start, match.end() if match else span.end)


def _label_statements(
    text: str, span: Span, taken: list[Span], conventions: Conventions
) -> Iterator[Statement]:
    """Yield runs of labelled fields outside brackets: 牵头单位：…责任单位：…完成时限：…."""
    covered = _covering(text, span, taken)
    limit = span.start
    labels = [
        (kind, label)
        for kind, label in find_labels(text, span)
        if not any(cover.contains(label) for cover in covered)
    ]
    for index, (kind, label) in enumerate(labels):
        if kind not in STATEMENT_FIELDS or label.start < limit:
            continue
        limit = _run_end(text, labels[index:], span.end)
        run = Span(label.start, limit)
        content = read_content(text, run, conventions.stars, conventions.first_leads(run.start))
        if not content.empty:
            yield Statement(run, content, "labels")


def _covering(text: str, span: Span, taken: list[Span]) -> list[Span]:
    """Return the brackets whose labels are their own: those already read and all others that are closed."""
    closed = [
        bracket.span for bracket in find_brackets(text, span) if bracket.closed and len(bracket.span) < 300
    ]
    outer: list[Span] = []
    for cover in sorted([*taken, *closed]):
        if not outer or cover.start >= outer[-1].end:
            outer.append(cover)
    return outer


def _run_end(text: str, labels: list[tuple[FieldKind, Span]], end: int) -> int:
    """Return where a run of fields ends: at a label of another kind or a full stop without label after."""
    for (_, label), following in zip(labels, [*labels[1:], None], strict=True):
        upto = following[1].start if following else end
        if following and following[0] not in STATEMENT_FIELDS:
            return upto
        cut = value_end(text, label, upto)
        if cut < upto:
            return cut
        stop = _FIELD_END.search(text, label.end, upto)
        if stop and trim(text, Span(stop.end(), upto)):
            return stop.end()
    return end
