"""What changed between two versions of a plan, or between a draft for comment and the plan as issued."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

from corpus.records import JsonObject, plain
from corpus.store.rereading.identity import Placed, folded, match_rows

_WORD = re.compile(r"[0-9]+(?:\.[0-9]+)?|.", re.DOTALL)


class Fate(StrEnum):
    """What became of a row."""

    ADDED = "added"
    DROPPED = "dropped"
    CHANGED = "changed"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Words:
    """A stretch of words that both texts have, or only one of them."""

    kind: str
    """"same", "added" or "dropped"."""
    text: str


@dataclass(frozen=True, slots=True)
class RowDifference:
    """One row in both texts, or in the one that has it."""

    fate: Fate
    before: JsonObject | None
    """Its public record in the first text, None for an added row."""
    after: JsonObject | None
    """Its public record in the second text, None for a dropped row."""
    changed: tuple[str, ...] = ()
    """What differs: text, units, deadlines (moved dates among them), indicators, persons."""
    words: tuple[Words, ...] = ()
    """Both texts in one, for a row whose text differs."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One of the two texts."""

    document: str
    version: int
    title: str | None
    source: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """All rows of two texts, in the order of the second; dropped rows stand where they stood in the first."""

    before: Compared
    after: Compared
    rows: tuple[RowDifference, ...]

    def count(self, fate: Fate) -> int:
        """Return how many rows met that fate."""
        return sum(row.fate is fate for row in self.rows)

    def record(self) -> JsonObject:
        """Return the comparison as JSON knows it, with the counts."""
        record: JsonObject = plain(self)
        record["counts"] = {fate.value: self.count(fate) for fate in Fate}
        return record


def compare_rows(before: Sequence[JsonObject], after: Sequence[JsonObject]) -> tuple[RowDifference, ...]:
    """Pair the rows of two texts, given as task records in the order of each text, and tell what differs."""
    matches = match_rows([Placed.of(record) for record in before], [Placed.of(record) for record in after])
    dropped = sorted(set(range(len(before))) - set(matches.values()), reverse=True)
    found: list[RowDifference] = []
    for index, record in enumerate(after):
        old = matches.get(index)
        while old is not None and dropped and dropped[-1] < old:
            found.append(_dropped(before[dropped.pop()]))
        found.append(_pair(before[old], record) if old is not None else _added(record))
    found += [_dropped(before[index]) for index in reversed(dropped)]
    return tuple(found)


def _added(record: JsonObject) -> RowDifference:
    return RowDifference(Fate.ADDED, None, record)


def _dropped(record: JsonObject) -> RowDifference:
    return RowDifference(Fate.DROPPED, record, None)


def _pair(before: JsonObject, after: JsonObject) -> RowDifference:
    changed = tuple(key for key, says in SAYS.items() if says(before) != says(after))
    words = tuple(compare_words(before["text"], after["text"])) if "text" in changed else ()
    return RowDifference(Fate.CHANGED if changed else Fate.SAME, before, after, changed, words)


def _units(record: JsonObject) -> Any:
    return {(unit["name"], unit["role"]) for unit in record["units"]}


def _deadlines(record: JsonObject) -> Any:
    return {(item["start"], item["end"]) if item["end"] else item["raw"] for item in record["deadlines"]}


SAYS: dict[str, Callable[[JsonObject], Any]] = {
    "text": lambda record: folded(record["text"]),
    "units": _units,
    "deadlines": _deadlines,
    "indicators": lambda record: {item["raw"] for item in record["indicators"]},
    "persons": lambda record: {(item["name"], item["post"]) for item in record["persons"]},
}
"""What a row says under each key, in a form in which the same words at another place are equal."""


def compare_words(before: str, after: str) -> Iterator[Words]:
    """Yield what two texts share and what only one of them has, word by word."""
    # A figure is one word: 12 that became 15 must not read as 1, 2 and 5.
    old, new = _WORD.findall(before), _WORD.findall(after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for kind, start, end, new_start, new_end in matcher.get_opcodes():
        if kind == "equal":
            yield Words("same", "".join(old[start:end]))
            continue
        if start < end:
            yield Words("dropped", "".join(old[start:end]))
        if new_start < new_end:
            yield Words("added", "".join(new[new_start:new_end]))
