"""The rows of a task table below its head, with banners above them and cells that were merged filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from corpus.document import Cell
from ingest.extract.tables.columns import MATTER_COLUMNS, UNIT_COLUMNS, Column
from ingest.extract.tables.grid import GridRow
from ingest.extract.tables.table import TableRow, TaskTable

_SUM = re.compile(r"(?:合|小|总|共)\s*计|累\s*计")
_NOTE = re.compile(r"\s*(?:备?注|说明|填[表报]|联系)")
_FIGURE = re.compile(r"[\d.、()（）\s]*")
_LABELS = (
    re.compile(r"第?[一二三四五六七八九十]+[、章部]"),
    re.compile(r"[（(][一二三四五六七八九十]+[）)]"),
)
"""How banners begin, the outer rank first."""


def body_rows(rows: Sequence[GridRow], table: TaskTable, unmerged: bool) -> Iterator[TableRow]:
    """Yield the rows that hold content, banner rows remembered; repeated heads and sums are left out.

    Args:
        rows: what stands below the head.
        table: the table with its heads.
        unmerged: whether the format leaves the lower rows of a merged cell empty.
    """
    banner: list[str] = []
    above: Mapping[int, Cell] = {}
    written_out = _written_out(rows)
    for row in rows:
        if row.marked or _is_repeated_head(row, table):
            continue
        words = _banner(row, table)
        if words is not None:
            banner = banner if _NOTE.match(words) else _banner_path(banner, words)
            above = {}
            continue
        if _is_sum(row, table):
            continue
        fill = _merged(row, table, unmerged) - written_out
        above = {
            column: above.get(column, cell) if column in fill else cell for column, cell in row.grid.items()
        }
        yield TableRow(row.block, above, tuple(banner))


def _is_repeated_head(row: GridRow, table: TaskTable) -> bool:
    """Tell whether a row repeats the column heads, as on a later page."""
    same = [column for column, head in table.heads.items() if head.words and row.words(column) == head.words]
    return len(same) >= max(2, len(table.heads) - 1)


def _is_sum(row: GridRow, table: TaskTable) -> bool:
    """Tell whether a row adds up the others."""
    named = [*table.find(Column.INDEX), *table.find(Column.TASK), table.first]
    return any(_SUM.fullmatch(row.words(column)) for column in named)


def _banner(row: GridRow, table: TaskTable) -> str | None:
    """Return the words of a row that is one cell across the table, or one in its first column, else None."""
    filled = row.filled()
    if len(filled) != 1 or not filled[0].own:
        return None
    cell = filled[0]
    words = row.words_of(cell)
    wide = cell.columns >= max(2, len(table.heads) - 1) or len(row.cells) == 1
    first = cell.column == table.first and not _FIGURE.fullmatch(words)
    task = cell.column in table.find(*MATTER_COLUMNS)
    return words if wide or (first and not task) else None


def _banner_path(path: list[str], words: str) -> list[str]:
    """Return the banners above the next rows: a banner replaces those of its own or a lower rank."""
    rank = next((i for i, label in enumerate(_LABELS) if label.match(words)), 0)
    return [*path[:rank], words]


def _written_out(rows: Sequence[GridRow]) -> frozenset[int]:
    """Return the columns in which equal words stand in one row after another: there nothing is merged."""
    return frozenset(
        column
        for before, after in pairwise(rows)
        for column, cell in after.grid.items()
        if cell.own and (words := after.words_of(cell)) and before.words(column) == words
    )


def _merged(row: GridRow, table: TaskTable, unmerged: bool) -> set[int]:
    """Return the columns of empty cells that stand for a merged cell which the format does not tell.

    Every format leaves categories empty under the first of a kind. Plain text and csv lose all merged cells:
    there an empty task goes on with its lead, so does a limit and who supervises, which hardly any row is
    without, and so do the units of a row that names none.
    """
    empty = {column for column in row.grid if not row.words(column)}
    fill = set(table.find(Column.CATEGORY))
    return empty & (fill | _lost(table, empty) if unmerged else fill)


def _lost(table: TaskTable, empty: set[int]) -> set[int]:
    """Return the columns whose cell, where empty, was merged with the one above."""
    fill = set(table.find(Column.DEADLINE, Column.SUPERVISE))
    task = table.find(Column.TASK, Column.PROBLEM)
    if task and task[0] in empty:
        fill |= set(table.find(Column.INDEX, Column.TASK, Column.PROBLEM, Column.GOAL, Column.LEAD))
    if all(column in empty for column in table.find(*UNIT_COLUMNS)):
        fill |= set(table.find(*UNIT_COLUMNS, Column.PERSON))
    return fill
