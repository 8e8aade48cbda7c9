"""Changes to a document that leave its ledger as it was: brackets, line breaks, widths, spaces, places."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import cycle

from corpus.registry.regions import regions_in
from corpus.spans import Span

_ROUND = re.compile(r"[（(](?P<inner>(?:[^（()）\n\t]|[（(][^（()）\n\t]*[)）]){7,})[）)]")
"""A round bracket with more in it than a number or 县（区）; one pair may stand within it."""
_WIDE = dict(zip("，：；（）％", ",:;()%", strict=True))
_NARROW = {narrow: wide for wide, narrow in _WIDE.items()}
_WIDE_DIGITS = str.maketrans("0123456789", "０１２３４５６７８９")
_NUMBER = re.compile(r"(?<![A-Za-z\d.])\d+(?:\.\d+)?(?![A-Za-z\d])")
_BETWEEN = re.compile(r"(?<=[\u4e00-\u9fff])(?=\d)|(?<=\d)(?=[\u4e00-\u9fff])")
_AFTER_MARK = re.compile(r"(?<=[，、；：。,;:])(?=[\u4e00-\u9fff])")
_LAST_BRACKET = re.compile(r"(?<=[\u4e00-\u9fff])[）)](?=[。；;]?(?:\n|$))")
_PLACE = re.compile(r"(?P<stem>.{2,3}?)(?:(?:.{1,4}族)+自治[州县区旗]|自治区|地区|[省市县区州盟旗])?")
_WORD = re.compile(r"[A-Za-z\d.%]+|.")
_NEVER_FIRST = frozenset("，。、；：！？,;:）)》〉】〕］]”’」』％")
_STEMS = ("云岭", "望川", "安澜", "临溪", "青浦岭", "松原坝", "长汀口", "宁河湾", "怀远坡", "丰泽岭")
"""Invented; what is left of them when a place is known by the same name is told apart by its ending."""


@dataclass(frozen=True, slots=True)
class Edit:
    """Words that replace those at `span`; an empty span is where words are put in."""

    span: Span
    words: str


@dataclass(frozen=True, slots=True)
class Mutant:
    """A text that was changed, and how."""

    original: str
    edits: tuple[Edit, ...]
    """In text order, without overlap."""

    @property
    def text(self) -> str:
        """The changed text."""
        return self.words_at(Span(0, len(self.original)))

    def words_at(self, span: Span) -> str:
        """Return what the words at `span` of the original read in the changed text."""
        parts: list[str] = []
        position = span.start
        first = bisect_left(self.edits, span.start, key=lambda edit: edit.span.start)
        for edit in self.edits[first:]:
            if edit.span.end > span.end:
                break
            parts += [self.original[position : edit.span.start], edit.words]
            position = edit.span.end
        return "".join([*parts, self.original[position : span.end]])


def _replaced(text: str, words: Mapping[str, str]) -> list[Edit]:
    """Replace single characters."""
    return [Edit(Span(i, i + 1), words[mark]) for i, mark in enumerate(text) if mark in words]


def _put_in(pattern: re.Pattern[str], text: str, words: str) -> list[Edit]:
    """Put words in wherever a pattern matches nothing."""
    return [Edit(Span(*match.span()), words) for match in pattern.finditer(text)]


def _brackets(opening: str, closing: str) -> Callable[[str], list[Edit]]:
    """Return the change of long round brackets into others."""

    def change(text: str) -> list[Edit]:
        edits: list[Edit] = []
        for match in _ROUND.finditer(text):
            edits.append(Edit(Span(match.start(), match.start() + 1), opening))
            edits.append(Edit(Span(match.end() - 1, match.end()), closing))
        return edits

    return change


def _wrapped(width: float, indent: int = 0) -> Callable[[str], list[Edit]]:
    """Return the change that breaks running lines at a measure, as a printed page does.

    `width` is in widths of a Chinese character. Paragraphs begin with `indent` ideographic spaces, for which
    their first line is shorter.
    """

    def change(text: str) -> list[Edit]:
        edits: list[Edit] = []
        start = 0
        for line in text.splitlines(keepends=True):
            cuts = [] if "\t" in line else list(_line_cuts(line.rstrip("\n"), width, indent))
            if indent and "\t" not in line:
                edits.append(Edit(Span(start, start), "\u3000" * indent))
            edits += [Edit(Span(start + cut, start + cut), "\n") for cut in cuts]
            start += len(line)
        return edits

    return change


def _line_cuts(line: str, width: float, indent: float) -> Iterator[int]:
    """Yield where a paragraph is broken: never within a number or word, nor before a mark that closes."""
    reached, last = indent, 0
    for word in _WORD.finditer(line):
        wide = sum(1.0 if ord(letter) > 0x2000 else 0.5 for letter in word.group())
        if reached + wide > width and word.start() > last and word.group() not in _NEVER_FIRST:
            yield word.start()
            reached, last = 0.0, word.start()
        reached += wide


def _line_ends(words: str) -> Callable[[str], list[Edit]]:
    """Return the change of line ends outside tables into other words."""
    pattern = re.compile(r"(?<=[^\t\n])\n(?=[^\t\n]*(?:\n|$))")

    def change(text: str) -> list[Edit]:
        tables = {match.start() for match in re.finditer(r"(?<=\n)[^\n]*\t[^\n]*\n|^[^\n]*\t[^\n]*\n", text)}
        ends = {text.find("\n", start) for start in tables}
        return [Edit(Span(*m.span()), words) for m in pattern.finditer(text) if m.start() not in ends]

    return change


def _places(text: str) -> list[Edit]:
    """Give every place that the registry knows an invented name, the same one throughout."""
    unused = cycle(_STEMS)
    names: dict[str, str] = {}
    edits: list[Edit] = []
    for mention in regions_in(text):
        match = _PLACE.fullmatch(mention.span.of(text))
        if match is not None:
            stem = match["stem"]
            new = names.setdefault(stem, next(unused) if stem not in names else "")
            start = mention.span.start
            edits.append(Edit(Span(start, start + len(stem)), new))
    return edits


MUTATIONS: dict[str, Callable[[str], list[Edit]]] = {
    "brackets ()": _brackets("(", ")"),
    "brackets （）": _brackets("（", "）"),
    "brackets 〔〕": _brackets("〔", "〕"),
    "brackets ［］": _brackets("［", "］"),
    "brackets []": _brackets("[", "]"),
    "brackets 【】": _brackets("【", "】"),
    "brackets （)": _brackets("（", ")"),
    "brackets 〔）": _brackets("〔", "）"),
    "last bracket lost": lambda text: _put_in(_LAST_BRACKET, text, ""),
    "lines of 28": _wrapped(28, indent=2),
    "lines of 40": _wrapped(40, indent=2),
    "lines of 36, no indent": _wrapped(36),
    "blank lines": _line_ends("\n\n"),
    "indented": _line_ends("\n\u3000\u3000"),
    "line ends \\r\\n": lambda text: _put_in(re.compile("\n"), text, "\r\n"),
    "narrow marks": lambda text: _replaced(text, _WIDE),
    "wide marks": lambda text: _replaced(text, _NARROW),
    "wide digits": lambda text: [
        Edit(Span(*m.span()), m.group().translate(_WIDE_DIGITS)) for m in _NUMBER.finditer(text)
    ],
    "spaces at numbers": lambda text: _put_in(_BETWEEN, text, " "),
    "spaces after marks": lambda text: _put_in(_AFTER_MARK, text, " "),
    "other places": _places,
}
"""The changes by name. Each takes a canonical text and returns its edits in text order."""


def mutants(text: str) -> dict[str, Mutant]:
    """Return the changed texts by the name of the change; a change that finds nothing to change is in it."""
    return {name: Mutant(text, tuple(change(text))) for name, change in MUTATIONS.items()}
