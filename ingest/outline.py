"""From canonical text to blocks that tile it."""

from __future__ import annotations

from dataclasses import replace

from corpus.document import Block
from ingest.clean import CleanLine
from ingest.outlining.lines import lines_of
from ingest.outlining.nesting import nest
from ingest.outlining.roles import line_roles


def outline(text: str, hints: tuple[CleanLine, ...]) -> tuple[Block, ...]:
    """Return the blocks of a canonical text, one per line, in order; () for an empty text."""
    lines = lines_of(text, hints)
    return _numbered_rows(nest(lines, line_roles(lines)))


def _numbered_rows(blocks: list[Block]) -> tuple[Block, ...]:
    """Give the rows of each table their index."""
    counts: dict[int, int] = {}
    numbered: list[Block] = []
    for block in blocks:
        if block.row is not None:
            index = counts.get(block.row.table, 0)
            counts[block.row.table] = index + 1
            block = replace(block, row=replace(block.row, index=index))
        numbered.append(block)
    return tuple(numbered)
