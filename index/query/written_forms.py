"""Queries as documents write them: in simplified characters, years in digits.

Documents are taken as they are: hardly any official one is written otherwise.
"""

from __future__ import annotations

import re
from functools import cache

from corpus.registry.tables import read_table

_DIGITS = dict(zip("〇○零Ｏ一二三四五六七八九", "0000123456789", strict=True))
_ZERO = "〇○零Ｏ"
_YEAR = re.compile(rf"(?:二[{_ZERO}]|一九)[{''.join(_DIGITS)}]{{2}}(?=年|[-—–~～至到])")


def as_documents_write(text: str) -> str:
    """Return `text` in simplified characters, years as 2023; each character stays one."""
    return _YEAR.sub(_in_digits, _simplified(text))


def _in_digits(found: re.Match[str]) -> str:
    return "".join(_DIGITS[character] for character in found[0])


def _simplified(text: str) -> str:
    try:
        text.encode("gb2312")  # what this takes has no traditional characters: nearly every query
    except UnicodeEncodeError:
        return text.translate(_simple_forms())
    return text


@cache
def _simple_forms() -> dict[int, str]:
    """Return the simplified character of each traditional one that stands for nothing else (not 著, 乾)."""
    rows = read_table("index.query", "traditional.tsv")
    return {ord(character): row["simplified"] for row in rows for character in row["traditional"]}
