"""The facts of a text that somebody could have made up, and what supports them.

Facts are figures, days, units and quotations. A draft, or an answer that a language model worded, is held
against the sources it was made from. A fact is supported when a source says the same, however it writes it:
百分之五 supports 5%, 2025年6月底 supports 6月30日.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from corpus.registry.units import canonical_unit
from corpus.spans import Span
from index.tokens import fold
from ingest.extract.moment_forms import find_moments
from ingest.extract.moments import DeadlineContext, Moment
from ingest.extract.numerals import number
from ingest.extract.quantities import Quantity, find_quantities


class FactKind(StrEnum):
    """What sort of thing a fact states."""

    FIGURE = "figure"
    DAY = "day"
    UNIT = "unit"
    QUOTATION = "quotation"


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that a text states and that must stand in a source."""

    kind: FactKind
    raw: str
    span: Span


_SCALES = {"": 1.0, "百": 1e2, "千": 1e3, "万": 1e4, "亿": 1e8}
_SCALE = re.compile(r"^(?P<scale>[百千]?[万亿]|[百千])(?=.|$)")
_BARE_FIGURE = re.compile(r"(?<![0-9.．a-zA-Z])[0-9０-９]{1,12}(?:[,，][0-9]{3})*(?:[.．][0-9０-９]{1,6})?")
_QUOTED = re.compile(r"[“「《](?P<words>[^“”「」《》]{2,200})[”」》]")
_UNIT_END = re.compile(
    r"(?:委员会|管委会|办公室|政府|集团|公司|银行|中心|(?<![布格结])局(?![面限势部])|厅(?!堂)|支队|总队|大队"
    r"|委(?![托员派任])|办(?![法理公事学案]))"
)
_SHORT_ENDS = frozenset({"委", "办"})
"""Ends that words share which are no names, 督办 and 尚未办; only what the registry knows counts."""
_NAME_BEFORE = re.compile(r"[一-龥（）()]{1,24}$")
_VERB_BEFORE = re.compile(r"由|会同|联合|配合|牵头|协同|报送|报请|负责")
_LEVEL = frozenset("省市县区州盟旗镇乡")
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
        self._folded = _bare(source)
        self._figures = {figure for _, figure in _figure_values(source)}
        self._days = [_days_of(moment) for moment in find_moments(source, Span(0, len(source)))]

    def states(self, fact: Fact) -> bool:
        """Tell whether the source says the same."""
        if fact.kind is FactKind.UNIT:
            return self._names(fact.raw)
        if _bare(fact.raw) in self._folded and fact.kind is not FactKind.FIGURE:
            return True
        if fact.kind is FactKind.FIGURE:
            return any(self._has(figure) for _, figure in _figure_values(fact.raw))
        if fact.kind is FactKind.DAY:
            moments = find_moments(fact.raw, Span(0, len(fact.raw)))
            return any(_same_days(_days_of(moment), days) for moment in moments for days in self._days)
        return False

    def _has(self, figure: tuple[float, str]) -> bool:
        """Tell whether the figure stands in the source; one of them may leave the unit out."""
        value, unit = figure
        return any(value == other and (unit == has or not unit or not has) for other, has in self._figures)

    def _names(self, name: str) -> bool:
        """Tell whether the source names the unit.

        Words that are no part of a name may stand before it, but no other level: 市水利局 is not 省水利局.
        """
        words = _bare(name)
        for start in range(len(words) - SHORTEST_NAME + 1):
            if words[start:] in self._folded:
                return start == 0 or words[start - 1] not in _LEVEL
        return words in self._folded


def _quotations(text: str) -> Iterator[Fact]:
    for found in _QUOTED.finditer(text):
        yield Fact(FactKind.QUOTATION, found["words"], Span(*found.span("words")))


def _days(text: str) -> Iterator[Fact]:
    for moment in find_moments(text, Span(0, len(text))):
        if moment.year is not None or moment.first[0]:
            yield Fact(FactKind.DAY, moment.span.of(text), moment.span)


def _figures(text: str) -> Iterator[Fact]:
    for span, _ in _figure_values(text):
        yield Fact(FactKind.FIGURE, span.of(text), span)


def _figure_values(text: str) -> Iterator[tuple[Span, tuple[float, str]]]:
    """Yield each figure with its value and unit: 3.5万亩 is (35000, 亩), 百分之五 is (5, %)."""
    taken: list[Span] = []
    for quantity in find_quantities(text, Span(0, len(text))):
        taken.append(quantity.span)
        for value in (quantity.value, quantity.max):
            if value is not None:
                yield quantity.span, _scaled(quantity, value)
    for found in _BARE_FIGURE.finditer(text):
        span, value = Span(*found.span()), number(found[0].replace("，", ","))
        if value is not None and not any(other.overlaps(span) for other in taken):
            yield span, (value, "")


def _scaled(quantity: Quantity, value: float) -> tuple[float, str]:
    unit = quantity.unit
    scale = _SCALE.match(unit)
    for letter in scale["scale"] if scale else "":
        value *= _SCALES[letter]
    unit = unit[scale.end() :] if scale else unit
    return round(value, 6), "%" if quantity.kind == "share" and unit in {"%", "％", "百分之"} else unit


def _days_of(moment: Moment) -> tuple[bool, date | None, date | None]:
    """Return whether the moment has a year of its own, and its days, in a leap year where it has none."""
    first, last = moment.days(DeadlineContext(title_year=moment.year or 2000))
    return moment.year is not None, first, last


def _same_days(
    one: tuple[bool, date | None, date | None], other: tuple[bool, date | None, date | None]
) -> bool:
    """Tell whether two moments end on the same day; the year counts where both tell it."""
    if one[2] is None or other[2] is None:
        return False
    if one[0] and other[0]:
        return one[2] == other[2]
    return (one[2].month, one[2].day) == (other[2].month, other[2].day)


def _units(text: str) -> Iterator[Fact]:
    for end in _UNIT_END.finditer(text):
        before = _NAME_BEFORE.search(text, 0, end.start())
        if before is None:
            continue
        start, known = _name_start(text, before.start(), end.end())
        if known or end[0] not in _SHORT_ENDS:
            yield Fact(FactKind.UNIT, text[start : end.end()], Span(start, end.end()))


def _name_start(text: str, start: int, end: int) -> tuple[int, bool]:
    """Return where the name of a unit begins, a guess unless the registry knows it, and whether it does."""
    start = max([start, *(verb.end() for verb in _VERB_BEFORE.finditer(text, start, end - SHORTEST_NAME))])
    for begin in range(start, end - 1):
        if canonical_unit(text[begin:end]) is not None:
            return begin, True
    return max(start, end - LONGEST_UNKNOWN), False


def _bare(words: str) -> str:
    return re.sub(r"[\s（）()“”‘’]", "", fold(words))


def told(facts: Iterable[Fact]) -> str:
    """Return the facts in words for a user: 数字“118处”、单位“市体育局”."""
    names = {
        FactKind.FIGURE: "数字",
        FactKind.DAY: "日期",
        FactKind.UNIT: "单位",
        FactKind.QUOTATION: "引文",
    }
    return "、".join(f"{names[fact.kind]}“{fact.raw}”" for fact in facts)
