"""The facts of a text that somebody could have made up, and what supports them.

Facts are figures, days, units and quotations. A draft, or an answer that a language model worded, is held
against the sources it was made from. A fact is supported when a source says the same, however it writes it:
百分之五 supports 5%, 2025年6月底 supports 6月30日.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from corpus.registry.units import canonical_unit
from corpus.spans import Span
from index.tokens import fold
from service.verify.fact_values import find_days, find_figures, tells_a_day


class FactKind(StrEnum):
    """What sort of thing a fact states."""

    FIGURE = "figure"
    DAY = "day"
    UNIT = "unit"
    QUOTATION = "quotation"
    WORDING = "wording"
    """A clause that says the opposite of what it repeats; only `service.verify` looks for it."""


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that a text states and that must stand in a source."""

    kind: FactKind
    raw: str
    span: Span


_QUOTED = re.compile(r"[“「《](?P<words>[^“”「」《》]{2,200})[”」》]")
_DOCUMENT_NUMBER = re.compile(r"[一-龥]{1,14}[〔\[［【(（](?:19|20)\d{2}[〕\]］】)）][^号，。；\s]{1,5}号")
_UNIT_END = re.compile(
    r"(?:委员会|管委会|办事处|合作社|法院|检察院|总工会|妇联|残联|工商联|红十字会|海关|办公室|政府|集团|公司|银行|中心|(?<![布格结])局(?![面限势部])|厅(?!堂)|支队|总队|大队"
    r"|委(?![托员派任])|办(?![法理公事学案]))"
)
_SHORT_ENDS = frozenset({"委", "办"})
"""Ends that words share which are no names, 督办 and 尚未办; only what the registry knows counts."""
_NAME_BEFORE = re.compile(r"[一-龥（）()]{1,24}$")
_VERB_BEFORE = re.compile(r"由|(?<!申)请|会同|联合|配合|牵头|协同|报送|报请|负责")
LEVEL = frozenset("省市县区州盟旗镇乡")
"""How the name of a level or place ends; names of units begin with it where the place is left out."""
_GOVERNMENT = re.compile(r"[省市县区州旗盟乡镇]?(?:人民)?(?:政府|党委|管委会|办事处)")
"""What every place has; only the place before it tells which."""
_BEFORE_NAME = frozenset("由和与及会同是为报向请对经至在按让给、")
SHORTEST_NAME = 4
"""Characters of a name that may be told apart from words before it: 市水利局."""
LONGEST_UNKNOWN = 10
"""Characters shown of a unit that no source names."""


def facts_in(text: str) -> tuple[Fact, ...]:
    """Return the facts of a text in its order; a figure within a day or a quotation is not told twice."""
    facts = [*_quotations(text), *_days(text), *_figures(text), *_units(text)]
    kept: list[Fact] = []
    for fact in facts:
        if not any(other.span.contains(fact.span) for other in kept):
            kept.append(fact)
    return tuple(sorted(kept, key=lambda fact: fact.span))


class Grounds:
    """What some sources state together; they are read once, however many texts are held against them."""

    def __init__(self, sources: Iterable[str]) -> None:
        self._sources = [_Ground(source) for source in sources]

    def unsupported(self, text: str) -> tuple[Fact, ...]:
        """Return the facts of `text` that none of the sources states, in text order; () where all are."""
        return tuple(
            fact for fact in facts_in(text) if not any(source.states(fact) for source in self._sources)
        )


class _Ground:
    """What one source states."""

    def __init__(self, source: str) -> None:
        self._folded = bare(source)
        self._figures = list(find_figures(source))
        self._days = list(find_days(source))

    def states(self, fact: Fact) -> bool:
        """Tell whether the source says the same."""
        if fact.kind is FactKind.UNIT:
            return names(self._folded, fact.raw)
        if fact.kind is FactKind.FIGURE:
            return all(any(own.same(other) for other in self._figures) for own in find_figures(fact.raw))
        if bare(fact.raw) in self._folded:
            return True
        if fact.kind is FactKind.DAY:
            return any(own.same(other) for own in find_days(fact.raw) for other in self._days)
        return False


