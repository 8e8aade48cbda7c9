"""The words of a question that narrow it: document, unit, time, status."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from corpus.registry.tables import read_table
from corpus.registry.units import ends_like_place, ends_like_unit
from corpus.spans import Span
from corpus.store.rows import TaskStatus
from corpus.task import Role
from ingest.extract.moment_forms import find_moments
from ingest.extract.moments import DeadlineContext, Moment


@dataclass(frozen=True, slots=True)
class DayRange:
    """The time at which something is due, ends included."""

    first: date
    last: date
    strict: bool = True
    """False for 6月底前: what is due earlier counts too, where nothing is due at that very time."""
    any_year: bool = False
    """True where no year is told: 8月底前 of whatever year a plan is for."""

    def holds(self, day: date) -> bool:
        """Tell whether `day` lies within."""
        if self.any_year:
            return _in_year(self.first) <= _in_year(day) <= _in_year(self.last)
        return self.first <= day <= self.last

    def is_over(self, day: date) -> bool:
        """Tell whether `day` is later than the last day."""
        return _in_year(day) > _in_year(self.last) if self.any_year else day > self.last


def _in_year(day: date) -> tuple[int, int]:
    return day.month, day.day


@dataclass(frozen=True, slots=True)
class StatusAsked:
    """How far the tasks that are meant have come."""

    statuses: frozenset[TaskStatus] = frozenset()
    """Any of these; empty for any status."""
    overdue: bool = False
    """True for rows past their day and not done."""


_DOCUMENT_END = (
    "(?:方案|要点|清单|计划|通知|意见|办法|规划|措施|报告|文件|台账|细则|行动|条例|规定|决定|公告|通告|预案|总结|讲话|纪要"
    "|(?:分工|任务|分解|责任|一览|进度|统计|安排|整改|明细)表|责任书|任务书)"
)
_DOCUMENT = re.compile(
    rf"^(?P<name>.{{2,60}}?{_DOCUMENT_END})[》”\"]?(?=[中里内上]|当中|里面|之中|要求|规定|明确|提出|部署"
    r"|，|,|的|一共|总共|共有?|还?有(?:多少|几|哪)|[^，,。]{1,16}有(?:多少|几|哪)|哪[些几])"
)
_TITLE = re.compile(r"《([^《》]{4,80})》")
_QUOTED = re.compile(r"[“\"「『《]([^“”\"「」『』《》]{1,60})[”\"」』》]")
_ROLE_WORDS = (
    (Role.LEAD, "牵头|主责|主办"),
    (Role.COOPERATE, "配合|协办|协助|参与"),
    (Role.SUPERVISE, "督导|督办|监督|验收"),
    (Role.RESPONSIBLE, "负责|承担|落实|承办|实施"),
)
_UNIT = re.compile(
    r"(?:由|归|属于|[，,]|是(?=[省市县区州])"
    r"|^(?:[中里内上 ]|其中|那么?|还有|另外|这些[^，,。]{0,4}?(?:中|里))?[，,]?)"
    r"(?P<unit>[^ ，,。？?“”《》由归谁哪]{2,24}?)(?:共同|联合|单独|参与|一起)?(?:来)?"
    r"(?P<role>牵头|主责|主办|配合|协办|协助|参与|督导|督办|监督|验收|负责|承担|落实|承办|实施)"
)
_PARTNER = re.compile(
    r"(?:牵头|主责|主办|负责|承担|配合|协办|督导|督办)[、，,和并且]{1,2}由?"
    r"(?P<unit>[^ ，,。？?“”《》由归谁哪、]{2,20}?)(?:共同|联合)?"
    r"(?P<role>牵头|主责|主办|配合|协办|协助|参与|督导|督办|负责)"
)
"""Another unit of the same tasks: 市财政局配合 in 由市水利局牵头、市财政局配合的."""
_FILE = re.compile(r"(?<![A-Za-z0-9])[A-Za-z][A-Za-z0-9]*(?:[-_.][A-Za-z0-9]+)*")
_STANDING = (
    "逾期|超期|到期"
    "|(?:还|尚|仍)?(?:没有?|未|已经?|尚未)(?:全部|按时|按期)?(?:完成|办结|销号|启动|办完|做完|落实|动)了?"
)
"""How far tasks have come, between a unit and its tasks: 市水利局没办结的任务."""
_OWNER = re.compile(
    r"(?:^|[，,中里内 ])(?P<unit>[^ ，,。？?“”《》由归谁哪的有]{2,20}?)"
    r"(?:现在|目前|一共|总共|共|还|今年|明年|本月|这个月|下月|本周|手上|名下|"
    rf"{_STANDING})*(?:有|承担|的)?(?:{_STANDING})*(?:的)?(?:多少|几|哪|什么|全部|所有|任务)"
)
_UNIT_ALONE = re.compile(
    r"(?<![一-龥])[省市县区州旗镇乡][一-龥]{1,12}?(?:局|委|厅|办公室|中心|支队|海关|管委会|部|办)(?=[要需应须该在的有还]|\d)"
)
"""A unit that begins with its level, where nothing else tells of it: 10月底前市教育局要完成几项."""
_UNTIL = re.compile("之前|以前|前|以内|内")
_DUE_AFTER = re.compile(
    r"(?P<before>之前|以前|前|以内|内)?(?:就|都|均|前后)?(?:要|需要?|须|应当?|必须|该|得)?(?:全部|全面)?"
    r"(?:完成|办结|到期|落实|到位|销号|做完|截止|(?:这[一个]个?)?(?:时限|期限|时间节点)(?:要求)?)"
)
_LIMIT_BEFORE = re.compile("(?:时限|期限|时间节点)(?:要求)?(?:是|为|在|到)?$")
"""What ties a time that follows to being done: 时限为6月底前."""
_LIMIT_AFTER = re.compile("(?P<before>之前|以前|前|以内|内)?")
_RELATIVE_DUE = re.compile(
    r"(?P<when>今天|明天|本周|这周|这个星期|下周|本月|这个?月|当月|下个?月|本季度|这个季度|今年|本年)(?:内|底|末)?(?P<before>之?前|以前)?"
    r"(?:就|都|均)?(?:要|需要?|须|应当?|必须|该|得)?(?:全部|全面)?(?:完成|办结|到期|落实|到位|销号|做完|截止)"
)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?=年|\D|$)")


def quoted_in(text: str) -> tuple[str, ...]:
    """Return the words in quotation marks or 《》, without the marks."""
    return tuple(_QUOTED.findall(text))


def without_quoted(text: str) -> str:
    """Return `text` with everything in quotation marks or 《》 taken out."""
    return _QUOTED.sub("“”", text)


def years_named(text: str) -> tuple[int, ...]:
    """Return the years that a question names, earliest first."""
    return tuple(sorted({int(year) for year in _YEAR.findall(text)}))


def document_named(text: str) -> str:
    """Return the words that name a document: 云岭市2023年工作要点; "" where none do."""
    title = _TITLE.search(text)
    if title:
        return title[1]
    found = _DOCUMENT.match(text)
    return found["name"].lstrip('《“"') if found else ""


def unit_named(text: str) -> tuple[str, Role | None]:
    """Return the unit whose tasks are meant, and in which role; ("", None) where none is named.

    由市民政局牵头的 names unit and role; 市民政局有几项任务 names a unit in any role.
    """
    rest = _without_times(text.removeprefix(document_named(text)))
    for found in _UNIT.finditer(rest):
        if not re.search(r"任务|措施|哪|什么|几", found["unit"]):
            return found["unit"].removeprefix("由"), _role_of(found["role"])
    owner = _OWNER.search(rest)
    if owner and ends_like_unit(owner["unit"]) and not ends_like_place(owner["unit"]):
        return owner["unit"], None
    alone = _UNIT_ALONE.search(rest)
    return (alone[0], None) if alone and ends_like_unit(alone[0]) else ("", None)


def partners_named(text: str) -> tuple[tuple[str, Role], ...]:
    """Return the further units that the same tasks are tied to, each with its role; () for none."""
    return tuple(
        (found["unit"], _role_of(found["role"]))
        for found in _PARTNER.finditer(text.removeprefix(document_named(text)))
        if ends_like_unit(found["unit"])
    )


def _role_of(words: str) -> Role:
    return next(role for role, known in _ROLE_WORDS if re.fullmatch(known, words))


def file_named(text: str) -> str:
    """Return a word that may be the name of a file, of letters and several digits: od03; "" for none."""
    names = (found[0] for found in _FILE.finditer(text))
    return next((name for name in names if sum(map(str.isdigit, name)) > 1), "")


def times_in(text: str) -> list[str]:
    """Return the times that a text names, with the 前 that makes them limits."""
    found = []
    for moment in find_moments(text, Span(0, len(text))):
        end = _UNTIL.match(text, moment.span.end)
        found.append(text[moment.span.start : end.end() if end else moment.span.end])
    return found


def _without_times(text: str) -> str:
    """Return `text` with a blank for every time in it."""
    for words in times_in(text):
        text = text.replace(words, " ", 1)
    return text


def due_named(text: str, years: tuple[int, ...], today: date, *, bound: bool = False) -> DayRange | None:
    """Return the days of a time that the question ties to being done: 2023年6月底前要完成的, 本月到期.

    Args:
        text: the question.
        years: the years it names, earliest first.
        today: what 本月 is counted from.
        bound: a document or a place is named, so that 6月底前 without a year is of whatever year the plan
            is for; else it is of this year.
    """
    relative = _RELATIVE_DUE.search(text)
    if relative is not None:
        days = _relative_days(relative["when"], today)
        return DayRange(date.min if relative["before"] else days[0], days[1])
    context = DeadlineContext(title_year=years[-1] if years else today.year)
    for moment, after in _due_moments(text):
        first, last = moment.days(context)
        if first is not None and last is not None:
            any_year = bound and not years and moment.year is None and not moment.year_shift
            return DayRange(first, last, strict=not after["before"], any_year=any_year)
    return None


def _due_moments(text: str) -> Iterator[tuple[Moment, re.Match[str]]]:
    """Yield the times that the text ties to being done, each with the words that do so."""
    for moment in find_moments(text, Span(0, len(text))):
        tied = _LIMIT_BEFORE.search(text, 0, moment.span.start)
        after = (_LIMIT_AFTER if tied else _DUE_AFTER).match(text, moment.span.end)
        if after is not None:
            yield moment, after


def status_named(text: str) -> StatusAsked | None:
    """Return how far the tasks that are meant have come; None where the question does not say."""
    for pattern, statuses in _statuses():
        if pattern.search(text):
            named = frozenset(TaskStatus(status) for status in statuses if status != "overdue")
            return StatusAsked(named, "overdue" in statuses)
    return None


def narrowing_words(text: str) -> Iterator[str]:
    """Yield the words of a question that only say how far its tasks have come or when they are due."""
    for pattern, _ in _statuses():
        yield from (found[0] for found in pattern.finditer(text))
    yield from (found[0] for found in _RELATIVE_DUE.finditer(text))
    yield from (text[moment.span.start : after.end()] for moment, after in _due_moments(text))


def _relative_days(words: str, today: date) -> tuple[date, date]:
    """Return the first and the last day of 今天, 本周, 下个月 and their like; weeks begin on Monday."""
    if words in {"今天", "明天"}:
        day = today + timedelta(days=words == "明天")
        return day, day
    if words in {"本周", "这周", "这个星期", "下周"}:
        monday = today - timedelta(days=today.weekday()) + timedelta(weeks=words == "下周")
        return monday, monday + timedelta(days=6)
    if words in {"今年", "本年"}:
        return date(today.year, 1, 1), date(today.year, 12, 31)
    if words in {"本季度", "这个季度"}:
        first = date(today.year, 3 * ((today.month - 1) // 3) + 1, 1)
        return first, _month_end(first.year, first.month + 2)
    months = today.year * 12 + today.month - 1 + words.startswith("下")
    year, month = divmod(months, 12)
    return date(year, month + 1, 1), _month_end(year, month + 1)


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


@cache
def _statuses() -> tuple[tuple[re.Pattern[str], frozenset[str]], ...]:
    rows = read_table("service.ask", "status_words.tsv")
    return tuple((re.compile(row["pattern"]), frozenset(row["statuses"].split())) for row in rows)
