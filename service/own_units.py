"""The table of units that the users of a library add: where it lies, and how it is renewed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from corpus.registry.own_units import FILE, OwnUnit, follow_own_units, load_own_units, save_own_units
from service.place import Place


def units_file(place: Place) -> Path:
    """Return where a library's table of units lies: beside its records, or beside the index of a database."""
    index = place.index_folder
    return (place.folder or index.parent / f"{index.name}-files") / FILE


def own_units(place: Place) -> tuple[OwnUnit, ...]:
    """Return the units that users added, in their order; () for none.

    Raises:
        UserError: when the table was edited by hand and cannot be read.
    """
    return load_own_units(units_file(place))


def replace_own_units(place: Place, units: Sequence[OwnUnit]) -> None:
    """Keep these units instead of those before; what is read from now on goes by them.

    Raises:
        UserError: when a name is empty, too long, or stands for two units; nothing is changed then.
    """
    path = units_file(place)
    path.parent.mkdir(parents=True, exist_ok=True)
    save_own_units(path, units)
    follow_own_units(path)
