"""What stands on a page of an OFD file, in points from its upper left corner."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from lxml import etree

from ingest.readers.paged.page import Char
from ingest.readers.pdf.objects import Drawn, Edge

_POINTS = 72 / 25.4
"""Points in a millimetre."""
_PLAIN = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_FAR = 100_000.0
"""Millimetres: no page is so large."""
_MAX_CHARACTERS = 100_000
"""Characters on one page at most."""
_MAX_SEGMENTS = 20_000
_DESCENT = 0.2
"""Share of its height by which a character stands below the line it is written on."""
_STRAIGHT = 0.4
"""Millimetres by which a ruling line may be off."""
_STEP = re.compile(r"[A-Za-z]|[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_SAME_LINE = 0.5
"""Share of the height of a line within which objects stand on it."""


def local_name(element: etree._Element) -> str:
    """Return the name of an element without its namespace, "" for comments."""
    tag: object = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def numbers(text: str | None) -> list[float]:
    """Return the numbers in an attribute such as "0 0 210 297"; empty where one of its words is none."""
    try:
        found = [float(word) for word in (text or "").split()]
    except ValueError:
        return []
    return found if all(abs(number) < _FAR for number in found) else []


@dataclass(slots=True)
class PageContent:
    """Gathers the text and the ruling lines of one page."""

    drawn: Drawn = field(default_factory=Drawn)
    _objects: list[list[Char]] = field(default_factory=list)
    _count: int = 0

    def points(self, millimetres: float) -> float:
        """Return a length in points."""
        return millimetres * _POINTS

    def take(self, root: etree._Element) -> None:
        """Add what stands below the root of a page or a template."""
        for element in root.iter():
            name = local_name(element)
            if name == "TextObject" and self._count < _MAX_CHARACTERS:
                chars = list(_characters(element))
                self._count += len(chars)
                if chars:
                    self._objects.append(chars)
            elif name == "PathObject" and self.drawn.paths < _MAX_SEGMENTS:
                edges = list(_edges(element))
                self.drawn.paths += 1
                self.drawn.edges += edges

    def characters(self) -> list[Char]:
        """Return the characters line by line from top to bottom, the objects of a line from left to right."""
        lines: list[list[list[Char]]] = []
        for chars in sorted(self._objects, key=lambda chars: chars[0].bottom):
            first = lines[-1][0][0] if lines else None
            if first and abs(chars[0].bottom - first.bottom) < _SAME_LINE * (first.bottom - first.top):
                lines[-1].append(chars)
            else:
                lines.append([chars])
        found: list[Char] = []
        for line in lines:
            for chars in sorted(line, key=lambda chars: chars[0].left):
                found += [*chars, Char("\n", *chars[-1][1:])]
        return found


def _characters(element: etree._Element) -> Iterator[Char]:
    """Yield the characters of a text object, each with its place."""
    boundary = numbers(element.get("Boundary"))
    if len(boundary) != 4 or element.get("Visible") == "false":
        return
    size = next(iter(numbers(element.get("Size"))), boundary[3])
    matrix = _matrix(element)
    for code in element:
        words = "".join((code.text or "").split("\n")) if local_name(code) == "TextCode" else ""
        x, y = (next(iter(numbers(code.get(name))), 0.0) for name in ("X", "Y"))
        across, down = _deltas(code.get("DeltaX")), _deltas(code.get("DeltaY"))
        for index, letter in enumerate(words):
            yield _char(letter, (x, y), size, matrix, boundary)
            x += _at(across, index, size * (1 if letter > "\u2e7f" else 0.5) if not down else 0.0)
            y += _at(down, index, 0.0)


def _char(
    letter: str, place: tuple[float, float], size: float, matrix: Sequence[float], boundary: Sequence[float]
) -> Char:
    x, y = place
    width = size if letter > "\u2e7f" else size / 2
    left, top = _placed(x, y - size * (1 - _DESCENT), matrix, boundary)
    right, bottom = _placed(x + width, y + size * _DESCENT, matrix, boundary)
    return Char(letter, min(left, right), min(top, bottom), max(left, right), max(top, bottom))


def _placed(x: float, y: float, matrix: Sequence[float], boundary: Sequence[float]) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return (boundary[0] + a * x + c * y + e) * _POINTS, (boundary[1] + b * x + d * y + f) * _POINTS


def _matrix(element: etree._Element) -> Sequence[float]:
    found = numbers(element.get("CTM"))
    return found if len(found) == 6 else _PLAIN


def _deltas(text: str | None) -> list[float]:
    """Return the steps from character to character; "g 3 4.5" stands for three steps of 4.5."""
    words = (text or "").split()
    steps: list[float] = []
    at = 0
    while at < len(words) and len(steps) < _MAX_CHARACTERS:
        if words[at] == "g" and at + 2 < len(words):
            repeated = numbers(f"{words[at + 1]} {words[at + 2]}")
            steps += [repeated[1]] * min(int(repeated[0]), _MAX_CHARACTERS) if repeated else []
            at += 3
        else:
            steps += numbers(words[at])
            at += 1
    return steps


def _at(steps: Sequence[float], index: int, default: float) -> float:
    return steps[index] if index < len(steps) else default


def _edges(element: etree._Element) -> Iterator[Edge]:
    """Yield the upright and level lines of a path."""
    boundary = numbers(element.get("Boundary"))
    if len(boundary) != 4:
        return
    matrix = _matrix(element)
    for data in element:
        if local_name(data) == "AbbreviatedData":
            for start, end in _segments(data.text or ""):
                edge = _edge(_placed(*start, matrix, boundary), _placed(*end, matrix, boundary))
                if edge is not None:
                    yield edge


_Point = tuple[float, float]


def _segments(path: str) -> Iterator[tuple[_Point, _Point]]:
    """Yield the straight pieces of a path such as "M 0 0 L 10 0 C": M and S move, L draws, C closes."""
    command, held = "", list[float]()
    begin = at = (0.0, 0.0)
    for word in _STEP.findall(path)[:_MAX_SEGMENTS]:
        if word.isalpha():
            if word == "C":
                yield at, begin
                at = begin
            command, held = word, []
            continue
        held.append(float(word))
        if command in ("M", "S") and len(held) == 2:
            begin = at = (held[0], held[1])
            held = []
        elif command == "L" and len(held) == 2:
            yield at, (held[0], held[1])
            at, held = (held[0], held[1]), []


def _edge(start: _Point, end: _Point) -> Edge | None:
    """Return a line between two points, None where it slants."""
    if abs(start[0] - end[0]) > _STRAIGHT * _POINTS and abs(start[1] - end[1]) > _STRAIGHT * _POINTS:
        return None
    return Edge(min(start[0], end[0]), min(start[1], end[1]), max(start[0], end[0]), max(start[1], end[1]))
