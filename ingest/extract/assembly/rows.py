"""Makes tasks of the rows of task tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, groupby

from corpus.document import Cell, Evidence
from corpus.spans import Span, trim
from corpus.task import Deadline, Task
from ingest.extract.assembly.cell_names import NamedInCell, named_in_cell
from ingest.extract.assembly.reading import Reading
from ingest.extract.assembly.tasks import doubts_of, measures_within, quotation
from ingest.extract.columns import MATTER_COLUMNS, OWN_COLUMNS, UNIT_COLUMNS, Column
from ingest.extract.deadlines import find_deadlines
from ingest.extract.indicators import find_indicators
from ingest.extract.references import find_references
from ingest.extract.tables import TableRow, TaskTable, find_task_tables

_OWN_LABEL = re.compile(
    r"\s*(?P<label>[（(]\d{1,2}[）)]|\d{1,2}[.．、)）]|[①-⑳]|[（(][一二三四五六七八九十]+[）)])\s*"
)
_NOTHING = re.compile(r"[\s—–\-－/／\\无]*")
_MATTER = re.compile(r"[\u4e00-\u9fff]{2}")


def row_tasks(reading: Reading) -> Iterator[Task]:
    """Yield the tasks of all task tables of a document, in text order."""
    for table in find_task_tables(reading):
        for _, group in groupby(table.rows, key=lambda row: _group_key(table, row)):
            yield from _group_tasks(reading, table, list(group))


def _group_key(table: TaskTable, row: TableRow) -> tuple[object, ...]:
    """Return what rows under one merged task cell share; a row with its own task cell stands alone."""
    cell = _task_cell(table, row)
    return (row.banner, cell.span if cell is not None and len(cell.span) else row.block.span)


def _task_cell(table: TaskTable, row: TableRow) -> Cell | None:
    """Return the cell that names the task or the problem."""
    columns = table.find(Column.PROBLEM) or table.find(Column.TASK) or table.find(Column.MEASURES)
    return next((row.cells[column] for column in columns if column in row.cells), None)


def _group_tasks(reading: Reading, table: TaskTable, rows: list[TableRow]) -> Iterator[Task]:
    """Yield the tasks of the rows of one task cell: one for each run of rows with its own units and limit.

    Where all rows share them, or no column tells measures apart, the whole is one task.
    """
    runs = _runs(reading, table, rows)
    if len(runs) == 1 or not table.find(Column.MEASURES):
        runs = [rows]
    numbered = _numbered(table, rows)
    for run in runs:
        task = _task(reading, table, run, split=len(runs) > 1, numbered=numbered)
        if task is not None:
            yield task


def _runs(reading: Reading, table: TaskTable, rows: list[TableRow]) -> list[list[TableRow]]:
    """Cut rows where a unit or a limit of its own begins; a row that names none goes with the one before."""
    runs: list[list[TableRow]] = []
    before: set[tuple[int, Span]] = set()
    for row in rows:
        own = {
            (column, row.cells[column].span)
            for column in table.find(*OWN_COLUMNS)
            if column in row.cells and _says_something(reading, row.cells[column])
        }
        if runs and own <= before:
            runs[-1].append(row)
        else:
            runs.append([row])
            before = own
    return runs


def _says_something(reading: Reading, cell: Cell) -> bool:
    """Tell whether a cell holds words and not only the dash that says that it is empty."""
    return _NOTHING.fullmatch(cell.span.of(reading.text)) is None


def _task(
    reading: Reading, table: TaskTable, rows: list[TableRow], split: bool, numbered: bool
) -> Task | None:
    """Return the task of `rows`; `split` when it is one measure of a merged task cell.

    `numbered` tells that measures of one task have numbers of their own in the number column.
    """
    row = rows[0]
    span = _words(reading, table, rows, split)
    if not _MATTER.search(span.of(reading.text)):
        return None
    label, span = _label(reading, table, row, span, split and not numbered)
    own_text = _own_words(reading, table, rows, span)
    named = [
        _named(reading, table, column, cell) for column, cell in _cells(reading, table, rows, *OWN_COLUMNS)
    ]
    units = tuple(dict.fromkeys(unit for each in named for unit in each.units))
    persons = tuple(dict.fromkeys(person for each in named for person in each.persons))
    limits = tuple(_deadlines(reading, table, rows, own_text))
    unit_cells = [cell for _, cell in _cells(reading, table, rows, *UNIT_COLUMNS)]
    refs = tuple(chain.from_iterable(find_references(reading.text, cell.span) for cell in unit_cells))
    return Task(
        span=span,
        text=span.of(reading.text),
        label=label,
        section=_section(reading, table, row, split),
        page=row.block.page or reading.document.page_at(span.start),
        units=units,
        refs=refs,
        persons=persons,
        deadlines=limits,
        indicators=tuple(chain.from_iterable(find_indicators(reading.text, part) for part in own_text)),
        measures=_measures(reading, table, rows, split),
        problem=_evidence(reading, table, row, Column.PROBLEM),
        goal=_evidence(reading, table, row, Column.GOAL),
        extra=_extra(reading, table, rows),
        found_by="table-row",
        doubts=tuple(doubts_of(reading, units, limits, named=bool(refs or persons))),
    )


def _cells(
    reading: Reading, table: TaskTable, rows: list[TableRow], *kinds: Column
) -> list[tuple[int, Cell]]:
    """Return the filled cells of rows under columns of `kinds`, each once, row by row from left to right."""
    found: dict[Span, tuple[int, Cell]] = {}
    for row in rows:
        for column in table.find(*kinds):
            cell = row.cells.get(column)
            if cell is not None and _says_something(reading, cell):
                found.setdefault(cell.span, (column, cell))
    return list(found.values())


def _words(reading: Reading, table: TaskTable, rows: list[TableRow], split: bool) -> Span:
    """Return the task's words: from the problem or task cell to the end of the measures cell."""
    named = Column.PROBLEM if table.find(Column.PROBLEM) else Column.TASK
    kinds = [Column.MEASURES] if split else [named, Column.MEASURES]
    spans = [cell.span for _, cell in _cells(reading, table, rows, *kinds)]
    if not spans:
        return Span(rows[0].block.span.start, rows[0].block.span.start)
    return trim(reading.text, Span(min(span.start for span in spans), max(span.end for span in spans)))


