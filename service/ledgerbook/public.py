"""公开版: the ledger without persons, telephones and what is said inside the office only."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from corpus.records import JsonObject
from service.ledgerbook.columns import file_name

MASK = "×××"
INTERNAL: JsonObject = {
    "id": "",
    "document": None,
    "persons": [],
    "extra": {},
    "doubts": [],
    "progress": [],
    "notes": [],
    "marks": [],
    "extensions": [],
    "handovers": [],
    "ended": None,
    "closing": None,
    "rechecks": [],
    "entry": None,
    "own": {},
    "attachments": [],
    "confirmed": None,
    "corrected": [],
}
"""Keys that are emptied, as far as a row has them."""
_TELEPHONE = re.compile(
    r"(?<!\d)(?:1[3-9]\d[ \-－]?\d{4}[ \-－]?\d{4}"
    r"|[（(]?0\d{2,3}[)）]?[ \-－—]?\d{7,8}(?:[ \-－—转]\d{1,5})?)(?!\d)"
)
"""Numbers of mobile telephones, and of others with the code of their place."""
_LABELLED = re.compile(r"((?:电话|手机|座机|传真|热线)(?:号码)?[:：]?[ \u3000]*)\d[\d \-－—]{5,}\d")
"""A number without the code of its place, behind a word that says what it is."""


def public_rows(rows: Sequence[JsonObject]) -> list[JsonObject]:
    """Return the ledger records of the rows without what is not for the public; `rows` stay as they are.

    Names of persons and numbers of telephones that stand in running words are masked.
    """
    return [_public(row) for row in rows]


def _public(row: JsonObject) -> JsonObject:
    names = sorted(
        {person["name"] for person in row["persons"] if len(person["name"]) > 1}, key=len, reverse=True
    )
    kept = {key: _masked(value, names) for key, value in row.items()}
    internal = {key: value for key, value in INTERNAL.items() if key in row}
    return {**kept, **internal, "source": file_name(row["source"])}


def _masked(value: Any, names: Sequence[str]) -> Any:
    if isinstance(value, str):
        return _masked_words(value, names)
    if isinstance(value, list):
        return [_masked(item, names) for item in value]
    if isinstance(value, dict):
        return {key: _masked(item, names) for key, item in value.items()}
    return value


def _masked_words(words: str, names: Sequence[str]) -> str:
    words = _LABELLED.sub(rf"\1{MASK}", _TELEPHONE.sub(MASK, words))
    for name in names:
        words = words.replace(name, MASK)
    return words
