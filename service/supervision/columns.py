"""Columns that the office adds to its ledger: their names, and what may stand in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from corpus.errors import UserError
from corpus.records import JsonObject
from corpus.store.store import Store
from service.supervision.entries import iso_day

KEY = "own_columns"
"""The setting under which they are kept."""
MOST_COLUMNS = 50
LONGEST_NAME = 30
LONGEST_WORDS = 2000


class ColumnKind(StrEnum):
    """What stands in a column."""

    TEXT = "text"
    DATE = "date"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class OwnColumn:
    """A column that the office added."""

    name: str
    kind: ColumnKind = ColumnKind.TEXT
    choices: tuple[str, ...] = ()
    """What may be chosen; empty for the other kinds."""


class OwnColumns:
    """The office's own columns. All methods may be called from any thread."""

    def __init__(self, store: Store) -> None:
        self._table = store.settings

    def all(self) -> tuple[OwnColumn, ...]:
        """Return the columns in the order in which they are shown."""
        kept = self._table.read().get(KEY) or []
        return tuple(
            OwnColumn(item["name"], ColumnKind(item["kind"]), tuple(item["choices"])) for item in kept
        )

    def replace(self, columns: Sequence[OwnColumn], by: str) -> tuple[OwnColumn, ...]:
        """Keep these columns instead of those before; what stands in rows under a name that goes is kept.

        Raises:
            UserError: when a name is empty, too long or given twice, or choices are missing.
        """
        _check(columns)
        self._table.write({KEY: [asdict(column) for column in columns] or None}, by)
        return self.all()

    def checked(self, values: Mapping[str, Any]) -> JsonObject:
        """Return values in the form of their columns, None for empty ones.

        Raises:
            UserError: when there is no such column, or a value is not of its kind.
        """
        known = {column.name: column for column in self.all()}
        if unknown := [name for name in values if name not in known]:
            raise UserError(f"没有名为“{unknown[0]}”的自定义栏目，请先在设置中添加。")
        return {name: _value(known[name], value) for name, value in values.items()}


def _value(column: OwnColumn, value: Any) -> str | None:
    if value is None or value == "":
        return None
    if column.kind is ColumnKind.DATE:
        return iso_day(value, column.name)
    words = str(value).strip()
    if column.kind is ColumnKind.CHOICE and words not in column.choices:
        raise UserError(f"“{column.name}”只能选{'、'.join(column.choices)}。")
    if len(words) > LONGEST_WORDS:
        raise UserError(f"“{column.name}”最多 {LONGEST_WORDS} 个字。")
    return words


def _check(columns: Sequence[OwnColumn]) -> None:
    names = [column.name for column in columns]
    if len(columns) > MOST_COLUMNS:
        raise UserError(f"自定义栏目最多 {MOST_COLUMNS} 个。")
    for column in columns:
        name = column.name
        if name != name.strip() or not 0 < len(name) <= LONGEST_NAME or not name.isprintable():
            raise UserError(f"自定义栏目的名称不能为空，最多 {LONGEST_NAME} 个字。")
        if names.count(name) > 1:
            raise UserError(f"自定义栏目“{name}”重复了。")
        if column.kind is ColumnKind.CHOICE and not column.choices:
            raise UserError(f"请给“{name}”写上可选的值。")
