"""Texts that lost all their line ends: one line that holds the whole document.

Such a line is parted where official documents begin a line: after the title, the number and the addressees,
before labels that count on (一、二、…（一）（二）) and before the signature.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.labels import LabelKind, find_label
from ingest.official_lines import DATE, DOC_NUMBER, ends_like_organ

LONGEST = 600
"""A line up to this length is a paragraph."""
SHARE = 0.5
"""A line without its ends holds at least so much of the text."""
FEWEST = 3
"""Fewer places where lines begin are chance."""

_SPOT = re.compile(
    r"(?=[（(][一二三四五六七八九十]{1,3}[）)])"
    r"|(?:(?<=[。；：:！？）)〕\]”》])|(?<=\s)|^)"
    r"(?=[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十百]{1,4}[章条]|[0-9]{1,2}[.．、](?![0-9]))"
)
_SENTENCE_ENDS = "。；！？）)”》"
_KIND = "(?:通知|意见|决定|公告|通告|通报|报告|批复|函|方案|办法|措施|细则|规定|要点|计划|规划)"
_TITLE_END = re.compile(rf"{_KIND}(?=\s)")
_HEAD = re.compile(
    rf"(?P<title>[^。；]{{6,150}}?{_KIND})\s*(?P<number>{DOC_NUMBER})\s*"
    r"(?P<addressees>[^。；《》]{2,300}?[：:])?"
)
_SIGNED = re.compile(
    rf"(?<=[。！）)\s])(?<![\u4e00-\u9fff]\s)\s*(?P<names>[\u4e00-\u9fff]{{3,30}}(?:\s[\u4e00-\u9fff]{{3,30}}){{0,4}})"
    rf"[\s\u3000]*(?P<date>{DATE})[\s\u3000]*(?P<note>[（(][^（()）]{{2,40}}[）)])?"
    r"(?P<page>\s*(?:分享|打印|关闭|来源|扫一扫|责任编辑)[^。]{0,40})?$"
)
_GENERAL = re.compile(
    r"(?<=[、）)])(?:指导思想|总体要求|总体思路|基本原则|工作原则|总体目标|工作目标|主要目标|发展目标)"
    r"(?=以|坚持|全面|深入|认真|高举|围绕|贯彻|按照|到20|通过)"
)
"""Headings after which the text goes on without a mark."""
_RANKS = (
    frozenset({LabelKind.CHAPTER}),
    frozenset({LabelKind.HAN}),
    frozenset({LabelKind.ARTICLE}),
    frozenset({LabelKind.HAN_BRACKET}),
    frozenset({LabelKind.DIGIT, LabelKind.DIGIT_COMMA}),
)


@dataclass(frozen=True, slots=True)
class _Spot:
    """A place where a labelled paragraph may begin."""

    at: int
    rank: int
    value: int
    apart: bool
    """True after white space or the end of a sentence, where no label is only mentioned."""


def lines_of(line: str, whole_length: int) -> list[str]:
    """Return the lines of a text without line ends; the line itself where it is a paragraph of a longer text.

    `whole_length` counts the code points of the file. The parts together are the line, white space included.
    """
    if len(line) <= LONGEST or len(line) < SHARE * whole_length:
        return [line]
    headings = (match.end() for match in _GENERAL.finditer(line))
    cuts = sorted({*_labels(line), *headings, *_head(line), *_signature(line)} - {0, len(line)})
    if len(cuts) < FEWEST:
        return [line]
    return [line[start:end] for start, end in zip([0, *cuts], [*cuts, len(line)], strict=True)]


def _labels(line: str) -> Iterator[int]:
    """Yield where labelled paragraphs begin: labels that count on, begun anew or through several headings.

    One number may be missing where those after it go on.
    """
    spots = list(_spots(line))
    reached = [0] * len(_RANKS)
    for index, spot in enumerate(spots):
        begins = spot.value == 1 and _goes_on(spots, index)
        counts_on = spot.value > 1 and spot.value == reached[spot.rank] + 1
        if begins or counts_on or _skips_one(spots, index, reached[spot.rank]):
            reached[spot.rank] = spot.value
            yield spot.at


def _spots(line: str) -> Iterator[_Spot]:
    for match in _SPOT.finditer(line):
        label = find_label(line[match.start() : match.start() + 12])
        rank = next((place for place, kinds in enumerate(_RANKS) if label and label.kind in kinds), None)
        if label and rank is not None:
            before = line[match.start() - 1 : match.start()]
            yield _Spot(match.start(), rank, label.value, before.isspace() or before in _SENTENCE_ENDS)


def _goes_on(spots: list[_Spot], index: int) -> bool:
    """Tell whether a first label is followed by a second of its form before a higher one."""
    for spot in spots[index + 1 :]:
        if spot.rank < spots[index].rank:
            return False
        if spot.rank == spots[index].rank and spot.value == 2:
            return True
    return False


def _skips_one(spots: list[_Spot], index: int, reached: int) -> bool:
    """Tell whether the number before this label was lost: the next label of its form goes on after it."""
    spot = spots[index]
    if not spot.apart or reached == 0 or spot.value != reached + 2:
        return False
    following = next((other for other in spots[index + 1 :] if other.rank == spot.rank), None)
    return following is not None and following.value == spot.value + 1


def _head(line: str) -> Iterator[int]:
    """Yield where number, addressees and text begin."""
    found = _HEAD.match(line.lstrip())
    if found:
        skipped = len(line) - len(line.lstrip())
        first = _TITLE_END.search(found["title"])
        if first:  # web pages repeat the title
            yield skipped + first.end()
        yield skipped + found.end("title")
        yield skipped + found.end("number")
        if found["addressees"]:
            yield skipped + found.end("addressees")


def _signature(line: str) -> Iterator[int]:
    """Yield where the names below the text, its date, a note and the page's own words begin."""
    found = _SIGNED.search(line, max(0, len(line) - 120))
    if found and ends_like_organ(found["names"]):
        if all(map(ends_like_organ, found["names"].split())):  # else a space broke one name
            yield found.start("names")
        yield found.start("date")
        for part in ("note", "page"):
            if found[part]:
                yield found.start(part)
