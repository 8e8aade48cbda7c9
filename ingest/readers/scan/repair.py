"""Typical confusions of recognised Chinese official texts, repaired only where nothing else can be meant."""

from __future__ import annotations

import re

_HAN = r"[\u4e00-\u9fff]"
_FULL = {",": "，", ";": "；", ":": "：", "!": "！", "?": "？", "(": "（", ")": "）"}
_NEAR_HAN = r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef“”‘’]"
_MARK = re.compile(rf"(?<={_NEAR_HAN})\s?[,;:!?]|[,;:!?]\s?(?={_NEAR_HAN})")
_BRACKETS = re.compile(r"[(（](?P<inside>[^()（）]{0,60})[)）]")
_LOOSE = re.compile(rf"(?<={_NEAR_HAN})[()]|[()](?={_NEAR_HAN})")
_NUMBER_OF_YEAR = re.compile(
    rf"(?<={_HAN})\s?[\[〔(（【{{〈]\s?(?P<year>(?:19|20)\d\d)\s?[\]〕)）】}}〉]\s?(?=第?\s?\d+\s?号)"
)
_YEAR = re.compile(r"(?<![A-Za-z0-9])(?P<year>[12][0-9OoQDlI|]{3})(?=\s?年)")
_DAY = re.compile(r"(?<=[年月])(?P<number>[0-9OolI|]{1,2})(?=[月日])")
_RANGE = re.compile(r"(?<=\d{4})一(?=\d{4}年)")
_AS_DIGIT = str.maketrans({"O": "0", "o": "0", "Q": "0", "D": "0", "l": "1", "I": "1", "|": "1"})
_HAS_HAN = re.compile(_HAN)


def repaired(text: str) -> str:
    """Return a recognised line with the marks and digits that its words call for.

    Marks beside Chinese words become full-width, the year of a 发文字号 gets its 〔〕, letters among the
    digits of a date become digits. A line without Chinese words stays as it is.
    """
    if not _HAS_HAN.search(text):
        return text
    text = _NUMBER_OF_YEAR.sub(lambda found: f"〔{found['year']}〕", text)
    text = _BRACKETS.sub(_wide_brackets, text)
    text = _LOOSE.sub(lambda found: _FULL[found.group()], text)
    text = _MARK.sub(lambda found: _FULL[found.group().strip()], text)
    text = _YEAR.sub(lambda found: found["year"].translate(_AS_DIGIT), text)
    text = _DAY.sub(lambda found: found["number"].translate(_AS_DIGIT), text)
    return _RANGE.sub("—", text)


def _wide_brackets(found: re.Match[str]) -> str:
    """Return a pair of brackets as Chinese texts print it; Latin words keep theirs."""
    inside = found["inside"]
    latin = re.search("[A-Za-z]", inside) is not None and not _HAS_HAN.search(inside)
    return found.group() if latin else f"（{inside}）"
