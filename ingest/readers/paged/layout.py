"""The lines of a page written as a text file would hold them: indents and gaps as white space."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise, zip_longest
from statistics import median

from corpus.document import Box
from ingest.readers.base import RawLine
from ingest.readers.paged.breaks import SPARE, characters, first_word, letter_width
from ingest.readers.paged.page import TextLine
from ingest.titles import is_surely_whole

_SPACE = "\u3000"
_GAP = 1.6
"""A step from line to line that is so many times the usual one is a gap."""
_CENTRED = 12.0
"""Points by which the margins left and right of a centred line may differ."""
_INDENT = 36.0
"""Points by which a centred line stands in from the text on both sides at least."""
_SHARE_OF_MOST = 0.25
"""Share of the most common position's lines that begin at the left edge at least."""
_NEXT = 1.4
"""Widths of a character that a full line of a title leaves free at most."""
_SAME_SIZE = 0.15
"""Share by which letters of one size differ where their lines were measured and not told."""
_SHORT_REST = 4
"""Letters of a last title line that cannot be a title of its own."""
_OTHER_SIZE = 1.18
"""Times that letters of another size are larger."""
_TELLING = 4
"""Chinese characters of a line from which their width tells their size."""
_MAX_TEXT_INDENT = 4
"""A line that stands in further is a title or a signature, not running text."""
_LONG = 0.6
"""Share of the widest line's width from which a line tells where the margins are."""
_MAX_INDENT = 20
"""Widths of a character up to which an indent is written."""


@dataclass(frozen=True, slots=True)
class Measures:
    """How the text of a file usually stands on its pages, in points."""

    left: float
    """Where lines usually begin."""
    right: float
    """Where full lines usually end; marks may hang over it."""
    em: float
    """Width of a Chinese character."""
    step: float
    """Distance from line to line; 0 where the file has too few lines to tell."""


def measures(pages: Sequence[Sequence[TextLine]]) -> Measures:
    """Return how the text of a file stands, measured on all its pages."""
    lines = [line for page in pages for line in page]
    if not lines:
        return Measures(0, 0, 1, 0)
    steps = [second.box[1] - first.box[1] for page in pages for first, second in pairwise(page)]
    widest = max(_width(line) for line in lines)
    long = [line for line in lines if _width(line) >= _LONG * widest]
    return Measures(
        left=_usual(round(line.box[0]) for line in long),
        right=-_usual(-round(line.box[2]) for line in long),
        em=median(_width(line) / max(1.0, characters(line.text)) for line in long),
        step=median(step for step in steps if step > 0) if any(step > 0 for step in steps) else 0,
    )


def layout_lines(lines: Sequence[TextLine], page: int, usual: Measures) -> list[RawLine]:
    """Return the lines of one page; an indent becomes ideographic spaces, a gap an empty line before.

    Args:
        lines: in reading order.
        page: 1-indexed.
        usual: the measures of the file.
    """
    left = _left_edge(lines, usual)
    lines = _whole_titles(lines, left, usual)
    found: list[RawLine] = []
    above: TextLine | None = None
    for line, below in zip_longest(lines, lines[1:]):
        if above is not None and usual.step and line.box[1] - above.box[1] > _GAP * usual.step:
            found.append(RawLine("", page))
        indent = min(_MAX_INDENT, max(0, round((line.box[0] - left) / usual.em)))
        reach = line.box[2] + (first_word(below.text) if below else 1.0) * usual.em
        found.append(
            RawLine(
                _SPACE * indent + line.text.strip(),
                page,
                line.box,
                centred=_is_centred(line.box, left, usual.right),
                full=indent <= _MAX_TEXT_INDENT and reach >= usual.right - SPARE * usual.em,
                apart=above is not None and _differ_in_size(above, line),
                confidence=line.confidence,
            )
        )
        above = line
    return found


def _whole_titles(lines: Sequence[TextLine], left: float, usual: Measures) -> list[TextLine]:
    """Join the lines of a title that was broken because it is wider than the page."""
    whole: list[TextLine] = []
    for line in lines:
        if whole and _breaks_title(whole[-1], line, left, usual):
            above = whole[-1]
            box = (min(above.box[0], line.box[0]), above.box[1], max(above.box[2], line.box[2]), line.box[3])
            known = [each.confidence for each in (above, line) if each.confidence is not None]
            whole[-1] = TextLine(above.text + line.text, box, min(known, default=None), line.size)
        else:
            whole.append(line)
    return whole


def _breaks_title(above: TextLine, line: TextLine, left: float, usual: Measures) -> bool:
    """Tell whether a large line that fills the page goes on with another one in the middle below it."""
    middle, em = (left + usual.right) / 2, letter_width(above)
    large = em >= _OTHER_SIZE * usual.em and abs(letter_width(line) - em) <= _SAME_SIZE * em
    central = all(abs((box[0] + box[2]) / 2 - middle) <= _CENTRED for box in (above.box, line.box))
    full = above.box[2] - above.box[0] >= usual.right - left - _NEXT * em
    near = line.box[1] - above.box[3] <= 1.5 * em
    short = len(line.text.strip()) <= _SHORT_REST
    goes_on = short or not is_surely_whole(above.text) or line.text[:1] in "（("
    return large and central and full and near and goes_on


def _differ_in_size(above: TextLine, line: TextLine) -> bool:
    """Tell whether two lines are printed in letters of clearly different size."""
    if min(_han(above.text), _han(line.text)) < _TELLING:
        return False
    one, other = sorted((letter_width(above), letter_width(line)))
    return other >= _OTHER_SIZE * one


def _han(text: str) -> int:
    """Return how many Chinese characters a line holds, 0 where it holds as many others."""
    count = sum("\u4e00" <= char <= "\u9fff" for char in text)
    return count if 2 * count > len(text) else 0


def _left_edge(lines: Sequence[TextLine], usual: Measures) -> float:
    """Return where the lines of a page begin: pages printed on both sides shift it by a few points."""
    shifts = Counter(round(line.box[0]) for line in lines if abs(line.box[0] - usual.left) < 1.6 * usual.em)
    shared = [left for left, count in shifts.items() if count > 1]
    return min(shared, default=usual.left)


def _is_centred(box: Box, left: float, right: float) -> bool:
    before, after = box[0] - left, right - box[2]
    return min(before, after) >= _INDENT and abs(before - after) <= _CENTRED


def _usual(values: Iterable[int]) -> float:
    """Return the smallest position that many lines share: first lines, which stand in, may be more.

    With the signs turned round it is the greatest: last lines, which end early, may be more.
    """
    counts = Counter(values)
    return min(value for value, count in counts.items() if count >= _SHARE_OF_MOST * max(counts.values()))


def _width(line: TextLine) -> float:
    return line.box[2] - line.box[0]
