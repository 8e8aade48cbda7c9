"""Makes tasks of portions: units with roles, limits, indicators, measures, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain

from corpus.document import Evidence
from corpus.registry.units import canonical_unit, ends_like_unit
from corpus.spans import Span, trim
from corpus.task import Deadline, Person, Reference, Role, Task, Unit
from ingest.extract.assembly.portion import Portion
from ingest.extract.assembly.reading import Reading
from ingest.extract.clauses import enumerated_clauses
from ingest.extract.doubts.confidence import UNTOLD_ROLE
from ingest.extract.figures.indicators import find_indicators
from ingest.extract.responsibility.labels import FieldKind
from ingest.extract.responsibility.persons import find_persons, parse_persons
from ingest.extract.responsibility.statement import Named, Statement
from ingest.extract.times.deadlines import find_deadlines
from ingest.extract.times.doubts import deadline_doubts, impossible_months

_ROLE = re.compile(
    r"牵头|责任|负责|配合|落实|主办|协办|承办|会办|参与|参加|协助|主责|分工|实施|督导|督办|指导|监督|验收|会同|单位|部门"
)


def task_of(reading: Reading, portion: Portion) -> Task:
    """Return the task that a portion makes."""
    fields = dict(portion.fields)
    units, limits = _units(reading, portion), _deadlines(reading, portion)
    refs, persons = _references(portion), _persons(reading, portion)
    unclear = doubts_of(reading, units, limits, named=bool(refs or persons))
    no_month = impossible_months(portion.span.of(reading.text))
    doubts = tuple(dict.fromkeys([*_said_doubts(reading, portion), *unclear, *no_month]))
    return Task(
        span=portion.span,
        text=portion.span.of(reading.text),
        label=portion.label,
        section=portion.section,
        page=reading.document.page_at(portion.span.start),
        units=units,
        refs=refs,
        persons=persons,
        deadlines=limits,
        indicators=find_indicators(reading.text, portion.span),
        measures=_measures(reading, portion),
        problem=quotation(reading, problem) if (problem := fields.get(FieldKind.PROBLEM)) else None,
        goal=quotation(reading, goal) if (goal := fields.get(FieldKind.GOAL)) else None,
        extra={label: span.of(reading.text) for label, span in portion.extra},
        found_by=portion.found_by,
        doubts=doubts,
    )


def doubts_of(
    reading: Reading, units: tuple[Unit, ...], limits: tuple[Deadline, ...], named: bool
) -> list[str]:
    """Return what is unclear about units and limits, in words for the user.

    `named` tells that persons, or another document, are named as responsible.
    """
    odd = [unit.name for unit in units if not unit.inherited and not ends_like_unit(unit.name)]
    found = [f"“{name}”不像单位名称，请核对" for name in odd]
    found += deadline_doubts(limits, reading.deadlines)
    if not units and not limits and not named:
        found.append("原文没有写明责任单位和时限")
    elif units and all(unit.inherited for unit in units):
        found.append("本条没有写明责任单位，单位取自上级标题或总括条款")
    return found


def _said_doubts(reading: Reading, portion: Portion) -> list[str]:
    """Return the doubts of the rules that read the portion and its statements."""
    said = [doubt for item in portion.statements for doubt in item.content.doubts]
    return [*portion.doubts, *said, *_untold_roles(reading.text, portion)]


def _untold_roles(text: str, portion: Portion) -> Iterator[str]:
    """Yield a doubt for each statement that names units, but neither labels them nor says what they do.

    Where a heading above names who leads, nothing is open.
    """
    if any(named.role is Role.LEAD for statement in portion.inherited for named in _all(statement)):
        return
    for statement in portion.statements:
        units = statement.content.units
        if units and _ROLE.search(text, statement.span.start, statement.span.end) is None:
            yield f"原文没有写明“{units[0].span.of(text)}”等{UNTOLD_ROLE}，暂按责任单位登记，请核对"


def unit_of(reading: Reading, named: Named, inherited: bool = False) -> Unit:
    """Return the unit with its full name and, for a group that the document defines, its members."""
    name = named.span.of(reading.text)
    members = reading.definitions.members_of(name)
    full = reading.definitions.full_names.get(name, name)
    header = reading.document.header
    canonical = None if members else canonical_unit(full, header.region, header.date)
    return Unit(
        name=name,
        role=named.role,
        span=named.span,
        canonical=canonical or (full if full != name else None),
        group=named.group or bool(members),
        members=members,
        inherited=inherited,
    )


def _units(reading: Reading, portion: Portion) -> tuple[Unit, ...]:
    """Return the units in order: those of its own sentences, its statements, then the inherited ones."""
    own = [unit_of(reading, named) for named in portion.subjects]
    for statement in portion.statements:
        named = (*statement.content.units, *statement.content.everywhere)
        own += [unit_of(reading, unit) for unit in named]
    above = [unit_of(reading, named, True) for statement in portion.inherited for named in _all(statement)]
    return (*own, *(unit for unit in above if _adds(unit, own)))


def _adds(inherited: Unit, own: Iterable[Unit]) -> bool:
    """Tell whether a unit from above is new here, or leads where the own words only name it."""
    roles = {unit.role for unit in own if unit.name == inherited.name}
    return not roles or (inherited.role is Role.LEAD and roles == {Role.RESPONSIBLE})


def _all(statement: Statement) -> tuple[Named, ...]:
    """Return all units of a statement."""
    return (*statement.content.units, *statement.content.everywhere)


def _references(portion: Portion) -> tuple[Reference, ...]:
    """Return the references that stand in for units."""
    return tuple(chain.from_iterable(statement.content.references for statement in portion.statements))


def _persons(reading: Reading, portion: Portion) -> tuple[Person, ...]:
    """Return the persons of its own words and statements; where it names none, those of headings above."""
    own = (*find_persons(reading.text, portion.span), *_stated_persons(reading, portion.statements))
    return tuple(dict.fromkeys(own or _stated_persons(reading, portion.inherited)))


def _stated_persons(reading: Reading, statements: Iterable[Statement]) -> tuple[Person, ...]:
    values = chain.from_iterable(statement.content.persons for statement in statements)
    return tuple(chain.from_iterable(parse_persons(reading.text, value) for value in values))


def _deadlines(reading: Reading, portion: Portion) -> tuple[Deadline, ...]:
    """Return the limits in text order, each wording once; those of headings above are inherited."""
    spans = [portion.span, *(statement.span for statement in portion.statements)]
    own: dict[tuple[str, str], Deadline] = {}
    for span in sorted(spans):
        for limit in find_deadlines(reading.text, span, reading.deadlines):
            own.setdefault((limit.raw, limit.kind), limit)
    above = [
        replace(limit, inherited=True)
        for statement in portion.inherited
        for limit in find_deadlines(reading.text, statement.span, reading.deadlines)
    ]
    return (*own.values(), *above)


def _measures(reading: Reading, portion: Portion) -> tuple[Evidence, ...]:
    """Return the measures: items below it, else the 一是/二是 clauses of its words."""
    if portion.measures:
        return tuple(quotation(reading, span) for span in portion.measures)
    return measures_within(reading, portion.span)


def measures_within(reading: Reading, span: Span) -> tuple[Evidence, ...]:
    """Return the 一是/二是 clauses of a stretch as quotations; empty when it numbers none."""
    return tuple(quotation(reading, clause) for clause in enumerated_clauses(reading.text, span))


def quotation(reading: Reading, span: Span) -> Evidence:
    """Return the words of a stretch without white space at its ends, with their place."""
    return reading.document.evidence(trim(reading.text, span))
