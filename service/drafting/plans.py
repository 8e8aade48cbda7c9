"""What a draft needs to know of the documents that it is made from: their names, numbers and aims."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePath
from typing import TYPE_CHECKING

from corpus.document import Block, BlockKind, Document
from corpus.spans import Span, trim
from service.drafting.draft import Origin, Source
from service.drafting.material import Plan
from service.drafting.wording import own_name, spoken_heading

if TYPE_CHECKING:
    from service.library import Library

_AIM = re.compile(r"^(?:总体要求|指导思想|总体目标|工作目标|主要目标|行动目标|目标任务|发展目标|总体思路)$")
LONGEST_AIM = 420
"""Characters of a plan's own words that a draft takes over."""
MOST_AIMS = 3


def plan_of(library: Library, document_id: str) -> Plan:
    """Return a document by its name, its number and its aims.

    Raises:
        NotFoundError: when there is no such document.
    """
    document = library.store.document(document_id)
    header = document.header
    name = own_name(header.title) if header.title else PurePath(document.source).stem
    aims = tuple(_aims(document, document_id, name))
    return Plan(document_id, name, header.doc_number or "", header.region or "", aims)


def _aims(document: Document, document_id: str, title: str) -> Iterator[Source]:
    left, found = LONGEST_AIM, 0
    for heading, span in _passages(document):
        words = span.of(document.text)
        if found == MOST_AIMS or len(words) > left:
            return
        left, found = left - len(words), found + 1
        place = (span.start, span.end)
        yield Source(Origin.DOCUMENT, (), document_id, title, (heading,), words, place, "aim")


def _passages(document: Document) -> Iterator[tuple[str, Span]]:
    """Yield the paragraphs right below headings that tell what the document is for."""
    heading = ""
    for block in document.blocks:
        if block.kind is BlockKind.HEADING:
            words = spoken_heading(block.body.of(document.text))
            heading = words if _AIM.match(words) else ""
        elif heading and block.kind in (BlockKind.PARAGRAPH, BlockKind.ITEM):
            span = trim(document.text, _words_of(block))
            if len(span):
                yield heading, span
        elif block.kind is BlockKind.TITLE:
            heading = ""


def _words_of(block: Block) -> Span:
    """Return the words of a block without its label and without the heading that runs into it."""
    start = (
        block.run_in.end
        if block.run_in is not None
        else (block.body.start if block.number else block.span.start)
    )
    return Span(start, block.span.end)
