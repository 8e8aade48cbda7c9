"""Makes tasks of the rows of task tables: which rows belong together, and the task that they make."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, groupby

from corpus.document import Cell
from corpus.spans import Span
from corpus.task import Task
from ingest.extract.assembly.reading import Reading
from ingest.extract.assembly.task_rows import TaskRows
from ingest.extract.assembly.tasks import doubts_of
from ingest.extract.figures.indicators import find_indicators
from ingest.extract.responsibility.references import find_references
from ingest.extract.tables.columns import OWN_COLUMNS, UNIT_COLUMNS, Column
from ingest.extract.tables.find import find_task_tables
from ingest.extract.tables.table import TableRow, TaskTable

_MATTER = re.compile(r"[\u4e00-\u9fff]{2}")


def row_tasks(reading: Reading) -> Iterator[Task]:
    """Yield the tasks of all task tables of a document, in text order."""
    for table in find_task_tables(reading.document):
        for _, group in groupby(table.rows, key=lambda row: _group_key(table, row)):
            yield from _group_tasks(TaskRows(reading, table, list(group)))


def _group_key(table: TaskTable, row: TableRow) -> tuple[object, ...]:
    """Return what rows under one merged task cell share; a row with its own task cell stands alone."""
    cell = _task_cell(table, row)
    return (row.banner, cell.span if cell is not None and len(cell.span) else row.block.span)


def _task_cell(table: TaskTable, row: TableRow) -> Cell | None:
    """Return the cell that names the task or the problem."""
    columns = table.find(Column.PROBLEM) or table.find(Column.TASK) or table.find(Column.MEASURES)
    return next((row.cells[column] for column in columns if column in row.cells), None)


def _group_tasks(group: TaskRows) -> Iterator[Task]:
    """Yield the tasks of the rows of one task cell: one for each run of rows with its own units and limit.

    Where all rows share them, or no column tells measures apart, the whole is one task.
    """
    runs = _runs(group)
    if len(runs) == 1 or not group.table.find(Column.MEASURES):
        runs = [group]
    numbered = _is_numbered(group)
    for run in runs:
        task = _task(run, numbered)
        if task is not None:
            yield task


def _runs(group: TaskRows) -> list[TaskRows]:
    """Cut rows where a unit or a limit of its own begins; a row that names none goes with the one before."""
    runs: list[list[TableRow]] = []
    before: set[Span] = set()
    for row in group.rows:
        own = set(replace(group, rows=[row]).spans(*OWN_COLUMNS))
        if runs and own <= before:
            runs[-1].append(row)
        else:
            runs.append([row])
            before = own
    return [replace(group, rows=run, split=len(runs) > 1) for run in runs]


def _is_numbered(group: TaskRows) -> bool:
    """Tell whether each row has a number of its own in the number column."""
    columns = group.table.find(Column.INDEX)[:1]
    numbers = {row.cells[column].span for row in group.rows for column in columns if column in row.cells}
    return len(numbers) == len(group.rows)


def _task(rows: TaskRows, numbered: bool) -> Task | None:
    """Return the task of rows, None where their cells say nothing; `numbered` as in `TaskRows.label`."""
    reading, words = rows.reading, rows.words()
    if not _MATTER.search(words.of(rows.text)):
        return None
    label, span = rows.label(words, numbered)
    own, named = rows.own_words(span), rows.named()
    limits = tuple(rows.deadlines(own))
    cells = rows.spans(*UNIT_COLUMNS)
    refs = tuple(chain.from_iterable(find_references(rows.text, cell) for cell in cells))
    return Task(
        span=span,
        text=span.of(rows.text),
        label=label,
        section=rows.section(),
        page=rows.rows[0].block.page or reading.document.page_at(span.start),
        units=named.units,
        refs=refs,
        persons=named.persons,
        deadlines=limits,
        indicators=tuple(chain.from_iterable(find_indicators(rows.text, part) for part in own)),
        measures=rows.measures(),
        problem=rows.quoted(Column.PROBLEM),
        goal=rows.quoted(Column.GOAL),
        extra=rows.extra(),
        found_by="table-row",
        doubts=tuple(doubts_of(reading, named.units, limits, named=bool(refs or named.persons))),
    )
