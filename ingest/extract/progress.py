"""What a report says has been done: one item per numbered paragraph, or per clause with a matter of its own.

Only reports have progress. Their chapters are told apart by their headings: 工作开展情况 counts, 存在问题 and
下一步打算 do not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.document import Block, BlockKind, Document
from corpus.spans import Span, trim
from corpus.task import Progress, ProgressStatus
from ingest.extract.clauses import enumerated_clauses, sentences
from ingest.extract.indicators import find_indicators
from ingest.extract.patterns import word_pattern
from ingest.extract.progress_counts import find_counts, status_of

_REPORT_TYPES = frozenset(
    {"工作汇报", "工作总结", "政府工作报告", "整改报告", "督查通报", "调研文章", "报告", "通报"}
)
_REPORT_TITLE = re.compile(
    r"(?:汇报|总结|报告|情况通报|进展情况|落实情况|整改情况|工作回顾)(?:材料)?(?:[（(].{0,20}[）)])?$"
)
_REPORTS = re.compile(r"(?:现将|将)[^。\n]{0,30}(?:情况|工作)[^。\n]{0,8}(?:汇报|报告|通报)如下")
_NUMBERED = (BlockKind.HEADING, BlockKind.ITEM)
_CHAPTERS = {
    kind: re.compile(rf"{word_pattern('report_sections', kind=kind)}(?:[（(].{{0,12}}[）)])?[。：:]?$")
    for kind in ("achieved", "problem", "planned")
}
_ELSEWHERE = re.compile(r"外地|外省|外市|先进地区|兄弟|其他(?:省|市|县|地)|国内外|借鉴")
_OWN_ACCOUNT = re.compile(r"(?:近年来|今年以来|去年以来|20\d\d年以来|一年来|五年来|过去一年|过去五年)[，,]")
_OUTLOOK = re.compile(r"^(?:下一步|下步|未来|今后|接下来|下阶段|明年|下半年)")
_BUT = re.compile(r"(?:但|然而|同时)[^。；\n]{0,12}(?:仍|还|也)?存在")
_RESULT = re.compile(
    r"了|完成|印发|建成|召开|制定|已|累计|共|[0-9xX]{1,9}(?:\.[0-9]+)?(?:余|多)?(?:万|亿)?[个家项户座处条件名人场次期套台辆亩%％]"
)


@dataclass(frozen=True, slots=True)
class _Item:
    """A stretch that reports on one matter."""

    span: Span
    section: tuple[str, ...]
    outlook: bool = False
    """True when the words after it say what is still to be done."""


def find_progress(document: Document) -> tuple[Progress, ...]:
    """Return what a report tells about work done, in text order; () for other documents."""
    if not _is_report(document):
        return ()
    return tuple(_progress(document.text, item) for item in _items(document) if len(item.span))


def _is_report(document: Document) -> bool:
    """Tell whether the document reports on work: by its type, its title or its opening words."""
    header = document.header
    if header.doc_type in _REPORT_TYPES or _REPORT_TITLE.search((header.title or "").strip()):
        return True
    return header.doc_type is None and _REPORTS.search(document.text[:1500]) is not None


def _progress(text: str, item: _Item) -> Progress:
    counts = find_counts(text, item.span)
    taken = [count.span for count in counts if not count.whole]
    indicators = tuple(
        indicator
        for indicator in find_indicators(text, item.span)
        if not any(span.overlaps(indicator.span) for span in taken)
    )
    status = status_of(text, item.span, counts)
    if item.outlook and status is ProgressStatus.DONE:
        status = ProgressStatus.ONGOING
    return Progress(
        item.span.of(text),
        item.span,
        status,
        item.section,
        tuple(count.count for count in counts),
        indicators,
    )


def _items(document: Document) -> Iterator[_Item]:
    """Yield the stretches that report on one matter each."""
    children = _children(document)
    for index, block in enumerate(document.blocks):
        if not _counts(document, index):
            continue
        if block.kind in _NUMBERED and not any(
            _numbered(document, child) for child in children.get(index, ())
        ):
            if children.get(index) or block.kind is BlockKind.ITEM:
                yield from _paragraph_items(document, index, children.get(index, []))
        elif block.kind is BlockKind.PARAGRAPH and _is_own_account(document, index, children):
            yield _account(document, block)


def _children(document: Document) -> dict[int, list[int]]:
    children: dict[int, list[int]] = {}
    for index, block in enumerate(document.blocks):
        if block.parent is not None:
            children.setdefault(block.parent, []).append(index)
    return children


def _numbered(document: Document, index: int) -> bool:
    return document.blocks[index].kind in _NUMBERED


def _counts(document: Document, index: int) -> bool:
    """Tell whether the nearest heading that names a chapter of a report names one of work done."""
    above = document.blocks[index].parent
    while above is not None:
        heading = document.heading_of(document.blocks[above])
        kind = _chapter(heading)
        if kind is not None:
            return kind == "achieved" or (kind == "planned" and _is_plain_paragraph(document, index))
        above = document.blocks[above].parent
    return False


def _is_plain_paragraph(document: Document, index: int) -> bool:
    return document.blocks[index].kind is BlockKind.PARAGRAPH


def _chapter(heading: str) -> str | None:
    """Return achieved, problem or planned, None when the heading does not tell."""
    if _ELSEWHERE.search(heading):
        return "elsewhere"
    for kind in ("problem", "planned", "achieved"):
        if _CHAPTERS[kind].search(heading):
            return kind
    return None


def _paragraph_items(document: Document, index: int, below: list[int]) -> Iterator[_Item]:
    """Yield the item of one numbered block and its paragraphs, or one for each clause of it."""
    block = document.blocks[index]
    running = _running_paragraphs(document, below)
    whole = trim(document.text, Span(block.body.start, running[-1].span.end if running else block.body.end))
    whole, outlook = _without_outlook(document.text, whole)
    section = document.section_of(block)
    clauses = [] if running else enumerated_clauses(document.text, block.body)
    if _tell_of_different_matters(document.text, clauses):
        inner = (*section, document.heading_of(block))
        yield from (_Item(clause, inner) for clause in clauses)
    else:
        yield _Item(whole, section, outlook)


def _running_paragraphs(document: Document, below: list[int]) -> list[Block]:
    """Return the paragraphs of running text right below a heading, up to the first caption or table."""
    running: list[Block] = []
    for child in below:
        block = document.blocks[child]
        if block.kind is not BlockKind.PARAGRAPH or not block.body.of(document.text).endswith(
            ("。", "；", ";", "！")
        ):
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


def _is_own_account(document: Document, index: int, children: dict[int, list[int]]) -> bool:
    """Tell whether an unnumbered paragraph sums up the writer's own results: 近年来，全市…完成357个…"""
    words = document.blocks[index].body.of(document.text)
    return (
        _OWN_ACCOUNT.match(words) is not None
        and len(_RESULT.findall(words)) >= 5
        and not _REPORTS.search(words)
    )


def _account(document: Document, block: Block) -> _Item:
    """Return the paragraph up to its turn to what is lacking."""
    turn = _BUT.search(document.text, block.body.start, block.body.end)
    end = turn.start() if turn else block.body.end
    return _Item(trim(document.text, Span(block.body.start, end)), document.section_of(block))
