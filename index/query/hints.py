"""What a query says of the documents it wants: their place, level, year, kind, and the unit at work.

A hint is no filter: documents of that kind come first, those of which nothing is known follow, others stay.
Each is shown to the user, who may take it back; its words are then words to look for and nothing more.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cache

from corpus.records import JsonObject
from corpus.registry.regions import find_region, regions_in
from corpus.registry.tables import any_of, read_table
from corpus.registry.units import ends_like_unit, is_group, unit_names
from corpus.spans import Span
from index.tokens import fold_with_places


class HintKind(StrEnum):
    """What a hint is about."""

    REGION = "region"
    LEVEL = "level"
    YEAR = "year"
    TYPE = "type"
    UNIT = "unit"


@dataclass(frozen=True, slots=True)
class Hint:
    """One thing that a query says of the documents it wants."""

    kind: HintKind
    words: str
    """As the user wrote it."""
    shown: str
    """What it is understood as: 苏州市, 2024-2026, 实施方案."""
    keys: tuple[str | int, ...]
    """What the index keeps for it: codes of places, levels, years or kinds; a unit's name as written."""
    span: Span = field(compare=False)
    """Where the words stand in the query."""

    def record(self) -> JsonObject:
        """Return the hint under its public keys."""
        return {"kind": self.kind.value, "words": self.words, "value": self.shown}


MOST_YEARS = 10
"""Years that one hint may span; a longer time says nothing of a document."""
_COUNTS = dict(zip("两二三四五2345", (2, 2, 3, 4, 5, 2, 3, 4, 5), strict=True))
_AWAY = {"大前年": -3, "前年": -2, "去年": -1, "上年": -1, "上一年": -1, "今年": 0, "本年度": 0, "明年": 1}
_DIGITS = r"(?<!\d)(?:19|20)\d\d"

YearForm = tuple[re.Pattern[str], Callable[[re.Match[str], int], tuple[int, int]]]
YEAR_FORMS: tuple[YearForm, ...] = (
    (
        re.compile(rf"({_DIGITS})年?[-—–~至到]((?:19|20)\d\d)年"),
        lambda found, _: (int(found[1]), int(found[2])),
    ),
    (re.compile(rf"({_DIGITS})年(?:以来|以后|之后|起)"), lambda found, today: (int(found[1]), today)),
    (re.compile(rf"({_DIGITS})年"), lambda found, _: (int(found[1]), int(found[1]))),
    (
        re.compile(rf"(?:近|最近|过去)([{''.join(_COUNTS)}])年"),
        lambda found, today: (today - _COUNTS[found[1]] + 1, today),
    ),
    (re.compile(any_of(_AWAY)), lambda found, today: (today + _AWAY[found[0]],) * 2),
)
"""How years are written, with the first and the last year meant; where two fit, the first counts."""
_BEFORE_YEAR = re.compile(
    rf"(?:^|(?<=[\s，,、。在]))[一-龥]{{2,6}}?(?=\s*(?:(?:19|20)\d\d年|{any_of(_AWAY)}))"
)
"""What stands alone before a year: a county's short name may be an ordinary word elsewhere (合作, 互助)."""
_LEVEL = re.compile(
    r"(?<![小社园校厂片城都超灾景矿老新山])(?P<level>[省市县区])(?:里|上|一级|级(?=层面|文件|政策))(?!面|海)"
)
_LEVELS = {"省": "省", "市": "市", "县": "县", "区": "县"}
_AFTER_TYPE = re.compile(r"$|[\s，,。；;、？?！!）)”》]|[的怎如有是里中哪啥要应]|什么|吗")
_NO_MATTER = "了和与及，,、“"
_UNIT_HEAD = re.compile(
    r"(?:(?:^|(?<=[由里中的请和、，,\s]))(?:(?![由里中的请和])[一-龥]){1,4}[省市县区州盟旗]|[省市县区州旗])$"
)
"""A place or level before the name of a unit; invented and very new places count by their ending."""


def hints_in(text: str, today: date, plain: Collection[str] = ()) -> tuple[Hint, ...]:
    """Return what a query says of the documents it wants, by kinds, each in the order of the text.

    Args:
        text: the query.
        today: what 去年 is counted from.
        plain: words that the user wants taken as words only.
    """
    found = [*_places(text), *_levels(text), *_years(text, today.year), *_types(text)]
    found += _units(text, found)
    return tuple(hint for hint in dict.fromkeys(found) if hint.words not in plain)


