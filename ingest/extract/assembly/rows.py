"""Makes tasks of the rows of task tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain, groupby

from corpus.document import Cell, Evidence
from corpus.spans import Span, trim
from corpus.task import Deadline, Person, Role, Task, Unit
from ingest.extract.assembly.reading import Reading
from ingest.extract.assembly.tasks import doubts_of, measures_within, quotation, unit_of
from ingest.extract.deadlines import find_deadlines
from ingest.extract.indicators import find_indicators
from ingest.extract.persons import parse_persons
from ingest.extract.references import find_references
from ingest.extract.responsibility.content import lead_by_custom, read_content
from ingest.extract.responsibility.labels import find_labels
from ingest.extract.responsibility.phrases import read_phrases
from ingest.extract.responsibility.statement import Named
from ingest.extract.tables import UNIT_COLUMNS, Column, TableRow, TaskTable, find_task_tables

_OWN_LABEL = re.compile(
    r"\s*(?P<label>[（(]\d{1,2}[）)]|\d{1,2}[.．、)）]|[①-⑳]|[（(][一二三四五六七八九十]+[）)])\s*"
)
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
    """Yield one task for the rows of one task cell, or one for each row that has its own unit or limit."""
    own = table.find(*UNIT_COLUMNS, Column.DEADLINE, Column.PERSON)
    shared = all(
        row.cells.get(column) is not None
        and rows[0].cells.get(column) is not None
        and row.cells[column].span == rows[0].cells[column].span
        for row in rows
        for column in own
    )
    if len(rows) == 1 or shared or not table.find(Column.MEASURES):
        task = _task(reading, table, rows, split=False)
        if task is not None:
            yield task
        return
    for row in rows:
        task = _task(reading, table, [row], split=True)
        if task is not None:
            yield task


def _task(reading: Reading, table: TaskTable, rows: list[TableRow], split: bool) -> Task | None:
    """Return the task of `rows`; `split` when it is one measure of a merged task cell."""
    row = rows[0]
    span = _words(reading, table, rows, split)
    if not _MATTER.search(span.of(reading.text)):
        return None
    label, span = _label(reading, table, row, span, split)
    cells = _cells(table, row, *UNIT_COLUMNS)
    own_text = _own_words(reading, table, rows, span)
    units = tuple(unit for kind, cell in cells for unit in _units(reading, kind, cell))
    limits = tuple(_deadlines(reading, table, row, own_text))
    refs = tuple(chain.from_iterable(find_references(reading.text, cell.span) for _, cell in cells))
    persons = tuple(_persons(reading, table, row))
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
        extra=_extra(reading, table, row),
        found_by="table-row",
        confidence=0.95,
        doubts=tuple(doubts_of(reading, units, limits, named=bool(refs or persons))),
    )


def _cells(table: TaskTable, row: TableRow, *kinds: Column) -> list[tuple[Column, Cell]]:
    """Return the filled cells of a row under columns of `kinds`, each once, from left to right."""
    found: dict[Span, tuple[Column, Cell]] = {}
    for column in table.find(*kinds):
        cell = row.cells.get(column)
        if cell is not None and len(cell.span):
            found.setdefault(cell.span, (table.columns[column], cell))
    return list(found.values())


def _words(reading: Reading, table: TaskTable, rows: list[TableRow], split: bool) -> Span:
    """Return the task's words: from the problem or task cell to the end of the measures cell."""
    named = Column.PROBLEM if table.find(Column.PROBLEM) else Column.TASK
    kinds = [Column.MEASURES] if split else [named, Column.MEASURES]
    spans = [cell.span for row in rows for _, cell in _cells(table, row, *kinds)]
    if not spans:
        return Span(rows[0].block.span.start, rows[0].block.span.start)
    return trim(reading.text, Span(min(span.start for span in spans), max(span.end for span in spans)))


