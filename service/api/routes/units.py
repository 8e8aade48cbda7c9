"""单位名录 over HTTP: the units that users name their own way, and what a name is taken for."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, Field

from corpus.registry.own_units import LONGEST, OwnUnit
from service.api.dependencies import LibraryDependency, PersonDependency
from service.api.models.record import Record
from service.api.table_files import LinesBody, table_file
from service.library import Library

units = APIRouter(tags=["单位名录"])

Name = Annotated[str, Field(min_length=1, max_length=LONGEST)]
MOST_ALIASES = 200
LONGEST_NOTE = 500


class UnitRecord(Record):
    """A unit as users name it."""

    name: str
    """The full name."""
    aliases: list[str]
    """Other names, as documents write them."""
    group: bool
    """True for a name that stands for several units."""
    note: str


class UnitList(Record):
    """The users' table, in its order."""

    items: list[UnitRecord]


class UnitBody(BaseModel):
    """A unit to add, or to keep in place of the one of the same full name."""

    name: Name
    aliases: Annotated[list[Name], Field(max_length=MOST_ALIASES)] = []
    group: bool = False
    """True for a name that stands for several units."""
    note: Annotated[str, Field(max_length=LONGEST_NOTE)] = ""
    instead_of: Name | None = None
    """The full name so far, where that changes."""


class MeaningRecord(Record):
    """What a name is taken for when a file is read."""

    canonical: str | None
    """The full name, null for a name that is not known."""
    group: bool
    """True for a name that stands for several units."""


@units.get("/units")
def own_units(library: LibraryDependency) -> UnitList:
    """List the units that users added."""
    return _list(library)


@units.put("/units")
def put_unit(library: LibraryDependency, person: PersonDependency, body: UnitBody) -> UnitList:
    """Add a unit, change the one of the same full name, or the one called `instead_of`."""
    unit = OwnUnit(body.name, tuple(body.aliases), body.group, body.note)
    library.units.put_named(unit, person.name, body.instead_of)
    return _list(library)


@units.delete("/units")
def remove_unit(
    library: LibraryDependency, person: PersonDependency, name: Annotated[str, Query(max_length=LONGEST)]
) -> UnitList:
    """Take the unit of this full name out of the table."""
    library.units.remove(name, person.name)
    return _list(library)


@units.post("/units/lines")
def take_in_units(library: LibraryDependency, person: PersonDependency, body: LinesBody) -> UnitList:
    """Add or change the units of lines that were copied from a spreadsheet, or of a file.

    Cells: full name, aliases, 单位 or 组, note. What a line has no cells for stays as it was.
    """
    library.units.take_in(body.text, person.name)
    return _list(library)


@units.get("/units/file", response_class=Response)
def units_file(library: LibraryDependency) -> Response:
    """Return the table as a file that spreadsheet programs open."""
    return table_file("units.tsv", library.units.text())


@units.get("/units/meaning")
def meaning(library: LibraryDependency, name: Annotated[str, Query(max_length=LONGEST)]) -> MeaningRecord:
    """Tell what a name is taken for when a file is read: users' own units first, then the registry."""
    found = library.units.meaning(name)
    return MeaningRecord(canonical=found.canonical, group=found.group)


def _list(library: Library) -> UnitList:
    items = [
        UnitRecord(name=unit.name, aliases=list(unit.aliases), group=unit.group, note=unit.note)
        for unit in library.units.all()
    ]
    return UnitList(items=items)