def _places(text: str) -> Iterator[Hint]:
    """Yield the places that a query names, and a county's short name where a year follows it: 嵊州2023年."""
    named = [(mention.span, mention.region) for mention in regions_in(text)]
    for found in _BEFORE_YEAR.finditer(text):
        span, region = Span(*found.span()), find_region(found[0])
        of_units = f"{found[0]}局" in unit_names()  # 公安2023年 is no county
        if region and not of_units and not any(span.overlaps(other) for other, _ in named):
            named.append((span, region))
    for span, region in sorted(named, key=lambda pair: pair[0].start):
        yield _hint(HintKind.REGION, text, span, region.name, (region.code,))


def _hint(kind: HintKind, text: str, span: Span, shown: str, keys: tuple[str | int, ...]) -> Hint:
    return Hint(kind, span.of(text), shown, keys, span)


def _levels(text: str) -> Iterator[Hint]:
    for found in _LEVEL.finditer(text):
        level = _LEVELS[found["level"]]
        yield _hint(HintKind.LEVEL, text, Span(*found.span()), f"{found['level']}级", (level,))


def _years(text: str, today: int) -> Iterator[Hint]:
    folded, places = fold_with_places(text)
    taken = 0
    for start, end, first, last in sorted(_spans_of_years(folded, today)):
        if start < taken or not 0 <= last - first < MOST_YEARS:
            continue
        taken = end
        span = Span(places[start], places[end - 1] + 1)
        shown = str(first) if first == last else f"{first}-{last}"
        yield _hint(HintKind.YEAR, text, span, shown, tuple(range(first, last + 1)))


def _spans_of_years(text: str, today: int) -> Iterator[tuple[int, int, int, int]]:
    """Yield start, end, first and last year; where two forms fit one place the more telling one first."""
    taken: set[int] = set()
    for pattern, years in YEAR_FORMS:
        for found in pattern.finditer(text):
            if found.start() not in taken:
                taken.add(found.start())
                yield found.start(), found.end(), *years(found, today)


def _types(text: str) -> Iterator[Hint]:
    """Yield the kinds of documents named as a title names them: at the end of what it is about."""
    for found in _kind_pattern().finditer(text):
        row = _kinds()[found[0]]
        if _names_kind(text, found, row["after_de"] == "yes"):
            types = tuple(row["types"].split())
            yield _hint(HintKind.TYPE, text, Span(*found.span()), "、".join(types), types)


def _names_kind(text: str, found: re.Match[str], after_de: bool) -> bool:
    """Tell whether a word that may name a kind does so: behind its matter, or as all that is asked."""
    if not _AFTER_TYPE.match(text, found.end()):
        return False
    before = text[: found.start()].strip()[-1:]
    if not before:
        return not text[found.end() :].strip()
    return after_de if before == "的" else before not in _NO_MATTER


@cache
def _kinds() -> dict[str, dict[str, str]]:
    return {row["word"]: row for row in read_table("index.query", "kind_words.tsv")}


@cache
def _kind_pattern() -> re.Pattern[str]:
    return re.compile(any_of(_kinds()))


def _units(text: str, others: Collection[Hint]) -> Iterator[Hint]:
    """Yield the units that the registry knows, with the place or level before them."""
    for found in _unit_pattern().finditer(text):
        span = Span(_head_of_unit(text, found.start(), others), found.end())
        if not is_group(span.of(text)):
            yield _hint(HintKind.UNIT, text, span, span.of(text), (span.of(text),))


def _head_of_unit(text: str, start: int, others: Collection[Hint]) -> int:
    """Return where the name of a unit begins that is known from `start` on."""
    before = [hint for hint in others if hint.span.end <= start]
    place = next((hint for hint in before if hint.kind is HintKind.REGION and hint.span.end == start), None)
    if place:
        return place.span.start
    after = max((hint.span.end for hint in before if hint.kind is not HintKind.REGION), default=0)
    head = _UNIT_HEAD.search(text[after:start])
    return after + head.start() if head else start


@cache
def _unit_pattern() -> re.Pattern[str]:
    """Return a pattern for the names of units, without short forms that are ordinary words (公安, 医保)."""
    return re.compile(any_of(name for name in unit_names() if len(name) > 2 and ends_like_unit(name)))
