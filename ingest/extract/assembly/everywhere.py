"""Clauses for the whole document: 以下任务均需各县区落实，不再列出. What they add is inherited."""

from __future__ import annotations

from dataclasses import dataclass, replace

from corpus.spans import Span
from ingest.extract.assembly.portion import Portion
from ingest.extract.assembly.reading import Reading
from ingest.extract.assembly.tree import Node
from ingest.extract.responsibility.content import read_content
from ingest.extract.responsibility.statement import Content, Named, Statement


@dataclass(frozen=True, slots=True)
class _Clause:
    """A clause for the whole document where it stands."""

    span: Span
    units: tuple[Named, ...]
    backwards: bool
    """True for 以上…, which speaks of what stands before it."""


def spread(reading: Reading, portions: list[Portion]) -> list[Portion]:
    """Return the portions with the units that clauses for the whole document add to them."""
    clauses = _clauses(reading, portions)
    if not clauses:
        return portions
    return [
        replace(portion, inherited=(*portion.inherited, *_reaching(portion, clauses)))
        if portion.statements
        else portion
        for portion in portions
    ]


def _reaching(portion: Portion, clauses: list[_Clause]) -> list[Statement]:
    """Return what the clauses say about a portion."""
    return [
        Statement(clause.span, Content(units=clause.units), "everywhere")
        for clause in clauses
        if (portion.span.end <= clause.span.start) is clause.backwards
        and not any(statement.span.overlaps(clause.span) for statement in portion.statements)
    ]


def _clauses(reading: Reading, portions: list[Portion]) -> list[_Clause]:
    """Return the clauses in statements and in paragraphs of their own."""
    found = [
        _Clause(statement.span, statement.content.repeated, "以上" in statement.span.of(reading.text))
        for portion in portions
        for statement in portion.statements
        if statement.content.repeated
    ]
    for root in reading.roots:
        found += [clause for node in root.paragraphs() if (clause := _free_clause(reading, node)) is not None]
    return found


def _free_clause(reading: Reading, node: Node) -> _Clause | None:
    """Return the clause that a short paragraph without statements is, None for other paragraphs."""
    words = node.body.of(reading.text)
    if (
        node.statements
        or len(words) > _LONGEST
        or not words.startswith(("以上", "以下", "注", "（以上", "（以下"))
    ):
        return None
    units = read_content(reading.text, node.body).repeated
    return _Clause(node.body, units, "以上" in words) if units else None


_LONGEST = 120
