"""What may stand in a cell: clean text that no spreadsheet runs as a formula."""

from __future__ import annotations

import re
from datetime import date

CellValue = str | int | date | None

CELL_LIMIT = 32_767
"""Characters that Excel takes in one cell."""
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
FORMULA_MARKS = ("=", "+", "-", "@", "\t", "\r")
"""A spreadsheet that opens a csv file runs a cell that begins so as a formula."""


def cell_text(text: str) -> str:
    """Return the text as a sheet can hold it: without control characters, cut to Excel's limit."""
    clean = text if text.isprintable() else UNPRINTABLE.sub("", text)
    return clean if len(clean) <= CELL_LIMIT else clean[: CELL_LIMIT - 1] + "…"


def like_formula(text: str) -> bool:
    """Tell whether a spreadsheet would take the text for a formula when it is typed in."""
    return text.startswith(FORMULA_MARKS)
