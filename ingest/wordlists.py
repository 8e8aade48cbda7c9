"""The word tables in `ingest/words`, by name."""

from __future__ import annotations

from functools import cache

from corpus.registry.tables import any_of, column, read_table

_PACKAGE = "ingest.words"


def rows(name: str) -> tuple[dict[str, str], ...]:
    """Return the rows of the table `name`, each by column head, in file order."""
    return read_table(_PACKAGE, f"{name}.tsv")


@cache
def words(name: str, **wanted: str) -> tuple[str, ...]:
    """Return the words of a table, longest first, of the rows whose cells equal `wanted`."""
    return column(_PACKAGE, f"{name}.tsv", "word", **wanted)


def any_word(name: str, **wanted: str) -> str:
    """Return a group of a regular expression for any of these words as written."""
    return any_of(words(name, **wanted))
