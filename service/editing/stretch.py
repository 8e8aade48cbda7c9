"""A stretch of the source that a person marked as a task which the rules did not find."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from corpus.document import Block, BlockKind, Document
from corpus.records import JsonObject, plain, task_record
from corpus.spans import Span
from corpus.task import Task


def records_of(document: Document, span: Span) -> list[JsonObject]:
    """Return the task records of a stretch of the document's text, which must not be blank.

    The rules read the stretch as a text of its own; where they find no task, all of it is one, with the time
    limits and numbers that it names.
    """
    from ingest.extract.extract import extract  # brings all rules of extraction

    words = span.of(document.text)
    block = Block(BlockKind.PARAGRAPH, Span(0, len(words)), body=Span(0, len(words)))
    alone = Document(document.id, document.source, words, (block,), document.header)
    tasks = extract(alone).tasks or (_whole(document, span),)
    placed = {"section": _section(document, span), "page": document.page_at(span.start), "found_by": "manual"}
    return [{**_shifted(task_record(replace(task, doubts=())), span.start), **placed} for task in tasks]


def _whole(document: Document, span: Span) -> Task:
    from ingest.extract.figures.indicators import find_indicators
    from ingest.extract.times.deadlines import find_deadlines
    from ingest.extract.times.document_time import deadline_context

    words = span.of(document.text)
    all_of_it = Span(0, len(words))
    limits = find_deadlines(words, all_of_it, deadline_context(document))
    return Task(all_of_it, words, deadlines=limits, indicators=find_indicators(words, all_of_it))


def _section(document: Document, span: Span) -> list[str]:
    for block in document.blocks:
        if block.span.start <= span.start < block.span.end:
            return list(document.section_of(block))
    return []


def _shifted(value: Any, by: int) -> Any:
    """Return a record whose spans lie `by` code points further on."""
    if isinstance(value, list):
        return [_shifted(item, by) for item in value]
    if not isinstance(value, dict):
        return value
    return {
        key: plain(Span(*item).shift(by)) if key.endswith("span") and item else _shifted(item, by)
        for key, item in value.items()
    }
