"""Days, months, quarters and years as the text names them, and the calendar days they mean.

A `Moment` is what the words say. It becomes days only under a `DeadlineContext`, because 12月底 has no year
of its own. The forms are tried in order at the places that a cheap trigger finds, so that time grows with
the number of dates and not with the length of the text.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from corpus.spans import Span
from ingest.extract.numerals import whole_number

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
    return date(year, month, min(day, calendar.monthrange(year, month)[1]))


_SPACE = r"[ \t\u3000]{0,2}"
_DIGIT = "[0-9０-９]"
_YEAR_NUMBER = (
    rf"(?:(?:19|20|１９|２０){_DIGIT}{{2}}|2[0-9](?=年[01]?[0-9]月)|二[〇○零][〇○零一二三四五六七八九]{{2}})"
)
_MONTH_NUMBER = r"(?:[1１][0-2０-２]|[0０]?[1-9１-９]|十[一二]?|[一二三四五六七八九])"
_DAY_NUMBER = (
    rf"(?:[3３][01０１]|[12１２]{_DIGIT}|[0０]?[1-9１-９]"
    r"|三十一?|二十[一二三四五六七八九]?|十[一二三四五六七八九]?|[一二三四五六七八九])"
)
TO = r"(?:至|到|[-－—–~～]{1,2})"
_YEAR_WORDS = {"今年": 0, "本年": 0, "当年": 0, "明年": 1, "次年": 1, "翌年": 1, "来年": 1}
_YEAR = (
    rf"(?:(?:(?P<first_year>{_YEAR_NUMBER}){_SPACE}{TO}{_SPACE})?(?P<year>{_YEAR_NUMBER}){_SPACE}年(?:度(?!假))?"
    rf"|(?P<year_word>{'|'.join(_YEAR_WORDS)})度?)"
)
_TEN_DAYS = {
    "上旬": (1, 10),
    "初": (1, 10),
    "中旬": (11, 20),
    "下旬": (21, 31),
    "上中旬": (1, 20),
    "中下旬": (11, 31),
    "底": (31, 31),
    "末": (31, 31),
}
_PART = "|".join(sorted(_TEN_DAYS, key=len, reverse=True))
_MONTH = (
    rf"(?:(?P<first_month>{_MONTH_NUMBER}){_SPACE}{TO}{_SPACE})?"
    rf"(?P<month>{_MONTH_NUMBER}){_SPACE}月(?:份)?"
    rf"(?:{_SPACE}(?:(?:(?P<first_day>{_DAY_NUMBER}){_SPACE}[日号]?{_SPACE}{TO}{_SPACE})?"
    rf"(?P<day>{_DAY_NUMBER}){_SPACE}[日号]|(?P<part>{_PART})))?"
)
_HALF = r"(?P<half>[上下])半年(?P<half_end>底|末)?"
_QUARTER = (
    r"(?P<through>前)?第?[ \u3000]?(?:(?P<first_quarter>[一二三1-3１-３])[ \u3000]?"
    r"(?:(?P<and>[、和及])|至|到|[-－—–~～]{1,2})[ \u3000]?第?)?"
    r"(?P<quarter>[一二三四1-4１-４])[ \u3000]?个?季度(?P<quarter_end>底|末)?"
)

TRIGGER = re.compile(
    rf"[12１２](?<=[.．、﹒].)(?=[09０９]{_DIGIT}{{2}}{_SPACE}年)|"
    rf"{_DIGIT}(?<![0-9０-９.．]{_DIGIT})(?={_DIGIT}{{0,3}}{_SPACE}(?:[年月日号季]|{TO}|[/.．]))"
    r"|[一二三1-3１-３](?=[ \u3000]?[、和及至到-－—–~～]{1,2}[ \u3000]?第?[二三四2-4２-４][ \u3000]?个?季度)"
    r"|[一二三四五六七八九十](?<![〇○零一二三四五六七八九十百千万第]\S)(?=[〇○零一二三四五六七八九十]{0,3}[年月季五日])"
    r"|[今明次翌来本当](?=年|月)|下(?=个?月|半年)|上(?=半年)"
    r"|第(?=[ \u3000]?[一二三四1-4１-４][ \u3000]?个?季)|前(?=第?[二三2-3]个?季)"
    r"|年(?<![0-9０-９一二三四五六七八九十〇半每两几多百千今明去近往历当本次逐]年)(?=[底末内终]|度内)|全(?=年)"
    r"|[“\"](?=十[一二三四五六七]?五)|月(?<![每本下上当次个季0-9０-９一二三四五六七八九十]月)(?=[底末])"
)
"""Where a moment may begin; every form of it begins at such a place."""

_DATED = re.compile(rf"(?:{_YEAR}{_SPACE})?(?:{_MONTH}|{_HALF}|{_QUARTER})")
_YEARLY = re.compile(rf"{_YEAR}(?:{_SPACE}(?P<edge>年?底|年?末|年?内|年?终|初|全年))?")
_ISO = re.compile(
    r"(?P<year>20[0-9]{2})(?P<mark>[-/.．])(?P<month>1[0-2]|0?[1-9])"
    r"(?:(?P=mark)(?P<day>3[01]|[12][0-9]|0?[1-9]))?(?![0-9]|[./-][0-9]{1,2}(?![0-9]))"
)
_MONTH_WORD = re.compile(
    rf"(?P<month_word>下个?月|本月|当月|月(?=[底末])){_SPACE}(?:(?P<day>{_DAY_NUMBER}){_SPACE}[日号]|(?P<part>{_PART}))"
)
_PLAN = re.compile(
    r"[“\"]?十(?P<plan>[一二三四五六七])五[”\"]?(?:规划)?(?:(?:时期|期)?(?P<edge>末)|期间|时期)"
)
_BARE_YEAR = re.compile(r"年(?:底|末|内|终|度内)|全年")


_NOWHERE = Span(0, 0)
"""The place of a moment that is still being read."""


def _parts(match: re.Match[str]) -> dict[str, str]:
    return {name: value for name, value in match.groupdict().items() if value is not None}


def _with_year(moment: Moment, parts: dict[str, str]) -> Moment:
    """Return the moment with the year that the words tell; 24年6月 means 2024."""
    year = _integer(parts["year"]) if "year" in parts else None
    return replace(
        moment,
        year=2000 + year if year is not None and year < 100 else year,
        first_year=_integer(parts["first_year"]) if "first_year" in parts else None,
        year_shift=_YEAR_WORDS[parts["year_word"]] if "year_word" in parts else None,
        stretch=moment.stretch or "first_year" in parts,
    )


def _integer(words: str) -> int:
    """Return the value of digits that a pattern has already proved to be a numeral."""
    value = whole_number(words)
    assert value is not None, words
    return value


def _dated(match: re.Match[str]) -> Moment:
    """Read 2023年12月底, 12月, 6月15日, 2023年上半年, 三季度末."""
    parts = _parts(match)
    return _with_year(replace(_in_year(parts), span=Span(*match.span())), parts)


def _in_year(parts: dict[str, str]) -> Moment:
    """Return the half-year, quarter or month, without a year and a place."""
    if "half" in parts:
        first, last = ((1, 1), (6, 30)) if parts["half"] == "上" else ((7, 1), (12, 31))
        return Moment(_NOWHERE, Grain.HALF, first, last, edge="half_end" in parts)
    if "quarter" in parts:
        month = 3 * _integer(parts["quarter"])
        opening = 3 * _integer(parts.get("first_quarter", parts["quarter"]))
        first = (1, 1) if "through" in parts else (opening - 2, 1)
        stretch = "first_quarter" in parts and "and" not in parts
        return Moment(
            _NOWHERE, Grain.QUARTER, first, (month, 31), edge="quarter_end" in parts, stretch=stretch
        )
    return _in_month(parts, _integer(parts["month"]))


def _in_month(parts: dict[str, str], month: int) -> Moment:
    """Return the month or the part of it that the words name."""
    if "day" in parts:
        day = _integer(parts["day"])
        first_day = _integer(parts.get("first_day", parts["day"]))
        return Moment(_NOWHERE, Grain.DAY, (month, first_day), (month, day), stretch="first_day" in parts)
    if "part" in parts:
        first_day, day = _TEN_DAYS[parts["part"]]
        edge, loose = parts["part"] in "底末", parts["part"] == "初"
        return Moment(_NOWHERE, Grain.TEN_DAYS, (month, first_day), (month, day), edge=edge, loose=loose)
    first_month = _integer(parts.get("first_month", parts["month"]))
    return Moment(_NOWHERE, Grain.MONTH, (first_month, 1), (month, 31), stretch="first_month" in parts)


def _yearly(match: re.Match[str]) -> Moment:
    """Read 2023年, 2023年底, 明年内, 2023-2025年."""
    parts = _parts(match)
    if parts.get("edge") == "初":
        start = Moment(Span(*match.span()), Grain.MONTH, (1, 1), (1, 31), loose=True)
        return _with_year(start, parts)
    return _with_year(Moment(Span(*match.span()), Grain.YEAR, (1, 1), (12, 31), edge="edge" in parts), parts)


def _iso(match: re.Match[str]) -> Moment:
    """Read 2024-11-15, 2024/7/1, 2023.12."""
    parts = _parts(match)
    moment = _in_month(parts, _integer(parts["month"]))
    return replace(moment, span=Span(*match.span()), year=_integer(parts["year"]))


def _month_word(match: re.Match[str]) -> Moment:
    """Read 下月底, 本月20日."""
    parts = _parts(match)
    shift = 1 if parts["month_word"].startswith("下") else 0
    return replace(_in_month(parts, 0), span=Span(*match.span()), month_shift=shift)


def _plan(match: re.Match[str]) -> Moment:
    """Read “十四五”末 and “十四五”期间: the five years of a plan; the fourteenth ends in 2025."""
    last_year = 1955 + 5 * (10 + _integer(match["plan"]))
    return Moment(
        Span(*match.span()),
        Grain.PLAN,
        (1, 1),
        (12, 31),
        year=last_year,
        first_year=last_year - 4,
        edge=match["edge"] is not None,
        stretch=match["edge"] is None,
    )


def _bare_year(match: re.Match[str]) -> Moment:
    """Read 年底, 年内, 全年."""
    edge = match[0] != "全年"
    return Moment(Span(*match.span()), Grain.YEAR, (1, 1), (12, 31), year_shift=0, edge=edge)


_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Moment]], ...] = (
    (_DATED, _dated),
    (_YEARLY, _yearly),
    (_ISO, _iso),
    (_MONTH_WORD, _month_word),
    (_PLAN, _plan),
    (_BARE_YEAR, _bare_year),
)


def moment_at(text: str, position: int, end: int) -> Moment | None:
    """Return the moment whose words begin at `position` and end by `end`, None when there is none."""
    for pattern, read in _FORMS:
        match = pattern.match(text, position, end)
        if match:
            return read(match)
    return None


def find_moments(text: str, span: Span) -> Iterator[Moment]:
    """Yield the moments within `span` in text order; none overlaps another."""
    position = span.start
    while found := TRIGGER.search(text, position, span.end):
        moment = moment_at(text, found.start(), span.end)
        if moment:
            yield moment
        position = moment.span.end if moment else found.end()
