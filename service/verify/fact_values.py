"""What figures and days of a text are worth, so that two wordings of one fact are equal.

3.5万亩 and 35000亩, 百分之五 and 5%, 一百一十八处 and 118处, 2024年底 and 2024-12-31 are each the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from corpus.registry.tables import any_of, read_table
from corpus.spans import Span
from ingest.extract.figures.quantities import Quantity, find_quantities
from ingest.extract.numerals import number
from ingest.extract.times.moment_forms import find_moments
from ingest.extract.times.moments import DeadlineContext, Moment

_SCALES = {"": 1.0, "百": 1e2, "千": 1e3, "万": 1e4, "亿": 1e8}
_SCALE = re.compile(r"^(?P<scale>[百千]?[万亿]|[百千])(?=.|$)")
_BARE_FIGURE = re.compile(
    r"(?<![0-9.．a-zA-Z])[0-9０-９]{1,12}(?:[,，][0-9]{3})*(?:[.．][0-9０-９]{1,6})?(?P<scale>[百千]?[万亿])?"
)
_MEASURES = any_of(row["word"] for row in read_table("ingest.extract.words", "measure_words.tsv"))
_LONG_NUMERAL = re.compile(
    rf"(?<![第几数〇零一二两三四五六七八九十百千万亿])(?P<han>[一二两三四五六七八九十百千][〇零一二两三四五六七八九十百千万亿]{{2,}})"
    rf"(?P<unit>{_MEASURES})"
)
"""Numerals longer than those that `find_quantities` takes: 一千二百三十户."""
_COMMON = frozenset({"一"})
"""一项, 一批, 一次: common usage rather than a count."""
_LEAP_YEAR = 2000


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its unit of measure, freed of how it is written."""

    span: Span
    value: float
    unit: str
    """Without 万 and 亿, which are in the value; "" where it has none."""
    op: str = "="
    """One of = >= <= > < ~."""
    upper: float | None = None
    """Upper end of a range."""

    def same(self, other: Figure) -> bool:
        """Tell whether both state one number; one of them may leave the unit out."""
        units = self.unit == other.unit or not self.unit or not other.unit
        return self.value == other.value and self.upper == other.upper and units

    def same_bound(self, other: Figure) -> bool:
        """Tell whether the words of comparison agree: 不少于 is not 不超过; one may leave them out."""
        return self.op == other.op or "=" in (self.op, other.op) or "~" in (self.op, other.op)


def find_figures(text: str) -> Iterator[Figure]:
    """Yield the figures of a text, those with a unit of measure first; days are figures here too."""
    taken: list[Span] = []
    for quantity in find_quantities(text, Span(0, len(text))):
        taken.append(quantity.span)
        if quantity.value is not None and not _is_common(text, quantity):
            yield _figure(quantity, quantity.value)
    for found in _LONG_NUMERAL.finditer(text):
        value = number(found["han"])
        if value is not None and not any(other.contains(Span(*found.span())) for other in taken):
            taken.append(Span(*found.span()))
            yield Figure(Span(*found.span()), value, found["unit"])
    for found in _BARE_FIGURE.finditer(text):
        span = Span(*found.span())
        if not any(other.overlaps(span) for other in taken):
            yield from _bare_figure(found)


def _bare_figure(found: re.Match[str]) -> Iterator[Figure]:
    scale = found["scale"] or ""
    value = number(found[0].removesuffix(scale).replace("，", ","))
    if value is not None:
        yield Figure(Span(*found.span()), _times(value, scale), "")


def _is_common(text: str, quantity: Quantity) -> bool:
    words = quantity.span.of(text)
    return quantity.han and not quantity.compared and words[:1] in _COMMON and quantity.value == 1


def _figure(quantity: Quantity, value: float) -> Figure:
    scale = _SCALE.match(quantity.unit)
    letters = scale["scale"] if scale else ""
    unit = quantity.unit[len(letters) :]
    share = quantity.kind == "share" and unit in {"%", "％", "百分之"}
    upper = None if quantity.max is None else _times(quantity.max, letters)
    return Figure(quantity.span, _times(value, letters), "%" if share else unit, quantity.op, upper)


def _times(value: float, scale: str) -> float:
    for letter in scale:
        value *= _SCALES[letter]
    return round(value, 6)


@dataclass(frozen=True, slots=True)
class Days:
    """The days that words name."""

    span: Span
    first: date | None
    last: date | None
    has_year: bool
    """False where the year is neither written nor told by the document: only month and day count."""
    stretch: bool = False
    """True when the words name both ends."""

    def same(self, other: Days) -> bool:
        """Tell whether both end on one day, stretches also begin on one; years count where both tell them."""
        if self.last is None or other.last is None:
            return False
        if self.stretch and other.stretch and self.first != other.first:
            return False
        if self.has_year and other.has_year:
            return self.last == other.last
        return (self.last.month, self.last.day) == (other.last.month, other.last.day)


def find_days(text: str, context: DeadlineContext | None = None) -> Iterator[Days]:
    """Yield the days of a text in its order.

    Args:
        text: any text.
        context: what a document tells of its own time, which gives 年底 and 6月 their year; None for nothing.
    """
    for moment in find_moments(text, Span(0, len(text))):
        yield _days(moment, context)


def _days(moment: Moment, context: DeadlineContext | None) -> Days:
    first, last = moment.days(context) if context else (None, None)
    if last is not None:
        return Days(moment.span, first, last, True, moment.stretch)
    first, last = moment.days(DeadlineContext(title_year=moment.year or _LEAP_YEAR))
    return Days(moment.span, first, last, moment.year is not None, moment.stretch)


def tells_a_day(text: str, days: Days) -> bool:
    """Tell whether the words name a year, month or day themselves, and not just 年内 or 下月."""
    return any(letter.isdigit() for letter in days.span.of(text)) or bool(
        re.search(r"[一二三四五六七八九十〇][年月日季]", days.span.of(text))
    )
