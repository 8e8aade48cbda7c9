"""Automatic numbering of Word: the labels that stand on the page but not in the text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from lxml import etree

from ingest.readers.docx.numerals import numeral
from ingest.readers.docx.styles import Styles, W, number, switched_on, value

_PLACE = re.compile(r"%([1-9])")
_LOST_MARK = re.compile(r"(%[1-9])\?$")
"""A mark that a rich text file could not hold; behind a number that is 、."""
_NO_LIST = "0"
"""The list id with which a paragraph takes itself out of the numbering of its style."""


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list."""

    form: str = "decimal"
    """Name of ST_NumberFormat."""
    pattern: str = ""
    """The label, with %1 to %9 for the numbers of the levels 1 to 9."""
    start: int = 1
    restart: int | None = None
    """1-indexed level whose use makes this one begin anew; 0 for never, None for every level above."""
    legal: bool = False
    """True when all numbers in the label are written in Arabic digits."""
    style: str | None = None
    """Id of the paragraph style that is tied to this level."""


@dataclass(frozen=True, slots=True)
class List:
    """One `w:num`: levels by 0-indexed depth, on the counters of the definition it is made from."""

    counters: str
    """Id of the abstract definition: lists made from one definition count on together."""
    levels: Mapping[int, Level]
    overridden: frozenset[int]
    """Levels that begin anew when this list is first used."""


class Numbering:
    """Counts through a document, paragraph by paragraph in reading order."""

    def __init__(self, root: etree._Element | None, styles: Styles) -> None:
        """Take the root of `numbering.xml`; None makes a numbering that knows no list."""
        self._styles = styles
        self._abstract = {} if root is None else _by_id(root, "abstractNum", "abstractNumId")
        self._lists = (
            {}
            if root is None
            else {name: self._list(element) for name, element in _by_id(root, "num", "numId").items()}
        )
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[str] = set()

    def label(self, properties: etree._Element | None, style_id: str | None) -> str:
        """Return the label of the next paragraph and count it; "" for bullets and unnumbered paragraphs."""
        style = self._styles.of(style_id)
        list_id = value(properties, "numPr", "numId") or style.number_id
        found = self._lists.get(list_id or _NO_LIST)
        if found is None or list_id is None or list_id == _NO_LIST:
            return ""
        depth = number(value(properties, "numPr", "ilvl"))
        if depth is None:
            depth = _depth_of_style(found, style.id, style.number_level)
        level = found.levels.get(depth)
        if level is None:
            return ""
        counts = self._count(list_id, found, depth)
        return "" if level.form == "bullet" else _written(found, level, counts)

    def _count(self, list_id: str, found: List, depth: int) -> dict[int, int]:
        counts = self._counts.setdefault(found.counters, {})
        if list_id not in self._begun:
            self._begun.add(list_id)
            for overridden in found.overridden:
                counts.pop(overridden, None)
        first = found.levels[depth].start
        counts[depth] = counts.get(depth, first - 1) + 1
        for deeper in [other for other in counts if other > depth]:
            if _restarts(found.levels.get(deeper, Level()), depth):
                del counts[deeper]
        return counts

    def _list(self, element: etree._Element) -> List:
        abstract_id = value(element, "abstractNumId") or ""
        abstract = self._definition(abstract_id)
        levels = {} if abstract is None else _levels(abstract)
        overridden: set[int] = set()
        for override in element.iterfind(W + "lvlOverride"):
            depth = number(override.get(W + "ilvl")) or 0
            levels.update(_levels(override))
            start = number(value(override, "startOverride"))
            if start is not None:
                overridden.add(depth)
                levels[depth] = replace(levels.get(depth, Level()), start=start)
        return List(abstract_id, levels, frozenset(overridden))

    def _definition(self, abstract_id: str) -> etree._Element | None:
        """Return the abstract definition, following a link to the style of lists that holds it."""
        abstract = self._abstract.get(abstract_id)
        link = value(abstract, "numStyleLink")
        if link is None:
            return abstract
        named = (each for each in self._abstract.values() if value(each, "styleLink") == link)
        return next(named, abstract)


def _by_id(root: etree._Element, tag: str, key: str) -> dict[str, etree._Element]:
    return {element.get(W + key, ""): element for element in root.iterfind(W + tag)}


def _levels(parent: etree._Element) -> dict[int, Level]:
    return {number(element.get(W + "ilvl")) or 0: _level(element) for element in parent.iterfind(W + "lvl")}


def _level(element: etree._Element) -> Level:
    start = number(value(element, "start"))
    return Level(
        form=_form(element),
        pattern=_LOST_MARK.sub(r"\1、", value(element, "lvlText") or ""),
        start=1 if start is None else start,
        restart=number(value(element, "lvlRestart")),
        legal=switched_on(element, "isLgl"),
        style=value(element, "pStyle"),
    )


def _form(element: etree._Element) -> str:
    """Return the number format; newer ones stand in a `mc:AlternateContent` beside their fallback."""
    return value(element, "numFmt") or next(
        (found.get(W + "val", "decimal") for found in element.iter(W + "numFmt")), "decimal"
    )


def _depth_of_style(found: List, style_id: str, style_level: int | None) -> int:
    tied = (depth for depth, level in found.levels.items() if level.style == style_id and style_id)
    return next(tied, style_level or 0)


def _restarts(level: Level, used: int) -> bool:
    """Tell whether a level begins anew after the 0-indexed level `used` above it."""
    return level.restart is None or used < level.restart


def _written(found: List, level: Level, counts: Mapping[int, int]) -> str:
    def place(match: re.Match[str]) -> str:
        depth = int(match[1]) - 1
        upper = found.levels.get(depth, Level())
        return numeral(counts.get(depth, upper.start), "decimal" if level.legal else upper.form)

    return _PLACE.sub(place, level.pattern).strip()
