"""The facts of a document's head."""

from __future__ import annotations

from corpus.document import Block, BlockKind, Header
from ingest.cleaning.clutter import Clues


def header_facts(text: str, blocks: tuple[Block, ...], source: str, clues: Clues = Clues()) -> Header:
    """Return what the head of a document tells."""
    title = "".join(block.span.of(text).strip() for block in blocks if block.kind is BlockKind.TITLE)
    return Header(title=title or None)
