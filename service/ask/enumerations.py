"""Reads lists out of sentences: 包括甲、乙、丙 gives 甲, 乙 and 丙."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.spans import Span, trim

MOST_ITEMS = 40
LONGEST_ITEM = 60
_LEAD_IN = re.compile(
    r"包括|包含|涵盖|涉及|分别[是为]|分为|主要有|有[：:]|如下[：:]?|是指|主要是|[：:]|为(?=[“\"《])|需要?(?:提供|提交|携带)|应当?(?:提供|提交|携带)"
)
_END = re.compile(r"[。；;！？!?\n]|等(?:[一二三四五六七八九十\d]+[个项类种方面]|(?=[，,。；;）)]|$))")
_BETWEEN = re.compile(r"、|(?<=[一-龥）)])(?:以及|及其|及|和|与)(?=[一-龥《“\"])")
_BRACKETS = {"（": "）", "(": ")", "《": "》", "“": "”", "〔": "〕", "[": "]"}


def enumerations(text: str, within: Span) -> Iterator[tuple[Span, tuple[str, ...]]]:
    """Yield the lists that stand within a sentence, each with the stretch it takes, in text order.

    A list has at least two items, joined by 、; what stands in brackets or in quotation marks is not cut.
    """
    sentence = within.of(text)
    for lead in _LEAD_IN.finditer(sentence):
        end = _END.search(sentence, lead.end())
        stretch = trim(sentence, Span(lead.end(), end.start() if end else len(sentence)))
        items = _items(stretch.of(sentence))
        if len(items) > 1:
            yield stretch.shift(within.start), items


def _items(words: str) -> tuple[str, ...]:
    """Return the items of a list; () where one of them is too long to be one."""
    if "、" not in words:
        return ()
    hidden = _without_brackets(words)
    starts, ends = [0], []
    for mark in _BETWEEN.finditer(hidden):
        ends.append(mark.start())
        starts.append(mark.end())
    pieces = [words[start:end].strip(" ，,") for start, end in zip(starts, [*ends, len(words)], strict=True)]
    kept = tuple(dict.fromkeys(piece for piece in pieces if piece))
    if len(kept) > MOST_ITEMS or any(len(piece) > LONGEST_ITEM for piece in kept):
        return ()
    return kept


def _without_brackets(words: str) -> str:
    """Return `words` with every character inside brackets blanked, so that places stay the same."""
    open_marks: list[str] = []
    shown = []
    for character in words:
        if open_marks and character == open_marks[-1]:
            open_marks.pop()
        elif character in _BRACKETS:
            open_marks.append(_BRACKETS[character])
        shown.append("■" if open_marks else character)
    return "".join(shown)
