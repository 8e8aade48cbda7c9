"""Regular expressions made from the word tables in `words/`."""

from __future__ import annotations

from corpus.registry.tables import any_of, column


def word_pattern(table: str, **wanted: str) -> str:
    """Return a regular expression for the `word`s of `words/<table>.tsv` whose other cells equal `wanted`."""
    return any_of(column("ingest.extract.words", f"{table}.tsv", "word", **wanted))
