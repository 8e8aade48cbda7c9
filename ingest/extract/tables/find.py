"""Finds the task tables of a document by their heads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from corpus.document import Document
from corpus.registry.units import ends_like_unit
from ingest.extract.tables.body import body_rows
from ingest.extract.tables.columns import Head, column_of, head_of, settled
from ingest.extract.tables.grid import GridRow, grid_row
from ingest.extract.tables.keyed import KeyedRow, keyed_rows
from ingest.extract.tables.table import TableRow, TaskTable

_HEAD_WITHIN = 6
"""Rows among which the head of a table is looked for."""
_HEAD_ROWS = 3
_MOST = 0.5
"""Share of a column's filled cells from which it is taken for a column of units."""
_UNMERGED = ("txt", "md", "csv")
"""Readers of formats that leave the lower rows of a merged cell empty."""


def find_task_tables(document: Document) -> Iterator[TaskTable]:
    """Yield the task tables of a document; other tables (statistics, contacts) are left out.

    A table without head that follows a task table of as many columns is read with its heads.
    """
    unmerged = document.readings.get("reader", "").startswith(_UNMERGED)
    blocks = [block for block in document.blocks if block.row is not None]
    before: TaskTable | None = None
    for _, group in groupby(blocks, key=lambda block: block.row.table if block.row else None):
        rows = [grid_row(document.text, block) for block in group]
        keyed = keyed_rows(rows)
        table = _of_keyed(keyed) if keyed else _task_table(rows, before, unmerged)
        if table is not None:
            yield table
            before = None if keyed else table


def _of_keyed(keyed: Sequence[KeyedRow]) -> TaskTable | None:
    """Return a table of blocks, each a list of labels with their values, as one with a row for each block."""
    heads = {at: each.head for row in keyed for at, each in row.fields.items()}
    rows = (TableRow(row.block, {at: each.value for at, each in row.fields.items()}) for row in keyed)
    table = TaskTable(settled(heads, frozenset(heads)), tuple(rows))
    return table if table.assigns else None


def _task_table(rows: Sequence[GridRow], before: TaskTable | None, unmerged: bool) -> TaskTable | None:
    """Return the table with its columns recognised, None when it is no task table."""
    count = _head_rows(rows)
    body = rows[count:]
    if count:
        heads = _heads(rows[:count])
        table = TaskTable(settled(heads, _unit_columns(body, heads)))
    elif before is not None and _width(rows) == max(before.heads) + 1:
        table = TaskTable(before.heads)
    else:
        return None
    return replace(table, rows=tuple(body_rows(body, table, unmerged))) if table.assigns else None


def _heads(rows: Sequence[GridRow]) -> dict[int, Head]:
    """Return the heads by grid column, the lines of a head over several rows put together."""
    heads: dict[int, Head] = {}
    for row in rows:
        for column, cell in row.grid.items():
            words = row.words_of(cell)
            if words and (cell.own or column not in heads):
                heads[column] = head_of(words, heads.get(column))
    return heads


def _head_rows(rows: Sequence[GridRow]) -> int:
    """Return how many rows the head takes, those above it included; 0 where there is none.

    The head is what the format marks as such, else the first row with known heads.
    """
    first = rows[:_HEAD_WITHIN]
    known = [_known_heads(row) for row in first]
    marked = (at for at, row in enumerate(first) if row.marked and known[at])
    start = next(marked, next((at for at, count in enumerate(known) if count >= 2), None))
    if start is None:
        return 0
    count = start + 1
    for row in rows[start + 1 : start + _HEAD_ROWS]:
        if not row.marked and not _continues_head(row):
            break
        count += 1
    return count


def _known_heads(row: GridRow) -> int:
    """Return how many cells of a row are known column heads."""
    return sum(column_of(row.words_of(cell)) is not None for cell in row.cells)


def _continues_head(row: GridRow) -> bool:
    """Tell whether a row is the second line of the head: all its own words are known heads."""
    own = [cell for cell in row.cells if cell.own and len(cell.span)]
    merged = any(not cell.own for cell in row.cells)
    return merged and bool(own) and all(column_of(row.words_of(cell)) is not None for cell in own)


def _unit_columns(rows: Sequence[GridRow], heads: Mapping[int, Head]) -> frozenset[int]:
    """Return the columns most of whose filled cells end as the name of a unit or place does."""
    found: set[int] = set()
    for column in heads:
        filled = [words for row in rows if (words := row.words(column))]
        if filled and sum(ends_like_unit(each) for each in filled) >= _MOST * len(filled):
            found.add(column)
    return frozenset(found)


def _width(rows: Sequence[GridRow]) -> int:
    """Return how many grid columns rows take."""
    return max((column + 1 for row in rows for column in row.grid), default=0)
