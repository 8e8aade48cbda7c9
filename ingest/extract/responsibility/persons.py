"""Persons and posts that a text names as responsible: 责任人：副县长赵一, or a table cell 钱二（局长）."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from corpus.registry.tables import any_of, column
from corpus.registry.units import ends_like_unit
from corpus.spans import Span, trim
from corpus.task import Person
from ingest.extract.patterns import word_pattern

_BLANK = r"[ \u3000]{0,3}"
_LABEL = re.compile(rf"(?:{word_pattern('person_labels')})(?:[（(][^（）()\n]{{1,12}}[）)])?{_BLANK}[：:]")
_VALUE_END = re.compile(
    r"[。；;\n\t）)](?![^（(\n]{0,8}[）)])|(?:牵头|责任|配合|督导|整改|完成|联系)[^：:，,。；\n]{0,6}[：:]"
)
_POST = word_pattern("posts")
_SURNAME = any_of(column("ingest.extract.words", "surnames.tsv", "word"))
_HAN = r"[\u4e00-\u9fff]"
_NAME = rf"(?:{_SURNAME}[ \u3000]{_HAN}|{_HAN}{{2,4}}|{_HAN}{{1,6}}(?:·{_HAN}{{1,8}})+)"
_CALLED = rf"(?P<name>{_NAME})(?:同志)?"
_BARE_POST = re.compile(_POST)
_POST_ALONE = re.compile(rf".*{_POST}(?:[（(][^（）()]{{1,8}}[）)])?")
_POST_THEN_NAME = re.compile(rf"(?P<post>.*{_POST})[ \u3000:：]{{0,3}}{_CALLED}")
_NAME_THEN_POST = re.compile(rf"{_CALLED}{_BLANK}(?:[（(]{_BLANK}|[ \u3000])(?P<post>.*?{_POST})[）)]?")
_NAME_ALONE = re.compile(rf"{_CALLED}(?:{_BLANK}[（(]?[0-9０-９\- ]{{7,13}}[）)]?)?")
_BETWEEN = re.compile(r"[，,、；;\n\t](?![^（(]*[）)])")
_SHARED_POST = re.compile(r"(?:分管|主要|有关|相关)(?:领导|负责人|负责同志)$")
_AWAITS_MORE = ("常委", "党组成员", "党委委员", "党组书记", "党委书记", "副书记")


def find_persons(text: str, span: Span) -> tuple[Person, ...]:
    """Return the persons and posts after 责任人： and the like within `span`, in text order, each once."""
    persons: dict[Person, None] = {}
    for label in _LABEL.finditer(text, span.start, span.end):
        following = _LABEL.search(text, label.end(), span.end)
        stop = _VALUE_END.search(text, label.end(), following.start() if following else span.end)
        end = stop.start() if stop else following.start() if following else span.end
        persons.update(dict.fromkeys(parse_persons(text, Span(label.end(), end))))
    return tuple(persons)


def parse_persons(text: str, span: Span) -> tuple[Person, ...]:
    """Return the persons in the value of a label or in a table cell, as (name, post); either may be "".

    Handles "县水利局局长王一鸣", "王一鸣（局长）", "王一鸣 局长", "王一鸣、李二" and a bare "校长". The
    posts of one person stay together: "县委副书记、县长王一鸣".
    """
    words = trim(text, span).of(text).rstrip("。；;，,")
    pieces = _with_bodies([piece.strip() for piece in _BETWEEN.split(words)])
    return tuple(_joined(person for piece in pieces if (person := _person(piece))))


def _with_bodies(pieces: list[str]) -> Iterator[str]:
    """Yield the pieces; bodies go to the post that they share: 市委、市政府分管领导."""
    bodies: list[str] = []
    for piece in pieces:
        if ends_like_unit(piece) and not _POST_ALONE.fullmatch(piece):
            bodies.append(piece)
            continue
        yield "、".join([*bodies, piece]) if _SHARED_POST.search(piece) else piece
        bodies = []


def _joined(persons: Iterator[Person]) -> Iterator[Person]:
    """Yield the persons; a post without a name goes to the next person when it is the same person's."""
    held: Person | None = None
    for person in persons:
        if held and _is_same(held, person):
            held = replace(person, post=f"{held.post}、{person.post}")
            continue
        if held:
            yield held
        held = person
    if held:
        yield held


def _is_same(first: Person, second: Person) -> bool:
    """Tell whether two posts in a row belong to one person: 县委副书记、县长, but not 校长、班主任."""
    if first.name or not second.post:
        return False
    with_body = _BARE_POST.fullmatch(first.post) is None
    return first.post.endswith(_AWAITS_MORE) or (with_body and _BARE_POST.fullmatch(second.post) is not None)


def _person(words: str) -> Person | None:
    """Return the person whom one piece names, None when it names a unit or nothing."""
    if _POST_ALONE.fullmatch(words) and not _NAME_THEN_POST.fullmatch(words):
        return Person("", words)
    if ends_like_unit(words):
        return None
    for form in (_NAME_THEN_POST, _POST_THEN_NAME):
        found = form.fullmatch(words)
        if found:
            return Person(_closed(found["name"]), found["post"])
    alone = _NAME_ALONE.fullmatch(words)
    return Person(_closed(alone["name"])) if alone else None


def _closed(name: str) -> str:
    """Return a name without the space that sets two letters as wide as three, and without 同志."""
    return "".join(name.split()).removesuffix("同志")
