"""Splitting one row of a ledger into several, and joining several into one."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from corpus.records import JsonObject
from service.editing.cells import NOWHERE

FOUND_LISTS = ("deadlines", "indicators", "measures")
"""Keys whose items belong to the part in whose words they stand."""
SENTENCE_ENDS = "。；;"


def proposed_parts(text: str) -> list[str]:
    """Return the sentences of a row's text, where one would most likely split it."""
    ends = [place + 1 for place, mark in enumerate(text) if mark in SENTENCE_ENDS or mark == "\t"]
    pieces = [text[start:end] for start, end in pairwise([0, *ends, len(text)])]
    return [piece.strip() for piece in pieces if piece.strip()]


def split_record(record: JsonObject, texts: Sequence[str]) -> list[JsonObject]:
    """Return one record for each of `texts`, the parts into which a person cut the row's text.

    Each part keeps the units and persons; time limits, indicators and measures go to the part in whose words
    they stand, and to every part where they stand in none. The first part keeps label, problem and progress.
    """
    places = _places(record, texts)
    parts = []
    for number, (text, span) in enumerate(zip(texts, places, strict=True)):
        first = {} if number == 0 else {"label": "", "id": "", "problem": None, "problem_span": None}
        found = {key: _within(record[key], texts, number) for key in FOUND_LISTS}
        parts.append({**record, **first, **found, "text": text, "span": span, "doubts": []})
    return parts


def _places(record: JsonObject, texts: Sequence[str]) -> list[list[int]]:
    """Return the span of each part: where its words stand in the row's text, else that of the row."""
    start, end = record["span"]
    exact = end - start == len(record["text"])
    places, position = [], 0
    for text in texts:
        found = record["text"].find(text, position) if exact else -1
        places.append([start + found, start + found + len(text)] if found >= 0 else [start, end])
        position = found + len(text) if found >= 0 else position
    return places


def _within(items: Sequence[JsonObject], texts: Sequence[str], number: int) -> list[JsonObject]:
    """Return the items whose words stand in part `number`, and those whose words stand in no part."""
    kept = []
    for item in items:
        words = item.get("raw") or item["text"]
        holders = [place for place, text in enumerate(texts) if words in text]
        if not holders or number in holders:
            kept.append(item)
    return kept


def merge_records(records: Sequence[JsonObject]) -> JsonObject:
    """Return one record that says what several, in the order of the ledger, say together.

    It continues the first one; the same unit in the same role, or the same limit, stands once.
    """
    first = records[0]
    merged = {key: _joined(records, key) for key in ("units", "refs", "persons", *FOUND_LISTS)}
    texts = [
        record["text"] if number == 0 else record["label"] + record["text"]
        for number, record in enumerate(records)
    ]
    return {
        **first,
        **merged,
        "text": "".join(texts),
        "span": _hull(records),
        "problem": _joined_words(records, "problem"),
        "goal": _joined_words(records, "goal"),
        "extra": _joined_extra(records),
        "doubts": [],
    }


def _joined(records: Sequence[JsonObject], key: str) -> list[JsonObject]:
    seen: dict[tuple[object, ...], JsonObject] = {}
    for record in records:
        for item in record[key]:
            seen.setdefault(
                tuple(item.get(part) for part in ("name", "role", "raw", "text", "end", "post")), item
            )
    return list(seen.values())


def _joined_words(records: Sequence[JsonObject], key: str) -> str | None:
    return "；".join(dict.fromkeys(record[key] for record in records if record[key])) or None


def _joined_extra(records: Sequence[JsonObject]) -> dict[str, str]:
    heads = dict.fromkeys(head for record in records for head in record["extra"])
    values = {head: [record["extra"].get(head) for record in records] for head in heads}
    return {head: "；".join(dict.fromkeys(filter(None, found))) for head, found in values.items()}


def _hull(records: Sequence[JsonObject]) -> list[int]:
    """Return the span from the first to the last word in the source; nowhere for rows put in by hand."""
    spans = [record["span"] for record in records if record["span"] != NOWHERE]
    return [min(span[0] for span in spans), max(span[1] for span in spans)] if spans else NOWHERE
