"""Whether a short name is made of the characters of a longer one: 个转企 of 个体工商户转型升级为企业."""

from __future__ import annotations

import re

from corpus.registry.regions import regions_in
from corpus.registry.units import ends_like_unit
from index.tokens import cut, cut_places, word_places

SHORTEST_FULL, LONGEST_FULL = 4, 30
"""Characters of the full name; what is longer explains a thing and does not name it."""
LONGEST_SHARE = 8
"""The full name has at most so many times the characters of the short one."""
_LEVEL = re.compile(r"(?:各级|各|[本该我原省市州盟县区旗镇乡]级?)")
_NO_NAME = re.compile(r"[的及或并等了]|进行|按照|根据|关于")
_NUMBER = re.compile(r"[0-9〇零一二三四五六七八九十两双多全]")


def full_name(short: str, before: str) -> tuple[str, str] | None:
    """Return `short` and the full name with which `before` ends, both without a place or level before them.

    None where `before` does not end in one, and where the full name has the words of the short one as they
    are: who looks for 在线平台 finds 在线审批监管平台 without being told.
    """
    start = None if _NUMBER.match(short) else _start(short, before)
    if start is None:
        return None
    short, full = _without_place(short, before[start:])
    fits = len(short) > 1 and SHORTEST_FULL <= len(full) <= min(LONGEST_FULL, LONGEST_SHARE * len(short))
    return (short, full) if fits and _is_name(full) and _contracts(short, full) else None


def every_character_alone(short: str, full: str) -> bool:
    """Tell whether no two neighbours of `short` stand together in `full`: 新城建, and not 房票安置."""
    return all(short[place : place + 2] not in full for place in range(len(short) - 1))


def _start(short: str, before: str) -> int | None:
    """Return where the shortest stretch at the end of `before` begins that holds `short` in its order."""
    place = len(before)
    for character in reversed(short):
        place = before.rfind(character, 0, place)
        if place < 0:
            return None
    return max(start for start, _ in cut_places(before) if start <= place)


def _without_place(short: str, full: str) -> tuple[str, str]:
    """Return both names without the place that begins them, and without a level before the short one."""
    first = next(iter(regions_in(full)), None)
    if first is None or first.span.start:
        return (short[1:], full[1:]) if _both_of_level(short, full) else (short, full)
    place = first.span.of(full)
    if short[0] == place[0]:  # 安澜公积金中心; but in 太钢 the place is part of the name
        head = next((length for length in range(len(place), 1, -1) if short.startswith(place[:length])), 0)
        return (short[head:], full[len(place) :]) if head else (short, full)
    return _LEVEL.sub("", short, count=1) if _LEVEL.match(short) else short, full[len(place) :]


def _both_of_level(short: str, full: str) -> bool:
    """Tell whether both begin with the same level: 市房管局 and 市房产管理局, but not 区块链."""
    return short[0] == full[0] and bool(_LEVEL.match(short)) and cut(full)[0] == full[0]


def _is_name(full: str) -> bool:
    """Tell whether `full` reads as the name of a kind: no clause, no list, no place inside."""
    if _NO_NAME.search(full) or any(mention.span.start for mention in regions_in(full)):
        return False
    return not re.search("[和与]", full) or ends_like_unit(full)


def _contracts(short: str, full: str) -> bool:
    """Tell whether some character of `short` stands for a whole word of `full`, and none for part of one."""
    heads = [*word_places(full), len(full) - 1]
    place, alone, rest = 0, False, short
    while rest:
        piece = next((rest[:n] for n in range(len(rest), 1, -1) if rest[:n] in full[place:]), rest[0])
        found = full.find(piece, place)
        if len(piece) == 1:
            alone = True
            found = next((head for head in heads if head >= place and full[head] == piece), -1)
        if found < 0:
            return False
        place, rest = found + len(piece), rest[len(piece) :]
    return alone
