"""Statements in sentences of their own: 由A牵头，B配合 or A、B按职责分工负责 or …，由A负责."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.spans import Span, trim
from ingest.extract.brackets import outside
from ingest.extract.clauses import sentences
from ingest.extract.responsibility.names import all_real_units
from ingest.extract.responsibility.people import is_person, part_persons
from ingest.extract.responsibility.phrases import read_phrases
from ingest.extract.responsibility.references import find_references
from ingest.extract.responsibility.roles import RoleWord, find_role_words
from ingest.extract.responsibility.statement import Content, Named, Statement
from ingest.extract.units import split_units

_ENDS_WITH_ROLE = re.compile(
    r"(?:牵头|负责|配合|落实|承办|协办|参与|参加|协助|主责|实施|支持|督导|指导|督办)[。；;！\s]*$"
)
_EXHORTS = re.compile(
    r"(?:要|应当?|须)(?:认真|切实|积极|严格|坚决|主动|抓好|贯彻|做好)*(?:落实|实施|执行|配合)[。；;！\s]*$"
)
"""各县区要认真落实 asks for effort and says nothing about who does what."""
_TIME_CLAUSE = re.compile(
    r"[，,；;]\s*(?:力争|确保|并|须|要)?(?:于|在)?(?P<time>(?:20\d\d年|今年|明年|本年)?[^，,；;。]{0,12}?"
    r"(?:前|底|末|内))(?:全面|基本|全部)?(?:完成|落实|到位|办结)?[。；;]?$"
)
_CLAUSE_CUT = re.compile("[，,；;](?!会同|协同|并会同)")
_STRONG = re.compile("牵头|分工|各自职责|会同|具体负责|负责落实")
_BY = re.compile(r"(?<![自理缘事])由")
_BEFORE_CLAUSE = re.compile(r"[，,；;\s]+$")


def sentence_statements(text: str, span: Span) -> Iterator[Statement]:
    """Yield the sentences, and the last clauses of sentences, that are nothing but a statement."""
    for sentence in sentences(text, span):
        core, time = _without_time(text, sentence)
        last = max(core.start, core.end - 12)
        if not _ENDS_WITH_ROLE.search(text, last, core.end) or _EXHORTS.search(text, last, core.end):
            continue
        statement = _by_reference(text, core) or _by_units(text, core)
        if statement is not None:
            yield _with_time(statement, sentence, time)


def _without_time(text: str, sentence: Span) -> tuple[Span, Span | None]:
    """Return the sentence without a last clause that only says by when, and that clause."""
    match = _TIME_CLAUSE.search(text, max(sentence.start, sentence.end - 40), sentence.end)
    if match is None:
        return sentence, None
    return Span(sentence.start, match.start()), Span(match.start("time"), match.end("time"))


def _with_time(statement: Statement, sentence: Span, time: Span | None) -> Statement:
    """Return the statement with the clause that says by when."""
    if time is None:
        return statement
    content = replace(statement.content, deadlines=(time,))
    return replace(statement, span=Span(statement.span.start, sentence.end), content=content)


def _by_reference(text: str, sentence: Span) -> Statement | None:
    """Return the statement of a sentence such as 按照《…》分工负责."""
    references = find_references(text, sentence)
    if (
        references
        and references[0].span.start == sentence.start
        and references[0].span.end >= sentence.end - 2
    ):
        return Statement(sentence, Content(references=references), "closing-sentence")
    return None


def _by_units(text: str, sentence: Span) -> Statement | None:
    """Return the statement that the last clauses of a sentence make up, None when they do not."""
    start = _statement_start(text, sentence)
    if start is None:
        return None
    units, persons = part_persons(text, read_phrases(text, Span(start, sentence.end), strict=True))
    if not _believable(text, sentence, start, units):
        return None
    comma = _BEFORE_CLAUSE.search(text, sentence.start, start)
    whole = Span(comma.start() if comma else start, sentence.end)
    rule = "closing-sentence" if whole.start == sentence.start else "closing-clause"
    return Statement(whole, Content(units=tuple(units), persons=tuple(persons)), rule)


def _statement_start(text: str, sentence: Span) -> int | None:
    """Return where the run of pure clauses at the end of a sentence begins."""
    start: int | None = None
    for clause in reversed(_clauses(text, sentence)):
        if not _is_pure(text, clause, last=start is None):
            return None if _is_told(text, clause) else start
        start = clause.start
    return start


def _is_told(text: str, clause: Span) -> bool:
    """Tell whether a clause names its matter and who leads it (河道治理由A牵头): the sentence is the task."""
    for part in outside(text, clause):
        for match in _BY.finditer(text, part.start, part.end):
            if match.start() > clause.start and _is_pure(text, Span(match.end(), clause.end), last=True):
                return True
    return False


def _clauses(text: str, sentence: Span) -> list[Span]:
    """Return the clauses of a sentence, cut at commas outside brackets, without white space."""
    clauses: list[Span] = []
    start = sentence.start
    for part in outside(text, sentence):
        for match in _CLAUSE_CUT.finditer(text, part.start, part.end):
            clauses.append(trim(text, Span(start, match.start())))
            start = match.end()
    clauses.append(trim(text, Span(start, sentence.end)))
    return [clause for clause in clauses if clause]


def _is_pure(text: str, clause: Span, last: bool) -> bool:
    """Tell whether a clause holds only units and role words; the last one must end with a role word."""
    words = list(find_role_words(text, clause))
    if not words:
        return not last and _all_units(text, clause)
    starts = [clause.start, *(_end(word) for word in words)]
    lists = [Span(start, word.span.start) for start, word in zip(starts, words, strict=False)]
    rest = Span(starts[-1], clause.end)
    if any(len(word.object.of(text).strip("。；;！ ")) for word in words if not word.joins):
        return False
    return all(_all_units(text, units) for units in lists) and not rest.of(text).strip("。；;！、 ")


def _end(word: RoleWord) -> int:
    """Return where the words after a role word begin."""
    return word.span.end if word.joins else max(word.span.end, word.object.end)


def _all_units(text: str, span: Span) -> bool:
    """Tell whether a list holds units and nothing else."""
    names = [unit.span.of(text) for unit in split_units(text, span)]
    return bool(names) and all(is_person(name) or all_real_units([name]) for name in names)


def _believable(text: str, sentence: Span, start: int, units: Sequence[Named]) -> bool:
    """Tell whether the clauses are a statement and no part of what the sentence tells."""
    if not units:
        return False
    if start == sentence.start or text[start] == "由":
        return True
    return len(units) > 1 and _STRONG.search(text, start, sentence.end) is not None
