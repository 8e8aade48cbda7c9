"""Headings that run into their paragraph: "加强领导。各县……"."""

from __future__ import annotations

import re

MAX_LENGTH = 45
"""A longer first sentence is no heading."""
COLON_LENGTH = 16
"""A heading before a colon is at most so long."""

_FIRST_STOP = re.compile(r"[。！？；]")
_COLON = re.compile(r"[^，。；、：:（(《“]{2,16}[：:](?=\S)")
_OPEN_QUOTES = "“‘《（(〔"
_CLOSE_QUOTES = "”’》）)〕"
_STATEMENT = re.compile(r"[（(〔][^。]*[）)〕]")


def run_in_heading(words: str) -> int:
    """Return the length of the heading with which a paragraph begins, its mark included; 0 for none."""
    stop = _first_stop(words)
    if stop and words[stop - 1] == "。" and stop <= MAX_LENGTH and _goes_on(words[stop:]):
        return stop
    colon = _COLON.match(words[: COLON_LENGTH + 2])
    return colon.end() if colon and len(words) > 2 * COLON_LENGTH else 0


def heading_words(words: str) -> bool:
    """Tell whether the words are one short sentence that may stand as a heading ("强化督促检查。")."""
    return len(words) <= MAX_LENGTH and _first_stop(words) == len(words) and words.endswith("。")


def _first_stop(words: str) -> int:
    """Return where the first sentence ends, quotes and brackets aside; 0 where none ends early."""
    depth = 0
    for at, letter in enumerate(words[: MAX_LENGTH + 20]):
        if letter in _OPEN_QUOTES:
            depth += 1
        elif letter in _CLOSE_QUOTES:
            depth = max(0, depth - 1)
        elif depth == 0 and _FIRST_STOP.match(letter):
            return at + 1
    return 0


def _goes_on(rest: str) -> bool:
    """Tell whether more than a responsibility statement follows."""
    return bool(_STATEMENT.sub("", rest, count=1).strip(" \u3000。"))
