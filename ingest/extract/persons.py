"""Persons and posts that a text names as responsible: 责任人：副县长赵一, or a table cell 钱二（局长）."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.spans import Span, trim
from corpus.task import Person
from ingest.extract.patterns import word_pattern

_LABEL = re.compile(
    rf"(?:{word_pattern('person_labels')})(?:[（(][^（）()\n]{{1,12}}[）)])?[ \u3000]{{0,2}}[：:]"
)
_VALUE_END = re.compile(
    r"[。；;\n\t）)](?![^（(\n]{0,8}[）)])|(?:牵头|责任|配合|督导|整改|完成|联系)[^：:，,。；\n]{0,6}[：:]"
)
_POST = word_pattern("posts")
_POST_END = re.compile(rf"{_POST}(?:（[^（）]{{1,8}}）)?$")
_NAME = r"[\u4e00-\u9fff·]{2,4}"
_POST_THEN_NAME = re.compile(rf"^(?P<post>.*{_POST})[ \u3000:：]{{0,3}}(?P<name>{_NAME})$")
_NAME_THEN_POST = re.compile(
    rf"^(?P<name>{_NAME})[ \u3000]{{0,3}}[（(，,]?[ \u3000]{{0,2}}(?P<post>.*{_POST})[）)]?$"
)
_BETWEEN = re.compile(r"[，,、；;\n\t]")


def find_persons(text: str, span: Span) -> tuple[Person, ...]:
    """Return the persons and posts after 责任人： and the like within `span`, in text order, each once."""
    persons: dict[Person, None] = {}
    for label in _LABEL.finditer(text, span.start, span.end):
        stop = _VALUE_END.search(text, label.end(), span.end)
        value = Span(label.end(), stop.start() if stop else span.end)
        persons.update(dict.fromkeys(parse_persons(text, value)))
    return tuple(persons)


def parse_persons(text: str, span: Span) -> tuple[Person, ...]:
    """Return the persons in the value of a label or in a table cell, as (name, post); either may be "".

    Handles "县水利局局长王一鸣", "王一鸣（局长）", "王一鸣 局长", "王一鸣、李二" and a bare "校长".
    """
    words = trim(text, span).of(text).rstrip("。；;，,")
    return tuple(person for piece in _pieces(words) if (person := _person(piece)))


def _pieces(words: str) -> Iterator[str]:
    """Yield one person's words each; a comma before a second post of the same person does not part them."""
    held = ""
    for piece in _BETWEEN.split(words):
        held = f"{held}、{piece.strip()}" if held else piece.strip()
        if not _awaits_name(held):
            yield held
            held = ""
    if held:
        yield from held.split("、")


def _awaits_name(words: str) -> bool:
    """Tell whether the words are a post such as 县委常委, after which the next post or the name follows."""
    return words.endswith(
        (
            "市委",
            "县委",
            "区委",
            "省委",
            "州委",
            "党委",
            "常委",
            "党组成员",
            "党组书记",
            "党委书记",
            "党委委员",
            "党委副书记",
            "党组副书记",
        )
    )


def _person(words: str) -> Person | None:
    if not words:
        return None
    named = _NAME_THEN_POST.match(words) if "（" in words or "(" in words or " " in words else None
    named = named or (None if _POST_END.search(words) else _POST_THEN_NAME.match(words))
    if named:
        return Person(named["name"], named["post"])
    if _POST_END.search(words):
        return Person("", words)
    return Person(words) if re.fullmatch(_NAME, words) else None
