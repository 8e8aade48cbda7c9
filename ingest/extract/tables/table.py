"""What a task table is: columns whose heads are known, and rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from corpus.document import Block, Cell
from ingest.extract.tables.columns import MATTER_COLUMNS, OWN_COLUMNS, Column, Head


@dataclass(frozen=True, slots=True)
class TableRow:
    """A body row of a task table, its cells by what their columns hold."""

    block: Block
    cells: Mapping[int, Cell]
    """By grid column; a merged cell stands under every column it covers."""
    banner: tuple[str, ...] = ()
    """The banner rows above it, outermost first."""


@dataclass(frozen=True, slots=True)
class TaskTable:
    """A table whose columns say what is to be done and by whom or when."""

    heads: Mapping[int, Head]
    """By grid column."""
    rows: tuple[TableRow, ...] = ()

    def find(self, *kinds: Column) -> list[int]:
        """Return the grid columns that hold one of `kinds`, from left to right."""
        return [column for column, head in sorted(self.heads.items()) if head.kind in kinds]

    @property
    def first(self) -> int:
        """The leftmost grid column that has a head, 0 where none has."""
        return min(self.heads, default=0)

    @property
    def assigns(self) -> bool:
        """Tell whether its columns say what is to be done, and by whom or when."""
        return bool(self.find(*MATTER_COLUMNS) and self.find(*OWN_COLUMNS))
