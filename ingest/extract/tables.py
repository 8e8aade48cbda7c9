"""Task tables: which tables say what is to be done and by whom or when, their columns and their rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise

from corpus.document import Block, Cell
from corpus.registry.units import ends_like_unit
from corpus.spans import trim
from ingest.extract.assembly.reading import Reading
from ingest.extract.columns import (
    MATTER_COLUMNS,
    OWN_COLUMNS,
    UNIT_COLUMNS,
    Column,
    Head,
    column_of,
    head_of,
    settled,
)
from ingest.extract.keyed_tables import KeyedRow, keyed_rows

_HEAD_WITHIN = 6
"""Rows among which the head of a table is looked for."""
_HEAD_ROWS = 3
_MOST = 0.5
"""Share of a column's filled cells from which it is taken for a column of units."""
_SUM = re.compile(r"(?:合|小|总|共)\s*计|累\s*计")
_NOTE = re.compile(r"\s*(?:备?注|说明|填[表报]|联系)")
_FIGURE = re.compile(r"[\d.、()（）\s]*")
_UNMERGED = ("txt", "md", "csv")
"""Readers of formats that leave the lower rows of a merged cell empty."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """A body row of a task table, its cells by what their columns hold."""

    block: Block
    cells: Mapping[int, Cell]
    """By grid column; a merged cell stands under every column it covers."""
    banner: tuple[str, ...] = ()
    """The banner rows above it, outermost first."""


@dataclass(slots=True)
class TaskTable:
    """A table whose columns say what is to be done and by whom or when."""

    heads: dict[int, Head]
    """By grid column."""
    rows: list[TableRow] = field(default_factory=list)

    def find(self, *kinds: Column) -> list[int]:
        """Return the grid columns that hold one of `kinds`, from left to right."""
        return [column for column, head in sorted(self.heads.items()) if head.kind in kinds]

    @property
    def assigns(self) -> bool:
        """Tell whether its columns say what is to be done, and by whom or when."""
        return bool(self.find(*MATTER_COLUMNS) and self.find(*OWN_COLUMNS))


def find_task_tables(reading: Reading) -> Iterator[TaskTable]:
    """Yield the task tables of a document; other tables (statistics, contacts) are left out.

    A table without head that follows a task table of as many columns is read with its heads.
    """
    rows = [block for block in reading.document.blocks if block.row is not None]
    before: TaskTable | None = None
    for _, group in groupby(rows, key=lambda block: block.row.table if block.row else None):
        blocks = list(group)
        keyed = keyed_rows(reading.text, blocks)
        table = _of_keyed(keyed) if keyed else _task_table(reading, blocks, before)
        if table is not None:
            yield table
            before = None if keyed else table


def _of_keyed(keyed: Sequence[KeyedRow]) -> TaskTable | None:
    """Return a table of blocks, each a list of labels with their values, as one with a row for each block."""
    heads = {at: each.head for row in keyed for at, each in row.fields.items()}
    table = TaskTable(settled(heads, frozenset(heads)))
    table.rows = [TableRow(row.block, {at: each.value for at, each in row.fields.items()}) for row in keyed]
    return table if table.assigns else None


def _task_table(reading: Reading, blocks: list[Block], before: TaskTable | None) -> TaskTable | None:
    """Return the table with its columns recognised, None when it is no task table."""
    count = _head_rows(reading, blocks)
    if count:
        heads = _heads(reading, blocks[:count])
        table = TaskTable(settled(heads, _unit_columns(reading, blocks[count:], heads)))
    elif before is not None and _width(blocks) == max(before.heads) + 1:
        table = TaskTable(before.heads)
    else:
        return None
    if not table.assigns:
        return None
    table.rows = list(_body(reading, blocks[count:], table))
    return table


def _heads(reading: Reading, blocks: Sequence[Block]) -> dict[int, Head]:
    """Return the heads by grid column, the lines of a head over several rows put together."""
    heads: dict[int, Head] = {}
    for block in blocks:
        for column, cell in _grid(block).items():
            words = cell.span.of(reading.text).strip()
            if words and (cell.own or column not in heads):
                heads[column] = head_of(words, heads.get(column))
    return heads


def _head_rows(reading: Reading, blocks: list[Block]) -> int:
    """Return how many rows the head takes, those above it included; 0 where there is none.

    The head is what the format marks as such, else the first row with known heads.
    """
    first = blocks[:_HEAD_WITHIN]
    known = [_known_heads(reading, block) for block in first]
    marked = (at for at, block in enumerate(first) if _is_marked(block) and known[at])
    start = next(marked, next((at for at, count in enumerate(known) if count >= 2), None))
    if start is None:
        return 0
    count = start + 1
    for block in blocks[start + 1 : start + _HEAD_ROWS]:
        if not _is_marked(block) and not _continues_head(reading, block):
            break
        count += 1
    return count


def _is_marked(block: Block) -> bool:
    return block.row is not None and block.row.header


def _known_heads(reading: Reading, block: Block) -> int:
    """Return how many cells of a row are known column heads."""
    cells = block.row.cells if block.row else ()
    return sum(column_of(cell.span.of(reading.text)) is not None for cell in cells)


def _continues_head(reading: Reading, block: Block) -> bool:
    """Tell whether a row is the second line of the head: all its own words are known heads."""
    cells = [cell for cell in (block.row.cells if block.row else ()) if cell.own and len(cell.span)]
    known = [cell for cell in cells if column_of(cell.span.of(reading.text)) is not None]
    merged = any(not cell.own for cell in (block.row.cells if block.row else ()))
    return merged and bool(cells) and len(known) == len(cells)


def _unit_columns(reading: Reading, blocks: Sequence[Block], heads: Mapping[int, Head]) -> frozenset[int]:
    """Return the columns most of whose filled cells end as the name of a unit or place does."""
    grids = [_grid(block) for block in blocks]
    found: set[int] = set()
    for column in heads:
        words = [grid[column].span.of(reading.text).strip() for grid in grids if column in grid]
        filled = [each for each in words if each]
        if filled and sum(ends_like_unit(each) for each in filled) >= _MOST * len(filled):
            found.add(column)
    return frozenset(found)


def _grid(block: Block) -> dict[int, Cell]:
    """Return the cells of a row by every grid column they cover."""
    cells = block.row.cells if block.row else ()
    return {cell.column + offset: cell for cell in cells for offset in range(cell.columns)}


def _width(blocks: Sequence[Block]) -> int:
    return max((column + 1 for block in blocks for column in _grid(block)), default=0)


def _body(reading: Reading, blocks: list[Block], table: TaskTable) -> Iterator[TableRow]:
    """Yield the rows that hold content, banner rows remembered; repeated heads and sums are left out."""
    banner: list[str] = []
    above: dict[int, Cell] = {}
    explicit = _written_out(reading, blocks)
    for block in blocks:
        if block.row is None or block.row.header or _is_repeated_head(reading, block, table):
            continue
        words = _banner(reading, block, table)
        if words is not None:
            banner = banner if _NOTE.match(words) else _banner_path(banner, words)
            above = {}
            continue
        if _is_sum(reading, block, table):
            continue
        cells = _filled(reading, _grid(block), above, table, explicit)
        above = cells
        yield TableRow(block, cells, tuple(banner))


def _is_repeated_head(reading: Reading, block: Block, table: TaskTable) -> bool:
    """Tell whether a row repeats the column heads, as on a later page."""
    words = {column: cell.span.of(reading.text).strip() for column, cell in _grid(block).items()}
    same = [column for column, head in table.heads.items() if head.words and words.get(column) == head.words]
    return len(same) >= max(2, len(table.heads) - 1)


def _is_sum(reading: Reading, block: Block, table: TaskTable) -> bool:
    """Tell whether a row adds up the others."""
    grid = _grid(block)
    named = [*table.find(Column.INDEX), *table.find(Column.TASK), min(table.heads, default=0)]
    return any(
        _SUM.fullmatch(grid[column].span.of(reading.text).strip()) for column in named if column in grid
    )


def _banner(reading: Reading, block: Block, table: TaskTable) -> str | None:
    """Return the words of a row that is one cell across the table, or one in its first column, else None."""
    cells = [cell for cell in (block.row.cells if block.row else ()) if len(trim(reading.text, cell.span))]
    if len(cells) != 1 or not cells[0].own:
        return None
    cell = cells[0]
    words = cell.span.of(reading.text).strip()
    wide = cell.columns >= max(2, len(table.heads) - 1) or len(block.row.cells if block.row else ()) == 1
    first = cell.column == min(table.heads, default=0) and not _FIGURE.fullmatch(words)
    task = cell.column in table.find(*MATTER_COLUMNS)
    return words if wide or (first and not task) else None


_LABELS = (
    re.compile(r"第?[一二三四五六七八九十]+[、章部]"),
    re.compile(r"[（(][一二三四五六七八九十]+[）)]"),
)


def _banner_path(path: list[str], words: str) -> list[str]:
    """Return the banners above the next rows: a banner replaces those of its own or a lower rank."""
    rank = next((i for i, label in enumerate(_LABELS) if label.match(words)), 0)
    return [*path[:rank], words]


def _written_out(reading: Reading, blocks: Sequence[Block]) -> frozenset[int]:
    """Return the columns in which equal words stand in one row after another: there nothing is merged."""
    found: set[int] = set()
    for before, after in pairwise(_grid(block) for block in blocks):
        for column, cell in after.items():
            words = cell.span.of(reading.text).strip()
            upper = before.get(column)
            if words and cell.own and upper is not None and upper.span.of(reading.text).strip() == words:
                found.add(column)
    return frozenset(found)


def _filled(
    reading: Reading,
    cells: dict[int, Cell],
    above: Mapping[int, Cell],
    table: TaskTable,
    written_out: frozenset[int],
) -> dict[int, Cell]:
    """Fill empty cells from the row above where they stand for a merged cell that the format does not tell.

    Every format leaves categories empty under the first of a kind. Plain text and csv lose all merged cells:
    there an empty task goes on with its lead, so does a limit and who supervises, which hardly any row is
    without, and so do the units of a row that names none.
    """
    empty = {column for column, cell in cells.items() if not len(trim(reading.text, cell.span))}
    fill = set(table.find(Column.CATEGORY))
    if reading.document.readings.get("reader", "").startswith(_UNMERGED):
        fill |= _lost(table, empty)
    fill = {column for column in fill & empty - written_out if column in above}
    return {column: above[column] if column in fill else cell for column, cell in cells.items()}


def _lost(table: TaskTable, empty: set[int]) -> set[int]:
    """Return the columns whose cell, where empty, was merged with the one above."""
    fill = set(table.find(Column.DEADLINE, Column.SUPERVISE))
    task = table.find(Column.TASK, Column.PROBLEM)
    if task and task[0] in empty:
        fill |= set(table.find(Column.INDEX, Column.TASK, Column.PROBLEM, Column.GOAL, Column.LEAD))
    if all(column in empty for column in table.find(*UNIT_COLUMNS)):
        fill |= set(table.find(*UNIT_COLUMNS, Column.PERSON))
    return fill
