"""The rows of a task table that make one task, and what their cells tell of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.document import Cell, Evidence
from corpus.spans import Span, trim
from corpus.task import Deadline
from ingest.extract.assembly.cell_names import NamedInCell, named_in_cell
from ingest.extract.assembly.reading import Reading
from ingest.extract.assembly.tasks import measures_within, quotation
from ingest.extract.tables.columns import MATTER_COLUMNS, OWN_COLUMNS, Column, Head
from ingest.extract.tables.table import TableRow, TaskTable
from ingest.extract.times.deadlines import find_deadlines

_OWN_LABEL = re.compile(
    r"\s*(?P<label>[（(]\d{1,2}[）)]|\d{1,2}[.．、)）]|[①-⑳]|[（(][一二三四五六七八九十]+[）)])\s*"
)
_NOTHING = re.compile(r"[\s—–\-－/／\\无]*")


@dataclass(frozen=True, slots=True)
class TaskRows:
    """One or more rows of a task table that are read as one task."""

    reading: Reading
    table: TaskTable
    rows: Sequence[TableRow]
    split: bool = False
    """True for one measure of several that share a merged task cell."""

    @property
    def text(self) -> str:
        """The canonical text of the document."""
        return self.reading.text

    @property
    def first(self) -> TaskRows:
        """The first row alone."""
        return replace(self, rows=self.rows[:1])

    def cells(self, *kinds: Column) -> list[tuple[int, Cell]]:
        """Return the filled cells under columns of `kinds` with their columns, each cell once, row by row.

        A cell that holds nothing but the dash for an empty one is not filled.
        """
        found: dict[Span, tuple[int, Cell]] = {}
        for row in self.rows:
            for column in self.table.find(*kinds):
                cell = row.cells.get(column)
                if cell is not None and _NOTHING.fullmatch(cell.span.of(self.text)) is None:
                    found.setdefault(cell.span, (column, cell))
        return list(found.values())

    def spans(self, *kinds: Column) -> list[Span]:
        """Return where the filled cells under columns of `kinds` stand, in the order of `cells`."""
        return [cell.span for _, cell in self.cells(*kinds)]

    def words(self) -> Span:
        """Return the task's words, from the problem or task cell to the end of the measures; maybe empty."""
        named = Column.PROBLEM if self.table.find(Column.PROBLEM) else Column.TASK
        spans = self.spans(*([Column.MEASURES] if self.split else [named, Column.MEASURES]))
        if not spans:
            start = self.rows[0].block.span.start
            return Span(start, start)
        return trim(self.text, Span(min(span.start for span in spans), max(span.end for span in spans)))

    def own_words(self, span: Span) -> list[Span]:
        """Return the cells of the words at `span` without unit and date cells that may stand between them."""
        told = self.table.find(Column.PROBLEM) and len(self.table.find(*MATTER_COLUMNS, Column.GOAL)) > 1
        asked = (Column.GOAL, Column.MEASURES) if told else (*MATTER_COLUMNS, Column.GOAL)
        return [cell for cell in self.spans(*asked) if cell.overlaps(span) or len(self.rows) == 1]

    def label(self, span: Span, numbered: bool) -> tuple[str, Span]:
        """Return the task's number and its words after that, of those at `span`.

        `numbered` tells that the number column holds a number of each measure's own.
        """
        numbers = self.first.spans(Column.INDEX)
        if numbers and (numbered or not self.split):
            return numbers[0].of(self.text).strip(), span
        own = _OWN_LABEL.match(self.text, span.start, span.end)
        return (own["label"], Span(own.end(), span.end)) if own else ("", span)

    def section(self) -> tuple[str, ...]:
        """Return headings, banner rows, merged categories and, for one measure of several, the task cell."""
        row = self.rows[0]
        path = [*self.reading.document.section_of(row.block), *row.banner]
        kinds = [Column.CATEGORY, *([Column.PROBLEM, Column.TASK] if self.split else [])]
        path += [span.of(self.text).strip() for span in self.first.spans(*kinds)]
        return tuple(words for words in path if words)

    def named(self) -> NamedInCell:
        """Return the units and persons of all cells that may name some, each once."""
        cells = [(self.table.heads[column], cell) for column, cell in self.cells(*OWN_COLUMNS)]
        found = [self._named_in(head, cell) for head, cell in cells if head.kind is not Column.DEADLINE]
        units = dict.fromkeys(unit for each in found for unit in each.units)
        persons = dict.fromkeys(person for each in found for person in each.persons)
        return NamedInCell(tuple(units), tuple(persons))

    def _named_in(self, head: Head, cell: Cell) -> NamedInCell:
        return named_in_cell(self.reading, head.kind, head.words, trim(self.text, cell.span))

    def deadlines(self, words: Sequence[Span]) -> Iterator[Deadline]:
        """Yield the limits of the task's words and of its date cells, each wording once."""
        seen: set[tuple[str, str]] = set()
        for span in [*words, *self.spans(Column.DEADLINE)]:
            for limit in find_deadlines(self.text, trim(self.text, span), self.reading.deadlines):
                if (limit.raw, limit.kind) not in seen:
                    seen.add((limit.raw, limit.kind))
                    yield limit

    def measures(self) -> tuple[Evidence, ...]:
        """Return the measures: the cells of several rows, else the numbered clauses of the one cell."""
        spans = self.spans(Column.MEASURES)
        if len(spans) > 1:
            return tuple(quotation(self.reading, span) for span in spans)
        return () if self.split or not spans else measures_within(self.reading, spans[0])

    def quoted(self, kind: Column) -> Evidence | None:
        """Return the words of the first row's cell of a kind, None where it has none."""
        spans = self.first.spans(kind)
        return quotation(self.reading, spans[0]) if spans else None

    def extra(self) -> dict[str, str]:
        """Return the filled cells of columns that have no key of their own, by their heads."""
        found: dict[str, str] = {}
        for column, cell in self.cells(Column.EXTRA):
            head, words = self.table.heads[column].words, cell.span.of(self.text).strip()
            found[head] = f"{found[head]}；{words}" if head in found else words
        return found
