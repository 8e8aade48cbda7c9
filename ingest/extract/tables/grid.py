"""Rows of any table as a grid: the cells under each column, and their words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from corpus.document import Block, Cell


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row of a table, and the canonical text in which its cells stand."""

    text: str = field(repr=False)
    block: Block
    cells: tuple[Cell, ...]
    """Each cell once, from left to right."""
    grid: Mapping[int, Cell]
    """By every grid column, 0-indexed, that a cell covers."""
    marked: bool
    """True where the format says that the row is one of heads."""

    def words(self, column: int) -> str:
        """Return the words under a grid column without white space around them; "" where no cell stands."""
        cell = self.grid.get(column)
        return "" if cell is None else self.words_of(cell)

    def words_of(self, cell: Cell) -> str:
        """Return the words of one of the cells without white space around them."""
        return cell.span.of(self.text).strip()

    def filled(self) -> list[Cell]:
        """Return the cells that hold words."""
        return [cell for cell in self.cells if self.words_of(cell)]


def grid_row(text: str, block: Block) -> GridRow:
    """Return a block of `text` as a row of its table; one without cells for a block that stands in none."""
    cells = block.row.cells if block.row else ()
    grid = {cell.column + offset: cell for cell in cells for offset in range(cell.columns)}
    return GridRow(text, block, cells, grid, marked=block.row is not None and block.row.header)