def _own_words(reading: Reading, table: TaskTable, rows: list[TableRow], span: Span) -> list[Span]:
    """Return the task's cells without the unit and date cells that may stand between them."""
    kinds = (Column.TASK, Column.PROBLEM, Column.GOAL, Column.MEASURES)
    asked = kinds if Column.PROBLEM not in table.columns.values() else (Column.GOAL, Column.MEASURES)
    cells = [cell.span for row in rows for _, cell in _cells(table, row, *asked)]
    return [cell for cell in dict.fromkeys(cells) if cell.overlaps(span) or len(rows) == 1]


def _label(reading: Reading, table: TaskTable, row: TableRow, span: Span, split: bool) -> tuple[str, Span]:
    """Return the row's own number and the words after it."""
    own = _OWN_LABEL.match(reading.text, span.start, span.end)
    if split and own:
        return own["label"], Span(own.end(), span.end)
    index = _cells(table, row, Column.INDEX)
    if index and not split:
        return index[0][1].span.of(reading.text).strip(), span
    return ("", span) if not own else (own["label"], Span(own.end(), span.end))


def _section(reading: Reading, table: TaskTable, row: TableRow, split: bool) -> tuple[str, ...]:
    """Return headings, banner rows, merged categories and, for one measure of several, the task cell."""
    path = [*reading.document.section_of(row.block), *row.banner]
    kinds = [Column.CATEGORY]
    if split or table.find(Column.PROBLEM):
        kinds += [] if table.find(Column.PROBLEM) and not split else [Column.PROBLEM, Column.TASK]
    path += [cell.span.of(reading.text).strip() for _, cell in _cells(table, row, *kinds)]
    return tuple(words for words in path if words)


def _units(reading: Reading, kind: Column, cell: Cell) -> list[Unit]:
    """Return the units of one cell, which may hold labels or role words of its own."""
    span = trim(reading.text, cell.span)
    customs = reading.conventions.at(span.start)
    if find_labels(reading.text, span):
        named: Sequence[Named] = read_content(reading.text, span, customs).units
    else:
        named = read_phrases(reading.text, span, Role(kind.value), customs.stars)
    if kind is Column.RESPONSIBLE:
        named = lead_by_custom(reading.text, named, customs)
    return [unit_of(reading, unit) for unit in named]


def _persons(reading: Reading, table: TaskTable, row: TableRow) -> Iterator[Person]:
    """Yield the persons of the cells below 责任人 and the like."""
    for _, cell in _cells(table, row, Column.PERSON):
        yield from parse_persons(reading.text, cell.span)


def _deadlines(reading: Reading, table: TaskTable, row: TableRow, words: list[Span]) -> Iterator[Deadline]:
    """Yield the limits of the task's words and of its date cells, each wording once."""
    cells = [cell.span for _, cell in _cells(table, row, Column.DEADLINE)]
    seen: set[tuple[str, str]] = set()
    for span in [*words, *cells]:
        for limit in find_deadlines(reading.text, trim(reading.text, span), reading.deadlines):
            if (limit.raw, limit.kind) not in seen:
                seen.add((limit.raw, limit.kind))
                yield limit


def _measures(reading: Reading, table: TaskTable, rows: list[TableRow], split: bool) -> tuple[Evidence, ...]:
    """Return the measures: the cells of several rows, else the numbered clauses of the one cell."""
    if split:
        return ()
    cells = [cell.span for row in rows for _, cell in _cells(table, row, Column.MEASURES)]
    if len(cells) > 1:
        return tuple(quotation(reading, cell) for cell in cells)
    return tuple(measure for cell in cells for measure in measures_within(reading, cell))


def _evidence(reading: Reading, table: TaskTable, row: TableRow, kind: Column) -> Evidence | None:
    """Return the words of a problem or goal cell."""
    cells = _cells(table, row, kind)
    return quotation(reading, cells[0][1].span) if cells else None


def _extra(reading: Reading, table: TaskTable, row: TableRow) -> dict[str, str]:
    """Return the filled cells of columns that have no key of their own, by their heads."""
    return {
        table.heads[column]: row.cells[column].span.of(reading.text).strip()
        for column in table.find(Column.EXTRA)
        if column in row.cells and len(row.cells[column].span)
    }
