"""A row as it stands while an edit is made: its record and the columns that an edit may change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from corpus.records import JsonObject
from corpus.store.encoding import from_json, to_json
from corpus.store.ledger.kept import KEPT, kept_values, to_column
from corpus.store.ledger.table import corrected_record

COLUMNS = ("status", "hidden", "merged_into", "confirmed", *KEPT)
"""Keys that are columns of the row and not part of its record."""


@dataclass(slots=True)
class RowState:
    """A row with its corrections, while an edit is made."""

    row: Any
    corrected: JsonObject
    columns: JsonObject
    """What stands under the keys that are columns, as the history has it."""
    _found: JsonObject | None = None

    @property
    def found(self) -> JsonObject:
        """What extraction found, without corrections."""
        if self._found is None:
            self._found = from_json(self.row.record)
        return self._found

    @property
    def record(self) -> JsonObject:
        """The public record, corrections applied."""
        return corrected_record(self.row, self.corrected)

    def value(self, key: str) -> Any:
        """Return what stands under a key of the record, or in a column."""
        return self.columns[key] if key in COLUMNS else self.record[key]


def state_of(row: Any, corrected: JsonObject) -> RowState:
    """Return the state of a row of the table, with what users corrected."""
    values = {key: getattr(row, key) for key in ("status", "hidden", "merged_into")}
    confirmed = from_json(row.confirmed) if row.confirmed else None
    return RowState(row, corrected, {**values, "confirmed": confirmed, **kept_values(row)})


def stored_value(key: str, value: Any) -> Any:
    """Return what the column of a key holds for a value as the history has it."""
    if key in KEPT:
        return to_column(key, value)
    return to_json(value) if key == "confirmed" and value is not None else value
