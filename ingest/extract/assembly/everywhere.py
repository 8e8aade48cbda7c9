"""Clauses for the whole document: 以下任务均需各县区落实，不再列出. What they add is inherited."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from corpus.document import BlockKind
from corpus.spans import Span
from corpus.task import Task
from ingest.extract.assembly.asides import free_clause
from ingest.extract.assembly.portion import Portion
from ingest.extract.assembly.reading import Reading
from ingest.extract.assembly.tasks import unit_of
from ingest.extract.responsibility.statement import Content, Named, Statement


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause for the whole document where it stands."""

    span: Span
    units: tuple[Named, ...]
    backwards: bool
    """True for 以上…, which speaks of what stands before it."""
    forwards: bool
    """True for 以下…, which speaks of what stands after it; 各项… is both."""

    def reaches(self, span: Span) -> bool:
        """Tell whether the clause speaks of a task at `span`."""
        return self.backwards if span.end <= self.span.start else self.forwards


def clauses(reading: Reading, portions: Sequence[Portion]) -> list[Clause]:
    """Return the clauses in statements and in paragraphs of their own; empty for most documents."""
    found = [
        _clause(reading, statement.span, statement.content.repeated)
        for portion in portions
        for statement in portion.statements
        if statement.content.repeated
    ]
    for block in reading.document.blocks:
        free = free_clause(reading.text, block.span) if block.kind is BlockKind.PARAGRAPH else None
        if free is not None:
            found.append(_clause(reading, free.span, free.units))
    return found


def _clause(reading: Reading, span: Span, units: tuple[Named, ...]) -> Clause:
    """Return a clause with the direction that its words give."""
    words = span.of(reading.text)
    back = any(word in words for word in ("以上", "上述", "前述"))
    below = any(word in words for word in ("以下", "下列", "下文", "下同"))
    return Clause(span, units, backwards=back or not below, forwards=below or not back)


def spread(portions: Sequence[Portion], found: Sequence[Clause]) -> list[Portion]:
    """Return the portions with the units that clauses for the whole document add to them."""
    return [
        replace(portion, inherited=(*portion.inherited, *_reaching(portion, found)))
        if portion.statements
        else portion
        for portion in portions
    ]


def _reaching(portion: Portion, found: Sequence[Clause]) -> list[Statement]:
    """Return what the clauses say about a portion."""
    return [
        Statement(clause.span, Content(units=clause.units), "everywhere")
        for clause in found
        if clause.reaches(portion.span)
        and not any(statement.span.overlaps(clause.span) for statement in portion.statements)
    ]


def spread_rows(reading: Reading, tasks: Iterable[Task], found: Sequence[Clause]) -> list[Task]:
    """Return the tasks of table rows with the units that clauses for the whole document add to them."""
    return [_with_inherited(reading, task, found) for task in tasks] if found else list(tasks)


def _with_inherited(reading: Reading, task: Task, found: Sequence[Clause]) -> Task:
    """Return a row's task with the units of the clauses that reach it."""
    named = [unit for clause in found if clause.reaches(task.span) for unit in clause.units]
    own = {unit.name for unit in task.units}
    added = (
        unit_of(reading, unit, inherited=True) for unit in named if unit.span.of(reading.text) not in own
    )
    return replace(task, units=(*task.units, *added))
