"""Understands a question: what kind of answer it wants, what it says of place, time, unit and document."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import cache

from corpus.registry.tables import any_of, column, read_table
from corpus.registry.units import ends_like_unit
from corpus.task import Role
from index.tokens import words
from ingest.extract.numerals import whole_number
from service.ask.questions import wording
from service.ask.questions.alternatives import Kinds, kinds_asked
from service.ask.questions.naming import (
    document_named,
    file_named,
    issuer_named,
    number_named,
    partners_named,
    unit_named,
)
from service.ask.questions.places import IsPlace, Place, names_of_places, places_named
from service.ask.questions.wording import DayRange, StatusAsked


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
class Question:
    """A question, understood as far as its words go; what it does not say is None or empty."""

    text: str
    kind: Kind
    asks: str = ""
    """What of its kind: a role (lead, responsible, cooperate, supervise) or person for who; limit for when;
    share, money, time or area for number; name, phone, online, where or status for what; tasks for a list
    of the ledger's rows."""
    counted: str = ""
    """What is counted or listed: 户 in 多少户, 城市 in 哪些城市."""
    kinds: Kinds = field(default_factory=dict)
    """Which of things told apart it speaks of, see `alternatives`: 家庭, not 个人."""
    how_many: int = 0
    """How many names are asked for: 2 in 两个示范区分别叫什么; 0 where the question does not say."""
    counted_noun: str = ""
    """The last word of what is counted: 床位 in 多少张养老床位; "" where the question does not say."""
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
    unit_words: str = ""
    """All the words that say whose tasks are meant: 明确由市民政局牵头."""
    role: Role | None = None
    """The role in which that unit is meant."""
    alone: bool = False
    """True where no other unit may have that role: 单独牵头."""
    partners: tuple[tuple[str, Role], ...] = ()
    """Units that have another role in the same tasks: 由市水利局牵头、市财政局配合的."""
    number: str = ""
    """The number of a document: 云政办发〔2025〕1号."""
    file: str = ""
    """The name of a file as far as it is told: od03."""
    due: DayRange | None = None
    """When the tasks that are meant are due."""
    status: StatusAsked | None = None
    """How far the tasks that are meant have come."""
    kept: str = ""
    """Words of the question before that this one goes on from: its subject and its place."""

    @property
    def called(self) -> tuple[str, ...]:
        """The names that it has in quotation marks: “交房即交证”; titles in 《》 stand in few documents."""
        return tuple(name for name in self.quoted if f"《{name}》" not in self.text)

    @property
    def sought(self) -> str:
        """The words to search for."""
        return f"{self.text} {self.kept}".rstrip()


_COUNTED = re.compile(r"(?:多少|几)(?:个(?=[人名]))?(?P<word>[一-龥]{1,4})")
_HOW_MANY_NAMES = re.compile(
    r"(?<!第)(?P<number>[两二三四五六七八九十]|(?<!\d)\d{1,2})[个家项种类座条所位][^，,。？?]{0,24}?(?:叫|名字|名称)"
)
_WHICH = re.compile(
    r"哪(?:[几些]|(?P<number>[二两三四五六七八九十]|\d{1,2}))大?"
    r"(?:(?!条[例件款约]|项目|个[人体]|部[门委]|样[本品]|类[型别]|种[类子])[个种类样项条部份座所支处款])?"
    r"(?P<noun>(?![可不是有要能由在被应属会])[一-龥]{2,6}?)?(?=[的可不是有要能由在被应属会里？?，,]|$)"
)
"""What is listed, and how many of it: 生活必需品 in 哪8类生活必需品, 条例 in 哪几部条例的制定."""
_NAMES_COUNTED = re.compile("(?:几|多少)个(?P<noun>[一-龥]{1,4}?)(?=[的没不有是被要可在未？?，,]|$)")
_LISTING = re.compile(r"哪[几些]|什么|包括|包含|涵盖|划?分[成为]|划分|分别|牵头|负责|[有是为都的项条个件]")
_LEDGER_KINDS = (Kind.LIST, Kind.COUNT)
_YEAR_WORDS = re.compile(r"(?<!\d)(?:19|20)\d\d年度?[初底末]?")
_ONLY_UNIT = re.compile("(?:那么?)?(?P<unit>[一-龥]{3,24}?)的?呢?[？?]?")
_NOUN = re.compile("(?!的)[一-龥]{2,12}(?=[？?，,、。]|$)")
"""What is counted, where nothing but the end of its clause follows: 养老床位 in 多少张养老床位？"""
_TO_NUMBER = re.compile("[ ，,的是]*(?:是?什么|是?哪个|是?多少)?[ 的]*$")
"""What joins a document to the question for its number: 通知是什么文号."""
_PER = re.compile("按?(?:每一?(?:平方米|平米|平方(?!公里|千米)|亩|公顷|套|张|个|次|名|辆|台|家)|一套)")
"""What a quantity is counted by, which any matter shares: 每平方米多少钱."""
_GOES_ON = re.compile(r"^(?:那|其中|这些|它|上述|还有)|呢[？?]?$")
_SAME_ROLE = re.compile(
    r"[（(]含(?:共同|联合|参与)?(?:牵头|配合|负责|协办|承担|主办|落实|承办|参与)[^（）()]{0,4}[）)]"
)
"""Says that units count that share a role: 牵头（含共同牵头）的; they always do."""
BESIDE = 8
"""Characters on either side of the words that ask: what stands there also stands beside the answer."""


