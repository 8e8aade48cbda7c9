"""What the page of a document shows before anybody touches it: made beside the server, and kept.

A ledger of thousands of rows takes a second to read, correct and write out. Most who open a page only look;
so the rows and the marked text are put together once by a worker, and the ledger itself is opened for the
first who changes something.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import orjson

from corpus.document import BlockKind, Document
from corpus.records import JsonObject
from corpus.registry.units import unit_names
from service.editing.cells import CELLS, Cell
from service.editing.editable import EditableLedger, EditedRow
from service.editing.evidence import marked_lines, progress_marks, task_marks
from service.ledger import row_checks
from service.prepared.parcels import Parcel, parcel_of

PARTS_OF_TEXT = frozenset({"problem", "goal"})
PORTION = 60
"""Lines of the text that the browser lays out at a time."""


@dataclass(frozen=True, slots=True)
class Sight:
    """A ledger beside its text as the browser first shows it."""

    rows: int
    doubtful: int
    """Rows that a person should look at."""
    filled: frozenset[str]
    """The fields of the cells that at least one row fills."""
    parcel: Parcel
    """JSON: "rows" of the grid, "names" of units, the "source" in portions, the "outline"."""


def sight_of(ledger: EditableLedger, progress: Sequence[JsonObject]) -> Sight:
    """Return what is first shown of a ledger and of the progress that its document reports."""
    marks = [*task_marks((row.key, row.record) for row in ledger.rows), *progress_marks(progress)]
    body = {
        "rows": grid_rows(ledger.rows, ()),
        "names": known_names(ledger.rows),
        "outline": list(outline_lines(ledger.document)),
        "source": in_portions(marked_lines(ledger.document.text, marks)),
    }
    filled = filled_cells(ledger.rows)
    return Sight(len(ledger.rows), len(ledger.doubtful), filled, parcel_of(orjson.dumps(body)))


def in_portions(lines: Sequence[tuple[int, str]]) -> list[tuple[int, str]]:
    """Return marked lines some at a time: the first code point of each portion, and its HTML."""
    return [
        (lines[place][0], "".join(html for _, html in lines[place : place + PORTION]))
        for place in range(0, len(lines), PORTION)
    ]


def outline_lines(document: Document) -> Iterator[tuple[int, int, str]]:
    """Yield each heading: its first code point, its level, its words."""
    for block in document.blocks:
        if block.kind is BlockKind.HEADING or block.run_in:
            yield block.span.start, block.level, document.heading_of(block)


def filled_cells(rows: Iterable[EditedRow]) -> frozenset[str]:
    """Return the fields of the cells in which at least one row tells something."""
    wanted = list(CELLS)
    found: set[str] = set()
    for row in rows:
        found.update(cell.field for cell in wanted if _tells(cell, row.record))
        wanted = [cell for cell in wanted if cell.field not in found]
    return frozenset(found)


def _tells(cell: Cell, record: JsonObject) -> bool:
    """Tell whether a cell has words; a problem or goal that stands in the task's own text too is none."""
    words = cell.read(record)
    return bool(words) and not (cell.field in PARTS_OF_TEXT and words in record["text"])


def known_names(rows: Iterable[EditedRow]) -> list[str]:
    """Return the names of units that typing proposes: those of the ledger, then those of the registry."""
    names = sorted({unit["name"] for row in rows for unit in row.record["units"]})
    return [*names, *sorted(unit_names() - set(names))]


def grid_rows(rows: Iterable[EditedRow], changed: Iterable[str]) -> list[JsonObject]:
    """Return the rows for the grid; `changed` are the keys of those that are not stored as they stand."""
    touched = set(changed)
    return [grid_row(row, number, row.key in touched) for number, row in enumerate(rows, start=1)]


def grid_row(row: EditedRow, number: int, changed: bool) -> JsonObject:
    """Return one row: the text of each cell, what colours the row, and where it stands in the text."""
    return {
        "key": row.key,
        "id": row.record["id"],
        "start": row.record["span"][0],
        "number": number,
        "doubt": row.doubtful,
        "changed": changed,
        "notes": row_checks(row.record),
        "section": " > ".join(row.record["section"]),
        **{cell.field: cell.read(row.record) for cell in CELLS},
    }
