"""Finds the statements that close a sentence, a paragraph or a heading.

Each rule yields statements; `find_closing` runs them in order and drops what overlaps.
"""

from __future__ import annotations

import re
from dataclasses import replace

from corpus.spans import Span, trim
from ingest.extract.responsibility.bracketed import bracket_statements
from ingest.extract.responsibility.labelled import label_statements
from ingest.extract.responsibility.sentence import sentence_statements
from ingest.extract.responsibility.statement import Conventions, Statement

_ROLE = re.compile("单位|部门|牵头|负责|配合|落实|责任|主办|承办|协办|[:：]")
_TIME_SENTENCE = re.compile(
    r"^[（(]?[^，,。；;]{2,24}(?:前|底|末|内|月份?)(?:全面|基本|全部)?(?:完成|落实|到位|办结)?[）)]?[。；;]?$"
)


def find_closing(text: str, span: Span, conventions: Conventions) -> tuple[Statement, ...]:
    """Return the closing statements within `span`, a paragraph or heading, in text order.

    Closing sentences count only where no bracket and no label closes the paragraph: those govern it whole.
    """
    found = _without_aliases(text, span, list(bracket_statements(text, span, conventions)))
    found += label_statements(text, span, [statement.span for statement in found], conventions)
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


def _without_aliases(text: str, span: Span, found: list[Statement]) -> list[Statement]:
    """Drop brackets that give another name, 平台（市交易中心）, where a statement follows."""
    if len(found) < 2 or not _says_who(text, found[-1]):
        return found
    return [
        item for item in found[:-1] if _says_who(text, item) or _closes_sentence(text, span, item)
    ] + found[-1:]


def _says_who(text: str, statement: Statement) -> bool:
    """Tell whether a statement says by a label or role word who does what, or says when."""
    content = statement.content
    names_one = len(content.units) == 1 and not (content.persons or content.deadlines or content.references)
    return not names_one or _ROLE.search(text, statement.span.start, statement.span.end) is not None


def _closes_sentence(text: str, span: Span, statement: Statement) -> bool:
    """Tell whether a bracket stands after a full stop."""
    return text[span.start : statement.span.start].rstrip()[-1:] in ("。", "；", ";", "！", "")


def _without_overlap(found: list[Statement]) -> list[Statement]:
    """Return the statements in text order; of two that share words the earlier is kept."""
    kept: list[Statement] = []
    for statement in sorted(found, key=lambda item: item.span):
        if not kept or statement.span.start >= kept[-1].span.end:
            kept.append(statement)
    return kept
