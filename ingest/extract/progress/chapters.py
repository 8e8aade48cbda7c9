"""Which documents report on work done, and which of their chapters do: 工作开展情况, but not 下一步打算."""

from __future__ import annotations

import re

from corpus.document import Block, BlockKind, Document
from ingest.extract.patterns import word_pattern

_REPORT_TYPES = frozenset(
    {"工作汇报", "工作总结", "政府工作报告", "整改报告", "督查通报", "调研文章", "报告", "通报"}
)
_UNTOLD = (None, "其他")
_REPORT_TITLE = re.compile(
    r"(?:汇报|总结|报告|情况通报|进展情况|落实情况|整改情况|工作回顾)(?:材料)?(?:[（(].{0,20}[）)])?$"
)
ANNOUNCES = re.compile(r"(?:现将|将)[^。\n]{0,30}(?:情况|工作)[^。\n]{0,8}(?:汇报|报告|通报)如下")
"""The sentence that opens a report: 现将有关情况汇报如下."""
_HEADING_END = r"(?:[（(].{0,12}[）)])?[。：:]?$"
_CHAPTERS = {
    kind: re.compile(word_pattern("report_sections", kind=kind) + _HEADING_END)
    for kind in ("problem", "planned", "achieved")
}
_CHAPTER_NAME = re.compile(
    r"^[（(]?[一二三四五六七八九十\d]{0,3}[）)、.．\s]{0,2}(?:主要|当前|目前|工作中|仍)?(?:存在)?(?:的|着)?(?:主要)?"
    r"(?:问题|困难|不足|短板|差距|薄弱环节|下一步|下步|今后|工作(?:情况|进展|成效)|意见|建议)"
)
_ELSEWHERE = re.compile(r"外地|外省|外市|先进地区|兄弟|其他(?:省|市|县|地)|国内外|借鉴")


def is_report(document: Document) -> bool:
    """Tell whether the document reports on work: by its type, its title or its opening words."""
    header = document.header
    if header.doc_type in _REPORT_TYPES or _REPORT_TITLE.search((header.title or "").strip()):
        return True
    return header.doc_type in _UNTOLD and ANNOUNCES.search(document.text[:1500]) is not None


def chapter_of(document: Document, block: Block) -> str:
    """Return what the headings above a block announce.

    One of achieved, problem, planned, elsewhere (what other places did), or "" when no heading tells. The
    outermost telling heading decides (2025年工作回顾 over 落实战略任务) unless one below it is a chapter's
    name and no more, such as 存在问题 or 下一步打算.
    """
    decided = ""
    for heading in document.section_of(block):
        kind = _kind(heading)
        if not decided or (kind and decided != "planned" and _CHAPTER_NAME.search(heading)):
            decided = kind or decided
    return decided


def _kind(heading: str) -> str:
    if _ELSEWHERE.search(heading):
        return "elsewhere"
    return next((kind for kind, pattern in _CHAPTERS.items() if pattern.search(heading)), "")


def is_numbered(block: Block) -> bool:
    """Tell whether a block is a heading or a numbered item, not running text."""
    return block.kind in (BlockKind.HEADING, BlockKind.ITEM)
