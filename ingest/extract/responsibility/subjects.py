"""Units that a running sentence makes responsible: 各县区要于9月底前报送…, 由A牵头，B配合，…, A会同B开展…."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from corpus.registry.tables import any_of, column
from corpus.registry.units import ends_like_place, ends_like_unit
from corpus.spans import Span
from corpus.task import Role
from ingest.extract.brackets import outside
from ingest.extract.responsibility.names import TOO_GENERAL, all_real_units
from ingest.extract.responsibility.phrases import read_phrases
from ingest.extract.responsibility.roles import NAME_GOES_ON, find_role_words
from ingest.extract.responsibility.statement import Named
from ingest.extract.units import split_units

_WORDS = "ingest.extract.words"
_PREDICATES = column(_WORDS, "predicates.tsv", "word")
_STARTS = "".join(sorted({word[0] for word in _PREDICATES}))
_PREDICATE = re.compile(
    rf"(?=[\d{_STARTS}])"  # asked first, it saves trying every word at every letter
    rf"(?:\d{{1,4}}[年月]|{any_of(_PREDICATES)}(?<!主要)(?!同志|人[，,、要是员为])"
    r"(?<!负责(?=人[^工口才民力大防居社事群类身文行]))"  # a 负责人 is a person; 人工 is the next word
    r")"
)
_OPENING = re.compile(
    r"(?:其中|同时|此外|另外|并且|对此|为此|今后|下一步|目前|当前|原则上|要求|请|今天会后|会后|今天会议后|会议结束后"
    r"|(?:20\d\d年)?\d{1,2}月(?:\d{1,2}日|底|末|[上中下]旬)?(?:之?前|以前)(?=各)"
    r"|[一二三四五六七八九十]是|第[一二三四五六七八九十]|（\d+）|\d+[.．、])*[，,：:]?\s*"
)
_BY = re.compile(r"由(?!于|此|来|衷)")
_LONGEST = 110
_SEPARATORS = re.compile(r"[\s、，,和及与以由]")
_OTHERS = 8
"""So many characters of a list may belong to no name: 等有关部门."""
_DUTIES = frozenset(column(_WORDS, "predicates.tsv", "word", kind="duty"))
_TIMES = frozenset(column(_WORDS, "predicates.tsv", "word", kind="time"))
_WILL = re.compile("将(?!.{0,30}(?:于|报送|上报|纳入))")
_MUST_TOGETHER = re.compile("(?:要|应当?|须|需)(?:切实|积极|主动)?(?P<how>会同|牵头)")
_CLAUSE_END = re.compile("[，,；;。]")
_SUPERVISES = re.compile(
    r"(?:开展|加强|进行|实施|强化|组织)[^，,。；;]{0,14}(?:督导|督查|监督检查|督促检查|督办|督察|跟踪问效)|^(?:适时|定期|不定期)?(?:督导|督查|督办|督促)"
)
_BODY_NAME = re.compile(
    r"[\u4e00-\u9fff“”]{4,30}?(?:领导小组办公室|指挥部办公室|委员会办公室|办公室|领导小组|指挥部|专班|委员会|联席会议)"
)
_GOES_ON = re.compile("所[在需得属辖列示持用涉]|时[向对按]")
"""The last letter belongs to the next word: 企业所在地 names no 企业所."""
_AND_OTHERS = re.compile("(?<=[局委办厅部府会院行])等(?:职能)?(?:部门|单位|机构)$")
"""Tells that there are more besides the units before it."""
_VAGUE = re.compile(r"(?:有关|相关)(?:部门|单位|方面|地区|企业|机构)")


@dataclass(frozen=True, slots=True)
class Subject:
    """The units that a clause makes responsible, with the clause's place."""

    span: Span
    """From the first unit, or 由, to the end of the last role word or unit."""
    units: tuple[Named, ...]
    explicit: bool = False
    """True when a role word or 由 says so, not the mere grammar of the sentence."""
    duty: bool = False
    """True when a word such as 要 or 应当 follows."""
    timed: bool = False
    """True when a time follows: 于9月底前, 每月."""
    supervises: bool = False
    """True when what they do is to watch over others."""


