"""Cites rows of the ledger: the document, the number, the words of the text, and what people made of them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from corpus.records import JsonObject
from corpus.spans import Span
from corpus.store.rows import TaskRow
from service.ask.result import Citation

LONGEST_QUOTE = 300
_CLOSING = re.compile("[）)〕]")
TYPED = "手工录入，没有原文"
_CORRECTED = {"units": "单位", "deadlines": "时限", "text": "任务内容", "persons": "责任人"}
"""What a corrected key is called."""


def cite_row(row: TaskRow, text: str, findings: Iterable[JsonObject] = ()) -> Citation:
    """Return the citation of a row, with the statement that answers as far as it stands near.

    Args:
        row: the row.
        text: that of its document, "" for a row without one.
        findings: the units or limits of the row that answer; those that a person typed have no span.
    """
    start, end = row.record["span"]
    ends = [item["span"][1] for item in findings if item.get("span") and item["span"][1]]
    until = max([end, *(place for place in ends if end <= place <= start + LONGEST_QUOTE)])
    # What is no longer in the text, or was never there, has nothing to quote.
    span = Span(start, _closed(text, start, until)) if row.in_text and end else Span(0, 0)
    return Citation(
        row.document_id,
        row.title,
        row.source,
        tuple(row.record["section"]),
        span.of(text),
        span,
        row.record["page"],
        row.id,
        row.record["label"],
        _note(row),
    )


def _closed(text: str, start: int, until: int) -> int:
    """Return where a quote ends: after the bracket that it opens, where that is near, and never far."""
    words = text[start:until]
    opened = any(words.count(left) > words.count(right) for left, right in ("（）", "()", "〔〕"))
    closing = _CLOSING.search(text, until, start + LONGEST_QUOTE) if opened else None
    return closing.end() if closing else min(until, start + LONGEST_QUOTE)


def _note(row: TaskRow) -> str:
    """Return what people made of a row, "" for one that stands as it was read."""
    said = []
    if not row.record["span"][1]:
        said.append(TYPED)
    elif not row.in_text:
        said.append("现行文本中已没有这一项")
    changed = [words for key, words in _CORRECTED.items() if key in row.corrected]
    if changed:
        said.append(f"{'、'.join(changed)}经人工修改")
    if row.handovers:
        said.append("责任单位已移交")
    if row.extensions and row.due:
        said.append(f"已延期至{row.due.isoformat()}")
    return "；".join(said)
