"""Finds the rows of the library in a workbook: by their hidden ids, else by their words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from corpus.records import JsonObject
from corpus.store.identity import Placed, folded, match_equal, match_rows
from service.ledgerbook.columns import SECTION_JOINT
from service.ledgerbook.fields import taken_apart
from service.ledgerbook.reading import Line, ReadBook

MOST_LIKE = 400
"""Rows without an id are compared with each other by likeness up to this number, beyond it by equal words."""
_ID = re.compile(r"t\d{1,18}")


class Match(StrEnum):
    """How a row was found again."""

    ID = "id"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Pair:
    """A row of the library."""

    task: str
    match: Match


def ids_in(book: ReadBook) -> list[str]:
    """Return the ids that a workbook names, on its lines or its hidden sheet, each once."""
    on_lines = (line.words.get("id", "").strip() for line in book.lines)
    return [name for name in dict.fromkeys([*on_lines, *book.stamp.rows]) if _ID.fullmatch(name)]


def matched(book: ReadBook, records: Sequence[JsonObject]) -> dict[int, Pair]:
    """Return the row of the library for lines of the sheet, by their number; no row is used twice.

    Of lines with the same id, as when somebody copied one, that with the row's own words is the row.
    """
    by_id = {record["id"]: record for record in records}
    found: dict[int, Pair] = {}
    taken: set[str] = set()
    for line in sorted(book.lines, key=lambda line: not _says_the_same(line, by_id)):
        name = line.words.get("id", "").strip()
        if name in by_id and name not in taken:
            found[line.number] = Pair(name, Match.ID)
            taken.add(name)
    rest = [line for line in book.lines if line.number not in found and not _is_copy(line, taken)]
    waiting = [record for record in records if record["id"] not in taken]
    for line, record in _by_words(rest, waiting):
        found[line.number] = Pair(record["id"], Match.TEXT)
    return found


def _says_the_same(line: Line, by_id: dict[str, JsonObject]) -> bool:
    record = by_id.get(line.words.get("id", "").strip())
    return record is not None and folded(_words(line)).endswith(folded(record["text"]))


def _is_copy(line: Line, taken: set[str]) -> bool:
    return line.words.get("id", "").strip() in taken


def _by_words(lines: Sequence[Line], records: Sequence[JsonObject]) -> Iterator[tuple[Line, JsonObject]]:
    old = [Placed(record["text"], record["label"], tuple(record["section"])) for record in records]
    new = [_placed(line) for line in lines]
    match = match_rows if len(old) <= MOST_LIKE and len(new) <= MOST_LIKE else match_equal
    for at, row in match(old, new).items():
        yield lines[at], records[row]


def _placed(line: Line) -> Placed:
    label, text = taken_apart(_words(line), "")
    section = tuple(filter(None, line.words.get("section", "").split(SECTION_JOINT)))
    return Placed(text, label, section)


def _words(line: Line) -> str:
    return "".join(line.words.get(key, "") for key in ("text", "goal", "measures"))
