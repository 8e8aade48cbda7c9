"""Regular expressions made from the word tables in `words/`."""

from __future__ import annotations

import re
from collections.abc import Iterable

from corpus.registry.tables import read_table

_WORDS = "ingest.extract.words"


def words_of(table: str, **wanted: str) -> tuple[str, ...]:
    """Return the column `word` of `words/<table>.tsv`, in file order, of the rows whose columns equal `wanted`."""
    rows = read_table(_WORDS, f"{table}.tsv")
    return tuple(row["word"] for row in rows if all(row[key] == value for key, value in wanted.items()))


def any_of(words: Iterable[str]) -> str:
    """Return a regular expression, in a group of its own, for any of the words as written.

    Longer words come first, so that 持续推进 is not cut short to 持续. No words match nothing.
    """
    ordered = sorted(words, key=len, reverse=True)
    return "(?:" + "|".join(map(re.escape, ordered)) + ")" if ordered else "(?!)"
