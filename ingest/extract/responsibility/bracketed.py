"""Statements in brackets of any kind: （责任单位：…）, 〔…牵头，…配合〕, （6月底前完成）."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from corpus.registry.units import ends_like_place, ends_like_unit, is_group
from corpus.spans import Span, trim
from corpus.task import Role
from ingest.extract.brackets import Bracket, find_brackets
from ingest.extract.responsibility.content import read_content
from ingest.extract.responsibility.labels import STATEMENT_FIELDS, find_labels, value_end
from ingest.extract.responsibility.names import begins_with_verb, looks_like_name
from ingest.extract.responsibility.statement import Content, Conventions, Statement

_CUE = re.compile(
    r"单位|部门|牵头|负责|配合|落实|主办|承办|协办|参与|时限|时间|期限|责任|分工|领导|各[省市县区州盟旗乡镇街村]|[局委办厅部府会院心司]"
)
_GOES_ON_WITH = re.compile("并[将汇报按对向及组于]|也可")
_OFFICES = re.compile(
    r"(?:(?:^|、)[\u4e00-\u9fff]{2,18}?(?<![一二三四五六七八九十百几多好用害益长短])[处科股](?=、|$))+"
)
"""Sections of one office: 基金监管处、法规处."""
_NO_LIST = re.compile(
    r"^\s*(?:含|包括|以下|即|详见|见|不含|除|附|如|例如|指|原|现|试行|暂行|或|和|及|包含|其中|不包括|参见|仅|限"
    r"|按(?!照?[^，]{0,14}《)|约|对|由于|因)"
)
_DURATION = re.compile(
    r"(?:不超过|不多于)?(?:[\d.]+|[一二三四五六七八九十]+)个?(?:工作)?(?:日|天|小时|分钟)(?:内|以内)?(?:办结)?[。；;]?"
)
_UNIT_BEFORE = re.compile("(?:[^下][局委厅]|[政党工]办|办公室|政府|管委会)$")
_CENTRE_AGAIN = re.compile(r"中心[（(〔［\[【][^、，,；;]{2,20}中心\s*$")
_ROLE_AFTER = re.compile(r"(?:分别|共同|具体|按[^，,。；;）)]{0,10}|组织)?(?:负责|落实|实施|承办)")
_SENTENCE_END = re.compile(r"[。！？；;!?]\s*$")
_GOES_ON = re.compile(
    r"[ \u3000]*(?:[。；;.！\n\t]|$|[（(〔［\[【]|[一二三四五六七八九十]+[是、]|\d+[.．、])"
)
_STOP_AFTER = re.compile(r"[ \u3000]*[。；;.．]?")
_ONLY_TIME = re.compile(
    r"^\s*(?:力争|确保|于|在|到)?(?:[12]\d{3}年|今年|明年|本年|每年)?"
    r"(?:第?[一二三四1-4]季度|上半年|下半年|\d{1,2}月份?|年)?(?:\d{1,2}[日号]|[上中下]旬|底|末|初)?"
    r"(?:之?前|以?内|底前|末前)(?:全面|基本)?(?:完成|落实|到位|办结|实现)?\s*$"
    r"|^\s*(?:立行立改|长期坚持|持续推进|常年坚持|立即整改)(?:[，,、](?:立行立改|长期坚持|持续推进))?\s*$"
)
_NEXT_SENTENCE = re.compile(
    r"。(?!\s*(?:以[上下]|牵头|配合|责任|完成|督导|其中|各|注|[^。]{0,12}[:：]|.{0,10}$))"
)
_CLAUSE = re.compile("[。；;，,：:]")
_RUNS_ON = re.compile(
    r"(?!等|各|和|及|与|以及|按|分|共|负责|落实|实施|组织|具体|牵头|配合|参与|各自|根据|依|均|办理|执行|承办)[\u4e00-\u9fff]"
)
_ASSIGNS = re.compile("牵头|负责|配合|落实|分工|责任|主办|承办")
_UNCLOSED = "责任表述的括号不完整，请核对责任单位是否齐全"
_TITLE = 40
_LONGEST = 2000
_LONGEST_LOST = 400
"""A bracket whose end is missing holds no longer statement."""
_LABEL_WITHIN = 24
_MOST_UNCLOSED = 50
"""So many brackets without end are looked at in one paragraph; more are no writing but damage."""


def bracket_statements(text: str, span: Span, conventions: Conventions) -> Iterator[Statement]:
    """Yield the statements in brackets within `span`, a paragraph or heading, in text order."""
    limit, unclosed = span.start, 0
    for found in find_brackets(text, span):
        unclosed += not found.closed and found.span.start >= limit
        if found.span.start < limit or (not found.closed and unclosed > _MOST_UNCLOSED):
            continue
        bracket = _readable(text, found)
        statement = _statement(text, bracket, span, conventions) if bracket is not None else None
        if statement is not None and bracket is not None:
            limit = bracket.span.end
            yield statement


def _statement(text: str, bracket: Bracket, within: Span, conventions: Conventions) -> Statement | None:
    """Return the statement that a bracket holds, None for other brackets."""
    cue = _CUE.search(text, bracket.inner.start, bracket.inner.end)
    if cue or _names_offices(text, bracket, within):
        content = _content(text, bracket, within, conventions)
        if content is not None:
            if not bracket.closed:
                content = replace(content, doubts=(*content.doubts, _UNCLOSED))
            return Statement(_with_stop(text, bracket.span, within), content, "bracket")
    if _is_time(text, bracket, within):
        return _time_statement(text, bracket, within)
    return None


def _names_offices(text: str, bracket: Bracket, within: Span) -> bool:
    """Tell whether a bracket after a sentence holds sections of an office and nothing else: 。（法规处）."""
    before = text[max(within.start, bracket.span.start - 4) : bracket.span.start]
    return bool(_SENTENCE_END.search(before)) and _OFFICES.fullmatch(bracket.inner.of(text)) is not None


def _readable(text: str, bracket: Bracket) -> Bracket | None:
    """Return a bracket with the end that it ought to have, None for one too long or without end and label.

    A bracket within it that was never closed makes it swallow the next paragraphs.
    """
    short = len(bracket.inner) <= _LONGEST
    if bracket.closed and len(bracket.inner) <= _TITLE:
        return bracket
    if not _begins_with_label(text, bracket.inner):
        return (bracket if short else None) if bracket.closed else _without_end(text, bracket)
    inner = Span(bracket.inner.start, min(bracket.inner.end, bracket.inner.start + _LONGEST))
    end = _proper_end(text, inner)
    if end == bracket.inner.end:
        return bracket
    return Bracket(Span(bracket.span.start, end), Span(inner.start, end), closed=False)


def _without_end(text: str, bracket: Bracket) -> Bracket | None:
    """Return a bracket that was never closed with the end it may have had; None where it is no statement.

    It ends before a paragraph number, a new sentence, or with the paragraph.
    """
    start = bracket.inner.start
    end = value_end(text, Span(start, start), min(bracket.inner.end, start + _LONGEST))
    sentence = _NEXT_SENTENCE.search(text, start, end)
    inner = trim(text, Span(start, sentence.start() if sentence else end))
    before = text[max(0, bracket.span.start - 2) : bracket.span.start]
    strong = _ASSIGNS.search(text, inner.start, inner.end) is not None
    if len(inner) > _LONGEST_LOST or not (strong or _SENTENCE_END.search(before)):
        return None
    return Bracket(Span(bracket.span.start, inner.end), inner, closed=False)


def _begins_with_label(text: str, inner: Span) -> bool:
    """Tell whether the first words in a bracket are a label."""
    labels = find_labels(text, Span(inner.start, min(inner.end, inner.start + _LABEL_WITHIN)))
    return bool(labels) and labels[0][1].start <= inner.start + 1


def _proper_end(text: str, inner: Span) -> int:
    """Return where a labelled statement ends: before a paragraph number or a new sentence in the bracket."""
    labels = find_labels(text, inner)
    ends = [*(label.start for _, label in labels[1:]), inner.end]
    cuts = [value_end(text, label, end) for (_, label), end in zip(labels, ends, strict=True)]
    end = next((cut for cut, end in zip(cuts, ends, strict=True) if cut < end), inner.end)
    sentence = _NEXT_SENTENCE.search(text, inner.start, end)
    if sentence is None:
        return end
    closing = max(text.rfind(mark, inner.start, sentence.start()) for mark in "）)〕]】")
    return closing if closing >= 0 else sentence.start()


def _content(text: str, bracket: Bracket, within: Span, conventions: Conventions) -> Content | None:
    """Return what a bracket says when it is a closing statement, else None."""
    labelled = any(kind in STATEMENT_FIELDS for kind, _ in find_labels(text, bracket.inner))
    if not labelled and (_NO_LIST.match(bracket.inner.of(text)) or not _closes(text, bracket, within)):
        return None
    if not labelled and _names_again(text, bracket):
        return None
    position = bracket.span.start
    content = read_content(text, bracket.inner, conventions.at(position))
    if (
        content.empty
        or _is_standard(text, content)
        or not (labelled or content.references or _plausible(text, content))
    ):
        return None
    return _without_clauses(text, content)


def _without_clauses(text: str, content: Content) -> Content:
    """Leave out what is no unit of a list that holds others: what they do (结合业务, 并汇总报市公开办)."""
    kept = tuple(unit for unit in content.units if not _is_clause(unit.span.of(text)))
    return replace(content, units=kept) if kept else content


def _is_clause(name: str) -> bool:
    """Tell whether a member of a list begins with a verb and does not end like a unit, or goes on with 并."""
    named = ends_like_unit(name) or name.startswith(("其他", "其余"))
    return _GOES_ON_WITH.match(name) is not None or (begins_with_verb(name) and not named)


def _names_again(text: str, bracket: Bracket) -> bool:
    """Tell whether a bracket gives the unit before it another name: 报送市住建局（市工改办）."""
    before = _UNIT_BEFORE.search(text, max(0, bracket.span.start - 6), bracket.span.start)
    again = before or _CENTRE_AGAIN.match(text, max(0, bracket.span.start - 2), bracket.inner.end)
    return again is not None and not _ASSIGNS.search(text, bracket.inner.start, bracket.inner.end)


def _is_standard(text: str, content: Content) -> bool:
    """Tell whether a bracket only says how long a service takes: （办结时限为10个工作日）."""
    if content.units or content.persons or content.references or content.everywhere or not content.deadlines:
        return False
    return all(_DURATION.fullmatch(limit.of(text).strip()) for limit in content.deadlines)


def _closes(text: str, bracket: Bracket, within: Span) -> bool:
    """Tell whether a bracket stands where a statement can: after a sentence or at the end of its own."""
    before = text[max(within.start, bracket.span.start - 4) : bracket.span.start]
    titled = within.start < bracket.span.start <= within.start + _TITLE
    titled = titled and not _CLAUSE.search(text, within.start, bracket.span.start)
    if titled and _ASSIGNS.search(text, bracket.inner.start, bracket.inner.end):
        return True
    return bool(_SENTENCE_END.search(before)) or bool(_GOES_ON.match(text, bracket.span.end, within.end))


def _plausible(text: str, content: Content) -> bool:
    """Tell whether units without a label are units indeed, and no remark on the words before."""
    names = [unit.span.of(text) for unit in (*content.units, *content.everywhere)]
    if not names or any(len(name) > 60 for name in names):
        return False
    if 2 * sum(map(looks_like_name, names)) <= len(names):
        return False
    if any(unit.role is not Role.RESPONSIBLE for unit in content.units):
        return any(map(ends_like_unit, names))
    if any(_RUNS_ON.match(text, unit.span.end) for unit in content.units):
        return False
    good = [name for name in names if ends_like_unit(name)]
    real = [name for name in good if is_group(name) or not ends_like_place(name)]
    told = any(_ROLE_AFTER.match(text, unit.span.end) for unit in content.units)
    return bool(real or told) and 2 * len(good) > len(names)


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