def find_subjects(text: str, span: Span) -> Iterator[Subject]:
    """Yield the subjects of the clauses within one sentence, in order; none when no unit is named."""
    position = span.start
    for start in _clause_starts(text, span):
        if start < position:
            continue
        subject = _subject_at(text, Span(start, span.end))
        if subject is not None:
            position = subject.span.end
            yield subject


def _clause_starts(text: str, span: Span) -> Iterator[int]:
    """Yield where clauses begin, brackets skipped."""
    yield span.start
    for part in outside(text, span):
        for match in re.finditer("[，,；;：:]", text[part.start : part.end]):
            yield part.start + match.end()


def _subject_at(text: str, clause: Span) -> Subject | None:
    """Return the subject that the words from the clause's start on name."""
    opening = _OPENING.match(text, clause.start, clause.end)
    start = opening.end() if opening else clause.start
    by = _BY.match(text, start, clause.end)
    if by:
        return _by_subject(text, Span(by.end(), clause.end), start)
    return _plain_subject(text, Span(start, clause.end))


def _by_subject(text: str, rest: Span, start: int) -> Subject | None:
    """Return the subject after 由: 由A牵头，B配合 · 由A会同B出台 · 由A负责."""
    words = _role_run(text, rest)
    if words is None:
        plain = _plain_subject(text, rest)
        return replace(plain, explicit=True) if plain else None
    units = read_phrases(text, words, strict=True)
    if not all_real_units([unit.span.of(text) for unit in units]):
        return None
    return Subject(Span(start, words.end), units, explicit=True)


def _role_run(text: str, rest: Span) -> Span | None:
    """Return the stretch from the first unit to the last role word of clauses that only say who does what."""
    end = None
    for word in find_role_words(text, Span(rest.start, min(rest.end, rest.start + 4 * _LONGEST))):
        if end is not None and not _next_list(text, Span(end, word.span.start)):
            break
        if end is None and not _next_list(text, Span(rest.start, word.span.start)):
            return None
        if word.joins:
            return Span(rest.start, _helpers_end(text, Span(word.span.end, rest.end)))
        end = word.span.end
        if word.object:
            break
    return Span(rest.start, end) if end is not None else None


def _next_list(text: str, span: Span) -> bool:
    """Tell whether the words between two role words are a list of units."""
    names = [unit.span.of(text) for unit in split_units(text, span)]
    return all_real_units(names) and _letters(span.of(text)) <= sum(map(len, names)) + _OTHERS


def _helpers_end(text: str, rest: Span) -> int:
    """Return where the units after 会同 end: before what they do together."""
    window = Span(rest.start, min(rest.end, rest.start + _LONGEST))
    for part in outside(text, window):
        for match in _VERB_LIKE.finditer(text, part.start, part.end):
            if _next_list(text, Span(rest.start, match.start())):
                return match.start()
    return window.end if _next_list(text, window) else window.start


_VERB_LIKE = re.compile(
    r"负责|牵头|组织|开展|制定|出台|建立|推进|联合|研究|做好|对|就|按|于|在|共同|定期|加强|完善|编制|印发|进行|落实"
    r"|实施|抓|督(?!查室|导室|导组)|指导|推动|强化|每|及时|适时|不定期|另行|要|应|[，,。；;]"
)


def _plain_subject(text: str, clause: Span) -> Subject | None:
    """Return the units at the start of a clause that a predicate follows: 各县（区）、各部门要…."""
    window = Span(clause.start, min(clause.end, clause.start + _LONGEST))
    for part in outside(text, window):
        for match in _PREDICATE.finditer(text, part.start, part.end):
            if match.start() - clause.start < 2 or _inside_name(text, match):
                continue
            units = units_alone(text, Span(clause.start, match.start()))
            if units is None:
                if text[match.start()] in "，,":
                    return None
                continue
            body = _body_subject(text, clause) if _is_place(text, units) else None
            return body or _with_roles(text, clause, match, units)
    return None


