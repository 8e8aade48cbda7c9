"""Joins lines that a layout broke into paragraphs."""

from __future__ import annotations

from ingest.cleaning.layout import Layout, measure_layout
from ingest.cleaning.paragraph import Paragraph
from ingest.cleaning.pieces import Piece, width
from ingest.cleaning.rules import RULES
from ingest.cleaning.surroundings import Surroundings
from ingest.labels import find_label


def join_lines(pieces: list[Piece]) -> list[list[Piece]]:
    """Return the paragraphs of a text as lists of the pieces that form them, in order."""
    around = Surroundings(pieces, measure_layout(pieces))
    paragraphs: list[Paragraph] = []
    for at, piece in enumerate(pieces):
        around.at = at
        if paragraphs and belong_together(around, paragraphs[-1], piece):
            paragraphs[-1].add(piece, _printed(around.layout, paragraphs[-1], piece))
        else:
            paragraphs.append(_begin(around, piece, first=not paragraphs))
    return [paragraph.pieces for paragraph in paragraphs]


def belong_together(around: Surroundings, paragraph: Paragraph, piece: Piece) -> bool:
    """Tell whether the next line continues the paragraph, by the first rule that has something to say."""
    verdicts = (rule(around, paragraph, piece) for rule in RULES)
    return next((verdict for verdict in verdicts if verdict is not None), False)


def _begin(around: Surroundings, piece: Piece, first: bool) -> Paragraph:
    label = find_label(piece.text)
    if label:
        around.counts[label.kind] = label.value
    paragraph = Paragraph(label, first)
    lost = around.layout.indent if piece.indent < around.layout.indent else 0.0
    paragraph.add(piece, piece.printed + lost)
    return paragraph


def _printed(layout: Layout, paragraph: Paragraph, piece: Piece) -> float:
    """Return the width of the printed line that a piece ends: its own, or with the pieces before it."""
    together = paragraph.printed + width(piece.text)
    return together if layout.nearer(together, paragraph.printed) else width(piece.text)
