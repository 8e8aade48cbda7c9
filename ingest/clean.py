"""From the lines of a file to its canonical text.

Changes no character but white space and dropped page furniture: no folding of brackets or widths.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from corpus.document import Box, Cell, Origin
from corpus.spans import Span
from ingest.cleaning.cells import cell_text, needs_space
from ingest.cleaning.clutter import Clues, drop_clutter
from ingest.cleaning.furniture import drop_furniture
from ingest.cleaning.join import join_lines
from ingest.cleaning.markers import mend_markers
from ingest.cleaning.pieces import Piece, pieces_of
from ingest.cleaning.spacing import close_spaces
from ingest.readers.base import RawCell, RawDocument

RUNNING_LENGTH = 40
"""A line from this length on is running text, in which a space between Chinese characters means nothing."""


@dataclass(frozen=True, slots=True)
class CleanLine:
    """One line of the canonical text: a paragraph, a heading or a table row."""

    span: Span
    """Without the line end."""
    page: int | None = None
    """1-indexed page where it begins."""
    heading: int = 0
    """Depth that the format's own heading style gives, 0 where it tells nothing."""
    centred: bool = False
    gap: bool = False
    """True when a blank line stood before it."""
    table: int | None = None
    """0-indexed table for a row."""
    header: bool = False
    """True for a column head."""
    cells: tuple[Cell, ...] = ()
    """The cells of a row with their spans in the canonical text."""
    note: bool = False
    """True for a footnote."""


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The canonical text of a file and what is known about it beside the text."""

    text: str
    """Lines end with "\\n", the last one too; "" for a file without text."""
    origins: tuple[Origin, ...]
    lines: tuple[CleanLine, ...]
    """In text order; with their line ends they tile the text."""
    clues: Clues = field(default_factory=Clues)


def clean(raw: RawDocument) -> Cleaned:
    """Return the canonical text of a file: broken lines joined, page furniture and web clutter gone."""
    pieces, clues = drop_clutter(drop_furniture(pieces_of(raw)), raw)
    writer = _Writer()
    for paragraph in join_lines(mend_markers(pieces)):
        writer.write(paragraph)
    return Cleaned("".join(writer.parts), tuple(writer.origins), tuple(writer.lines), clues)


class _Writer:
    """Writes the canonical text and keeps account of where each stretch came from."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.origins: list[Origin] = []
        self.lines: list[CleanLine] = []
        self.at = 0
        self._cells: dict[tuple[int | None, int], Span] = {}

    def write(self, paragraph: list[Piece]) -> None:
        """Write the pieces of one paragraph as one line."""
        start, first = self.at, paragraph[0]
        cells = self._write_row(first) if first.raw.cells else self._write_text(paragraph)
        self.lines.append(
            CleanLine(
                Span(start, self.at),
                page=first.page,
                heading=first.raw.heading,
                centred=first.raw.centred,
                gap=first.gap,
                table=first.raw.table,
                header=first.raw.header,
                cells=cells,
                note=first.raw.note,
            )
        )
        self._put("\n")

    def _write_text(self, paragraph: list[Piece]) -> tuple[Cell, ...]:
        running = len(paragraph) > 1 or len(paragraph[0].text) >= RUNNING_LENGTH
        tail = ""
        for piece in paragraph:
            text = close_spaces(piece.text, running)
            if needs_space(tail, text):
                self._put(" ")
            self._mark_origin(piece)
            self._put(text)
            tail = text[-1:]
        return ()

    def _write_row(self, piece: Piece) -> tuple[Cell, ...]:
        self._mark_origin(piece)
        cells: list[Cell] = []
        for position, raw in enumerate(piece.raw.cells):
            if position:
                self._put("\t")
            if raw.own and raw.text and raw.box is not None:
                self._mark_origin(piece, raw.box)
            cells.append(self._write_cell(raw, piece.raw.table))
        return tuple(cells)

    def _write_cell(self, raw: RawCell, table: int | None) -> Cell:
        place = (table, raw.column)
        if not raw.own and place in self._cells:
            return Cell(raw.column, self._cells[place], raw.columns, own=False)
        start = self.at
        if raw.own:
            self._put(cell_text(raw.text))
        self._cells[place] = Span(start, self.at)
        return Cell(raw.column, self._cells[place], raw.columns)

    def _mark_origin(self, piece: Piece, box: Box | None = None) -> None:
        if self.origins and self.origins[-1].start == self.at:
            self.origins.pop()  # the row's own, where its first cell tells more
        confidence = piece.raw.confidence
        self.origins.append(Origin(self.at, piece.page, piece.line, box or piece.box, confidence))

    def _put(self, text: str) -> None:
        self.parts.append(text)
        self.at += len(text)