def understand(
    text: str,
    today: date | None = None,
    after: Question | None = None,
    is_place: IsPlace | None = None,
) -> Question:
    """Return what the question means; one that asks for nothing we know is taken as `what`.

    Args:
        text: the question.
        today: what 本月 and 逾期 are counted from; None for the present day.
        after: the question before it, whose subject it keeps where it names none: 那配合单位呢？
        is_place: tells of a name that the registry does not know whether the library's documents are of it.
    """
    asked = " ".join(text.split())
    text = _SAME_ROLE.sub("", asked)
    asking = _with_counted(_asking(text), text)
    question = Question(
        text=text,
        kind=asking.kind if asking else Kind.WHAT,
        asks=asking.asks if asking else "",
        counted=asking.counted if asking else "",
        kinds=kinds_asked(text),
        how_many=_names_wanted(text, asking),
        counted_noun=_counted_noun(text, asking),
        beside=_beside(text, asking),
        places=places_named(text, is_place),
        years=wording.years_named(text),
        quoted=wording.quoted_in(text),
        document=document_named(text) or _document_before(text, asking),
        number=number_named(text),
        file=file_named(text),
    )
    if question.kind in _LEDGER_KINDS:
        question = _narrowed(question, today or date.today(), is_place)
    question = replace(question, topic=_topic(question, asking), text=asked)
    return _following(question, after) if after else question


def _document_before(text: str, asking: _Asking | None) -> str:
    """Return what stands before the words that ask for a document's number: 加装电梯的通知 in …的文号."""
    if asking is None or asking.asks != "doc_number":
        return ""
    return _TO_NUMBER.sub("", text.partition(asking.words)[0])


def _narrowed(question: Question, today: date, is_place: IsPlace | None) -> Question:
    """Return a question for rows of the ledger with what it says of them."""
    rest = wording.without_quoted(
        _without(question.text, [question.document, issuer_named(question.text)]), " "
    )
    unit = unit_named(wording.without_times(rest))
    # 睢阳区政府 in a plan of 商丘市 is a unit, not the place whose plans are meant.
    outside = places_named(_without(question.text, [unit.words]), is_place)
    bound = bool(question.document or question.places)
    due = wording.due_named(_without(rest, [unit.name]), question.years, today, bound=bound)
    return replace(
        question,
        unit=unit.name,
        unit_words=unit.words,
        places=outside or question.places,
        role=unit.role,
        alone=unit.alone,
        partners=partners_named(rest) if unit.name else (),
        due=due,
        status=wording.status_named(question.text),
    )


def _following(question: Question, before: Question) -> Question:
    """Return the question with the subject and the place of the one before, where it names none itself."""
    narrowed = question.unit or question.due or question.status
    if other := _other_unit(question, before):
        return replace(before, text=question.text, unit=other)
    if question.document or _has_subject(question) or (narrowed and not _GOES_ON.search(question.text)):
        return question
    if question.kind is Kind.WHAT and not question.asks:
        question = replace(
            question, kind=before.kind, asks=before.asks, counted=before.counted, beside=before.beside
        )
    same_place = not question.places
    places = question.places or before.places
    return replace(
        question,
        topic=f"{before.topic} {question.topic}".rstrip(),
        quoted=before.quoted,
        places=places,
        years=question.years or before.years,
        document=before.document if same_place else "",
        unit=question.unit or before.unit,
        role=question.role or before.role,
        due=question.due or before.due,
        status=question.status or before.status,
        kept=" ".join([*(place.written for place in places), before.topic, *before.quoted, before.kept]),
    )


def _other_unit(question: Question, before: Question) -> str:
    """Return the unit that a question names in place of the one before: 那市水利局呢; "" where none."""
    found = _ONLY_UNIT.fullmatch(question.text) if before.unit else None
    return found["unit"] if found and ends_like_unit(found["unit"]) else ""


