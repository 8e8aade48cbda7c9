"""What a report says has been done: one item per numbered paragraph, or per clause with a matter of its own.

Where an achieved chapter has no numbers, every paragraph with results of its own is an item.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.document import Block, BlockKind, Document
from corpus.spans import Span, trim
from corpus.task import Indicator, Progress, ProgressStatus
from ingest.extract.clauses import enumerated_clauses, sentences
from ingest.extract.figures.indicators import find_indicators
from ingest.extract.figures.quantities import find_quantities
from ingest.extract.progress.chapters import ANNOUNCES, chapter_of, is_numbered, is_report
from ingest.extract.progress.counts import CountedPart, find_counts, status_of

_OUTLOOK = re.compile(r"下一步|下步|未来|今后|接下来|下阶段|明年|下半年")
_LACKING = re.compile(
    r"(?:但|然而|同时)[^。；\n]{0,12}(?:仍|还|也)?存在|(?:也|还)?(?:清醒|深刻)(?:地)?(?:认识|看)到"
)
_OWN_ACCOUNT = re.compile(
    r"(?:近年来|今年以来|去年以来|20\d\d年以来|一年来|五年来|过去一年|过去五年|这五年)[，,]"
)
_CLOSES = re.compile(
    r"各位代表|同志们|回望|回首|回顾(?:过去|一年|五年)|总结成绩|在(?:肯定|看到)成绩|成绩(?:来之不易|可喜|固然)|这些成绩"
    r"|[“\"]?十[一二三四五六七]五[”\"]?时期|过去(?:的)?(?:一年|五年)|一年来[，,]"
)
"""How a paragraph begins that looks back on the whole chapter."""
_RESULT = re.compile(
    r"了|完成|印发|建成|召开|制定|已|累计|共"
    r"|[0-9xX]{1,9}(?:\.[0-9]+)?[余多]?[万亿]?[个家项户座处条件名人场次期套台辆亩%％]"
)
_FEW = 2
"""A paragraph without a number reports on a matter when it has more results than this."""
_ACCOUNT = 5
"""Outside an achieved chapter only a paragraph with at least so many results is an account of one's work."""


@dataclass(frozen=True, slots=True)
class _Item:
    """A stretch that reports on one matter."""

    span: Span
    section: tuple[str, ...]
    outlook: bool = False
    """True when the words after it say what is still to be done."""


def find_progress(document: Document) -> tuple[Progress, ...]:
    """Return what a report tells about work done, in text order; () for other documents."""
    if not is_report(document):
        return ()
    return tuple(_progress(document.text, item) for item in _items(document) if len(item.span))


def _progress(text: str, item: _Item) -> Progress:
    counts = find_counts(text, item.span)
    status = status_of(text, item.span, counts)
    if item.outlook and status is ProgressStatus.DONE:
        status = ProgressStatus.ONGOING
    return Progress(
        item.span.of(text),
        item.span,
        status,
        item.section,
        tuple(part.count for part in counts),
        _indicators(text, item.span, counts),
    )


def _indicators(text: str, span: Span, counts: tuple[CountedPart, ...]) -> tuple[Indicator, ...]:
    """Return the numbers reached: those of the text and the wholes that were counted, but not their parts."""
    parts = {part.span for part in counts if part.span != part.whole}
    found = [
        item for item in find_indicators(text, span) if not any(part.overlaps(item.span) for part in parts)
    ]
    for whole in dict.fromkeys(part.whole for part in counts):
        if not any(item.span.overlaps(whole) for item in found):
            found.extend(
                Indicator(item.span.of(text), item.span, item.value, item.unit, item.op, item.max)
                for item in find_quantities(text, whole)
            )
    return tuple(sorted(found, key=lambda item: item.span))


