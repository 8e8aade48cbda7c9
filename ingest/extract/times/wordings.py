"""Wordings of time limits that are no calendar time: counted ones and fixed phrases.

Each function searches for one kind and returns what it finds in text order. With `labelled` the words are
the value of a label such as 完成时限：, where phrases count that mean nothing in running text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from corpus.registry.tables import any_of, read_table
from corpus.spans import Span
from corpus.task import DeadlineKind
from ingest.extract.patterns import word_pattern
from ingest.extract.times.durations import find_durations
from ingest.extract.times.eligibility import tells_a_case, tells_a_right
from ingest.extract.times.events import counted_from_issue
from ingest.extract.times.limits import clause_before
from ingest.extract.times.moments import DeadlineContext


@dataclass(frozen=True, slots=True)
class Wording:
    """Words that may be a time limit, and the days they mean."""

    span: Span
    kind: DeadlineKind
    start: date | None = None
    end: date | None = None
    loose: bool = False
    """True where common usage fixes the day."""


def counted_wordings(text: str, span: Span, context: DeadlineContext, labelled: bool) -> Iterator[Wording]:
    """Yield limits counted from an event: 印发之日起30日内, 收到请求后5个工作日内.

    Only those counted from the document itself in days, weeks, months or years have an end.
    """
    for duration in find_durations(text, span):
        whole = duration.event or (duration.span if labelled else None)
        if whole is None or (not labelled and _binds_nobody(text, whole, span)):
            continue
        end = None
        if context.document_date and counted_from_issue(whole.of(text)):
            end = duration.after(context.document_date)
        yield Wording(whole, DeadlineKind.RELATIVE, end=end)


def _binds_nobody(text: str, whole: Span, span: Span) -> bool:
    """Tell whether a counted limit only says when something applies or is allowed."""
    return tells_a_case(text, whole, span) or tells_a_right(text, whole, span)


_KINDS = {row["word"]: DeadlineKind(row["kind"]) for row in read_table("ingest.extract.words", "limits.tsv")}
_LABELLED = re.compile(any_of(_KINDS))
_RUNNING = re.compile(
    rf"{word_pattern('limits', place='anywhere')}|(?P<closing>{word_pattern('limits', place='closing')})"
)
_ALONE = re.compile(r"(?:并|且|并且|同时|要|做到|实现)?")
_CLAUSE_OVER = re.compile(r"\s*(?:[，,。；;、）)〕\n\t]|$)")


def phrase_wordings(text: str, span: Span, labelled: bool) -> Iterator[Wording]:
    """Yield the phrases of the table of limits: 立行立改, 长期坚持."""
    pattern = _LABELLED if labelled else _RUNNING
    for match in pattern.finditer(text, span.start, span.end):
        if labelled or match["closing"] is None or _is_clause(text, match, span):
            yield Wording(Span(*match.span()), _KINDS[match[0]])


def _is_clause(text: str, match: re.Match[str], span: Span) -> bool:
    """Tell whether the phrase is a clause of its own, as in …，并长期坚持."""
    clause = clause_before(text, match.start(), span.start).strip()
    after = text[match.end() : min(span.end, match.end() + 1)]
    return _ALONE.fullmatch(clause) is not None and _CLAUSE_OVER.match(after) is not None