def _own_words(reading: Reading, table: TaskTable, rows: list[TableRow], span: Span) -> list[Span]:
    """Return the task's cells without the unit and date cells that may stand between them."""
    told = table.find(Column.PROBLEM) and len(table.find(*MATTER_COLUMNS, Column.GOAL)) > 1
    asked = (
        (Column.GOAL, Column.MEASURES)
        if told
        else (Column.TASK, Column.PROBLEM, Column.GOAL, Column.MEASURES)
    )
    cells = [cell.span for _, cell in _cells(reading, table, rows, *asked)]
    return [cell for cell in cells if cell.overlaps(span) or len(rows) == 1]


def _label(reading: Reading, table: TaskTable, row: TableRow, span: Span, shared: bool) -> tuple[str, Span]:
    """Return the row's own number and the words after it; `shared`: the number column's is another's."""
    number = next((cell for _, cell in _cells(reading, table, [row], Column.INDEX)), None)
    if number is not None and not shared:
        return number.span.of(reading.text).strip(), span
    own = _OWN_LABEL.match(reading.text, span.start, span.end)
    return (own["label"], Span(own.end(), span.end)) if own else ("", span)


def _numbered(table: TaskTable, rows: list[TableRow]) -> bool:
    """Tell whether each of several rows has a number of its own."""
    numbers = [
        row.cells[column].span
        for row in rows
        for column in table.find(Column.INDEX)[:1]
        if column in row.cells
    ]
    return len(set(numbers)) == len(rows)


def _section(reading: Reading, table: TaskTable, row: TableRow, split: bool) -> tuple[str, ...]:
    """Return headings, banner rows, merged categories and, for one measure of several, the task cell."""
    path = [*reading.document.section_of(row.block), *row.banner]
    kinds = [Column.CATEGORY]
    if split:
        kinds += [Column.PROBLEM, Column.TASK]
    path += [cell.span.of(reading.text).strip() for _, cell in _cells(reading, table, [row], *kinds)]
    return tuple(words for words in path if words)


def _named(reading: Reading, table: TaskTable, column: int, cell: Cell) -> NamedInCell:
    """Return the units and persons of a cell, as the head of its column says."""
    kind = table.heads[column].kind
    if kind is Column.DEADLINE:
        return NamedInCell()
    return named_in_cell(reading, kind, table.heads[column].words, trim(reading.text, cell.span))


def _deadlines(
    reading: Reading, table: TaskTable, rows: list[TableRow], words: list[Span]
) -> Iterator[Deadline]:
    """Yield the limits of the task's words and of its date cells, each wording once."""
    cells = [cell.span for _, cell in _cells(reading, table, rows, Column.DEADLINE)]
    seen: set[tuple[str, str]] = set()
    for span in [*words, *cells]:
        for limit in find_deadlines(reading.text, trim(reading.text, span), reading.deadlines):
            if (limit.raw, limit.kind) not in seen:
                seen.add((limit.raw, limit.kind))
                yield limit


def _measures(reading: Reading, table: TaskTable, rows: list[TableRow], split: bool) -> tuple[Evidence, ...]:
    """Return the measures: the cells of several rows, else the numbered clauses of the one cell."""
    cells = [cell.span for _, cell in _cells(reading, table, rows, Column.MEASURES)]
    if len(cells) > 1:
        return tuple(quotation(reading, cell) for cell in cells)
    return () if split else tuple(measure for cell in cells for measure in measures_within(reading, cell))


def _evidence(reading: Reading, table: TaskTable, row: TableRow, kind: Column) -> Evidence | None:
    """Return the words of a problem or goal cell."""
    cells = _cells(reading, table, [row], kind)
    return quotation(reading, cells[0][1].span) if cells else None


def _extra(reading: Reading, table: TaskTable, rows: list[TableRow]) -> dict[str, str]:
    """Return the filled cells of columns that have no key of their own, by their heads."""
    found: dict[str, str] = {}
    for column, cell in _cells(reading, table, rows, Column.EXTRA):
        head, words = table.heads[column].words, cell.span.of(reading.text).strip()
        found[head] = f"{found[head]}；{words}" if head in found else words
    return found
