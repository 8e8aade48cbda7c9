"""Page markers in mid-sentence: some sites number the pages of a text as "2、" within its words."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.cleaning.pieces import Piece

MIN_MARKERS = 3
MIN_BROKEN = 0.5
"""At least this share of the markers stands in mid-sentence; the numbers of a real list never do."""

_MARKER = re.compile(r"(?P<number>\d{1,3})[、.．](?!\d)")
_SENTENCE_END = "。！？；：.!?;:”）)》〕］]】』」"
_STATEMENT = re.compile(
    r"(?:牵头|负责|配合|落实|承办|协办|参与|完成|[局委办厅院部府司会署])$"
    r"|[（(〔［\[【][^（）()〔〕［］\[\]【】。]*(?:牵头|责任|负责|配合|时限)[^。]*$"
    r"|(?:单位|部门|责任人|时限|领导)[:：][^。]*$"
)
_TAIL = 200


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
    broken = [at for at in inner if _breaks_off(pieces[at - 1].text)]
    return len(broken) >= max(2, MIN_BROKEN * len(inner))


def _breaks_off(text: str) -> bool:
    """Tell whether a long line ends in mid-sentence.

    What says who is responsible closes an item although no full stop stands after it, and although the
    bracket around it may have lost its end.
    """
    if len(text) <= 80 or text[-1] in _SENTENCE_END:
        return False
    return _STATEMENT.search(text, len(text) - _TAIL) is None
