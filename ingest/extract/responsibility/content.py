"""Reads the words of a statement: labels, lists with role words, clauses for the whole document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from corpus.registry.units import ends_like_unit
from corpus.spans import Span, trim
from corpus.task import Reference, Role
from ingest.extract.brackets import outside
from ingest.extract.responsibility.everywhere import find_everywhere
from ingest.extract.responsibility.labels import UNIT_FIELDS, Field, FieldKind, find_fields
from ingest.extract.responsibility.names import looks_like_name
from ingest.extract.responsibility.notes import leading_notes, star_notes
from ingest.extract.responsibility.people import part_persons
from ingest.extract.responsibility.phrases import read_phrases
from ingest.extract.responsibility.references import find_references
from ingest.extract.responsibility.statement import NO_CUSTOMS, Content, Customs, Leading, Named

_DEFINITION = re.compile(r"[,，;；。]?[^,，;；。]{0,20}(?:以下)?(?:均)?(?:简称|统称)[^,，;；。）)]*")
_DEFINES = re.compile("[简统]称")
_PARTS = re.compile(r"[^，,、；;。\s]+")
_TRIFLE = re.compile(r"^(?:下同|排名不分先后|排名不分前后|不再列出|[\s,，;；。、]*)$")
_MARKED = re.compile(r"[，,；;。、：:\s]|\d")
_ROLES = {kind: Role(kind.value) for kind in UNIT_FIELDS}


@dataclass(slots=True)
class _Gathered:
    """The parts of a statement while it is read."""

    units: list[Named] = field(default_factory=list)
    persons: list[Span] = field(default_factory=list)
    deadlines: list[Span] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    role: Role = Role.RESPONSIBLE
    """That of the last label of units."""

    def add(self, text: str, named: Iterable[Named]) -> None:
        """Add the members of a list, persons to persons."""
        units, persons = part_persons(text, named)
        self.units += units
        self.persons += persons


def read_content(text: str, span: Span, customs: Customs = NO_CUSTOMS) -> Content:
    """Return what the words at `span` (without brackets) say about responsibility.

    `customs` is how the document wants such lists to be read; a note within the words goes before it.
    """
    clause = find_everywhere(text, span)
    span, customs = _take_notes(text, span, customs)
    span = Span(span.start, min(span.end, clause.before.end)) if clause else span
    references = find_references(text, span)
    gathered = _Gathered()
    for part in _outside_references(_without_definition(text, span), references):
        _read(text, part, customs.stars, gathered)
    units = lead_by_custom(text, gathered.units, customs)
    return Content(
        units=tuple(units),
        everywhere=_added(text, units, clause.units) if clause else (),
        repeated=clause.units if clause else (),
        persons=tuple(gathered.persons),
        deadlines=tuple(gathered.deadlines),
        references=references,
        doubts=tuple(gathered.doubts),
    )


def _take_notes(text: str, span: Span, customs: Customs) -> tuple[Span, Customs]:
    """Cut notes on how to read the list off its end, and return the customs that they make."""
    for note in (*leading_notes(text, span), *star_notes(text, span)):
        span = Span(span.start, min(span.end, note.span.start))
        customs = Customs(
            note.stars or customs.stars, note.leading or customs.leading, note.others or customs.others
        )
    return span, customs


def _added(text: str, units: list[Named], clause: tuple[Named, ...]) -> tuple[Named, ...]:
    """Return the units that a clause for the tasks below adds to the statement it stands in.

    A statement that names a group itself has said in its own words what the clause says of the others.
    """
    listed = {unit.span.of(text) for unit in units}
    if any(unit.group for unit in units):
        return ()
    return tuple(unit for unit in clause if unit.span.of(text) not in listed)


def _outside_references(span: Span, references: tuple[Reference, ...]) -> list[Span]:
    """Return the words before the first reference and those after the last; all without one."""
    if not references:
        return [span]
    first, last = references[0].span, references[-1].span
    parts = (Span(span.start, first.start), Span(last.end, max(last.end, span.end)))
    return [part for part in parts if part]


def _read(text: str, span: Span, stars: Role | None, gathered: _Gathered) -> None:
    """Read labelled fields, and what stands before the first of them as a plain list."""
    fields = find_fields(text, span)
    before = Span(span.start, fields[0].label.start if fields else span.end)
    if not (_TRIFLE.match(before.of(text)) or (fields and _is_of_label(before.of(text)))):
        gathered.add(text, read_phrases(text, before, None, stars))
    for item in fields:
        _read_field(text, item, stars, gathered)


def _is_of_label(words: str) -> bool:
    """Tell whether words right before a label are a part of it: 政策 of 政策执行时间：."""
    return _MARKED.search(words) is None and not ends_like_unit(words)


def _read_field(text: str, item: Field, stars: Role | None, gathered: _Gathered) -> None:
    """Add the value of one labelled field."""
    value = trim(text, item.value)
    if item.kind is FieldKind.PERSON:
        _read_persons(text, value, gathered)
    elif item.kind is FieldKind.DEADLINE:
        gathered.deadlines.append(value)
    elif item.kind in UNIT_FIELDS and value:
        gathered.add(text, read_phrases(text, value, _ROLES[item.kind], stars))
        gathered.role = _ROLES[item.kind]


def _read_persons(text: str, value: Span, gathered: _Gathered) -> None:
    """Add persons; after them the list of units may go on: 责任单位：A，责任人：张明；B，责任人：李强."""
    parts = [
        Span(value.start + part.start(), value.start + part.end()) for part in _PARTS.finditer(value.of(text))
    ]
    units = [part for part in parts[1:] if ends_like_unit(part.of(text)) and looks_like_name(part.of(text))]
    end = units[0].start if units else value.end
    gathered.persons.append(Span(value.start, end))
    gathered.units += [Named(part, gathered.role) for part in units]


def _without_definition(text: str, span: Span) -> Span:
    """Cut a definition off the end: 以上园区管委会简称各管委会."""
    if not _DEFINES.search(text, span.start, span.end):
        return span
    for match in _DEFINITION.finditer(text, span.start, span.end):
        if match.end() >= span.end - 1 and "（" not in match.group() and "(" not in match.group():
            return Span(span.start, match.start())
    return span


def lead_by_custom(text: str, units: Sequence[Named], customs: Customs) -> list[Named]:
    """Return the units with the roles that the customs give where no word says who leads."""
    starred = customs.stars is Role.LEAD and any(unit.role is Role.LEAD for unit in units)
    if starred and customs.others:
        return [_helping(unit, customs.others) for unit in units]
    if not units or customs.leading is None or any(unit.role is Role.LEAD for unit in units):
        return list(units)
    end = _leads_end(text, units, customs.leading)
    others = customs.others or Role.RESPONSIBLE
    leads = [Named(unit.span, Role.LEAD, unit.group) for unit in units if unit.span.start < end]
    return leads + [_helping(unit, others) for unit in units if unit.span.start >= end]


def _helping(unit: Named, role: Role) -> Named:
    """Return a unit without role word in the role that the customs give it."""
    return Named(unit.span, role, unit.group) if unit.role is Role.RESPONSIBLE else unit


def _leads_end(text: str, units: Sequence[Named], leading: Leading) -> int:
    """Return where the leading units of a list end; at its beginning where the mark is missing."""
    first, last = units[0].span, units[-1].span
    if leading is Leading.FIRST:
        return first.end
    for part in outside(text, Span(first.end, max(first.end, last.start))):
        marks = [at for at in range(part.start, part.end) if text[at] in leading]
        if marks:
            return marks[0]
    return first.start
