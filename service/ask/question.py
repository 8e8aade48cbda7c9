"""Understands a question: what kind of answer it wants, what it says of place, time, unit and document."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache

from corpus.registry.regions import regions_in
from corpus.registry.tables import any_of, column, read_table
from corpus.spans import Span
from corpus.task import Role
from ingest.extract.moments import DeadlineContext, find_moments


class Kind(StrEnum):
    """What kind of answer there is."""

    WHO = "who"
    WHEN = "when"
    NUMBER = "number"
    WHAT = "what"
    LIST = "list"
    COUNT = "count"
    NONE = "none"
    """Nothing in the library supports an answer; no question asks for this."""


@dataclass(frozen=True, slots=True)
class DayRange:
    """The time at which something is due, ends included."""

    first: date
    last: date
    strict: bool = True
    """False for 6月底前: what is due earlier counts too, where nothing is due at that very time."""

    def holds(self, day: date) -> bool:
        """Tell whether `day` lies within."""
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Place:
    """A place that a question names."""

    name: str
    """In full: 绵阳市."""
    written: str
    """As written: 绵阳."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question, understood as far as its words go; what it does not say is None or empty."""

    text: str
    kind: Kind
    asks: str = ""
    """What of its kind: a role (lead, cooperate, supervise) for who; limit for when; share, money, time or
    area for number; name for what."""
    counted: str = ""
    """The measure word of the number asked for: 户 in 多少户."""
    topic: str = ""
    """Its words without those that ask and those that name place, unit and role."""
    beside: tuple[str, str] = ("", "")
    """What stands right before and right after the words that ask: 关停取缔了 in 一共关停取缔了多少户."""
    places: tuple[Place, ...] = ()
    """The places it names, innermost ones only."""
    years: tuple[int, ...] = ()
    quoted: tuple[str, ...] = ()
    """Words in quotation marks or 《》, without the marks."""
    document: str = ""
    """The words that name a document: 云岭市2023年工作要点."""
    unit: str = ""
    """The unit whose tasks are meant: 由市民政局牵头的."""
    role: Role | None = None
    """The role in which that unit is meant."""
    due: DayRange | None = None
    """When the tasks that are meant are due."""


_DOCUMENT_END = (
    "(?:方案|要点|清单|计划|通知|意见|办法|规划|措施|报告|文件|台账|细则|行动"
    "|规定|条例|决定|公告|通告|预案|总结|讲话|纪要)"
)
_DOCUMENT = re.compile(
    rf"^(?P<name>.{{2,60}}?{_DOCUMENT_END})[》”\"]?(?=[中里内]|当中|里面|之中|要求|规定|明确|提出|部署|，|,|的)"
)
_TITLE = re.compile(r"《([^《》]{4,80})》")
_QUOTED = re.compile(r"[“\"「『《]([^“”\"「」『』《》]{1,60})[”\"」』》]")
_ROLE_WORDS = (
    (Role.LEAD, "牵头|主责|主办"),
    (Role.COOPERATE, "配合|协办|协助|参与"),
    (Role.SUPERVISE, "督导|监督|验收"),
    (Role.RESPONSIBLE, "负责|承担|落实|承办|实施"),
)
_UNIT = re.compile(
    r"(?:由|归|属于|^[中里内]?[，,]?)(?P<unit>[^，,。？?“”《》由归谁哪]{2,24}?)(?:共同|联合|单独)?(?:来)?"
    r"(?P<role>牵头|主责|主办|配合|协办|协助|参与|督导|监督|验收|负责|承担|落实|承办|实施)"
)
_DUE_AFTER = re.compile(
    r"(?P<before>之前|以前|前|以内|内)?(?:就|都|均)?(?:要|需要?|须|应当?|必须|该|得)?(?:全部|全面)?(?:完成|办结|到期|落实|到位|销号|做完|截止)"
)
_COUNTED = re.compile(r"(?:多少|几)(?P<word>[一-龥])")
_LEDGER_KINDS = (Kind.LIST, Kind.COUNT)
_YEAR_WORDS = re.compile(r"(?<!\d)(?:19|20)\d\d年度?")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:年|\D|$)")
BESIDE = 8
"""Characters on either side of the words that ask: what stands there also stands beside the answer."""