def _items(document: Document) -> Iterator[_Item]:
    """Yield the stretches that report on one matter each."""
    below = _blocks_below(document)
    for index, block in enumerate(document.blocks):
        chapter = chapter_of(document, block)
        under = below.get(index, [])
        if is_numbered(block) and chapter == "achieved":
            nested = any(is_numbered(child) for child in under)
            if block.kind is BlockKind.ITEM and nested and _RESULT.search(block.body.of(document.text)):
                yield from _numbered_items(document, block, [])
            elif not nested and (under or block.kind is BlockKind.ITEM):
                yield from _numbered_items(document, block, under)
        elif block.kind is BlockKind.PARAGRAPH and _is_account(document, block, chapter, below):
            yield from _accounts(document, block)


def _blocks_below(document: Document) -> dict[int, list[Block]]:
    """Return the blocks right below each heading or item, by its index."""
    below: dict[int, list[Block]] = {}
    for block in document.blocks:
        if block.parent is not None:
            below.setdefault(block.parent, []).append(block)
    return below


def _numbered_items(document: Document, block: Block, under: list[Block]) -> Iterator[_Item]:
    """Yield the item of one numbered block with its paragraphs, or one for each clause of it."""
    running = _running_paragraphs(document.text, under)
    section = document.section_of(block)
    clauses = [] if running else enumerated_clauses(document.text, block.body)
    if _tell_of_different_matters(document.text, clauses):
        inner = (*section, document.heading_of(block))
        yield from (_Item(clause, inner) for clause in clauses)
        return
    end = running[-1].span.end if running else block.body.end
    whole, outlook = _without_outlook(document.text, trim(document.text, Span(block.body.start, end)))
    yield _Item(whole, section, outlook)


def _running_paragraphs(text: str, blocks: list[Block]) -> list[Block]:
    """Return the paragraphs of running text up to the first caption or table."""
    running: list[Block] = []
    for block in blocks:
        if block.kind is not BlockKind.PARAGRAPH or _CLOSES.match(block.body.of(text)):
            break
        if _LACKING.search(block.body.of(text)) or not block.body.of(text).endswith(("。", "；", ";", "！")):
            break
        running.append(block)
    return running


def _tell_of_different_matters(text: str, clauses: list[Span]) -> bool:
    """Tell whether at least half of the clauses have a result of their own."""
    results = sum(_RESULT.search(clause.of(text)) is not None for clause in clauses)
    return bool(clauses) and 2 * results >= len(clauses)


def _without_outlook(text: str, span: Span) -> tuple[Span, bool]:
    """Return the span without a last sentence that says what comes next, and whether there was one."""
    pieces = sentences(text, span)
    if len(pieces) > 1 and _OUTLOOK.match(pieces[-1].of(text)):
        return Span(span.start, pieces[-2].end), True
    return span, False


def _is_account(document: Document, block: Block, chapter: str, below: dict[int, list[Block]]) -> bool:
    """Tell whether a paragraph without a number reports results, such as 近年来，全市完成整治357个.

    In an achieved chapter it must stand right below the heading of a chapter without numbers.
    """
    words = block.body.of(document.text)
    results = len(_RESULT.findall(words))
    if block.parent is None or ANNOUNCES.search(words) or _LACKING.match(words):
        return False
    if chapter == "achieved":
        numbered = any(is_numbered(sibling) for sibling in below[block.parent])
        if numbered and results > _FEW and not _CLOSES.match(words):
            return len(enumerated_clauses(document.text, block.body)) >= _FEW
        return not numbered and document.blocks[block.parent].level == 1 and results > _FEW
    return chapter == "planned" and _OWN_ACCOUNT.match(words) is not None and results >= _ACCOUNT


def _accounts(document: Document, block: Block) -> Iterator[_Item]:
    """Yield the clauses of a paragraph that tell of different matters, else the paragraph as one item."""
    clauses = enumerated_clauses(document.text, block.body)
    if _tell_of_different_matters(document.text, clauses):
        yield from (_Item(clause, document.section_of(block)) for clause in clauses)
    else:
        yield _account(document, block)


def _account(document: Document, block: Block) -> _Item:
    """Return the paragraph up to its turn to what is lacking."""
    turn = _LACKING.search(document.text, block.body.start, block.body.end)
    end = turn.start() if turn else block.body.end
    return _Item(trim(document.text, Span(block.body.start, end)), document.section_of(block))
