"""Which column of the ledger a head means, also after somebody has renamed it mildly."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from corpus.registry.tables import read_table
from service.ledgerbook.columns import COLUMNS, NUMBER, OWN, PLACES

LONGEST_HEAD = 30
"""A longer text heads no column."""
_BRACKETS = re.compile(r"[（(][^（）()]*[)）]|\s")
_OF_EXTRACTION = {
    "index": "number",
    "problem": "problem",
    "task": "text",
    "goal": "goal",
    "measures": "measures",
    "lead": "lead",
    "responsible": "responsible",
    "cooperate": "cooperate",
    "supervise": "supervise",
    "person": "persons",
    "deadline": "limits",
}


def keys_of_heads(heads: Mapping[int, str]) -> dict[int, str]:
    """Return the key of each column, by its place; one that means nothing known is the office's own.

    Of two heads that mean the same column the surer one counts; the other is an own column.
    """
    found: dict[int, str] = {}
    for guess in (_ours, _renamed, _extracted):
        for place, head in heads.items():
            key = guess(head)
            if place not in found and key is not None and key not in found.values():
                found[place] = key
    own = {place: f"{OWN}{head.strip()}" for place, head in heads.items() if place not in found}
    return found | {place: key for place, key in own.items() if len(key) <= len(OWN) + LONGEST_HEAD}


def is_known(key: str) -> bool:
    """Tell whether a key is that of a column of the ledger, and not one of the office's own."""
    return not key.startswith(OWN)


def head_of(key: str) -> str:
    """Return the head of a column as our own ledger writes it."""
    return _heads().get(key, key.removeprefix(OWN))


@cache
def _heads() -> dict[str, str]:
    return {column.key: column.head for column in (NUMBER, *COLUMNS, *PLACES)}


@cache
def _keys() -> dict[str, str]:
    return {head: key for key, head in _heads().items()}


def _ours(head: str) -> str | None:
    return _keys().get("".join(head.split()))


def _renamed(head: str) -> str | None:
    bare = _BRACKETS.sub("", head)
    known = _keys().get(bare)
    return known or next((key for pattern, key in _patterns() if pattern.search(bare)), None)


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple(_rows())


def _rows() -> Iterator[tuple[re.Pattern[str], str]]:
    for row in read_table("service.ledgerbook", "heads.tsv"):
        yield re.compile(row["pattern"]), row["key"]


def _extracted(head: str) -> str | None:
    from ingest.extract.tables.columns import column_of  # brings the word tables of extraction

    column = column_of(head)
    return None if column is None else _OF_EXTRACTION.get(column.value)
