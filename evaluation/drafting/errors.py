"""Errors that somebody might make in a finished draft, each put in at one place by a seeded choice."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from evaluation.drafting.places import (
    Paragraphs,
    Place,
    Planted,
    claimed,
    days,
    digits,
    figures,
    limits,
    places_of,
)
from service.drafting.examples import EXAMPLE_MARK
from service.verify.fact_values import find_figures
from service.verify.facts import FactKind
from service.verify.findings import blanked

_MEASURES = {
    "%": "个百分点",
    "％": "个百分点",
    "万元": "亿元",
    "亿元": "万元",
    "元": "万元",
    "公里": "米",
    "万吨": "吨",
    "吨": "公斤",
    "万亩": "亩",
    "亩": "公顷",
    "家": "户",
    "户": "家",
    "处": "户",
    "个": "项",
    "项": "家",
    "座": "处",
    "次": "人",
    "人": "户",
    "场": "人次",
    "条": "处",
    "名": "家",
    "台": "套",
    "套": "处",
}
_BOUNDS = {"不少于": "不超过", "不低于": "不高于", "不超过": "不少于", "以上": "以下", "超过": "低于"}
_TURNED = {"提高": "降低", "增加": "减少", "下降": "上升", "加快": "放缓", "扩大": "缩小", "不得": "得"}
_TURNING = re.compile("|".join(_TURNED))
_INVENTED = (
    "市侨务办公室",
    "市粮食和物资储备局",
    "市体育发展中心",
    "县畜牧兽医局",
    "市地震局",
    "市供销合作社",
)
_WORDS = ("工作", "专项", "长效", "重点", "综合", "联合", "统一", "分级")

Plant = Callable[[Paragraphs, random.Random], Iterator[Planted]]


def figure_changed(paragraphs: Paragraphs, chance: random.Random) -> Iterator[Planted]:
    """One digit is another."""
    for place in map(digits, figures(paragraphs)):
        at = chance.choice([at for at, letter in enumerate(place.words) if letter.isdigit()])
        other = chance.choice([digit for digit in "123456789" if digit != place.words[at]])
        yield place.replaced("figure changed", place.words[:at] + other + place.words[at + 1 :])


def digit_dropped(paragraphs: Paragraphs, _chance: random.Random) -> Iterator[Planted]:
    """The last digit is missing."""
    for place in map(digits, figures(paragraphs)):
        if re.fullmatch(r"\d{2,}", place.words):
            yield place.replaced("digit dropped", place.words[:-1])


def figures_swapped(paragraphs: Paragraphs, _chance: random.Random) -> Iterator[Planted]:
    """Two figures of a paragraph change places."""
    by_paragraph: dict[int, list[Place]] = {}
    for place in map(digits, figures(paragraphs)):
        by_paragraph.setdefault(place.paragraph, []).append(place)
    for places in by_paragraph.values():
        for one, other in pairwise(places):
            if one.words != other.words:
                text = one.text[: one.start] + other.words + one.text[one.end : other.start]
                text += one.words + one.text[other.end :]
                yield Planted("figures swapped", one.paragraph, text, one.words, other.words)


def figure_elsewhere(paragraphs: Paragraphs, chance: random.Random) -> Iterator[Planted]:
    """A figure of another paragraph stands there."""
    places = list(map(digits, figures(paragraphs)))
    for place in places:
        others = [item.words for item in places if item.paragraph != place.paragraph]
        others = [words for words in others if words != place.words]
        if others:
            yield place.replaced("figure from elsewhere", chance.choice(others))


def measure_changed(paragraphs: Paragraphs, _chance: random.Random) -> Iterator[Planted]:
    """The unit of measure is another."""
    for place in figures(paragraphs):
        unit = re.sub(r"^\D*[\d.,]+", "", place.words)
        if unit in _MEASURES:
            start = place.end - len(unit)
            yield Place(place.paragraph, place.text, start, place.end).replaced(
                "unit of measure", _MEASURES[unit]
            )


def numeral_wrong(paragraphs: Paragraphs, _chance: random.Random) -> Iterator[Planted]:
    """The figure is written in Chinese numerals, and is another."""
    for place in map(digits, figures(paragraphs)):
        if re.fullmatch(r"[1-9]\d?", place.words):
            yield place.replaced("Chinese numeral", numeral(int(place.words) + 1))


def numeral(value: int) -> str:
    """Return a number from 1 to 100 in Chinese numerals."""
    digits = "〇一二三四五六七八九"
    if value == 100:
        return "一百"
    tens, ones = divmod(value, 10)
    head = "" if tens == 0 else ("十" if tens == 1 else f"{digits[tens]}十")
    return head + (digits[ones] if ones else "")


def bound_turned(paragraphs: Paragraphs, _chance: random.Random) -> Iterator[Planted]:
    """At least becomes at most."""
    for number, text in paragraphs:
        for figure in find_figures(text):
            for word, other in _BOUNDS.items():
                at = text.find(word, figure.span.start, figure.span.end)
                if at >= 0:
                    yield Place(number, text, at, at + len(word)).replaced("bound turned", other)
                    break


def unit_elsewhere(paragraphs: Paragraphs, chance: random.Random) -> Iterator[Planted]:
    """A unit of another task stands there."""
    places = claimed(paragraphs)
    for place, _ in places:
        others = [other.words for other, _ in places if other.words not in place.text]
        if others:
            yield place.replaced("unit from elsewhere", chance.choice(others))


def unit_invented(paragraphs: Paragraphs, chance: random.Random) -> Iterator[Planted]:
    """A unit stands there that no source names."""
    for place, _ in claimed(paragraphs):
        yield place.replaced("unit unknown", chance.choice(_INVENTED))


def units_swapped(paragraphs: Paragraphs, _chance: random.Random) -> Iterator[Planted]:
    """Who leads and who helps change places."""
    for (one, roles), (other, others) in pairwise(claimed(paragraphs)):
        if one.paragraph == other.paragraph and roles != others and one.words != other.words:
            text = one.text[: one.start] + other.words + one.text[one.end : other.start]
            text += one.words + one.text[other.end :]
            yield Planted("units swapped", one.paragraph, text, one.words, other.words)


def unit_in_text(paragraphs: Paragraphs, chance: random.Random) -> Iterator[Planted]:
    """A unit in running text is another."""
    places = [place for place in places_of(paragraphs, FactKind.UNIT) if len(place.words) > 3]
    labelled = {(place.paragraph, place.start) for place, _ in claimed(paragraphs)}
    for place in places:
        others = [*_INVENTED, *(other.words for other in places if other.words not in place.text)]
        if (place.paragraph, place.start) not in labelled:
            yield place.replaced("unit in text", chance.choice(others))


def month_moved(paragraphs: Paragraphs, chance: random.Random) -> Iterator[Planted]:
    """The month is another."""
    yield from _moved(paragraphs, "month moved", r"(\d{1,2})(?=月)", 12, chance)


def year_moved(paragraphs: Paragraphs, chance: random.Random) -> Iterator[Planted]:
    """The year is the one before or after."""
    for place in days(paragraphs):
        found = re.search(r"20\d\d", place.words)
        if found:
            year = str(int(found[0]) + chance.choice((-1, 1)))
            wrong = place.words[: found.start()] + year + place.words[found.end() :]
            yield place.replaced("year moved", wrong)


def day_moved(paragraphs: Paragraphs, chance: random.Random) -> Iterator[Planted]:
    """The day of the month is another."""
    yield from _moved(paragraphs, "day moved", r"(\d{1,2})(?=日)", 28, chance)


def _moved(
    paragraphs: Paragraphs, kind: str, pattern: str, most: int, chance: random.Random
) -> Iterator[Planted]:
    for place in days(paragraphs):
        found = re.search(pattern, place.words)
        if found:
            other = chance.choice([value for value in range(1, most + 1) if value != int(found[0])])
            wrong = place.words[: found.start()] + str(other) + place.words[found.end() :]
            yield place.replaced(kind, wrong)


def limit_elsewhere(paragraphs: Paragraphs, chance: random.Random) -> Iterator[Planted]:
    """The time limit of another task stands there."""
    places = limits(paragraphs)
    for place in places:
        others = [other.words for other in places if other.words != place.words]
        if others:
            yield place.replaced("limit from elsewhere", chance.choice(others))


def quote_changed(paragraphs: Paragraphs, chance: random.Random) -> Iterator[Planted]:
    """One word of a quotation is another."""
    for place in places_of(paragraphs, FactKind.QUOTATION):
        if len(place.words) >= 4:
            at = chance.randrange(0, len(place.words) - 1)
            word = chance.choice([word for word in _WORDS if word not in place.words])
            yield place.replaced("quote changed", place.words[:at] + word + place.words[at + 2 :])


def sense_turned(paragraphs: Paragraphs, _chance: random.Random) -> Iterator[Planted]:
    """What is said to rise falls; what is demanded is denied."""
    for number, text in paragraphs:
        for found in _TURNING.finditer("" if text.startswith(EXAMPLE_MARK) else blanked(text)):
            place = Place(number, text, *found.span())
            yield place.replaced("sense turned", _TURNED[found[0]])


KINDS: tuple[Plant, ...] = (
    figure_changed, digit_dropped, figures_swapped, figure_elsewhere, measure_changed, numeral_wrong,
    bound_turned, unit_elsewhere, unit_invented, units_swapped, unit_in_text, month_moved, year_moved,
    day_moved, limit_elsewhere, quote_changed, sense_turned,
)  # fmt: skip
"""All kinds of errors; each yields one for every place that has room for it."""
