"""Reads the tab-separated word tables that lie beside the code."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from importlib import resources


@cache
def read_table(package: str, name: str) -> tuple[dict[str, str], ...]:
    """Return the rows of the table `name` in `package`, each by column head, in file order.

    The first line holds the column heads; empty lines and lines that begin with "#" are skipped; cells
    missing at the end of a line are "".

    Raises:
        FileNotFoundError: when the package holds no such table.
    """
    text = resources.files(package).joinpath(name).read_text("utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    heads = lines[0].split("\t")
    return tuple(_row(heads, line) for line in lines[1:])


def _row(heads: list[str], line: str) -> dict[str, str]:
    cells = line.split("\t")
    return dict(zip(heads, cells + [""] * (len(heads) - len(cells)), strict=False))


def column(package: str, name: str, head: str, **wanted: str) -> tuple[str, ...]:
    """Return the cells under `head`, longest first, of the rows whose cells equal `wanted`."""
    rows = (
        row for row in read_table(package, name) if all(row[key] == value for key, value in wanted.items())
    )
    return tuple(sorted((row[head] for row in rows), key=len, reverse=True))


def any_of(words: Iterable[str]) -> str:
    """Return a regular expression, in a group of its own, for any of the words as written.

    Longer words come first, so that 持续推进 is not cut short to 持续. An empty list matches nothing.
    """
    ordered = sorted(words, key=len, reverse=True)
    return "(?:" + "|".join(map(re.escape, ordered)) + ")" if ordered else "(?!)"
