"""Which sections hold tasks although nothing is assigned in them."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

from corpus.document import Document
from corpus.registry.tables import any_of, column, read_table

_WORDS = "ingest.extract.words"
_SECTION = re.compile(any_of(column(_WORDS, "sections.tsv", "word")))
_LABEL = re.compile(
    r"^\s*(?:第?[一二三四五六七八九十百]+[章节部分、.．]*|[（(][一二三四五六七八九十\d]+[）)]|\d+[.．、﹒]*)\s*"
)


class Effect(StrEnum):
    """What unassigned paragraphs of a section are."""

    TASK = "task"
    DELIVERABLE = "deliverable"
    STAGE = "stage"
    DONE = "done"
    NONE = "none"
    NEVER = "never"


_SECTION_EFFECTS = {row["word"]: Effect(row["effect"]) for row in read_table(_WORDS, "sections.tsv")}


def section_effect(headings: tuple[str, ...], default: Effect) -> Effect:
    """Return what the headings (outermost first) say of the paragraphs below them.

    The outermost heading that says anything decides: a subsection 加强宣传 of 重点任务 holds tasks.
    """
    effects = [effect for heading in headings if (effect := heading_effect(heading)) is not None]
    if Effect.NEVER in effects:
        return Effect.NEVER
    return effects[0] if effects else default


@lru_cache(maxsize=4096)
def heading_effect(heading: str) -> Effect | None:
    """Return what one heading says, None when it says nothing. Of several words the longest decides."""
    words = _SECTION.findall(_LABEL.sub("", heading)[:40])
    return _SECTION_EFFECTS[max(words, key=len)] if words else None


def document_effect(document: Document) -> Effect:
    """Return what unassigned paragraphs outside known sections are, by the document's kind or title."""
    kind = document.header.doc_type or ""
    for words in (kind, document.header.title or ""):
        for row in read_table(_WORDS, "document_kinds.tsv"):
            if row["word"] in words:
                return Effect(row["effect"])
    return Effect.NONE if kind in ("", "其他") else Effect.DELIVERABLE
