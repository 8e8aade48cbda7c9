"""Tables that run on over pages: the pieces become one table again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.readers.base import RawCell, RawLine
from ingest.readers.paged.page import PageTable
from ingest.readers.tables import row_line, row_text, with_header

_EDGE_SHIFT = 6.0
"""Points by which a column's edge may differ from page to page."""
_PAGE_SHIFT = 30.0
"""Points by which a whole table may stand further left or right: pages for two sides, sheets in a scanner."""
_ENDINGS = "。；！？.;!?）)"


@dataclass(frozen=True, slots=True)
class Piece:
    """A table as far as it stands on one page."""

    table: PageTable
    page: int
    """1-indexed."""
    follows: bool
    """True when nothing but page furniture stands between it and the piece before."""


def table_lines(pieces: Sequence[Piece]) -> list[list[RawLine]]:
    """Return the rows of each piece as lines, numbered by whole tables.

    Where a piece continues the one before, the repeated column head is marked as furniture, cells that go on
    from the page before are no longer empty, and a row that the page break cut in two is one row at its first
    place.
    """
    lines: list[list[RawLine]] = []
    whole: list[int] = []
    for number, piece in enumerate(pieces):
        continued = number > 0 and piece.follows and _same_columns(pieces[number - 1].table, piece.table)
        whole.append(whole[-1] if continued else len(set(whole)))
        rows = _rows(piece, whole[-1])
        if continued:
            _continue(lines, rows)
        else:
            rows = with_header(rows)
        lines.append(rows)
    return lines


def _rows(piece: Piece, number: int) -> list[RawLine]:
    boxes = piece.table.boxes
    return [
        row_line(cells, number, page=piece.page, box=box, confidence=sure)
        for cells, box, sure in zip(piece.table.rows, boxes, piece.table.confidences, strict=True)
        if any(cell.text for cell in cells)
    ]


def _same_columns(before: PageTable, after: PageTable) -> bool:
    if len(before.edges) != len(after.edges):
        return False
    shift = after.edges[0] - before.edges[0]
    pairs = zip(before.edges, after.edges, strict=True)
    return abs(shift) <= _PAGE_SHIFT and all(
        abs(second - first - shift) <= _EDGE_SHIFT for first, second in pairs
    )


def _continue(lines: list[list[RawLine]], rows: list[RawLine]) -> None:
    """Tie the rows at the top of a page to the table before them, in place."""
    start = _mark_repeated_head(lines, rows)
    part = next((part for part in reversed(lines) if part), None)
    if part is None or start >= len(rows):
        return
    if _cut_in_two(part[-1].cells, rows[start].cells):
        part[-1] = _mended(part[-1], rows[start].cells)
        _fill(rows, start + 1, part[-1].cells)
        del rows[start]
    else:
        _fill(rows, start, part[-1].cells)


def _mark_repeated_head(lines: list[list[RawLine]], rows: list[RawLine]) -> int:
    """Mark the rows that repeat the beginning of the table, and that beginning itself; return how many."""
    first = next(part for part in lines if part and rows and part[0].table == rows[0].table)
    count = 0
    while count < min(len(first), len(rows)) and _same_words(rows[count], first[count]):
        first[count] = replace(first[count], header=True)
        rows[count] = replace(rows[count], header=True, furniture=True)
        count += 1
    return count


def _same_words(row: RawLine, head: RawLine) -> bool:
    return "".join(row.text.split()) == "".join(head.text.split())


def _cut_in_two(above: Sequence[RawCell], below: Sequence[RawCell]) -> bool:
    """Tell whether `below` is the rest of the row `above`: without a number, and words in mid-sentence."""
    upper = {cell.column: cell for cell in above}
    if not below or below[0].text or len(above) != len(below):
        return False
    longest = max(below, key=lambda cell: len(cell.text))
    match = upper.get(longest.column)
    return match is not None and bool(match.text) and match.text[-1] not in _ENDINGS


def _mended(row: RawLine, rest: Sequence[RawCell]) -> RawLine:
    more = {cell.column: cell.text for cell in rest}
    cells = [
        replace(cell, text="\n".join(text for text in (cell.text, more.get(cell.column, "")) if text))
        for cell in row.cells
    ]
    return replace(row, text=row_text(cells), cells=tuple(cells))


def _fill(rows: list[RawLine], start: int, above: Sequence[RawCell]) -> None:
    """Let cells that are empty at the top of a page go on from the page before.

    Only where the row has no number of its own: in a numbered row an empty cell is empty.
    """
    upper = {cell.column: cell for cell in above}
    for index in range(start, len(rows)):
        cells = rows[index].cells
        if not cells or (cells[0].text and cells[0].own) or cells[0].column:
            return
        filled = [_gone_on(cell, upper) for cell in cells]
        rows[index] = replace(rows[index], text=row_text(filled), cells=tuple(filled))


def _gone_on(cell: RawCell, upper: dict[int, RawCell]) -> RawCell:
    match = upper.get(cell.column)
    if cell.text or match is None or match.columns != cell.columns:
        return cell
    return replace(cell, text=match.text, own=False)
