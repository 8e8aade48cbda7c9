"""What a report says, claim by claim: its items of progress, and the sentences beside them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from corpus.document import Block, BlockKind, Document
from corpus.records import JsonObject
from corpus.spans import Span
from corpus.task import Indicator, ProgressStatus
from ingest.extract.clauses import sentences
from ingest.extract.indicators import find_indicators
from ingest.extract.progress_counts import find_counts, status_of
from ingest.extract.report_chapters import chapter_of
from service.reconcile.model import Claim, ClaimKind

SHORTEST = 12
"""Code points below which a sentence says nothing that could be held against a task."""
_TELLS = re.compile(
    r"完成|建成|印发|出台|开展|累计|已|新[增建]|达到?|实现|整改|办理|组织|召开|推进|启动|落实|建立|正在|尚未|未能?|滞后|缓慢"
)
_BODY = frozenset({BlockKind.ITEM, BlockKind.PARAGRAPH, BlockKind.ROW})
_AHEAD = frozenset({"planned", "elsewhere"})
"""Chapters that tell of no work of one's own: what comes next, and what other places did."""


def claims_of(document: Document, progress: Iterable[JsonObject]) -> tuple[Claim, ...]:
    """Return the claims of a document in text order; () for one that says nothing.

    Where there are items of progress (records under their public keys), sentences outside of them are only
    asides: they may mention a task, but need not belong to one. Elsewhere every telling sentence is a claim.
    """
    items = [_item(record) for record in progress]
    kind = ClaimKind.ASIDE if items else ClaimKind.SENTENCE
    taken = [item.span for item in items]
    beside = [
        _sentence(document, block, span, kind)
        for block, span in _telling(document)
        if not any(span.overlaps(other) for other in taken)
    ]
    return tuple(sorted([*items, *beside], key=lambda claim: claim.span))


def _item(record: JsonObject) -> Claim:
    return Claim(
        record["text"],
        Span(*record["span"]),
        ProgressStatus(record["status"]),
        tuple(record["section"]),
        ClaimKind.PROGRESS,
        tuple(_indicator(item) for item in record["indicators"]),
    )


def _indicator(record: JsonObject) -> Indicator:
    return Indicator(**{**record, "span": Span(*record["span"])})


def _telling(document: Document) -> Iterator[tuple[Block, Span]]:
    """Yield the sentences outside headings that tell how something stands, with their blocks."""
    for block in document.blocks:
        if block.kind not in _BODY or chapter_of(document, block) in _AHEAD:
            continue
        for span in _sentences(document.text, block):
            if len(span) >= SHORTEST and _TELLS.search(span.of(document.text)):
                yield block, span


def _sentences(text: str, block: Block) -> Sequence[Span]:
    return sentences(text, block.body) if len(block.body) else ()


def _sentence(document: Document, block: Block, span: Span, kind: ClaimKind) -> Claim:
    status = status_of(document.text, span, find_counts(document.text, span))
    return Claim(
        span.of(document.text),
        span,
        status,
        document.section_of(block),
        kind,
        find_indicators(document.text, span),
    )
