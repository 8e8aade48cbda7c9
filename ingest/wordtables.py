"""Reads the word tables in `ingest/words/`: tab-separated, first line the column heads, `#` begins a comment."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """Return the rows of `words/<name>.tsv` in file order, each by its column heads.

    Raises:
        FileNotFoundError: when there is no such table.
    """
    text = (files("ingest.words") / f"{name}.tsv").read_text("utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return tuple(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


@cache
def column(name: str, **wanted: str) -> tuple[str, ...]:
    """Return the `word` column of a table in file order, of the rows whose columns equal `wanted`."""
    return tuple(
        row["word"] for row in table(name) if all(row[key] == value for key, value in wanted.items())
    )


def one_of(words: Iterable[str]) -> str:
    """Return a group of a regular expression for any of the words as written, longest first."""
    return "(?:" + "|".join(map(re.escape, sorted(words, key=len, reverse=True))) + ")"
