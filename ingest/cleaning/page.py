"""Where lines stand between the margins of their page, for formats that tell boxes."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from statistics import median

from ingest.cleaning.pieces import Piece, width
from ingest.readers.base import Box

MIN_WIDTH = 10.0
"""Shorter lines, in widths of a Chinese character, tell nothing about margins."""
MIN_LINES = 8
"""A page with fewer long lines takes the margins of the whole file."""
BIN = 4.0
"""Edges are compared to so many points."""


@dataclass(frozen=True, slots=True)
class _Margins:
    left: float
    em: float
    """Width of a Chinese character in points."""


def place_on_page(pieces: list[Piece]) -> list[Piece]:
    """Return the pieces with `indent` and `reach` measured from their boxes, where they have any."""
    boxed = [piece for piece in pieces if _is_text(piece)]
    whole = _margins(boxed)
    if whole is None:
        return pieces
    pages = {page: _margins(lines) or whole for page, lines in _by_page(boxed).items()}
    return [_placed(piece, pages[piece.page]) if _is_text(piece) else piece for piece in pieces]


def _is_text(piece: Piece) -> bool:
    return piece.box is not None and not piece.fixed


def _by_page(pieces: list[Piece]) -> dict[int | None, list[Piece]]:
    pages: dict[int | None, list[Piece]] = defaultdict(list)
    for piece in pieces:
        pages[piece.page].append(piece)
    return pages


def _margins(pieces: list[Piece]) -> _Margins | None:
    """Return the left margin and the size of the letters of some lines, None where too few are long."""
    sized = [(piece.box, width(piece.text)) for piece in pieces if piece.box]
    long = [(box, wide) for box, wide in sized if wide >= MIN_WIDTH]
    if len(long) < MIN_LINES:
        return None
    bins = Counter(round(box[0] / BIN) for box, _ in long)
    common = [edge for edge, lines in bins.items() if lines >= 0.2 * len(long)]
    left = min(common, default=bins.most_common(1)[0][0]) * BIN
    return _Margins(left, median((box[2] - box[0]) / wide for box, wide in long))


def _placed(piece: Piece, margins: _Margins) -> Piece:
    box: Box = piece.box or (0.0, 0.0, 0.0, 0.0)
    indent = max(0.0, (box[0] - margins.left) / margins.em)
    return replace(piece, indent=round(indent, 1), reach=(box[2] - margins.left) / margins.em)
