"""Cuts a document into passages: what search finds, quotes and cites.

A passage lies within one section and holds at most 500 code points. Small neighbours of one section share a
passage; a heading stays with what follows it; a long paragraph is cut at the ends of its sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.document import Block, BlockKind, Document, Passage
from corpus.spans import Span, trim

LONGEST = 500
"""Code points in a passage, at most."""

MOST_HEADINGS = 375
"""Headings longer than this leave too little room for what follows and become a passage of their own."""

_SENTENCE_END = re.compile(r"[。！？；!?;][”’」』）)]*|[\n\t]")
_CLAUSE_END = re.compile(r"[，、,：:）)]")
_LEADS = (BlockKind.TITLE, BlockKind.HEADING)


def cut_passages(document: Document) -> tuple[Passage, ...]:
    """Return the passages in text order: disjoint, and together all characters but white space and furniture.

    A passage's section names the headings above its first block; a heading that stands in the passage itself
    is not repeated there.
    """
    packer = _Packer(document)
    for piece in _pieces(document):
        packer.add(piece)
    packer.close()
    return tuple(packer.done)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A block's words and where they belong."""

    span: Span
    owner: int | None
    """Index of the block whose section this is; pieces of one owner may share a passage."""
    section: tuple[str, ...]
    """Headings above the block."""
    inner: tuple[str, ...]
    """Headings above the words that follow the block's own run-in heading."""
    leads: bool
    """True for a heading, which waits for what follows."""
    table: int | None
    run: int
    """Counts the stretches between furniture, which no passage crosses."""


class _Packer:
    """Gathers pieces into passages, one passage at a time."""

    def __init__(self, document: Document) -> None:
        self.done: list[Passage] = []
        self._document = document
        self._open: list[_Piece] = []
        self._start = self._end = 0
        self._section: tuple[str, ...] = ()

    def add(self, piece: _Piece) -> None:
        """Take the next piece: into the open passage where it belongs there and fits, else into a new one."""
        if self._open and not self._belongs(piece):
            self.close()
        if self._open and piece.span.end - self._start > LONGEST and not self._open[-1].leads:
            self.close()
        if not self._open:
            self._begin(piece.span.start, piece.section)
        self._fill(piece)
        self._open.append(piece)

    def close(self) -> None:
        """End the open passage."""
        if self._open:
            self._emit()
        self._open.clear()

    def _begin(self, start: int, section: tuple[str, ...]) -> None:
        self._start = self._end = start
        self._section = section

    def _fill(self, piece: _Piece) -> None:
        """Add the words of `piece`, with as many cuts as their length asks for."""
        text, span = self._document.text, piece.span
        if span.end - self._start > LONGEST and span.start - self._start > MOST_HEADINGS:
            self._emit()
            self._begin(span.start, piece.section)
        while span.end - self._start > LONGEST:
            self._end = _cut(text, span, self._start)
            self._emit()
            span = trim(text, Span(self._end, span.end))
            self._begin(span.start, piece.inner)
        self._end = span.end

    def _emit(self) -> None:
        span = trim(self._document.text, Span(self._start, self._end))
        if len(span):
            self.done.append(Passage(span, self._section, self._document.page_at(span.start)))

    def _belongs(self, piece: _Piece) -> bool:
        last = self._open[-1]
        if piece.run != last.run:
            return False
        if last.leads:
            return self._follows(piece, last)
        return not piece.leads and piece.owner == last.owner and piece.table == last.table

    def _follows(self, piece: _Piece, heading: _Piece) -> bool:
        """Tell whether `piece` stands under `heading`: it names the heading above, or no nearer one."""
        return heading.owner is None or _within(self._document.blocks, piece.owner, heading.owner)


def _within(blocks: tuple[Block, ...], index: int | None, above: int) -> bool:
    while index is not None and index != above:
        index = blocks[index].parent
    return index == above


def _pieces(document: Document) -> Iterator[_Piece]:
    whole = Block(BlockKind.PARAGRAPH, Span(0, len(document.text)))
    blocks = document.blocks or (whole,)
    parents = {block.parent for block in blocks}
    run = 0
    for index, block in enumerate(blocks):
        if block.kind is BlockKind.FURNITURE:
            run += 1
            continue
        span = trim(document.text, block.span)
        if len(span):
            yield _piece(document, block, index, span, index in parents, run)


def _piece(document: Document, block: Block, index: int, span: Span, has_children: bool, run: int) -> _Piece:
    section = document.section_of(block)
    opens = block.kind is BlockKind.HEADING or block.run_in is not None or has_children
    inner = (*section, document.heading_of(block)) if block.run_in is not None else section
    table = block.row.table if block.row else None
    return _Piece(span, index if opens else block.parent, section, inner, block.kind in _LEADS, table, run)


def _cut(text: str, span: Span, start: int) -> int:
    """Return where the passage that began at `start` ends within `span`, which is too long for it.

    The parts should come out about equally long, so that no passage is a stray half sentence.
    """
    furthest, length = start + LONGEST, span.end - start
    parts = -(-length // LONGEST)
    goal = start - (-length // parts)
    for end_of in (_SENTENCE_END, _CLAUSE_END):
        ends = [match.end() for match in end_of.finditer(text, span.start, furthest)]
        later = next((end for end in ends if end >= goal), None)
        earlier = next((end for end in reversed(ends) if end - start >= LONGEST // 4), None)
        if cut := later or earlier:
            return cut
    return furthest
