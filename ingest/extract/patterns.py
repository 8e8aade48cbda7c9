"""Regular expressions made from the word tables in `words/`."""

from __future__ import annotations

from corpus.registry.tables import any_of, column


def word_pattern(table: str, **wanted: str) -> str:
    """Return a regular expression for any `word` of `words/<table>.tsv`, of the rows whose cells equal `wanted`."""
    return any_of(column("ingest.extract.words", f"{table}.tsv", "word", **wanted))
