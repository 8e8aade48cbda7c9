"""The forms in which texts write moments: 2023年12月底, 二、三季度, “十四五”末, 下月20日.

The forms are tried in order at the places that a cheap trigger finds, so that time grows with the number of
dates and not with the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from corpus.spans import Span
from ingest.extract.numerals import whole_number
from ingest.extract.times.moments import Grain, Moment, MonthDay

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
    "中上旬": (1, 20),
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
_YEARLY = re.compile(
    rf"{_YEAR}(?!{_SPACE}{_DIGIT}{{1,2}}{_SPACE}月)(?:{_SPACE}(?P<edge>年?底|年?末|年?内|年?终|初|全年))?"
)
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


@dataclass(frozen=True, slots=True)
class _Named:
    """The year as far as the words name it."""

    year: int | None = None
    first_year: int | None = None
    shift: int | None = None


def _parts(match: re.Match[str]) -> dict[str, str]:
    return {name: value for name, value in match.groupdict().items() if value is not None}


def _year_of(parts: dict[str, str]) -> _Named:
    """Return the year that the words tell; 24年6月 means 2024."""
    year = _integer(parts["year"]) if "year" in parts else None
    return _Named(
        2000 + year if year is not None and year < 100 else year,
        _integer(parts["first_year"]) if "first_year" in parts else None,
        _YEAR_WORDS[parts["year_word"]] if "year_word" in parts else None,
    )


def _integer(words: str) -> int:
    """Return the value of digits that a pattern has already proved to be a numeral."""
    value = whole_number(words)
    assert value is not None, words
    return value


def _moment(
    span: Span,
    grain: Grain,
    days: tuple[MonthDay, MonthDay],
    named: _Named,
    edge: bool = False,
    stretch: bool = False,
    loose: bool = False,
    month_shift: int | None = None,
) -> Moment:
    """Return the moment from its parts; several years make a stretch."""
    return Moment(
        span=span,
        grain=grain,
        first=days[0],
        last=days[1],
        year=named.year,
        first_year=named.first_year,
        year_shift=named.shift,
        month_shift=month_shift,
        edge=edge,
        stretch=stretch or named.first_year is not None,
        loose=loose,
    )


def _dated(match: re.Match[str]) -> Moment:
    """Read 2023年12月底, 12月, 6月15日, 2023年上半年, 三季度末."""
    parts = _parts(match)
    span, named = Span(*match.span()), _year_of(parts)
    if "half" in parts:
        days = ((1, 1), (6, 30)) if parts["half"] == "上" else ((7, 1), (12, 31))
        return _moment(span, Grain.HALF, days, named, edge="half_end" in parts)
    if "quarter" in parts:
        return _quarter(span, parts, named)
    return _month(span, parts, _integer(parts["month"]), named)


def _quarter(span: Span, parts: dict[str, str], named: _Named) -> Moment:
    """Return the quarter, or several of them: 前三季度, 二、三季度, 二至三季度."""
    last = 3 * _integer(parts["quarter"])
    opening = 3 * _integer(parts.get("first_quarter", parts["quarter"]))
    first = (1, 1) if "through" in parts else (opening - 2, 1)
    stretch = "first_quarter" in parts and "and" not in parts
    return _moment(span, Grain.QUARTER, (first, (last, 31)), named, "quarter_end" in parts, stretch)


def _month(
    span: Span, parts: dict[str, str], month: int, named: _Named, month_shift: int | None = None
) -> Moment:
    """Return the month or the part of it that the words name."""
    if "day" in parts:
        day = _integer(parts["day"])
        days = (month, _integer(parts.get("first_day", parts["day"]))), (month, day)
        return _moment(span, Grain.DAY, days, named, stretch="first_day" in parts, month_shift=month_shift)
    if "part" in parts:
        first_day, day = _TEN_DAYS[parts["part"]]
        edge, loose = parts["part"] in "底末", parts["part"] == "初"
        days = (month, first_day), (month, day)
        return _moment(span, Grain.TEN_DAYS, days, named, edge, loose=loose, month_shift=month_shift)
    days = (_integer(parts.get("first_month", parts["month"])), 1), (month, 31)
    return _moment(span, Grain.MONTH, days, named, stretch="first_month" in parts)


def _yearly(match: re.Match[str]) -> Moment:
    """Read 2023年, 2023年底, 明年内, 2023-2025年."""
    parts = _parts(match)
    span, named = Span(*match.span()), _year_of(parts)
    if parts.get("edge") == "初":
        return _moment(span, Grain.MONTH, ((1, 1), (1, 31)), named, loose=True)
    return _moment(span, Grain.YEAR, ((1, 1), (12, 31)), named, edge="edge" in parts)


def _iso(match: re.Match[str]) -> Moment:
    """Read 2024-11-15, 2024/7/1, 2023.12."""
    parts = _parts(match)
    return _month(Span(*match.span()), parts, _integer(parts["month"]), _Named(_integer(parts["year"])))


def _month_word(match: re.Match[str]) -> Moment:
    """Read 下月底, 本月20日."""
    parts = _parts(match)
    shift = 1 if parts["month_word"].startswith("下") else 0
    return _month(Span(*match.span()), parts, 0, _Named(), month_shift=shift)


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
