"""Persons and posts among the units of a statement: 副县长张明牵头 · 县上分管领导牵头 · 县水利局（张明）."""

from __future__ import annotations

import re
from collections.abc import Iterable

from corpus.registry.tables import any_of, column
from corpus.registry.units import ends_like_unit, is_general
from corpus.spans import Span
from ingest.extract.responsibility.statement import Named

_WORDS = "ingest.extract.words"
_POST = any_of(column(_WORDS, "posts.tsv", "word"))
_SURNAME = f"[{''.join(column(_WORDS, 'surnames.tsv', 'word'))}]"
_NAME = rf"{_SURNAME}[\u4e00-\u9fff·]{{1,2}}"
_PERSON = re.compile(
    rf".*(?:{_POST}|领导)(?:同志)?(?:[（(]{_NAME}[）)])?"
    rf"|.*{_POST}[ \u3000]*{_NAME}(?:同志)?|{_NAME}(?:同志|[（(].*{_POST}[）)])"
)
_BARE = re.compile(_NAME)
_COMRADE = re.compile("同志$")
_IN_BRACKETS = re.compile(rf"^.{{2,}}?(?P<open>[（(])(?P<name>{_NAME})[）)]$")


def is_person(name: str) -> bool:
    """Tell whether a member of a list is a person or a post and no unit; a bare name is not told here."""
    return _PERSON.fullmatch(name) is not None and not ends_like_unit(name)


def part_persons(text: str, named: Iterable[Named]) -> tuple[list[Named], list[Span]]:
    """Return the units of a list, and the words that name persons, each in text order.

    A bare name counts where white space parts it from the unit before it, or where it stands in brackets
    after the unit.
    """
    units: list[Named] = []
    persons: list[Span] = []
    for item in named:
        words = item.span.of(text)
        if is_person(words) or (units and _follows_unit(text, item.span, units[-1])):
            persons.append(Span(item.span.start, item.span.end - (2 if _COMRADE.search(words) else 0)))
        elif (found := _IN_BRACKETS.match(words)) and not _names_unit(found["name"]):
            start = item.span.start
            units.append(Named(Span(start, start + found.start("open")), item.role, item.group))
            persons.append(Span(start + found.start("name"), start + found.end("name")))
        else:
            units.append(item)
    return units, persons


def _names_unit(name: str) -> bool:
    """Tell whether words in brackets are those of a unit (管委会) and no name of a person."""
    return ends_like_unit(name) or is_general(name)


def _follows_unit(text: str, name: Span, unit: Named) -> bool:
    """Tell whether a bare name stands right after a unit, parted by white space alone."""
    between = text[unit.span.end : name.start]
    words = name.of(text)
    return (
        bool(between)
        and between.isspace()
        and _BARE.fullmatch(words) is not None
        and not ends_like_unit(words)
    )
