"""The order in which the lines of a page are read: pieces of a line joined, columns one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from corpus.document import Box
from ingest.readers.paged.page import TextLine

_SAME_HEIGHT = 0.5
"""Share of their height that two pieces of one line have in common at least."""
_COLUMN_LINES = 5
"""Lines that each of two columns has at least."""
_SAME_EDGE = 0.6
"""Share of a right column's lines that begin at its left edge, and of a left one's that reach its margin."""
_EDGE = 8.0
"""Points within which lines begin or end at the same edge."""
_MUCH_HIGHER = 2.2
"""Times that the height of one piece of a line may be that of another: a dash is low, a bracket high."""
_WIDE = 0.85
"""Widths of a character from which a gap in a line parts two things."""
_ROWS_BACK = 6
"""Rows above that are looked at: sorted by their middles, pieces of one line stand close together."""

Item = TypeVar("Item")


def in_order(pieces: Sequence[TextLine]) -> list[TextLine]:
    """Return the lines of a page in reading order, pieces of one line joined.

    The left one of two columns goes before the right one; a line over both columns parts what stands above
    it from what stands below.
    """
    between = gutter(pieces)
    if between is None:
        return joined(pieces)
    ordered: list[TextLine] = []
    left: list[TextLine] = []
    right: list[TextLine] = []
    for piece in sorted(pieces, key=_middle):
        if piece.box[0] < between < piece.box[2]:
            ordered += [*joined(left), *joined(right), piece]
            left, right = [], []
        else:
            (left if piece.box[2] <= between else right).append(piece)
    return [*ordered, *joined(left), *joined(right)]


def joined(pieces: Sequence[TextLine]) -> list[TextLine]:
    """Return the lines of one column from top to bottom, each put together from its pieces."""
    lines: list[TextLine] = []
    for row in in_rows([(piece.box, piece) for piece in pieces]):
        line = row[0][1]
        for _, piece in row[1:]:
            if piece.box[0] >= line.box[2] - 1:
                line = together(line, piece)
            else:
                lines.append(line)
                line = piece
        lines.append(line)
    return lines


def in_rows(placed: Sequence[tuple[Box, Item]]) -> list[list[tuple[Box, Item]]]:
    """Return what stands at the same height together, from top to bottom, each row from left to right.

    What is much higher than a row, such as the large word beside several small lines, is a row of its own.
    """
    rows: list[list[tuple[Box, Item]]] = []
    for box, item in sorted(placed, key=lambda pair: (pair[0][1] + pair[0][3]) / 2):
        row = next((row for row in reversed(rows[-_ROWS_BACK:]) if _on_row(box, row[0][0])), None)
        if row is None:
            rows.append([(box, item)])
        else:
            row.append((box, item))
    return [sorted(row, key=lambda pair: pair[0][0]) for row in rows]


def gutter(lines: Sequence[TextLine]) -> float | None:
    """Return the middle of the white stripe between two columns of running text, None for one column."""
    if len(lines) < 2 * _COLUMN_LINES:
        return None
    middle = (min(line.box[0] for line in lines) + max(line.box[2] for line in lines)) / 2
    before = [line for line in lines if line.box[2] <= middle + _EDGE]
    after = [line for line in lines if line.box[0] >= middle - _EDGE]
    over = len(lines) - len(before) - len(after)
    if min(len(before), len(after)) < max(_COLUMN_LINES, over) or not _side_by_side(before, after):
        return None
    reach, begin = max(line.box[2] for line in before), min(line.box[0] for line in after)
    full = sum(line.box[2] >= reach - 3 * _EDGE for line in before) / len(before)
    aligned = sum(line.box[0] <= begin + 4 * _EDGE for line in after) / len(after)
    if begin <= reach or min(full, aligned) < _SAME_EDGE:
        return None
    return (reach + begin) / 2


def _on_row(box: Box, row: Box) -> bool:
    common = min(box[3], row[3]) - max(box[1], row[1])
    heights = sorted((box[3] - box[1], row[3] - row[1]))
    return common >= _SAME_HEIGHT * heights[0] and heights[1] <= _MUCH_HIGHER * max(1.0, heights[0])


def _middle(line: TextLine) -> float:
    return (line.box[1] + line.box[3]) / 2


def _side_by_side(before: Sequence[TextLine], after: Sequence[TextLine]) -> bool:
    """Tell whether enough of the right column stands beside the left one."""
    middles = [_middle(line) for line in before]
    beside = sum(min(middles) - _EDGE <= _middle(line) <= max(middles) + _EDGE for line in after)
    return beside >= _COLUMN_LINES - 1


def together(first: TextLine, second: TextLine) -> TextLine:
    """Return two pieces of one line as one; a wide gap between them becomes a space."""
    em = second.size or second.box[3] - second.box[1]
    gap = "\u3000" if second.box[0] - first.box[2] > _WIDE * em else ""
    left, right = first.box, second.box
    box = (left[0], min(left[1], right[1]), right[2], max(left[3], right[3]))
    return replace(first, text=first.text + gap + second.text, box=box, **_common(first, second))


def _common(first: TextLine, second: TextLine) -> dict[str, float | None]:
    """Return what is known of two pieces together: the lower confidence, the larger size."""
    sure = [line.confidence for line in (first, second) if line.confidence is not None]
    sizes = [line.size for line in (first, second) if line.size is not None]
    return {"confidence": min(sure, default=None), "size": max(sizes, default=None)}
