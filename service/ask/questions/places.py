"""The places that a question names, also those that only documents of the library know."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from corpus.registry.regions import find_region, is_within, regions_in

IsPlace = Callable[[str], bool]
"""Tells whether documents of the library are of a place of that name."""
_ENDING = re.compile(r"自治[州县旗]|新区|[省市县区州盟旗镇乡](?![一-龥]?场)")
_AT_HEAD = re.compile("[一-龥]{1,6}?(?:自治[州县旗]|新[区城]|[市县区州盟旗](?![市县区]|[一-龥]?场))")
_NO_PLACE = re.compile(
    "^[本全各我某该省市县区中老小城外农其那这有]|[小社园片城校地景库灾山牧林街辖专][区]|[城都门超股上]市|[的在对把由]|^[一-龥]{2,3}[部委局厅]"
)
"""What ends as places do and is none: 本市, 各县, 小区, 城市."""
LONGEST_SHORT = 4
SHORTEST, LONGEST = 3, 8
"""Characters of the name of a place that the registry does not know: 望川县, 栖霞港新区."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place that a question names."""

    name: str
    """In full: 绵阳市."""
    written: str
    """As written: 绵阳."""


def places_named(text: str, is_place: IsPlace | None = None) -> tuple[Place, ...]:
    """Return the places named, without those that only say where another lies.

    A place that the registry of regions does not know is one where `is_place` says so.
    """
    mentions = regions_in(text)
    outer = {mention.region.parent for mention in mentions}
    inner = [mention for mention in mentions if mention.region.code not in outer]
    known = tuple(dict.fromkeys(Place(mention.region.name, mention.span.of(text)) for mention in inner))
    if known or is_place is None:
        return known
    if city := _city_at_head(text):
        return (city,)
    name = next((name for name in _like_places(text) if is_place(name)), None) or _unknown_at_head(text)
    return (Place(name, name),) if name else ()


def _city_at_head(text: str) -> Place | None:
    """Return the city of a county's rank by whose short name a question begins: 禹城 in 禹城买房补多少钱.

    Or a county of two characters (泾县). Elsewhere in a sentence such names are often other words.
    """
    county = find_region(text[:2]) if text[1:2] == "县" else None
    if county is not None and county.name == text[:2]:
        return Place(county.name, county.name)
    for length in range(LONGEST_SHORT, 1, -1):
        name = text[:length]
        city = find_region(f"{name}市") if re.fullmatch("[一-龥]+", name) else None
        if city is not None and city.name == f"{name}市":
            return Place(city.name, name)
    return None


def _unknown_at_head(text: str) -> str | None:
    """Return the words at the head of a question that can only be a place, though nobody knows it.

    No document of another place answers such a question.
    """
    found = _AT_HEAD.match(text)
    return found[0] if found and not _NO_PLACE.search(found[0]) else None


def names_of_places(text: str, places: Iterable[Place]) -> list[str]:
    """Return the words of a text that name the places, or what they lie in: 南京 too in 南京溧水区."""
    outer = [
        mention.span.of(text)
        for mention in regions_in(text)
        if any(is_within(place.name, mention.region.name) for place in places)
    ]
    return list(dict.fromkeys([*(place.written for place in places), *outer]))


def _like_places(text: str) -> Iterator[str]:
    """Yield the words that end as places do, the longest of those that end at one point first."""
    for ending in _ENDING.finditer(text):
        for start in range(max(0, ending.end() - LONGEST), ending.end() - SHORTEST + 1):
            name = text[start : ending.end()]
            if re.fullmatch("[一-龥]+", name):
                yield name
