"""What may stand as text in an office file: what XML can hold, and no spreadsheet runs as a formula."""

from __future__ import annotations

import re

CELL_LIMIT = 32_767
"""Characters that Excel takes in one cell."""
FORMULA_MARKS = ("=", "+", "-", "@", "\t", "\r")
"""A spreadsheet that opens a csv file runs a cell that begins so as a formula."""
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")


def printable(text: str) -> str:
    """Return the text without control characters, which no office file may hold; tabs and line ends stay."""
    return text if text.isprintable() else _UNPRINTABLE.sub("", text)


def cell_text(text: str) -> str:
    """Return the text as a cell can hold it: printable, cut to Excel's limit."""
    clean = printable(text)
    return clean if len(clean) <= CELL_LIMIT else clean[: CELL_LIMIT - 1] + "…"


def like_formula(text: str) -> bool:
    """Tell whether a spreadsheet would take the text for a formula when it is typed in."""
    return text.startswith(FORMULA_MARKS)
