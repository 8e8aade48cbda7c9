"""What every reader gives: the lines of a file in reading order, with what the format knows about them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from corpus.document import Box, Problem


@dataclass(frozen=True, slots=True)
class RawCell:
    """One cell of a table row, on the grid of the table."""

    column: int
    """0-indexed grid column where the cell begins."""
    text: str
    """Its words; line ends within the cell are kept as "\\n"."""
    columns: int = 1
    """How many grid columns it covers."""
    own: bool = True
    """False when the cell is the continuation of a merged cell in a row above; `text` is then that cell's."""
    box: Box | None = field(default=None, compare=False)
    """Its place on the page of its line, where the format tells."""


@dataclass(frozen=True, slots=True)
class RawLine:
    """One line as it stands in the file: a layout line (pdf, txt) or a whole paragraph (docx, html)."""

    text: str
    """Without line end. For a table row the own cells joined by tabs."""
    page: int | None = None
    """1-indexed."""
    box: Box | None = None
    whole: bool = False
    """True when the format says that this is a whole paragraph, so that nothing is joined to it."""
    heading: int = 0
    """Depth that the format's own heading style gives, 1 outermost; 0 where it tells nothing."""
    centred: bool = False
    furniture: bool = False
    """True for page head, page foot and page number, where the format tells them from the text."""
    cells: tuple[RawCell, ...] = ()
    """The cells when the line is a table row, else empty."""
    table: int | None = None
    """0-indexed number of the table in the file, None outside tables."""
    header: bool = False
    """True for a column head and its repetitions."""
    full: bool | None = None
    """Whether it reaches the right margin, so that its paragraph may go on; None where nothing tells."""
    apart: bool = False
    """True when its letters are of another size than those of the line above."""
    confidence: float | None = None
    """How sure the recognition of a scan is of these words, 0 to 1; None for what was not recognised."""
    note: bool = False
    """True for a footnote, which stands apart from the text."""


@dataclass(frozen=True, slots=True)
class RawDocument:
    """The lines of one file, and facts that the format keeps outside the text."""

    source: str
    lines: tuple[RawLine, ...]
    reader: str
    """Name and version of the reader, such as "docx-1"."""
    title: str | None = None
    """What the format's metadata calls the title (web pages)."""
    issuer: str | None = None
    """来源 of a web page."""
    date: str | None = None
    """Publication date of a web page, ISO."""
    problems: tuple[Problem, ...] = ()
    """Parts that could not be read while the rest could, such as pages that are only images."""


class Reader(Protocol):
    """Reads one format. A reader keeps no state, so one instance serves all files."""

    name: str
    """Short name of the format: docx, pdf, html, txt."""
    version: int
    """Counts changes that alter what is read; stored with each document."""
    suffixes: tuple[str, ...]
    """Suffixes in lower case with the dot. A hint only: the content decides."""

    def recognises(self, data: bytes) -> bool:
        """Tell from the first bytes whether the content is of this format."""
        ...

    def read(self, data: bytes, source: str) -> RawDocument:
        """Return the lines of the file.

        Raises:
            UnreadableError: when the file is damaged, encrypted, too large or has no text.
        """
        ...
