"""Number labels at the beginning of a paragraph: 一、（一）1. (1) ① 第三条 附件2 一是."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class LabelKind(StrEnum):
    """The form of a label. Paragraphs with labels of one form are siblings."""

    PART = "part"
    """第一部分, 第一编"""
    CHAPTER = "chapter"
    """第一章"""
    SECTION = "section"
    """第一节"""
    ARTICLE = "article"
    """第一条"""
    HAN = "han"
    """一、"""
    HAN_BRACKET = "han-bracket"
    """（一）"""
    DIGIT = "digit"
    """1."""
    DIGIT_COMMA = "digit-comma"
    """1、"""
    DIGIT_BRACKET = "digit-bracket"
    """（1）"""
    DIGIT_HALF = "digit-half"
    """1）"""
    CIRCLED = "circled"
    """①"""
    DECIMAL = "decimal"
    """1.2, 1.2.3"""
    LETTER = "letter"
    """A."""
    ORDINAL = "ordinal"
    """一是, 一要"""
    DASH = "dash"
    """——, ● or · before each of several equal points"""


@dataclass(frozen=True, slots=True)
class Label:
    """A label as found."""

    kind: LabelKind
    text: str
    """As written, without the white space around it."""
    value: int
    """Its number; 0 where the form has none."""
    end: int
    """Where the words after the label begin, counted from the beginning of the line."""


_HAN = "[一二三四五六七八九十百〇零]{1,5}"
_GAP = r"[ \t\u3000\xa0]*"
_GAP_IN = r"(?=[ \u3000])"
_BULLETS = "·•●○■□◆◇▲△▶►➢✓◎※"
_LEAD = re.compile(r"\s*")
# Numbers of four digits are years or amounts, and 2.5 is a quantity, not the second paragraph.
_FORMS: tuple[tuple[LabelKind, str], ...] = (
    (LabelKind.PART, rf"第{_GAP}(?P<n>{_HAN}|\d{{1,2}}){_GAP}(?:部分|编)(?=[\s\u3000：:]|[^，。；、的])"),
    (LabelKind.CHAPTER, rf"第{_GAP}(?P<n>{_HAN}|\d{{1,3}}){_GAP}章"),
    (LabelKind.SECTION, rf"第{_GAP}(?P<n>{_HAN}|\d{{1,3}}){_GAP}节"),
    (LabelKind.ARTICLE, rf"第{_GAP}(?P<n>{_HAN}|\d{{1,3}}){_GAP}条(?![，。；、第至和与款例的规])"),
    (LabelKind.HAN_BRACKET, rf"[（(〔]{_GAP}(?P<n>{_HAN}){_GAP}[）)〕][、.．]?"),
    (LabelKind.ORDINAL, r"(?:第?(?P<n>[一二三四五六七八九十]{1,3}))(?:是(?!否)|要(?!求))"),
    (LabelKind.HAN, rf"(?P<n>{_HAN})(?:[、．.﹒]|，(?=\S))"),
    (
        LabelKind.DECIMAL,
        r"(?P<n>\d{1,2})(?:[.．]\d{1,2}){1,3}[.．、]?(?=[\s\u3000]*[\u4e00-\u9fff“《])(?![个亿万元人倍米亩公吨户家件项名年月日%％度])",
    ),
    (LabelKind.DIGIT, r"(?P<n>\d{1,3})[.．﹒]{1,2}(?:(?!\d)|(?=20\d\d年)|(?=[3-6]G))"),
    (LabelKind.DIGIT_COMMA, r"(?P<n>\d{1,3})[、](?:(?!\d)|(?=20\d\d年))"),
    (LabelKind.DIGIT_BRACKET, rf"[（(]{_GAP}(?P<n>\d{{1,3}}){_GAP}[）)][、.．]?"),
    (LabelKind.DIGIT_HALF, r"(?P<n>\d{1,3})[）)]"),
    (LabelKind.CIRCLED, r"(?P<n>[①-⑳㈠-㈩⑴-⒇⒈-⒛])[、.．]?"),
    (LabelKind.LETTER, r"(?P<n>[A-Za-z])[.．、）)](?![A-Za-z0-9])"),
    (
        LabelKind.DASH,
        rf"(?P<n>)(?:(?:—{{1,2}}|－－|--)|(?:[{_BULLETS}]|[-－]{_GAP_IN}){_GAP})(?=[\u4e00-\u9fff“])",
    ),
)
_LABEL = re.compile(
    "|".join(f"(?P<{kind.name}>{form.replace('?P<n>', f'?P<n_{kind.name}>')})" for kind, form in _FORMS)
)
_FIRST = (
    set("第（(〔一二三四五六七八九十百〇零—－-" + _BULLETS)
    | set("0123456789０１２３４５６７８９")
    | set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
)
_CIRCLES = {
    letter: number + 1
    for start in (0x2460, 0x3220, 0x2474, 0x2488)
    for number, letter in enumerate(map(chr, range(start, start + 20)))
}
_DIGITS = {letter: value for value, letter in enumerate("零一二三四五六七八九")} | {"〇": 0}


def find_label(line: str) -> Label | None:
    """Return the label with which `line` begins (white space before it is skipped), or None."""
    start = _LEAD.match(line).end()  # type: ignore[union-attr]  # matches the empty string too
    if start == len(line) or (line[start] not in _FIRST and line[start] not in _CIRCLES):
        return None
    found = _LABEL.match(line, start)
    if found is None:
        return None
    kind = LabelKind[str(found.lastgroup).removeprefix("n_")]
    end = _LEAD.match(line, found.end()).end()  # type: ignore[union-attr]
    return Label(kind, found.group().strip(), number_of(found[f"n_{kind.name}"]), end)


def number_of(words: str) -> int:
    """Return the value of the number in a label: 十二, 12, ⑫; 0 for an empty one."""
    if words.isdecimal():
        return int(words)
    if words in _CIRCLES:
        return _CIRCLES[words]
    return _han_number(words)


def _han_number(words: str) -> int:
    """Return the value of a Chinese number below a thousand."""
    total = digit = 0
    for letter in words:
        if letter in _DIGITS:
            digit = _DIGITS[letter]
        elif letter in "十百":
            total += (digit or 1) * (10 if letter == "十" else 100)
            digit = 0
    return total + digit
