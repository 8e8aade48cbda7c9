"""How words are compared: without white space, with brackets and punctuation of one width."""

from __future__ import annotations

import re
import unicodedata

_BLANK = re.compile(r"\s+")
_TRAILING_AND_OTHERS = re.compile(r"等$")
_ONE_WIDTH = dict(zip(map(ord, "（）〔〕［］[]【】：；，"), "()()()()():;,", strict=True))
_QUOTES: dict[int, str | None] = {ord(mark): None for mark in "“”‘’\"'"}
_FOLDED = _ONE_WIDTH | _QUOTES


def squash(text: str | None) -> str:
    """Return `text` without white space and quotation marks, its brackets and punctuation folded.

    Only comparison keys are made this way; None gives "".
    """
    return _BLANK.sub("", text or "").translate(_FOLDED)


def widthless(text: str) -> str:
    """Return `text` squashed, its digits and letters of one width too."""
    return unicodedata.normalize("NFKC", squash(text))


def unit_key(name: str) -> str:
    """Return the key under which two names of units are the same: squashed, without a closing 等."""
    return _TRAILING_AND_OTHERS.sub("", squash(name))
