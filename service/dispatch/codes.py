"""The hidden mark of a row on a sheet that goes out: by it the row is known again when the sheet comes back.

It names the dispatch, a random word that no other library's dispatch has, the unit's sheet and the row:
`TZ12-7f3a9c-3-t345`. Every row carries all of it, so that rows copied into another sheet are still known.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass

_CODE = re.compile(r"TZ(\d{1,10})-([0-9a-f]{6})-(\d{1,6})-(t\d{1,10})(?!\d)")


@dataclass(frozen=True, slots=True)
class Code:
    """What a mark names."""

    dispatch: int
    """The dispatch's number."""
    word: str
    """Its random word."""
    sheet: int
    """1-indexed sheet of the dispatch."""
    task: str
    """The row's id."""

    def __str__(self) -> str:
        """Return the mark as it is written."""
        return f"TZ{self.dispatch}-{self.word}-{self.sheet}-{self.task}"


def new_word() -> str:
    """Return a random word for a dispatch: six hexadecimal digits."""
    return secrets.token_hex(3)


def find_code(text: str) -> Code | None:
    """Return the first mark in a text, None without one."""
    found = _CODE.search(text)
    return Code(int(found[1]), found[2], int(found[3]), found[4]) if found else None


def without_codes(text: str) -> str:
    """Return the text without marks."""
    return _CODE.sub("", text)
