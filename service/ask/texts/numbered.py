"""Lists whose items are numbered, in one line or over several: 应当满足以下条件：（一）… （二）…."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.spans import Span, trim
from ingest.extract.numerals import whole_number
from service.ask.pieces.value import squeezed

FEWEST = 2
LONGEST_ITEM = 400
"""Characters up to the next number; a longer part of a text is no item of a list."""
SHOWN = 120
"""Characters of an item that is shown whole; of a longer one its first sentence is."""
LONGEST_LEAD = 300
LONGEST_HEADING = 40
_CHINESE = "[一二三四五六七八九十]{1,3}"
_STYLES = tuple(
    re.compile(rf"(?:(?<=[：:；;。，,“])|(?<![^\n])|(?<=\n))[ 　“]*(?:{style})", re.MULTILINE)
    for style in (
        rf"[（(](?P<number>{_CHINESE})[）)][、.]?",
        r"(?P<number>\d{1,2})[.．、](?!\d)",
        r"[（(](?P<number>\d{1,2})[）)][、.]?",
        rf"(?P<number>{_CHINESE})、",
        rf"(?P<number>{_CHINESE})是",
        "(?P<number>[①-⑳])",
    )
)
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_ANY_MARK = re.compile("|".join(style.pattern.replace("?P<number>", "?:") for style in _STYLES), re.MULTILINE)
_SENTENCE_END = re.compile(r"[。！？!?；;]")
_LEAD_START = re.compile(r"[。！？!?；;]|\n[ 　]*\n")
_ITEM_END = re.compile(r"[。；;]|\n[ 　]*\n|$")
_CLOSING = re.compile(r"[；;。，,”“\s]+(?:和|以及|或者?)?[“]?$")


@dataclass(frozen=True, slots=True)
class Numbered:
    """A list of numbered items."""

    lead: Span
    """What announces it, in the text: up to its colon, or the line above that names what follows."""
    announced: bool
    """True where a colon stands before the first item."""
    items: tuple[str, ...]
    """Without their numbers."""


def numbered_lists(text: str) -> Iterator[Numbered]:
    """Yield the numbered lists of a text, each style of numbers in turn."""
    for style in _STYLES:
        for run in _runs(text, style):
            lead, announced = _lead(text, run[0].start())
            if len(run) >= FEWEST and len(lead):
                yield Numbered(lead, announced, tuple(_items(text, run)))


def _runs(text: str, style: re.Pattern[str]) -> Iterator[list[re.Match[str]]]:
    """Yield the marks of one style that count up from one, not too far from each other."""
    run: list[re.Match[str]] = []
    for mark in style.finditer(text):
        number = _value(mark["number"])
        if run and number == len(run) + 1 and mark.start() - run[-1].end() <= LONGEST_ITEM:
            run.append(mark)
        elif number == 1 or (run and mark.start() - run[-1].end() > LONGEST_ITEM):
            if run:
                yield run
            run = [mark] if number == 1 else []
    if run:
        yield run


def _value(number: str) -> int | None:
    return _CIRCLED.index(number) + 1 if number in _CIRCLED else whole_number(number)


def _lead(text: str, before: int) -> tuple[Span, bool]:
    """Return what stands right before a list's first item, and whether a colon closes it."""
    head = trim(text, Span(max(0, before - LONGEST_LEAD), before))
    words = head.of(text).rstrip("“")
    end = head.start + len(words)
    if words.endswith(("：", ":")):
        starts = [found.end() for found in _LEAD_START.finditer(words[:-1])]
        return trim(text, Span(head.start + (starts[-1] if starts else 0), end)), True
    line = trim(text, Span(head.start + words.rfind("\n") + 1, end))
    is_heading = len(line) <= LONGEST_HEADING and not _SENTENCE_END.search(line.of(text))
    return (line if is_heading else Span(end, end)), False


def _items(text: str, run: list[re.Match[str]]) -> Iterator[str]:
    for mark, following in zip(run, [*run[1:], None], strict=True):
        end = following.start() if following else _last_end(text, mark.end())
        words = squeezed(text[mark.end() : end])
        first = _SENTENCE_END.search(words)
        words = words[: first.start()] if len(words) > SHOWN and first else words
        yield _CLOSING.sub("", words)


def _last_end(text: str, start: int) -> int:
    """Return where the last item ends: with its sentence, or where something else is numbered."""
    end = _ITEM_END.search(text, start)
    other = _ANY_MARK.search(text, start, end.start() if end else len(text))
    return other.start() if other else end.start() if end else len(text)