def _has_subject(question: Question) -> bool:
    own = set(words(question.topic)) - set(column("service.ask", "going_on.tsv", "word"))
    return any(len(word) > 1 for word in own) or bool(question.quoted)


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
    bare = wording.without_quoted(text)
    for pattern, kind, asks in _patterns():
        found = pattern.search(bare)
        if found:
            return _Asking(kind, asks, found[0])
    return None


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], Kind, str], ...]:
    rows = read_table("service.ask", "question_words.tsv")
    return tuple((re.compile(row["pattern"]), Kind(row["kind"]), row["asks"]) for row in rows)


def _topic(question: Question, asking: _Asking | None) -> str:
    """Return what the question is about; of one for rows of the ledger what its other words do not say."""
    text = question.text
    # 证明材料 tells what is asked for and stands in the answer, too.
    asks = asking.words if asking and asking.asks != "papers" else ""
    gone = [asks, question.number, *names_of_places(text, question.places)]
    if question.kind in _LEDGER_KINDS:
        times = wording.times_in(text) if question.due else ()
        partners = [name for name, _ in question.partners]
        narrowing = [*wording.narrowing_words(text), *times, question.unit_words, question.unit, *partners]
        gone = [question.document, issuer_named(text), question.file, *narrowing, *gone]
    left = _PER.sub(" ", _YEAR_WORDS.sub(" ", _without(text, gone)))
    return _general(question.kind in _LEDGER_KINDS).sub(" ", left)


def _without(text: str, gone: Iterable[str]) -> str:
    """Return `text` with blanks where each of the words stands first; they may overlap."""
    left = list(text)
    for words_gone in gone:
        place = text.find(words_gone) if words_gone else -1
        if place >= 0:
            left[place : place + len(words_gone)] = " " * len(words_gone)
    return re.sub(" +", " ", "".join(left))


def _beside(text: str, asking: _Asking | None) -> tuple[str, str]:
    if asking is None or asking.words not in text:
        return "", ""
    before, _, after = text.partition(asking.words)
    return _general().sub(" ", before[-BESIDE:]), _general().sub(" ", after[:BESIDE])


@cache
def _general(of_rows: bool = False) -> re.Pattern[str]:
    """Find general words; those of one character are part of other words too: 算 in 结算."""
    found = column("service.ask", "general_words.tsv", "word", whole="")
    if of_rows:
        found += column("service.ask", "ledger_words.tsv", "word")
    return re.compile(any_of(word for word in found if len(word) > 1))


def _with_counted(asking: _Asking | None, text: str) -> _Asking | None:
    """Return the words that ask with what they count or list: 多少户, 哪些城市."""
    if asking and asking.kind is Kind.LIST and not asking.asks:
        noun = _WHICH.search(text)
        counted = (noun["noun"] or "") if noun else _LISTING.sub("", asking.words)
        return _Asking(asking.kind, asking.asks, asking.words, counted)
    found = _COUNTED.search(text) if asking and asking.kind is Kind.NUMBER and not asking.asks else None
    starts = (found["word"][:length] for length in (4, 3, 2, 1)) if found else ()
    known = {*measure_words(), *column("service.ask", "counters.tsv", "word")}
    counted = next((word for word in starts if word in known), "")
    if asking is None or found is None or not counted:
        return asking
    words_asking = found[0][: found.end() - found.start() - len(found["word"]) + len(counted)]
    return _Asking(asking.kind, asking.asks, words_asking, counted)


def counted_in(text: str) -> str:
    """Return the measure word of what a question counts: 项 in 几项; "" where it tells none."""
    found = re.search("(?:多少|几)个?(?P<unit>[项条件个])", text)
    return found["unit"] if found else ""


def names_counted(text: str) -> str:
    """Return the word with which the names end that a question counts: 村 in 几个村; "" for none."""
    found = _NAMES_COUNTED.search(text)
    return found["noun"] if found else ""


def _names_wanted(text: str, asking: _Asking | None) -> int:
    """Return how many names are asked for: 三 in 三个项目叫什么; 0 where the question does not say."""
    if asking and asking.kind is Kind.LIST and not asking.asks:
        found = _WHICH.search(text)
        return whole_number(found["number"]) or 0 if found and found["number"] else 0
    found = _HOW_MANY_NAMES.search(text) if asking and asking.asks == "name" else None
    return whole_number(found["number"]) or 0 if found else 0


def _counted_noun(text: str, asking: _Asking | None) -> str:
    if asking is None or asking.kind is not Kind.NUMBER or not asking.counted:
        return ""
    noun = _NOUN.match(text.partition(asking.words)[2])
    last = next(reversed(words(noun[0])), "") if noun else ""
    return last if len(last) > 1 else ""


@cache
def measure_words() -> dict[str, str]:
    """Return the measure words that follow a number, with their kind."""
    return {row["word"]: row["kind"] for row in read_table("ingest.extract.words", "measure_words.tsv")}