def _is_place(text: str, units: tuple[Named, ...]) -> bool:
    """Tell whether a list is one place, which may only begin the name of a body: 安澜市进一步…领导小组."""
    return len(units) == 1 and not units[0].group and ends_like_place(units[0].span.of(text))


def _body_subject(text: str, clause: Span) -> Subject | None:
    """Return the subject that is one body with a long name, None where no predicate follows such a name."""
    body = _BODY_NAME.match(text, clause.start, clause.end)
    match = _PREDICATE.match(text, body.end(), clause.end) if body else None
    if body is None or match is None:
        return None
    return _with_roles(text, clause, match, (Named(Span(*body.span()), Role.RESPONSIBLE),))


def _joined(text: str, clause: Span, units: tuple[Named, ...], together: re.Match[str]) -> Subject:
    """Return the subject of A要会同B…, where A leads and B helps, or of A要牵头…."""
    leads = tuple(replace(unit, role=Role.LEAD) for unit in units)
    if together["how"] == "牵头":
        return Subject(Span(clause.start, together.end()), leads, explicit=True, duty=True)
    end = _helpers_end(text, Span(together.end(), clause.end))
    helpers = split_units(text, Span(together.end(), max(together.end(), end)))
    named = tuple(Named(unit.span, Role.COOPERATE, unit.group) for unit in helpers)
    return Subject(Span(clause.start, end), (*leads, *named), explicit=True, duty=True)


def _inside_name(text: str, match: re.Match[str]) -> bool:
    """Tell whether a predicate word is a part of a name: 市委督查室, 各牵头部门."""
    return len(match.group()) > 1 and NAME_GOES_ON.match(text, match.end()) is not None


def units_alone(text: str, span: Span) -> tuple[Named, ...] | None:
    """Return the units of a list that holds nothing else, None for other words."""
    words = span.of(text)
    named = _AND_OTHERS.sub("", words)
    if (
        words[0] == "与"
        or words[-1:] in "、，,；;"
        or "。" in words
        or not (ends_like_unit(named) or words[0] == "各")
    ):
        return None
    if _GOES_ON.match(text, span.end - 1):
        return None
    units = split_units(text, span)
    names = [unit.span.of(text) for unit in units]
    if not names or not all_real_units(names) or _is_vague(names):
        return None
    if _letters(words) > sum(map(len, names)) + _OTHERS:
        return None
    return tuple(Named(unit.span, Role.RESPONSIBLE, unit.group) for unit in units)


def _letters(words: str) -> int:
    """Return how many characters are no separators."""
    return len(_SEPARATORS.sub("", words))


def _is_vague(names: list[str]) -> bool:
    """Tell whether the only unit named is no one in particular: 有关部门."""
    return len(names) == 1 and (_VAGUE.fullmatch(names[0]) is not None or names[0] in TOO_GENERAL)


def _with_roles(text: str, clause: Span, match: re.Match[str], units: tuple[Named, ...]) -> Subject:
    """Return the subject with the roles that a role word after the units gives: A牵头，B配合 · A会同B."""
    end = match.start()
    run = _role_run(text, clause)
    if run is not None and run.end >= end:
        named = read_phrases(text, run, strict=True)
        if named:
            return Subject(run, named, explicit=True)
    together = _MUST_TOGETHER.match(text, end, clause.end)
    if together:
        return _joined(text, Span(clause.start, clause.end), units, together)
    comma = _CLAUSE_END.search(text, end, clause.end)
    supervises = _SUPERVISES.search(text, end, comma.start() if comma else clause.end) is not None
    duty = match.group() in _DUTIES or _WILL.match(text, end) is not None
    timed = match.group() in _TIMES or match.group()[0].isdigit()
    return Subject(Span(clause.start, end), units, duty=duty, timed=timed, supervises=supervises)
