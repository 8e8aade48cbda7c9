"""Days, months, quarters and years as the text names them, and the calendar days they mean.

A `Moment` is what the words say. It becomes days only under a `DeadlineContext`, because 12月底 has no year
of its own. `moment_forms` finds them.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from corpus.spans import Span

_SHORTEST = 28
"""Every month has so many days."""
MonthDay = tuple[int, int]
"""Month 1-12 and day 1-31; a day beyond the month's end means its last day.

Month 0 stands for a month that is told from the document's own: see `Moment.month_shift`.
"""


class Grain(StrEnum):
    """How long a stretch the words name."""

    DAY = "day"
    TEN_DAYS = "ten days"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"
    PLAN = "plan"


@dataclass(frozen=True, slots=True)
class DeadlineContext:
    """What a document tells about its own time."""

    document_date: date | None = None
    """成文日期, else the date of publication."""
    title_year: int | None = None
    """The year that the title of an annual plan names."""
    supposed_year: int | None = None
    """Without date and year of its own, the year that the document most likely speaks of."""

    @property
    def year(self) -> int | None:
        """The year that 今年 and 年底 mean, None where the document tells neither date nor year."""
        if self.title_year is not None:
            return self.title_year
        return self.document_date.year if self.document_date else self.supposed_year


@dataclass(frozen=True, slots=True)
class Moment:
    """A day or a longer stretch of the calendar, as worded."""

    span: Span
    grain: Grain
    first: MonthDay
    last: MonthDay
    year: int | None = None
    """The year as written, None where there is none."""
    first_year: int | None = None
    """Where the stretch spans years, the year of its first day."""
    year_shift: int | None = None
    """Years from the document's own year: 0 for 今年 and 年底, 1 for 明年."""
    month_shift: int | None = None
    """Months from the document's own month: 1 for 下月."""
    edge: bool = False
    """True when the words name an end: 底, 末, 内."""
    stretch: bool = False
    """True when the words name both ends: 3-5月, 2023-2025年, “十四五”期间."""
    loose: bool = False
    """True where common usage fixes the day."""

    def days(self, context: DeadlineContext) -> tuple[date | None, date | None]:
        """Return the first and the last day, both inclusive; (None, None) when the year cannot be told."""
        if self.month_shift is not None:
            return self._shifted_days(context)
        year = self._year(context)
        if year is None:
            return None, None
        return day_of(self.first_year or year, self.first), day_of(year, self.last)

    def in_year(self, year: int | None) -> Moment:
        """Return the moment in the given year when it names none itself, as 年底 and 今年 do not."""
        unnamed = self.year is None and self.month_shift is None and self.year_shift in (None, 0)
        return replace(self, year=year) if unnamed and year is not None else self

    def _year(self, context: DeadlineContext) -> int | None:
        if self.year is not None:
            return self.year
        if self.year_shift is not None:
            return None if context.year is None else context.year + self.year_shift
        if context.title_year is not None or context.document_date is None:
            return context.year
        year = context.document_date.year
        return year if day_of(year, self.last) >= context.document_date else year + 1

    def _shifted_days(self, context: DeadlineContext) -> tuple[date | None, date | None]:
        if context.document_date is None:
            return None, None
        years, month = divmod(context.document_date.month - 1 + (self.month_shift or 0), 12)
        year = context.document_date.year + years
        return day_of(year, (month + 1, self.first[1])), day_of(year, (month + 1, self.last[1]))


def day_of(year: int, month_day: MonthDay) -> date:
    """Return the day, or the month's last day where the month is shorter."""
    month, day = month_day
    if day > _SHORTEST:
        day = min(day, calendar.monthrange(year, month)[1])
    return date(year, month, day)
