"""Sentences of a stretch of text, and the clauses that it numbers itself (一是…二是…, ①…②…)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from corpus.spans import Span, trim
from ingest.extract.numerals import whole_number

_STOP = re.compile(r"[。！？!?]+[”’」』）)]*|\n|\t|[（(〔]|[）)〕]")
_NUMERAL = "[一二三四五六七八九十]{1,3}"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_ORDER = {"首先": 1, "其次": 2, "再次": 3, "最后": 4}


@dataclass(frozen=True, slots=True)
class _Family:
    """One way of numbering clauses."""

    pattern: re.Pattern[str]
    ordinal: Callable[[str], int | None]
    gaps: bool = False
    """True where the count may leave one out: 首先, 其次, 最后."""


@dataclass(frozen=True, slots=True)
class _Marker:
    span: Span
    ordinal: int


_FAMILIES = (
    _Family(re.compile(rf"(?<![统唯专单第不之其]){_NUMERAL}[是要]"), lambda words: whole_number(words[:-1])),
    _Family(re.compile(rf"(?<![0-9第])第{_NUMERAL}[，,、：:]"), lambda words: whole_number(words[1:-1])),
    _Family(
        re.compile(rf"(?:{'|'.join(_ORDER)})(?=[，,、：:是要])[，,、：:是要]"),
        lambda words: _ORDER.get(words[:2]),
        gaps=True,
    ),
    _Family(re.compile(r"[（(][0-9]{1,2}[）)]"), lambda words: whole_number(words[1:-1])),
    _Family(re.compile(rf"[（(]{_NUMERAL}[）)]"), lambda words: whole_number(words[1:-1])),
    _Family(re.compile(rf"[{_CIRCLED}]"), lambda words: _CIRCLED.index(words) + 1),
    _Family(
        re.compile(r"(?<![0-9.．%])[0-9]{1,2}[.．﹒、)）](?![0-9])"), lambda words: whole_number(words[:-1])
    ),
)

_ANY_ONE = re.compile(r"一[是要]|第一|首先|[（(][1一][）)]|①|1[.．﹒、)）]")
"""The first number of every family: without one nothing is counted."""


def sentences(text: str, span: Span) -> list[Span]:
    """Return the sentences within `span`, each with its closing mark, without white space at the ends.

    A stop inside round brackets does not end a sentence, so that a responsibility statement stays with what
    it closes; line ends and table cells always do. Blank stretches give nothing.
    """
    found = [trim(text, piece) for piece in _pieces(text, span)]
    return [sentence for sentence in found if len(sentence)]


def _pieces(text: str, span: Span) -> Iterator[Span]:
    start, depth = span.start, 0
    for match in _STOP.finditer(text, span.start, span.end):
        mark = match.group()
        if mark in "（(〔":
            depth += 1
        elif mark in "）)〕":
            depth = max(0, depth - 1)
        elif mark in "\n\t" or depth == 0:
            yield Span(start, match.end())
            start, depth = match.end(), 0
    yield Span(start, span.end)


def enumerated_clauses(text: str, span: Span) -> list[Span]:
    """Return the numbered clauses within `span`, each without its number.

    The outermost numbering is taken: the one whose first number stands earliest. It must count at least from
    one to two; otherwise the list is empty. The last clause reaches to the end of `span`.
    """
    if not _ANY_ONE.search(text, span.start, span.end):
        return []
    runs = [run for family in _FAMILIES if (run := _run(text, span, family))]
    if not runs:
        return []
    markers = min(runs, key=lambda run: run[0].span.start)
    ends = [marker.span.start for marker in markers[1:]] + [span.end]
    return [trim(text, Span(marker.span.end, end)) for marker, end in zip(markers, ends, strict=True)]


def _run(text: str, span: Span, family: _Family) -> list[_Marker]:
    """Return the markers that count upwards from one; a new count from one may follow."""
    markers: list[_Marker] = []
    for match in family.pattern.finditer(text, span.start, span.end):
        ordinal = family.ordinal(match.group())
        step = ordinal - markers[-1].ordinal if markers and ordinal else 0
        if ordinal and (ordinal == 1 or step == 1 or (family.gaps and step > 1)):
            markers.append(_Marker(Span(*match.span()), ordinal))
    return _without_lone(markers)


def _without_lone(markers: list[_Marker]) -> list[_Marker]:
    """Return the markers without those "one"s that no "two" follows."""
    kept = {first for first, second in pairwise(markers) if second.ordinal > first.ordinal}
    return [marker for marker in markers if marker in kept or marker.ordinal > 1]
