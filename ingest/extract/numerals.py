"""Numbers as official texts write them: 1,200, ３０, 93.5, 三十, 两, 二〇二三."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

CHINESE_DIGITS = "〇零○一二两三四五六七八九十百千万亿"
_ARABIC = re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,9})?")
_UNITS = "一二三四五六七八九"
_SMALL = {
    **{digit: value for value, digit in enumerate(_UNITS, 1)},
    **{f"十{digit}": 10 + value for value, digit in enumerate(_UNITS, 1)},
    **{f"{digit}十": 10 * value for value, digit in enumerate(_UNITS, 1)},
    **{
        f"{tens}十{ones}": 10 * ten + one
        for ten, tens in enumerate(_UNITS, 1)
        for one, ones in enumerate(_UNITS, 1)
    },
    **{f"{digit}百": 100 * value for value, digit in enumerate(_UNITS, 1)},
    "十": 10,
    "两": 2,
    "两百": 200,
    "零": 0,
    "〇": 0,
}
"""The numerals that nearly every document holds; the others are left to `cn2an`, whose import costs 0.2 s."""
_NO_BEGINNING = "百千万亿"
_BY_DIGIT = re.compile("[〇零一二三四五六七八九]{2,8}")
"""A year such as 二〇二三, said digit by digit."""
_DIGIT_OF = str.maketrans("〇零一二三四五六七八九", "00123456789")


@lru_cache(maxsize=4096)
def number(words: str) -> float | None:
    """Return the value of a numeral, None for what is no numeral.

    White space and thousands separators are skipped; full-width digits count as digits.
    """
    plain = "".join(unicodedata.normalize("NFKC", words).split()).replace(",", "").replace("○", "〇")
    if _ARABIC.fullmatch(plain):
        return float(plain)
    if plain in _SMALL:
        return float(_SMALL[plain])
    if _BY_DIGIT.fullmatch(plain):
        return float(plain.translate(_DIGIT_OF))
    return _chinese_number(plain)


def whole_number(words: str) -> int | None:
    """Return the value of a numeral without fraction, None for anything else."""
    value = number(words)
    return int(value) if value is not None and value.is_integer() else None


def _chinese_number(words: str) -> float | None:
    """Return the value of a Chinese numeral, None where `cn2an` refuses it."""
    if not words or words[0] in _NO_BEGINNING or any(letter not in CHINESE_DIGITS for letter in words):
        return None
    from cn2an import cn2an  # see _SMALL

    try:
        return float(cn2an(words, "smart"))
    except ValueError:
        return None
