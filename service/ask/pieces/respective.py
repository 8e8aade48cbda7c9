"""Values that a sentence gives respectively: 二孩、三孩家庭分别增加20万元、30万元."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from service.ask.fitting.matching import kinds_counted
from service.ask.pieces.value import Value
from service.ask.questions.alternatives import kinds_asked

_RESPECTIVELY = re.compile("分别|依次|[两三四五六](?:类|档|级)(?:人员|人才)?(?=[^，,。；;]{0,6}\\d)")
_LIST = re.compile(r"[^，,。；;：:、]{1,16}(?:[、和及][^，,。；;：:、和及]{1,16})+")
_PARTS = re.compile("[、和及]")
_ASIDE = re.compile("[（(][^（）()]*[）)]")
_SUBJECT = re.compile("^(?:各(?:单位|部门|地区?|[市县区镇])|请|对|向|将|凡)+")
"""Who has to do it, or what leads to it, before the first item of a list."""
SHORTEST = 2
"""Characters that a list's item must share with the question to be meant."""


def respective_value(sentence: str, given: Sequence[Value], question: str) -> Value | None:
    """Return the value that belongs to the one thing asked about; None where no list tells.

    A list before 分别 has as many items as there are values after it, and the question names one of them.
    """
    mark = _RESPECTIVELY.search(sentence)
    listed = _joined_values(sentence, given, mark.end()) if mark else []
    if mark is None or len(listed) < SHORTEST:
        return None
    # What stands in brackets behind an item tells more of it: 硕士研究生（含中级职称）.
    named = _ASIDE.sub("", sentence[: mark.start()])
    for found in reversed(list(_LIST.finditer(named))):
        items = _with_kind(_PARTS.split(_SUBJECT.sub("", found[0])))
        place = _item_asked(items, question) if len(items) == len(listed) else None
        if place is not None:
            return listed[place]
    return None


def _joined_values(sentence: str, given: Sequence[Value], start: int) -> list[Value]:
    """Return the first run of values after `start` that only 、, 和 or 及 part."""
    later = [value for value in given if value.span.start >= start]
    run = later[:1]
    for before, after in pairwise(later):
        if sentence[before.span.end : after.span.start].strip() not in {"、", "和", "及", "，", ","}:
            break
        run.append(after)
    return run


def _with_kind(items: list[str]) -> list[str]:
    """Return the items of a list, each with what is counted after the last one: D、E类 means D类、E类."""
    kinds = kinds_counted(items[-1])
    if len(kinds) != 1 or any(map(kinds_counted, items[:-1])):
        return items
    ending = next(iter(kinds))[1:]
    return [*(f"{item}{ending}" for item in items[:-1]), items[-1]]


def _item_asked(items: Sequence[str], question: str) -> int | None:
    """Return which item the question names: by its kind (三孩), else by most of its beginning or end."""
    kinds = kinds_counted(question)
    if kinds and any(map(kinds_counted, items)):
        of_kind = [place for place, item in enumerate(items) if kinds & kinds_counted(item)]
        return of_kind[0] if len(of_kind) == 1 else None
    found = _of_kind(items, question)
    if found is not None:
        return found
    shares = [_shared(item, question) for item in items]
    # 半年 of 半年和全年总结 is meant by 半年总结, though 年总结 is longer.
    beginnings = [_shared_beginning(item, question) for item in items]
    begins = max(beginnings) >= max(shares) - 1
    found = _only_best(beginnings) if begins else None
    return found if found is not None else _only_best(shares)


def _of_kind(items: Sequence[str], question: str) -> int | None:
    """Return the place of the one item of a kind that the question names: 博士 in 博士、硕士及本科毕业生."""
    asked = kinds_asked(question).items()
    told = [kinds_asked(item).items() for item in items]
    places = [place for place, kinds in enumerate(told) if asked & kinds]
    return places[0] if len(places) == 1 and all(told) else None


def _only_best(shares: Sequence[int]) -> int | None:
    """Return the place of the greatest share, None where it is too short or not the only one."""
    best = max(shares)
    return shares.index(best) if best >= SHORTEST and shares.count(best) == 1 else None


def _shared_beginning(item: str, question: str) -> int:
    """Return the length of the longest beginning of `item` that stands in the question."""
    return max((size for size in range(1, len(item) + 1) if item[:size] in question), default=0)


def _shared(item: str, question: str) -> int:
    """Return the length of the longest beginning or end of `item` that stands in the question."""
    pieces = [piece for size in range(1, len(item) + 1) for piece in (item[:size], item[-size:])]
    return max((len(piece) for piece in pieces if piece in question), default=0)
