"""Finds the rows of the library in a workbook: by their hidden ids, else by their words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from corpus.records import JsonObject
from corpus.store.rereading.identity import Placed, folded, match_equal, match_rows
from service.ledgerbook.columns import SECTION_JOINT
from service.ledgerbook.reading import Line, ReadBook
from service.ledgerbook.written import taken_apart

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

    Whoever sorts only the columns that are shown puts ids beside other rows' words, and whoever copies a line
    has its id twice. So a line whose words are those of one row is that row, whatever id stands beside them;
    then ids count, and at last likeness.
    """
    found: dict[int, Pair] = {}
    waiting = {record["id"]: record for record in records}
    for way in (_by_id_and_words, _by_own_words, _by_id):
        for line, name in way([line for line in book.lines if line.number not in found], waiting):
            if name in waiting:
                found[line.number] = Pair(name, Match.TEXT if way is _by_own_words else Match.ID)
                del waiting[name]
    known = {pair.task for pair in found.values()}
    rest = [line for line in book.lines if line.number not in found and _id(line) not in known]
    for line, record in _by_words(rest, list(waiting.values())):
        found[line.number] = Pair(record["id"], Match.TEXT)
    return found


Records = Mapping[str, JsonObject]
"""Rows of the library that no line has yet, by id."""


def _by_id_and_words(lines: Sequence[Line], waiting: Records) -> Iterator[tuple[Line, str]]:
    """Yield the lines that still say what the row with their id says."""
    for line in lines:
        record = waiting.get(_id(line))
        if record is not None and folded(_words(line)).endswith(folded(record["text"])):
            yield line, record["id"]


def _by_own_words(lines: Sequence[Line], waiting: Records) -> Iterator[tuple[Line, str]]:
    """Yield the lines whose words are those of one row alone, which has no other line."""
    rows: dict[str, list[str]] = {}
    for name, record in waiting.items():
        rows.setdefault(folded(f"{record['label']}{record['text']}"), []).append(name)
    for line in lines:
        named = rows.get(folded(_words(line)), [])
        if len(named) == 1:
            yield line, named[0]


def _by_id(lines: Sequence[Line], waiting: Records) -> Iterator[tuple[Line, str]]:
    for line in lines:
        yield line, _id(line)


def _id(line: Line) -> str:
    return line.words.get("id", "").strip()


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
