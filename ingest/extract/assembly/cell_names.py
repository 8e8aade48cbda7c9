"""The units and persons that one cell of a task table names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.registry.units import ends_like_unit
from corpus.spans import Span
from corpus.task import Person, Role, Unit
from ingest.extract.assembly.reading import Reading
from ingest.extract.assembly.tasks import unit_of
from ingest.extract.responsibility.content import lead_by_custom, read_content
from ingest.extract.responsibility.labels import find_labels
from ingest.extract.responsibility.persons import parse_persons
from ingest.extract.responsibility.phrases import read_phrases
from ingest.extract.responsibility.statement import Named
from ingest.extract.tables.columns import Column

_PIECE = re.compile(r"[^、，,；;。|\s]+")
_WITH_PERSON = re.compile(r"(?P<unit>[^（(：:]+)[（(：:](?P<person>[^（()）]{2,20})[）)]?$")
_LONGEST_NAME = 4
_PERSON_NAME = re.compile(r"[\u4e00-\u9fff·]{2,4}")


@dataclass(frozen=True, slots=True)
class NamedInCell:
    """Whom a cell names."""

    units: tuple[Unit, ...] = ()
    persons: tuple[Person, ...] = ()


def named_in_cell(reading: Reading, kind: Column, head: str, span: Span) -> NamedInCell:
    """Return the units and persons in the cell at `span`, which stands under the head `head`.

    Units under 责任单位及责任人 may be followed by persons; a unit under 责任人 is a unit all the same.
    """
    if kind is Column.PERSON:
        return _of_persons(reading, span)
    if re.search("人|领导", head) and not find_labels(reading.text, span):
        return _of_both(reading, Role(kind.value), span)
    return NamedInCell(tuple(_units(reading, kind, span)))


def _units(reading: Reading, kind: Column, span: Span) -> Iterator[Unit]:
    """Yield the units of a cell, which may hold labels or role words of its own."""
    customs = reading.conventions.at(span.start)
    named: Sequence[Named]
    if find_labels(reading.text, span):
        named = read_content(reading.text, span, customs).units
    else:
        named = read_phrases(reading.text, span, Role(kind.value), customs.stars)
    if kind is Column.RESPONSIBLE:
        named = lead_by_custom(reading.text, named, customs)
    for each in named:
        yield unit_of(reading, each)


def _of_persons(reading: Reading, span: Span) -> NamedInCell:
    persons: list[Person] = []
    units: list[Unit] = []
    for person in parse_persons(reading.text, span):
        if person.name and not person.post and ends_like_unit(person.name):
            start = reading.text.index(person.name, span.start)
            named = read_phrases(reading.text, Span(start, start + len(person.name)), Role.RESPONSIBLE)
            units += [unit_of(reading, each) for each in named]
        else:
            persons.append(person)
    return NamedInCell(tuple(units), tuple(persons))


def _of_both(reading: Reading, role: Role, span: Span) -> NamedInCell:
    """Read units and persons side by side: 县水利局 王一, 县水利局（王一）, 县水利局局长王一."""
    persons: list[Person] = []
    units: list[Named] = []
    for match in _PIECE.finditer(reading.text, span.start, span.end):
        unit, person = _parted(reading.text, Span(match.start(), match.end()))
        persons += parse_persons(reading.text, person)
        units += read_phrases(reading.text, unit, role, reading.conventions.stars)
    return NamedInCell(tuple(unit_of(reading, each) for each in units), tuple(persons))


def _parted(text: str, piece: Span) -> tuple[Span, Span]:
    """Return the unit and the person of a piece; either may be empty."""
    nobody = Span(piece.end, piece.end)
    match = _WITH_PERSON.match(text, piece.start, piece.end)
    if match and not ends_like_unit(match["person"]):
        return Span(*match.span("unit")), Span(*match.span("person"))
    words = piece.of(text)
    if ends_like_unit(words):
        return piece, nobody
    if _PERSON_NAME.fullmatch(words):
        return Span(piece.start, piece.start), piece
    for end in range(piece.end - 2, piece.start + 2, -1):
        rest = Span(end, piece.end)
        posts = any(person.post for person in parse_persons(text, rest)) or len(rest) < _LONGEST_NAME
        if posts and ends_like_unit(text[piece.start : end]):
            return Span(piece.start, end), rest
    return piece, nobody
