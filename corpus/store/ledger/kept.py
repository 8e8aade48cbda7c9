"""What an office keeps beside what the text says: the public keys, and how the columns of a row hold them.

Each key is a column of `tasks` that is empty for a row to which nothing happened. In public and in the
history lists are lists and days are ISO text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from operator import attrgetter
from typing import Any

from corpus.records import JsonObject, plain
from corpus.store.encoding import from_json, to_json

LISTS = ("marks", "notes", "extensions", "handovers", "rechecks", "attachments")
"""Keys whose value is a list, empty for a row to which nothing happened."""
OBJECTS = ("ended", "closing", "entry")
"""Keys whose value is an object, or null."""
OWN = "own"
"""The columns that the office added, by name; an empty object for none."""
DAY = "done_on"
NUMBER = "percent"
KEPT = (NUMBER, *LISTS, *OBJECTS, OWN, DAY)
"""All keys, each of which is a column of the same name."""
AT_ONCE = ("marks", "extensions", "entry", OWN)
"""Keys that the parts of a split row take over from it."""


def empty_value(key: str) -> Any:
    """Return what stands under a key of a row to which nothing happened."""
    return [] if key in LISTS else {} if key == OWN else None


def to_column(key: str, value: Any) -> Any:
    """Return what the column of a key holds for a public value; None for an empty one."""
    if value is None or value == empty_value(key):
        return None
    if key == DAY:
        return date.fromisoformat(value)
    return value if key == NUMBER else to_json(value)


def from_column(key: str, stored: Any) -> Any:
    """Return the public value for what the column of a key holds."""
    if stored is None:
        return empty_value(key)
    if key == DAY:
        return plain(stored)
    return stored if key == NUMBER else from_json(stored)


def kept_values(row: Any) -> JsonObject:
    """Return what is kept of a row, by key, from a row of the table; lists are not to be changed in place."""
    values = {**_NOTHING, OWN: {}}  # most rows of a long listing have nothing else
    for key, stored in zip(KEPT, _COLUMNS(row), strict=True):
        if stored is not None:
            values[key] = from_column(key, stored)
    return values


def extended_to(extensions: Sequence[Mapping[str, Any]]) -> date | None:
    """Return the day to which a row was last extended, None for one that never was."""
    return date.fromisoformat(extensions[-1]["to"]) if extensions else None


_COLUMNS = attrgetter(*KEPT)
_NOTHING = {key: empty_value(key) for key in KEPT}
