"""What a report says, claim by claim: its items of progress, and the sentences beside them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from corpus.document import Block, BlockKind, Document
from corpus.records import JsonObject
from corpus.spans import Span
from corpus.task import Indicator, ProgressStatus
from ingest.extract.clauses import sentences
from ingest.extract.figures.indicators import find_indicators
from ingest.extract.progress.chapters import chapter_of
from ingest.extract.progress.counts import find_counts, status_of
from service.reconcile.model import Claim, ClaimKind

SHORTEST = 12
"""Code points below which a sentence says nothing that could be held against a task."""
_TELLS = re.compile(
    r"完成|建成|印发|出台|开展|累计|已|新[增建]|达到?|实现|整改|办理|组织|召开|推进|启动|落实|建立|正在|尚未|未能?|滞后|缓慢|共|[0-9]"
)
_OUTLOOK = re.compile(r"下一步|下步|接下来|下阶段|今后|将继续|将进一步")
_BODY = frozenset({BlockKind.ITEM, BlockKind.PARAGRAPH, BlockKind.ROW})
_AHEAD = frozenset({"planned", "elsewhere"})
"""Chapters that tell of no work of one's own: what comes next, and what other places did."""


def claims_of(document: Document, progress: Iterable[JsonObject]) -> tuple[Claim, ...]:
    """Return the claims of a document in text order; () for one that says nothing.

    Where there are items of progress (records under their public keys), sentences outside of them are only
    asides: they may mention a task, but need not belong to one. Elsewhere every telling sentence is a claim.
    A row of a table is one claim, whichever of its cells tells how far it has come.
    """
    items = [_item(document, record) for record in progress]
    taken = [item.span for item in items]
    beside = [
        _sentence(document, block, span, bool(items))
        for block, span in _sentences(document)
        if not any(span.overlaps(other) for other in taken) and not (items and _is_heading(block, span))
    ]
    return tuple(sorted([*items, *beside], key=lambda claim: claim.span))


def _item(document: Document, record: JsonObject) -> Claim:
    span = Span(*record["span"])
    row = next(
        (block for block in document.blocks if block.kind is BlockKind.ROW and block.body.contains(span)),
        None,
    )
    whole = row.body if row is not None else span
    return Claim(
        whole.of(document.text),
        whole,
        ProgressStatus(record["status"]),
        tuple(record["section"]),
        ClaimKind.PROGRESS,
        tuple(_indicator(item) for item in record["indicators"]),
    )


def _indicator(record: JsonObject) -> Indicator:
    return Indicator(**{**record, "span": Span(*record["span"])})


def _sentences(document: Document) -> Iterator[tuple[Block, Span]]:
    """Yield the sentences and table rows that could tell how something stands, with their blocks."""
    for block in document.blocks:
        if block.kind not in _BODY or not len(block.body) or chapter_of(document, block) in _AHEAD:
            continue
        if block.kind is BlockKind.ROW:
            if block.row is None or not block.row.header:
                yield block, block.body
            continue
        for span in sentences(document.text, block.body):
            if len(span) >= SHORTEST and not _OUTLOOK.match(span.of(document.text)):
                yield block, span


def _is_heading(block: Block, span: Span) -> bool:
    """Tell whether a sentence is the heading that runs into an item: the item's clauses tell the matter."""
    return block.run_in is not None and block.run_in.contains(span)


def _sentence(document: Document, block: Block, span: Span, beside_items: bool) -> Claim:
    """Return a sentence as a claim: an aside beside items of progress, or where it tells of no work."""
    words = span.of(document.text)
    tells = not beside_items and _TELLS.search(words) is not None
    return Claim(
        words,
        span,
        status_of(document.text, span, find_counts(document.text, span)),
        document.section_of(block),
        ClaimKind.SENTENCE if tells else ClaimKind.ASIDE,
        find_indicators(document.text, span),
    )
