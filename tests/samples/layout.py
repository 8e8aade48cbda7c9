"""What the canonical text of a sample tells about its layout: tables, labels, signatures."""

from __future__ import annotations

import re

LABELS = re.compile(
    r"(?P<chapter>[一二三四五六七八九十]+、)|(?P<section>（[一二三四五六七八九十]+）)|(?P<item>\d+\.)(?!\d)"
)
_DATE = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日")
_ORGAN = re.compile(r"[^，。；：]{4,40}")

Block = str | list[list[str]]


def blocks(text: str) -> list[Block]:
    """Return the paragraphs of a text, and each run of tab-separated lines as one table of rows of cells.

    A line without tabs between two rows of a table is a row of one cell.
    """
    found: list[Block] = []
    lines = text.rstrip("\n").split("\n")
    for at, line in enumerate(lines):
        table = found[-1] if found and isinstance(found[-1], list) else None
        follows = at + 1 < len(lines) and "\t" in lines[at + 1]
        if table is not None and ("\t" in line or follows):
            table.append(line.split("\t"))
        else:
            found.append([line.split("\t")] if "\t" in line else line)
    return found


def merged_above(rows: list[list[str]], at: int, column: int) -> bool:
    """Tell whether a cell is merged with the one above: it is empty in a row without a number of its own."""
    return at > 0 and len(rows[at]) > column and not rows[at][column] and not rows[at][0]


def is_signature(line: str, after: str) -> bool:
    """Tell whether a line is the date under a document, or the organ that stands above that date."""
    return is_date(line) or (is_date(after) and bool(_ORGAN.fullmatch(line)))


def is_date(line: str) -> bool:
    """Tell whether a line is a date and nothing else."""
    return bool(_DATE.fullmatch(line))
