"""A document's head as the finders of facts see it: the lines of each part, in order."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.document import Block, BlockKind
from ingest.cleaning.clutter import Clues
from ingest.official_lines import is_addressee_line, is_salutation

HEAD_FURNITURE = 20
"""At most so many lines stand around the title."""


@dataclass(frozen=True, slots=True)
class Head:
    """The parts of a document that tell its facts. Lines are without line ends and never empty."""

    titles: tuple[str, ...]
    """Lines of the first title."""
    issued: tuple[str, ...]
    """Lines of the title of the text that a notice issues."""
    marks: tuple[str, ...]
    """Furniture around the title: number, red head, date, author."""
    signature: tuple[str, ...]
    """The first issuers and date after the body of the notice."""
    body: tuple[str, ...]
    """Paragraphs, items and headings."""
    clues: Clues


def head_of(text: str, blocks: tuple[Block, ...], clues: Clues) -> Head:
    """Return the parts of a document's head."""
    words = [block.span.of(text).strip() for block in blocks]
    titles = _title_groups(blocks, words)
    return Head(
        titles=titles[0] if titles else (),
        issued=titles[1] if len(titles) > 1 else (),
        marks=_marks(blocks, words),
        signature=_signature(blocks, words),
        body=tuple(
            line
            for line, block in zip(words, blocks, strict=True)
            if block.kind not in (BlockKind.TITLE, BlockKind.FURNITURE)
        ),
        clues=clues,
    )


def _title_groups(blocks: tuple[Block, ...], words: list[str]) -> list[tuple[str, ...]]:
    """Return the lines of each title; lines that stand together are one title."""
    groups: list[list[str]] = []
    last = -2
    for at, block in enumerate(blocks):
        if block.kind is not BlockKind.TITLE:
            continue
        if at == last + 1:
            groups[-1].append(words[at])
        else:
            groups.append([words[at]])
        last = at
    return [tuple(group) for group in groups]


def _marks(blocks: tuple[Block, ...], words: list[str]) -> tuple[str, ...]:
    found: list[str] = []
    for block, line in zip(blocks[:HEAD_FURNITURE], words, strict=False):
        if block.kind is BlockKind.FURNITURE:
            if is_addressee_line(line) or is_salutation(line):
                break
            found.append(line)
        elif block.kind is not BlockKind.TITLE:
            break
    return tuple(found)


def _signature(blocks: tuple[Block, ...], words: list[str]) -> tuple[str, ...]:
    """Return the first run of furniture after body text."""
    found: list[str] = []
    in_body = False
    for block, line in zip(blocks, words, strict=True):
        if block.kind is BlockKind.FURNITURE:
            if in_body:
                found.append(line)
        elif found and any("年" in part for part in found):
            break
        else:
            found = []
            in_body = in_body or block.kind not in (BlockKind.TITLE, BlockKind.FURNITURE)
    return tuple(found)
