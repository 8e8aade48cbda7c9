"""Which sections hold tasks although nothing is assigned in them."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

from corpus.document import Document
from corpus.registry.tables import any_of, column, read_table

_WORDS = "ingest.extract.words"
_SECTION = re.compile(any_of(column(_WORDS, "sections.tsv", "word")))
_COMING_YEAR = re.compile(r"关于20\d\d年(?:的|政府|重点|主要)*工作(?:任务|安排|打算|建议|思路)?$")
"""How a report heads what it proposes: 三、关于2026年工作."""
_ASKS = re.compile(any_of(column(_WORDS, "speech_chapters.tsv", "word", kind="asks")))
_TELLS = re.compile(any_of(column(_WORDS, "speech_chapters.tsv", "word", kind="tells")))
_GREETING = re.compile(r"同志们[：:！,，]")
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
    bare = _LABEL.sub("", heading)
    if _COMING_YEAR.match(bare):
        return Effect.TASK
    words = _SECTION.findall(bare[:40])
    return _SECTION_EFFECTS[max(words, key=len)] if words else None


def names_no_work(heading: str) -> bool:
    """Tell whether a heading is mostly, or begins with, a word for what is no work: 起草背景, 适用范围及时间.

    A heading that only ends with one (拓宽资金使用范围) names work.
    """
    bare = _LABEL.sub("", heading)
    word = max(_SECTION.findall(bare[:40]), key=len, default="")
    if not word or _SECTION_EFFECTS[word] not in (Effect.NONE, Effect.NEVER, Effect.DONE):
        return False
    return bare.startswith(word) or 2 * len(word) >= len(bare)


def is_speech(document: Document) -> bool:
    """Tell whether a document is a speech, by its kind, its title or its greeting."""
    kind, title = document.header.doc_type or "", document.header.title or ""
    if "讲话" in kind or "讲话" in title or "主持词" in title:
        return True
    return kind in ("", "其他") and _GREETING.search(document.text, 0, 400) is not None


def asks_for_work(headings: tuple[str, ...]) -> bool:
    """Tell whether the chapters of a speech ask for work: 二、突出重点，抓好落实, not 一、提高认识."""
    bare = [_LABEL.sub("", heading) for heading in headings]
    return any(map(_ASKS.match, bare)) and not any(map(_TELLS.search, bare))


def document_effect(document: Document) -> Effect:
    """Return what unassigned paragraphs outside known sections are, by the document's kind or title."""
    kind = document.header.doc_type or ""
    for words in (kind, document.header.title or ""):
        for row in read_table(_WORDS, "document_kinds.tsv"):
            if row["word"] in words:
                return Effect(row["effect"])
    return Effect.NONE if kind in ("", "其他") else Effect.DELIVERABLE
