"""Facts with the words around them, so that a fact can be held against the place it was taken from.

That a figure stands somewhere in the sources says little: two figures that changed places both do. So each
fact of a text looks for its counterpart, the fact of a source with the same words before and after it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from corpus.registry.units import canonical_unit
from corpus.spans import Span
from index.tokens import fold
from ingest.extract.times.moments import DeadlineContext
from service.verify.fact_values import Days, Figure, find_days, find_figures, tells_a_day
from service.verify.facts import LEVEL, SHORTEST_NAME, Fact, FactKind, bare, facts_in, names

REACH = 32
"""Characters looked at on each side of a fact."""
_MARKS = {FactKind.FIGURE: "#", FactKind.DAY: "@", FactKind.UNIT: "$", FactKind.QUOTATION: "&"}
_TELL_NOTHING = frozenset("#@$&，。；：、（）()“”《》,;:." + "牵头配合负责责任单位于由")
"""Marks, and the characters of what stands around units and limits in any task."""
_LONGEST_PLACE = 10
_KEY = 2
"""Characters beside a fact by which its counterparts are looked up."""
_ALIKE = 1
"""Characters by which a counterpart may fit less than the best one."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A fact of a text, what it is worth, and the words around it."""

    fact: Fact
    figure: Figure | None
    days: Days | None
    left: str
    """Folded words before it, nearest last, other facts replaced by a mark."""
    right: str
    left_words: str
    """The same with the other facts as they stand."""
    right_words: str

    def agrees(self, other: Placed, region: str | None = None) -> bool:
        """Tell whether both state the same; `region` is the place whose units are meant."""
        if self.fact.kind is FactKind.FIGURE:
            return _same_figures(self.figure, other.figure)
        if self.fact.kind is FactKind.DAY:
            return bare(self.fact.raw) == bare(other.fact.raw) or _same_days(self.days, other.days)
        if self.fact.kind is FactKind.UNIT:
            return same_unit(self.fact.raw, other.fact.raw, region)
        return bare(self.fact.raw) == bare(other.fact.raw)


def _same_figures(own: Figure | None, other: Figure | None) -> bool:
    return own is not None and other is not None and own.same(other) and own.same_bound(other)


def _same_days(own: Days | None, other: Days | None) -> bool:
    return own is not None and other is not None and own.same(other)


def same_unit(one: str, other: str, region: str | None = None) -> bool:
    """Tell whether two names mean one unit: word for word, one with its place, or by the registry."""
    left, right = bare(one), bare(other)
    if left == right or (names(left, other) and len(right) > 3) or (names(right, one) and len(left) > 3):
        return True
    if len(right) < SHORTEST_NAME and left.endswith(right):
        return True  # the end of a name that a line break parts
    known = canonical_unit(one, region)
    return known is not None and known == canonical_unit(other, region)


def is_unit(one: str, other: str, region: str | None = None) -> bool:
    """Tell whether two names that are nothing but names mean one unit; one may leave its place out."""
    shorter, longer = sorted((bare(one), bare(other)), key=len)
    before = longer.removesuffix(shorter)
    if shorter == longer or (
        longer.endswith(shorter) and shorter[:1] in LEVEL and len(before) <= _LONGEST_PLACE
    ):
        return True
    known = canonical_unit(one, region)
    return known is not None and known == canonical_unit(other, region)


def placed_facts(text: str, context: DeadlineContext | None = None) -> tuple[Placed, ...]:
    """Return the facts of a text in its order with their values and surroundings.

    Args:
        text: any text.
        context: what its document tells of its own time, None for nothing.
    """
    facts = facts_in(text)
    figures = {figure.span: figure for figure in find_figures(text)}
    days = {day.span: day for day in find_days(text, context) if tells_a_day(text, day)}
    masked, plain = _Surroundings(text, facts, masked=True), _Surroundings(text, facts, masked=False)
    return tuple(
        Placed(
            fact,
            figures.get(fact.span) if fact.kind is FactKind.FIGURE else None,
            days.get(fact.span),
            masked.left(number),
            masked.right(number),
            plain.left(number),
            plain.right(number),
        )
        for number, fact in enumerate(facts)
    )


class _Surroundings:
    """A text as a comparison key, with the place of each fact in it."""

    def __init__(self, text: str, facts: tuple[Fact, ...], *, masked: bool) -> None:
        pieces: list[str] = []
        self._places: list[Span] = []
        length = position = 0
        for fact in facts:
            between = _key(text[position : fact.span.start])
            own = _MARKS[fact.kind] if masked else _key(fact.raw)
            pieces += [between, own]
            start = length + len(between)
            length = start + len(own)
            self._places.append(Span(start, length))
            position = fact.span.end
        self._text = "".join([*pieces, _key(text[position : position + 2 * REACH])])

    def left(self, number: int) -> str:
        start = self._places[number].start
        return self._text[max(0, start - REACH) : start]

    def right(self, number: int) -> str:
        end = self._places[number].end
        return self._text[end : end + REACH]


def _key(words: str) -> str:
    return "".join(fold(words).split())


class Counterparts:
    """The facts of some sources, found by the words around them."""

    def __init__(self, sources: Iterable[Placed]) -> None:
        self._facts = list(sources)
        self._by_words: dict[tuple[FactKind, str, str], list[int]] = defaultdict(list)
        for number, placed in enumerate(self._facts):
            for key in _keys(placed):
                self._by_words[key].append(number)

    def of(self, placed: Placed) -> tuple[int, tuple[Placed, ...]]:
        """Return how many characters around it the best counterparts share, and these; (0, ()) for none.

        Of those that fit nearly alike, the ones whose neighbouring facts agree as well stand first alone.
        """
        numbers = {number for key in _keys(placed) for number in self._by_words[key]}
        scored = [(_shared(placed.left, placed.right, self._facts[n]), n) for n in numbers]
        best = max((score for score, _ in scored), default=0)
        near = [self._facts[n] for score, n in scored if score >= best - _ALIKE]
        exact = [_shared_words(placed, other) for other in near]
        most = max(exact, default=0)
        return best, tuple(other for other, score in zip(near, exact, strict=True) if score == most)


def best_fitting(placed: Placed, others: Iterable[Placed]) -> list[Placed]:
    """Return those of some facts of the same kind that the words around it fit best, [] for none."""
    scored = [
        (_shared(placed.left, placed.right, other), other)
        for other in others
        if other.fact.kind is placed.fact.kind
    ]
    best = max((score for score, _ in scored), default=0)
    return [other for score, other in scored if score == best]


def _keys(placed: Placed) -> Iterator[tuple[FactKind, str, str]]:
    if len(placed.left) >= _KEY:
        yield placed.fact.kind, "left", placed.left[-_KEY:]
    if len(placed.right) >= _KEY:
        yield placed.fact.kind, "right", placed.right[:_KEY]


def _shared(left: str, right: str, other: Placed) -> int:
    return _common(left[::-1], other.left[::-1]) + _common(right, other.right)


def _shared_words(placed: Placed, other: Placed) -> int:
    left = _common(placed.left_words[::-1], other.left_words[::-1])
    return left + _common(placed.right_words, other.right_words)


def _common(one: str, other: str) -> int:
    """Return how many telling characters two texts begin with in common."""
    count = 0
    for mine, theirs in zip(one, other, strict=False):
        if mine != theirs:
            break
        count += mine not in _TELL_NOTHING
    return count
