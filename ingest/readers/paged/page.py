"""A page as read: its lines and tables with their places."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from corpus.document import Box
from ingest.readers.base import RawCell


class Char(NamedTuple):
    """One character; left, top, right, bottom in points from the page's upper left corner."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line of a page, or a piece of one."""

    text: str
    box: Box
    confidence: float | None = None
    """How sure the recognition of a scan is of its words, 0 to 1; None where nothing was recognised."""
    size: float | None = None
    """Width of its Chinese letters in points; None where the file does not tell."""


@dataclass(frozen=True, slots=True)
class PageTable:
    """One table on one page."""

    box: Box
    edges: tuple[float, ...]
    """Positions of the vertical rules from left to right, in points."""
    rows: tuple[tuple[RawCell, ...], ...]
    boxes: tuple[Box, ...]
    """The box of each row."""
    confidences: tuple[float | None, ...]
    """By row, of its least sure cell; as for lines."""


@dataclass(slots=True)
class Page:
    """One page of a file, as it is read: turned so that most of its text stands upright."""

    number: int
    """1-indexed."""
    width: float
    """In points, as read."""
    height: float
    lines: Sequence[TextLine] = ()
    """Outside the tables, in reading order."""
    tables: Sequence[PageTable] = ()
    """From top to bottom."""
    turn: int = 0
    """Degrees clockwise by which it was turned to be read: 0, 90, 180 or 270."""
    skew: float = 0.0
    """Degrees counter-clockwise by which it was straightened after that, about its middle."""

    def as_shown(self, box: Box) -> Box:
        """Return the place of a box on the page as a reader program shows it, unturned.

        On a page that was straightened it is the box around the tilted one.
        """
        left, top, right, bottom = self._tilted(box) if self.skew else box
        if self.turn == 90:
            return top, self.width - right, bottom, self.width - left
        if self.turn == 180:
            return self.width - right, self.height - bottom, self.width - left, self.height - top
        if self.turn == 270:
            return self.height - bottom, left, self.height - top, right
        return left, top, right, bottom

    def _tilted(self, box: Box) -> Box:
        """Return the box around what a box of the straightened page was before."""
        across, down = self.width / 2, self.height / 2
        cosine, sine = math.cos(math.radians(self.skew)), math.sin(math.radians(self.skew))
        corners = [(x - across, y - down) for x in (box[0], box[2]) for y in (box[1], box[3])]
        xs = [across + cosine * x - sine * y for x, y in corners]
        ys = [down + sine * x + cosine * y for x, y in corners]
        return min(xs), min(ys), max(xs), max(ys)
