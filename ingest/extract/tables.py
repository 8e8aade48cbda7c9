"""Tasks in tables: each row, or each measure row of a merged task cell, by what the column heads say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import groupby

from corpus.document import Block, Cell
from corpus.registry.tables import read_table
from corpus.spans import Span, trim
from ingest.extract.assembly.reading import Reading

_PATTERNS = tuple(
    (re.compile(row["pattern"]), row["field"]) for row in read_table("ingest.extract.words", "columns.tsv")
)
_TASK_FIELDS = frozenset({"task", "problem", "measures"})
_OWN_FIELDS = frozenset({"lead", "responsible", "cooperate", "supervise", "deadline", "person"})
_NOT_A_HEAD = 16
"""Longer words are a cell's content, not the head of a column."""


class Column(StrEnum):
    """What a column holds."""

    INDEX = "index"
    CATEGORY = "category"
    PROBLEM = "problem"
    TASK = "task"
    GOAL = "goal"
    MEASURES = "measures"
    LEAD = "lead"
    RESPONSIBLE = "responsible"
    COOPERATE = "cooperate"
    SUPERVISE = "supervise"
    PERSON = "person"
    DEADLINE = "deadline"
    EXTRA = "extra"


UNIT_COLUMNS = (Column.LEAD, Column.RESPONSIBLE, Column.COOPERATE, Column.SUPERVISE)


@dataclass(frozen=True, slots=True)
class TableRow:
    """A body row of a task table, its cells by what their columns hold."""

    block: Block
    cells: dict[int, Cell]
    """By grid column; a merged cell stands under every column it covers."""
    banner: tuple[str, ...] = ()
    """The banner rows above it, outermost first."""


@dataclass(slots=True)
class TaskTable:
    """A table whose columns say what is to be done and by whom or when."""

    columns: dict[int, Column]
    heads: dict[int, str]
    rows: list[TableRow] = field(default_factory=list)

    def find(self, *kinds: Column) -> list[int]:
        """Return the grid columns that hold one of `kinds`, from left to right."""
        return [column for column, kind in sorted(self.columns.items()) if kind in kinds]


def find_task_tables(reading: Reading) -> Iterator[TaskTable]:
    """Yield the task tables of a document; other tables (statistics, contacts) are left out."""
    rows = [block for block in reading.document.blocks if block.row is not None]
    for _, group in groupby(rows, key=lambda block: block.row.table if block.row else None):
        table = _task_table(reading, list(group))
        if table is not None:
            yield table


def column_of(head: str) -> Column | None:
    """Return what the head of a column says about its cells, None for a head that says nothing known."""
    bare = re.sub(r"\s", "", head)
    if not bare or len(bare) > _NOT_A_HEAD:
        return None
    return next((Column(name) for pattern, name in _PATTERNS if pattern.search(bare)), None)


def _task_table(reading: Reading, blocks: list[Block]) -> TaskTable | None:
    """Return the table with its columns recognised, None when it is no task table."""
    heads = _head_rows(reading, blocks)
    if not heads:
        return None
    table = TaskTable({}, {})
    for block in heads:
        for column, cell in _grid(block).items():
            _name_column(reading, table, column, cell)
    kinds = set(table.columns.values())
    if not (kinds & _TASK_FIELDS and kinds & _OWN_FIELDS):
        return None
    table.rows = list(_body(reading, blocks[len(heads) :], table))
    return table


def _name_column(reading: Reading, table: TaskTable, column: int, cell: Cell) -> None:
    """Name a column by its head; of a head over two rows the lower one decides where it says something."""
    head = cell.span.of(reading.text).strip()
    kind = column_of(head)
    if kind is not None and cell.own:
        table.columns[column], table.heads[column] = kind, head
    elif head and column not in table.heads:
        table.columns[column], table.heads[column] = kind or Column.EXTRA, head


def _head_rows(reading: Reading, blocks: list[Block]) -> list[Block]:
    """Return the rows that head the table: those that the format marks, else the first with known heads."""
    marked = [block for block in blocks[:4] if block.row and block.row.header]
    start = (
        blocks.index(marked[0])
        if marked
        else next((i for i, block in enumerate(blocks[:4]) if _known_heads(reading, block) >= 2), None)
    )
    if start is None:
        return []
    heads = blocks[: start + 1]
    for block in blocks[start + 1 : start + 3]:
        if not (block.row and block.row.header) and not _continues_head(reading, block):
            break
        heads.append(block)
    return heads


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


def _grid(block: Block) -> dict[int, Cell]:
    """Return the cells of a row by every grid column they cover."""
    cells = block.row.cells if block.row else ()
    return {cell.column + offset: cell for cell in cells for offset in range(cell.columns)}


def _body(reading: Reading, blocks: list[Block], table: TaskTable) -> Iterator[TableRow]:
    """Yield the rows that hold content, banner rows remembered, repeated heads left out."""
    banner: list[str] = []
    above: dict[int, Cell] = {}
    for block in blocks:
        if block.row is None or block.row.header or _is_repeated_head(reading, block, table):
            continue
        words = _banner(reading, block, table)
        if words is not None:
            banner = _banner_path(banner, words)
            above = {}
            continue
        cells = _filled(reading, _grid(block), above, table)
        above = cells
        yield TableRow(block, cells, tuple(banner))


def _is_repeated_head(reading: Reading, block: Block, table: TaskTable) -> bool:
    """Tell whether a row repeats the column heads, as on a later page."""
    words = {column: cell.span.of(reading.text).strip() for column, cell in _grid(block).items()}
    same = [column for column, head in table.heads.items() if head and words.get(column) == head]
    return len(same) >= max(2, len(table.heads) - 1)


def _banner(reading: Reading, block: Block, table: TaskTable) -> str | None:
    """Return the words of a row that is one cell across the table, else None."""
    cells = [cell for cell in (block.row.cells if block.row else ()) if len(trim(reading.text, cell.span))]
    if len(cells) != 1 or not cells[0].own:
        return None
    cell = cells[0]
    wide = cell.columns >= max(2, len(table.columns) - 1) or len(block.row.cells if block.row else ()) == 1
    return cell.span.of(reading.text).strip() if wide else None


_LABELS = (
    re.compile(r"第?[一二三四五六七八九十]+[、章部]"),
    re.compile(r"[（(][一二三四五六七八九十]+[）)]"),
)


def _banner_path(path: list[str], words: str) -> list[str]:
    """Return the banners above the next rows: a banner replaces those of its own or a lower rank."""
    rank = next((i for i, label in enumerate(_LABELS) if label.match(words)), 0)
    return [*path[:rank], words]


def _filled(
    reading: Reading, cells: dict[int, Cell], above: dict[int, Cell], table: TaskTable
) -> dict[int, Cell]:
    """Fill empty cells from the row above where the format, plain text, does not tell merged cells."""
    if not reading.document.readings.get("reader", "").startswith("txt") or not above:
        return cells
    task = table.find(Column.TASK, Column.PROBLEM)
    if not task or len(trim(reading.text, cells[task[0]].span if task[0] in cells else Span(0, 0))):
        fill = set(table.find(Column.CATEGORY, Column.DEADLINE, *UNIT_COLUMNS))
    else:
        fill = set(table.columns)
    return {
        column: above[column]
        if column in fill and column in above and not len(trim(reading.text, cell.span))
        else cell
        for column, cell in cells.items()
    }
