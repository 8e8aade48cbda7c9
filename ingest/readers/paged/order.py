"""The order in which the lines of a page are read: pieces of a line joined, columns one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

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


def joined(lines: Sequence[TextLine]) -> list[TextLine]:
    """Return the lines with those pieces joined that stand side by side on one line, in the order given."""
    whole: list[TextLine] = []
    for line in lines:
        if whole and _beside(whole[-1].box, line.box):
            whole[-1] = _together(whole[-1], line)
        else:
            whole.append(line)
    return whole


def by_place(lines: Sequence[TextLine]) -> list[TextLine]:
    """Return pieces in no order as they stand: from top to bottom, those of one line from left to right."""
    rows: list[list[TextLine]] = []
    for line in sorted(lines, key=_middle):
        if rows and common_height(rows[-1][0].box, line.box) >= _SAME_HEIGHT:
            rows[-1].append(line)
        else:
            rows.append([line])
    return [line for row in rows for line in sorted(row, key=lambda line: line.box[0])]


def in_order(lines: Sequence[TextLine]) -> list[TextLine]:
    """Return lines from top to bottom; where lines stand side by side, the order of the file tells more."""
    sorted_lines = sorted(lines, key=_middle)
    beside = any(
        common_height(first.box, second.box) >= _SAME_HEIGHT for first, second in pairwise(sorted_lines)
    )
    return list(lines) if beside else sorted_lines


def gutter(lines: Sequence[TextLine]) -> float | None:
    """Return the middle of the white stripe between two columns of running text, None for one column."""
    if len(lines) < 2 * _COLUMN_LINES:
        return None
    left, right = min(line.box[0] for line in lines), max(line.box[2] for line in lines)
    narrow = [line for line in lines if line.box[2] - line.box[0] < 0.55 * (right - left)]
    middle = (left + right) / 2
    before = [line for line in narrow if line.box[2] <= middle + _EDGE]
    after = [line for line in narrow if line.box[0] >= middle - _EDGE]
    if min(len(before), len(after)) < _COLUMN_LINES or not _side_by_side(before, after):
        return None
    reach, begin = max(line.box[2] for line in before), min(line.box[0] for line in after)
    full = sum(line.box[2] >= reach - 3 * _EDGE for line in before) / len(before)
    aligned = sum(line.box[0] <= begin + 4 * _EDGE for line in after) / len(after)
    if begin <= reach or min(full, aligned) < _SAME_EDGE:
        return None
    return (reach + begin) / 2


def by_columns(lines: Sequence[TextLine]) -> list[TextLine]:
    """Return the lines of a page in reading order: the left column before the right one.

    A line over both columns parts what stands above it from what stands below.
    """
    between = gutter(lines)
    if between is None:
        return in_order(lines)
    ordered: list[TextLine] = []
    left: list[TextLine] = []
    right: list[TextLine] = []
    for line in sorted(lines, key=_middle):
        if line.box[0] < between < line.box[2]:
            ordered += [*left, *right, line]
            left, right = [], []
        else:
            (left if line.box[2] <= between else right).append(line)
    return [*ordered, *left, *right]


def common_height(first: Box, second: Box) -> float:
    """Return the share of the lower box's height at which the other one stands too."""
    common = min(first[3], second[3]) - max(first[1], second[1])
    return common / max(0.1, min(first[3] - first[1], second[3] - second[1]))


def _middle(line: TextLine) -> float:
    return (line.box[1] + line.box[3]) / 2


def _side_by_side(before: Sequence[TextLine], after: Sequence[TextLine]) -> bool:
    """Tell whether most of the shorter column stands beside the other one."""
    top, bottom = _middle(before[0]), _middle(before[0])
    for line in before:
        top, bottom = min(top, _middle(line)), max(bottom, _middle(line))
    beside = sum(top - _EDGE <= _middle(line) <= bottom + _EDGE for line in after)
    return beside >= _COLUMN_LINES - 1


def _beside(first: Box, second: Box) -> bool:
    """Tell whether the second box continues the first one's line to the right."""
    return second[0] >= first[2] - 1 and common_height(first, second) >= _SAME_HEIGHT


def _together(first: TextLine, second: TextLine) -> TextLine:
    em = second.box[3] - second.box[1]
    gap = "\u3000" if second.box[0] - first.box[2] > em else ""
    left, right = first.box, second.box
    box = (left[0], min(left[1], right[1]), right[2], max(left[3], right[3]))
    known = [line.confidence for line in (first, second) if line.confidence is not None]
    return TextLine(first.text + gap + second.text, box, min(known, default=None))
