"""Short and everyday names that texts themselves explain: 个体工商户转型升级为企业（以下简称“个转企”）.

Many short names hold in one document only: 以下简称《方案》, 以下简称中心. What is taken is told by its form:
a short name must be made of characters of the full one (see `index.wording.contraction`), be called a common
name (俗称, 又称), or stand in letters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from index.tokens import cut, cut_places
from index.wording.contraction import every_character_alone, full_name

WINDOW = 60
"""Characters before a short name that may hold the full one."""
NEARBY = 100
"""Characters around a quoted name among which its full form may stand unannounced."""
LETTERS_WINDOW = 20


class Tie(StrEnum):
    """What ties two names of one thing together."""

    CONTRACTION = "contraction"
    """The short one is made of characters of the full one."""
    CALLED = "called"
    """The text says 俗称, 又称 …; where the full name begins is guessed."""
    LETTERS = "letters"
    """Letters in brackets. `full` is what stands before them; several texts tell where it begins."""
    NEARBY = "nearby"
    """A contraction that nothing announces: the two stand close together."""


@dataclass(frozen=True, slots=True)
class Definition:
    """Two names that a text gives one thing."""

    short: str
    full: str
    tie: Tie


_OPEN, _CLOSE = r"[（(〔\[]", r"[）)〕\]]"
_SIGN = r"[^“”\"「」‘’，,。；;：:、（）()《》〈〉\s]"
_QUOTED = rf"[“\"「‘](?P<short>{_SIGN}{{2,12}})[”\"」’]"
_SAID = rf"[“\"「‘]?(?P<short>{_SIGN}{{2,12}})[”\"」’]?"
_SHORT_FOR = r"(?:以下|下)?(?:均|并|可)?(?:简称|统称|即)(?:为|作)?[：:]?"
_ALSO = r"(?:(?:又|也|俗|亦|通)称|又名|[又也]叫|俗名)(?:为|作|是)?"
_ANNOUNCED = (
    re.compile(rf"{_OPEN}(?:{_SHORT_FOR}|{_ALSO}){_SAID}(?:[，,；;、或][^（）()]{{0,20}})?{_CLOSE}"),
    re.compile(rf"{_OPEN}{_QUOTED}{_CLOSE}"),
    re.compile(rf"[，,]?(?:简称|即)为?{_QUOTED}"),
)
"""A short name behind its full one."""
_MEANS = rf"(?:{_OPEN}(?:即|全称|是?指)?|[，,]?(?:即|全称|是?指))[：:为]?"
_EXPLAINED = re.compile(rf"{_QUOTED}{_MEANS}[“\"「‘]?(?P<full>{_SIGN}{{4,40}})")
_CALLED = re.compile(rf"(?:{_OPEN}|[，,])?{_ALSO}{_SAID}")
_LETTERS = re.compile(rf"(?<=[一-龥]){_OPEN}(?P<short>[A-Za-z][A-Za-z+\-]{{1,9}}){_CLOSE}")
_IN_QUOTES = re.compile(r"[“\"「](?P<short>[一-龥]{3,8})[”\"」]")
_PHRASE = re.compile(r"[一-龥]{5,40}")
_TRIGGER = re.compile(r"[简统又也俗亦通]称|又名|[又也]叫|俗名|，即|[（(]即|[“\"「‘]|[（(][A-Za-z]")
_BOUNDARY = re.compile(r"[，,。；;：:！!？?\n\t《》〈〉“”\"「」‘’（）()、—]")
_PARTICLE = re.compile(r".*[的了为将把]")
_BRACKETS = re.compile(r"[（(][^（）()]*[）)]")


def definitions_in(text: str) -> tuple[Definition, ...]:
    """Return what `text` says of two names for one thing, each once; () for most texts."""
    if not _TRIGGER.search(text):
        return ()
    found = [*_announced(text), *_explained(text), *_called(text), *_letters(text), *_nearby(text)]
    return tuple(dict.fromkeys(found))


def _announced(text: str) -> Iterator[Definition]:
    for pattern in _ANNOUNCED:
        for found in pattern.finditer(text):
            yield from _contraction(found["short"], _phrase_before(text, found.start()))


def _explained(text: str) -> Iterator[Definition]:
    for found in _EXPLAINED.finditer(text):
        yield from _contraction(found["short"], found["full"])


def _nearby(text: str) -> Iterator[Definition]:
    """Yield quoted names whose full form stands close by: 推进“个转企”，支持个体工商户转型升级为企业.

    Nothing announces them, so every character has to stand for a word.
    """
    for found in _IN_QUOTES.finditer(text):
        short = found["short"]
        for phrase in _PHRASE.finditer(text, max(0, found.start() - NEARBY), found.end() + NEARBY):
            if not set(short) <= set(phrase[0]):
                continue
            for end in _ends_of_words(phrase[0], short[-1]):
                names = full_name(short, phrase[0][:end])
                if names and every_character_alone(*names):
                    yield Definition(*names, Tie.NEARBY)


def _ends_of_words(phrase: str, character: str) -> Iterator[int]:
    """Yield where the words of `phrase` end that hold `character`."""
    for start, word in cut_places(phrase):
        if character in word:
            yield start + len(word)


def _called(text: str) -> Iterator[Definition]:
    for found in _CALLED.finditer(text):
        name = _last_words(_name_before(text, found.start()))
        if name and name not in found["short"] and found["short"] not in name:
            yield Definition(found["short"], name, Tie.CALLED)


def _letters(text: str) -> Iterator[Definition]:
    for found in _LETTERS.finditer(text):
        before = _name_before(text, found.start())[-LETTERS_WINDOW:]
        if before:
            yield Definition(found["short"], before, Tie.LETTERS)


def _contraction(short: str, before: str) -> Iterator[Definition]:
    names = full_name(short, before)
    if names:
        yield Definition(*names, Tie.CONTRACTION)


def _phrase_before(text: str, end: int) -> str:
    """Return the words before `end` since the last mark, without what is in brackets; "" behind a title."""
    before = text[max(0, end - WINDOW) : end]
    if before.endswith(("》", "〉")):
        return ""
    before = _BRACKETS.sub("", before).rstrip('”"」’ ')
    return before[max((mark.end() for mark in _BOUNDARY.finditer(before)), default=0) :]


def _name_before(text: str, end: int) -> str:
    """Return the phrase before `end` from its last particle on: what a name without one may begin with."""
    return _PARTICLE.sub("", _phrase_before(text, end))


def _last_words(phrase: str) -> str:
    """Return the last words of `phrase` that make four characters, "" where it is shorter."""
    name = ""
    for word in reversed(cut(phrase)):
        name = word + name
        if len(name) >= 4:
            return name
    return ""
