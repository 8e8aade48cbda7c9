"""Word tables that ship beside the code: tab-separated, with a head and a column for the source."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files


@cache
def word_table(name: str) -> tuple[dict[str, str], ...]:
    """Return the rows of `ingest/readers/words/NAME.tsv`, each by the names in its head."""
    text = files("ingest.readers.words").joinpath(f"{name}.tsv").read_text("utf-8")
    return tuple(csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))