def understand(text: str) -> Question:
    """Return what the question means; one that asks for nothing we know is taken as `what`."""
    text = " ".join(text.split())
    asking = _with_measure_word(_asking(text), text)
    kind = asking.kind if asking else Kind.WHAT
    places = _places(text)
    years = tuple(sorted({int(year) for year in _YEAR.findall(text)}))
    unit, role = _unit(text) if kind in _LEDGER_KINDS else ("", None)
    return Question(
        text=text,
        kind=kind,
        asks=asking.asks if asking else "",
        counted=asking.counted if asking else "",
        topic=_topic(text, asking, places),
        beside=_beside(text, asking),
        places=places,
        years=years,
        quoted=tuple(_QUOTED.findall(text)),
        document=_document(text),
        unit=unit,
        role=role,
        due=_due(text, years) if kind in _LEDGER_KINDS else None,
    )


def is_question(text: str) -> bool:
    """Tell whether the words ask something, rather than name what to look for."""
    return _asking(text) is not None


@dataclass(frozen=True, slots=True)
class _Asking:
    """The words with which a question asks."""

    kind: Kind
    asks: str
    words: str
    counted: str = ""


def _asking(text: str) -> _Asking | None:
    bare = _QUOTED.sub("“”", text)
    for pattern, kind, asks in _patterns():
        found = pattern.search(bare)
        if found:
            return _Asking(kind, asks, found[0])
    return None


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], Kind, str], ...]:
    rows = read_table("service.ask", "question_words.tsv")
    return tuple((re.compile(row["pattern"]), Kind(row["kind"]), row["asks"]) for row in rows)


def _topic(text: str, asking: _Asking | None, places: tuple[Place, ...]) -> str:
    for gone in (asking.words if asking else "", *(place.written for place in places)):
        text = text.replace(gone, " ", 1) if gone else text
    return _general().sub(" ", _YEAR_WORDS.sub(" ", text))


def _beside(text: str, asking: _Asking | None) -> tuple[str, str]:
    if asking is None or asking.words not in text:
        return "", ""
    before, _, after = text.partition(asking.words)
    return _general().sub(" ", before[-BESIDE:]), _general().sub(" ", after[:BESIDE])


@cache
def _general() -> re.Pattern[str]:
    return re.compile(any_of(column("service.ask", "general_words.tsv", "word")))


def _with_measure_word(asking: _Asking | None, text: str) -> _Asking | None:
    """Return the words that ask together with the measure word after them: 多少户."""
    found = _COUNTED.search(text) if asking and asking.kind is Kind.NUMBER and not asking.asks else None
    if asking is None or found is None or found["word"] not in measure_words():
        return asking
    return _Asking(asking.kind, asking.asks, found[0], found["word"])


@cache
def measure_words() -> dict[str, str]:
    """Return the measure words that follow a number, with their kind."""
    return {row["word"]: row["kind"] for row in read_table("ingest.extract.words", "measure_words.tsv")}


def _places(text: str) -> tuple[Place, ...]:
    """Return the places named, without those that only say where another lies."""
    mentions = regions_in(text)
    outer = {mention.region.parent for mention in mentions}
    inner = [mention for mention in mentions if mention.region.code not in outer]
    return tuple(dict.fromkeys(Place(mention.region.name, mention.span.of(text)) for mention in inner))


def _document(text: str) -> str:
    title = _TITLE.search(text)
    if title:
        return title[1]
    found = _DOCUMENT.match(text)
    return found["name"].lstrip('《“"') if found else ""


def _unit(text: str) -> tuple[str, Role | None]:
    for found in _UNIT.finditer(text.removeprefix(_document(text))):
        if not re.search(r"任务|措施|哪|什么|几", found["unit"]):
            role = next(role for role, words in _ROLE_WORDS if re.fullmatch(words, found["role"]))
            return found["unit"].removeprefix("由"), role
    return "", None


def _due(text: str, years: tuple[int, ...]) -> DayRange | None:
    """Return the days of a time that the question ties to being done: 2023年6月底前要完成的."""
    context = DeadlineContext(title_year=years[-1] if years else None)
    for moment in find_moments(text, Span(0, len(text))):
        after = _DUE_AFTER.match(text, moment.span.end)
        first, last = moment.days(context)
        if after is not None and first is not None and last is not None:
            return DayRange(first, last, strict=not after["before"])
    return None