def names(source: str, unit: str) -> bool:
    """Tell whether a source, made `bare`, names the unit.

    Words that are no part of a name may stand before it, but no other level and no other place: 市水利局 is
    not 省水利局, nor is 青石镇人民政府 named where only 双桥镇人民政府 is.
    """
    words = bare(unit)
    for start in range(len(words) - SHORTEST_NAME + 1):
        if words[start:] in source:
            return start == 0 or _begins_name(words, start, source)
    return words in source


def _begins_name(words: str, start: int, source: str) -> bool:
    """Tell whether the name may begin here, so that what stands before it is no part of it."""
    if words[start - 1] in LEVEL:
        return False
    if _GOVERNMENT.fullmatch(words, start):
        return words[start - 1] in _BEFORE_NAME
    if words[start] in LEVEL and words[start - 1] not in _BEFORE_NAME:
        return words[max(0, start - 2) : start + 1] in source
    return True


def _quotations(text: str) -> Iterator[Fact]:
    for found in _QUOTED.finditer(text):
        yield Fact(FactKind.QUOTATION, found["words"], Span(*found.span("words")))
    for found in _DOCUMENT_NUMBER.finditer(text):
        yield Fact(FactKind.QUOTATION, found[0], Span(*found.span()))


def _days(text: str) -> Iterator[Fact]:
    for days in find_days(text):
        if tells_a_day(text, days):
            yield Fact(FactKind.DAY, days.span.of(text), days.span)


def _figures(text: str) -> Iterator[Fact]:
    for figure in find_figures(text):
        yield Fact(FactKind.FIGURE, figure.span.of(text), figure.span)


def _units(text: str) -> Iterator[Fact]:
    """Yield the units that a text names; 市委 within 市委金融办 is none."""
    spans = list(_unit_spans(text))
    for span in spans:
        if not any(other.overlaps(span) and other.end > span.end for other in spans):
            yield Fact(FactKind.UNIT, span.of(text), span)


def _unit_spans(text: str) -> Iterator[Span]:
    for end in _UNIT_END.finditer(text):
        before = _NAME_BEFORE.search(text, 0, end.start())
        if before is None:
            continue
        start, known = _name_start(text, _within_brackets(before), end.end())
        if known or end[0] not in _SHORT_ENDS:
            yield Span(start, end.end())


def _within_brackets(before: re.Match[str]) -> int:
    """Return where a name may begin: after a bracket that is not closed before its end."""
    opened = max(before[0].rfind(mark) for mark in "（(")
    closed = max(before[0].rfind(mark) for mark in "）)")
    return before.start() + (opened + 1 if opened > closed else 0)


def _name_start(text: str, start: int, end: int) -> tuple[int, bool]:
    """Return where the name of a unit begins, a guess unless the registry knows it, and whether it does."""
    start = max([start, *(verb.end() for verb in _VERB_BEFORE.finditer(text, start, end - SHORTEST_NAME))])
    for begin in range(start, end - 1):
        if canonical_unit(text[begin:end]) is not None:
            return begin, True
    return max(start, end - LONGEST_UNKNOWN), False


def bare(words: str) -> str:
    """Return words as they are compared: folded, without white space, round brackets and quotation marks."""
    return re.sub(r"[\s（）()“”‘’]", "", fold(words))


def told(facts: Iterable[Fact]) -> str:
    """Return the facts in words for a user: 数字“118处”、单位“市体育局”."""
    names = {
        FactKind.FIGURE: "数字",
        FactKind.DAY: "日期",
        FactKind.UNIT: "单位",
        FactKind.QUOTATION: "引文",
        FactKind.WORDING: "表述",
    }
    return "、".join(f"{names[fact.kind]}“{fact.raw}”" for fact in facts)
