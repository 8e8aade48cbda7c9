"""Page markers in mid-sentence: some sites number the pages of a text as "2、" within its words."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.cleaning.pieces import Piece

MIN_MARKERS = 3
MIN_BROKEN = 0.5
"""At least this share of the markers stands in mid-sentence; the numbers of a real list never do."""

_MARKER = re.compile(r"(?P<number>\d{1,3})[、.．](?!\d)")
_SENTENCE_END = "。！？；：.!?;:”）)》"


def mend_markers(pieces: list[Piece]) -> list[Piece]:
    """Return the pieces with page markers dropped and the words they cut joined again."""
    marked = _markers(pieces)
    if len(marked) < MIN_MARKERS or not _cut_sentences(pieces, marked):
        return pieces
    mended = list(pieces)
    for rank, at in enumerate(marked):
        text = _MARKER.sub("", mended[at].text, count=1).lstrip()
        mended[at] = replace(mended[at], text=text, glued=rank > 0)
    return [piece for piece in mended if piece.text]


def _markers(pieces: list[Piece]) -> list[int]:
    """Return the pieces that begin with 1、2、3、… in one unbroken count over the whole text."""
    found: list[int] = []
    for at, piece in enumerate(pieces):
        marker = _MARKER.match(piece.text)
        if marker and int(marker["number"]) == len(found) + 1:
            found.append(at)
    return found


def _cut_sentences(pieces: list[Piece], marked: list[int]) -> bool:
    """Tell whether most of the markers follow on a line that breaks off in mid-sentence."""
    inner = [at for at in marked[1:] if at > 0]
    broken = [
        at for at in inner if pieces[at - 1].text[-1] not in _SENTENCE_END and len(pieces[at - 1].text) > 80
    ]
    return len(broken) >= max(2, MIN_BROKEN * len(inner))
