"""Tables of a pdf page: the ruling lines give the cells, the characters inside give their words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from corpus.document import Box
from ingest.readers.paged.breaks import cell_words
from ingest.readers.paged.grid import table_of
from ingest.readers.paged.page import Char, PageTable
from ingest.readers.pdf.objects import MAX_PATHS, Drawn, Edge
from ingest.readers.pdf.page import text_lines

_MIN_RULES = 2
"""Lines each way that a table has at least."""
_SHORT = 3.0
"""Points from which a line counts; shorter ones are parts of letters."""
_MAX_EDGES = 3000
"""More lines than a table on one page can have."""


def has_rules(drawn: Drawn) -> bool:
    """Tell whether a page has the lines of a table: some lengthwise and some across."""
    upright = sum(edge.upright for edge in drawn.edges)
    across = len(drawn.edges) - upright
    return drawn.paths < MAX_PATHS and len(drawn.edges) <= _MAX_EDGES and min(upright, across) >= _MIN_RULES


def tables_of(drawn: Drawn, chars: Sequence[Char]) -> list[PageTable]:
    """Return the tables of a page from top to bottom."""
    if not has_rules(drawn):
        return []
    found = [table_of(cells, _words_by_cell(cells, chars)) for cells in _cells(drawn.edges)]
    return sorted((table for table in found if table is not None), key=lambda table: table.box[1])


def _cells(edges: Sequence[Edge]) -> list[list[Box]]:
    """Return the cells of each table that the lines form, as pdfplumber finds them."""
    # 0.4 s; most files have no table
    from pdfplumber.table import cells_to_tables, edges_to_intersections, intersections_to_cells, merge_edges

    long = [_as_object(edge) for edge in edges if max(edge[2] - edge[0], edge[3] - edge[1]) >= _SHORT]
    merged = merge_edges(long, 3, 3, 3, 3)
    crossings = edges_to_intersections(merged, 3, 3)
    tables: list[list[Box]] = cells_to_tables(intersections_to_cells(crossings))
    return tables


def _as_object(edge: Edge) -> dict[str, Any]:
    """Return a line in the form in which pdfplumber keeps it."""
    return {
        "x0": edge.left,
        "x1": edge.right,
        "top": edge.top,
        "bottom": edge.bottom,
        "width": edge.right - edge.left,
        "height": edge.bottom - edge.top,
        "orientation": "v" if edge.upright else "h",
    }


def _words_by_cell(cells: Sequence[Box], chars: Sequence[Char]) -> list[str]:
    held: list[list[Char]] = [[] for _ in cells]
    last = 0
    for char in chars:
        across, down = (char.left + char.right) / 2, (char.top + char.bottom) / 2
        # The next character mostly stands in the same cell.
        for at in (last, *range(len(cells))):
            cell = cells[at]
            if cell[0] <= across < cell[2] and cell[1] <= down < cell[3]:
                held[at].append(char)
                last = at
                break
    return [cell_words(text_lines(inside), cell) for inside, cell in zip(held, cells, strict=True)]
