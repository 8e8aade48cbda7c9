"""A portion: the stretch of a document that one task is made of."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.spans import Span
from ingest.extract.responsibility.labels import FieldKind
from ingest.extract.responsibility.statement import Named, Statement


@dataclass(frozen=True, slots=True)
class Portion:
    """What one task is made of."""

    span: Span
    """The task's own words, without number label and closing statement."""
    found_by: str
    """Name of the rule that found it."""
    label: str = ""
    section: tuple[str, ...] = ()
    statements: tuple[Statement, ...] = ()
    """The statements that govern it."""
    inherited: tuple[Statement, ...] = ()
    """Statements of headings above that govern it as well."""
    subjects: tuple[Named, ...] = ()
    """Units that its own sentences make responsible."""
    measures: tuple[Span, ...] = ()
    """Measures that stand as items of their own; inside its words they are looked for later."""
    fields: tuple[tuple[FieldKind, Span], ...] = ()
    """Labelled parts of a ledger block: problem, goal, measures."""
    extra: tuple[tuple[str, Span], ...] = ()
    """Other labelled parts of a ledger block, such as 整改进展, by their label."""
    context: Span | None = None
    """Words before it that may hold its time limit: 今天会后，…; None when there are none."""
    doubts: tuple[str, ...] = ()
