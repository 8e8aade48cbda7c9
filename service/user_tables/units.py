"""单位名录: the units that the users of a library name their own way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.errors import NotFoundError, UserError
from corpus.registry.own_units import (
    GROUP,
    SINGLE,
    OwnUnit,
    as_text,
    follow_own_units,
    load_own_units,
    name_key,
    parse_aliases,
    parse_own_units,
    save_own_units,
)
from corpus.registry.units import canonical_unit, is_group
from corpus.store.audit import Fact
from service.user_tables.table import Step, UserTable


@dataclass(frozen=True, slots=True)
class Meaning:
    """What names are taken for when a file is read."""

    canonical: str | None
    """The full name, None for a name that is not known."""
    group: bool
    """True for a name that stands for several units."""


class UnitBook(UserTable[OwnUnit]):
    """The users' table of units; what is read from a change on goes by it."""

    name = "单位名录"

    def all(self) -> tuple[OwnUnit, ...]:
        """Return the units that users added, in their order; () for none.

        Raises:
            UserError: when the table was edited by hand and cannot be read.
        """
        return load_own_units(self.path)

    def text(self) -> str:
        """Return the table as the text of its file."""
        return as_text(self.all())

    def remove(self, name: str, by: str) -> Step[OwnUnit]:
        """Take the unit of this full name out of the table.

        Raises:
            NotFoundError: when there is none.
        """

        def act(units: list[OwnUnit]) -> None:
            units.remove(_named(units, name))

        return self._change(act, by)

    def put_named(self, unit: OwnUnit, by: str, instead_of: str | None = None) -> Step[OwnUnit]:
        """Add a unit, change the one of the same full name, or put it in place of `instead_of`.

        Raises:
            NotFoundError: when there is none called so.
            UserError: when a name is empty, too long, or stands for two units; nothing is changed then.
        """
        seen = _named(self.all(), instead_of) if instead_of is not None else None
        return self.put(unit, by, seen)

    def take_in(self, text: str, by: str) -> Step[OwnUnit]:
        """Add or change the units of lines that were copied from a spreadsheet, or of a file.

        What a line has no cells for stays as it was.

        Raises:
            UserError: when no line is a unit, or one cannot be; nothing is changed then.
        """

        def act(units: list[OwnUnit]) -> None:
            found = {name_key(unit.name): unit for unit in parse_own_units(text, units)}
            if not found:
                raise UserError("没有读到单位：每行写一个全称，按 Tab 键隔开，再写别名、类别和说明。")
            units[:] = ({name_key(unit.name): unit for unit in units} | found).values()

        return self._change(act, by)

    def meaning(self, name: str) -> Meaning:
        """Return what a name is taken for.

        Raises:
            UserError: when the table was edited by hand and cannot be read.
        """
        follow_own_units(self.path)
        return Meaning(canonical_unit(name.strip()), is_group(name.strip()))

    def key(self, line: OwnUnit) -> str:
        """Return what only one line may have."""
        return name_key(line.name)

    def _fact(self, was: OwnUnit | None, now: OwnUnit | None) -> Fact:
        unit = now or was
        assert unit is not None, "it is in one of them"
        return Fact("units.change", unit.name, before=_shown(was), after=_shown(now))

    def _tidied(self, line: OwnUnit) -> OwnUnit:
        aliases = parse_aliases("、".join(line.aliases))
        return OwnUnit(line.name.strip(), aliases, line.group, line.note.strip())

    def _save(self, lines: Sequence[OwnUnit]) -> None:
        save_own_units(self.path, lines)
        follow_own_units(self.path)


def _named(units: Sequence[OwnUnit], name: str) -> OwnUnit:
    found = next((unit for unit in units if name_key(unit.name) == name_key(name)), None)
    if found is None:
        raise NotFoundError(f"单位名录里没有“{name}”。")
    return found


def _shown(unit: OwnUnit | None) -> str | None:
    if unit is None:
        return None
    parts = ["、".join(unit.aliases), GROUP if unit.group else SINGLE, unit.note]
    return "；".join(filter(None, parts))
