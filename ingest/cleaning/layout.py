"""What the widths of the lines tell: whether a text is hard-wrapped, and where its lines are full."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from statistics import median

from ingest.cleaning.pieces import Piece
from ingest.labels import find_label

MIN_WIDTH = 18.0
"""Narrower text is a list or a table, not wrapped prose. In widths of a Chinese character."""
MAX_WIDTH = 75.0
"""Wider lines do not fit on paper: they are whole paragraphs."""
SLACK = 1.5
"""Lines of one measure differ by so much: punctuation is squeezed, numbers and Latin words do not break."""
MIN_FULL = 3
"""Fewer full lines are chance."""
MIN_BROKEN = 0.4
"""At least this share of the full lines breaks off in mid-sentence where a text is wrapped."""
SHARE_OF_MOST = 0.3
"""The margin is the greatest width about which at least this share of the most common one's lines lie."""
MAX_WIDER = 0.06
"""At most this share of the lines may be wider than the measure."""
INDENT = 2.0
"""Official documents indent the first line of a paragraph by two characters."""
SENTENCE_END = "。！？；：!?;:"
CLOSERS = "”’）)》〉】〕］]」』"


@dataclass(frozen=True, slots=True)
class Layout:
    """The measure of a hard-wrapped text. A text of whole paragraphs has the measure 0."""

    measure: float = 0.0
    """Width of a full line in widths of a Chinese character."""
    indent: float = 0.0
    """Width by which the first lines of paragraphs are indented although the text does not show it."""
    sparse: bool = False
    """True when blank lines part the paragraphs, so that a blank line tells something."""

    @property
    def wrapped(self) -> bool:
        """Tell whether lines end where the paper ended."""
        return self.measure > 0

    def full(self, line_width: float, ended: bool) -> bool:
        """Tell whether a line of this width reaches the margin, so that no more words would have fitted.

        Words that do not break may leave up to three characters of space; after the end of a sentence the
        next character would have found room sooner.
        """
        return self.wrapped and line_width >= self.measure - (1.2 if ended else 3.0)

    def over(self, line_width: float) -> bool:
        """Tell whether a line of this width would not fit, even with its punctuation squeezed."""
        return line_width > self.measure + 2.2

    def nearer(self, together: float, alone: float) -> bool:
        """Tell whether two pieces end nearer to the margin on one line than the first does alone."""
        return not self.over(together) and abs(together - self.measure) < abs(alone - self.measure)

    def deviation(self, line_width: float) -> float | None:
        """Return how far a line of this width ends from the margin, None where it clearly misses it."""
        off = abs(line_width - self.measure)
        return off if -1.6 <= line_width - self.measure <= 2.2 else None


def measure_layout(pieces: list[Piece]) -> Layout:
    """Return the layout of a text, judged from all its lines that may be running text."""
    lines = [piece for piece in pieces if not piece.fixed]
    gaps = sum(piece.gap for piece in lines)
    known = [piece.printed for piece in lines if piece.raw.full]
    measure = median(known) if known else _measure(lines)
    return Layout(measure, _lost_indent(lines, measure), sparse=0 < gaps < 0.8 * len(lines))


def _lost_indent(lines: list[Piece], measure: float) -> float:
    """Return by how much numbered lines that break off end before the margin: their indent was dropped."""
    if not measure:
        return 0.0
    ends = [
        piece.printed
        for piece in lines
        if piece.raw.full is None and find_label(piece.text) and not ends_sentence(piece.text)
    ]
    at_margin = sum(abs(end - measure) <= 0.8 for end in ends)
    before = sum(abs(end + INDENT - measure) <= 0.8 for end in ends)
    return 0.0 if at_margin > before else INDENT


def _measure(lines: list[Piece]) -> float:
    short = [piece for piece in lines if len(piece.text) <= 200]
    ends = [piece.printed for piece in short]
    margin = _margin(ends)
    full = [piece for piece in short if -INDENT - SLACK / 2 <= piece.printed - margin <= SLACK]
    if margin < MIN_WIDTH or len(full) < MIN_FULL or not _breaks_sentences(full):
        return 0.0
    wider = len(lines) - sum(end <= margin + 2 * SLACK for end in ends)
    at_margin = [end for end in ends if abs(end - margin) <= SLACK]
    return median(at_margin) if wider <= MAX_WIDER * len(lines) else 0.0


def _margin(ends: list[float]) -> float:
    """Return the width at which full lines end; 0 for none.

    It is the greatest width that many lines share: first lines of paragraphs, shorter by their indent, may
    be more than full ones.
    """
    counts = Counter(round(end) for end in ends if MIN_WIDTH <= end <= MAX_WIDTH)
    if not counts:
        return 0.0
    shared = {wide: counts[wide - 1] + counts[wide] + counts[wide + 1] for wide in list(counts)}
    most = max(shared.values())
    return float(max(wide for wide, lines in shared.items() if lines >= SHARE_OF_MOST * most))


def _breaks_sentences(full: list[Piece]) -> bool:
    broken = sum(not ends_sentence(piece.text) for piece in full)
    return broken >= max(2, MIN_BROKEN * len(full))


def ends_sentence(text: str) -> bool:
    """Tell whether a line ends with the end of a sentence, closing quotes and brackets aside."""
    return text.rstrip(CLOSERS)[-1:] in SENTENCE_END if text else False
