"""What an office changed in a workbook, row by row and cell by cell, before anything is stored."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from corpus.errors import UserError
from corpus.records import JsonObject
from corpus.store.editing.corrections import blank_record
from corpus.store.rereading.identity import folded
from service.editing.cells import Setting
from service.ledger import short_text
from service.ledgerbook.columns import COLUMNS, OWN
from service.ledgerbook.fields import Changes, known, writable, writing_order, written_day
from service.ledgerbook.heads import head_of
from service.ledgerbook.matching import Match, matched
from service.ledgerbook.reading import Line, ReadBook
from service.ledgerbook.segments import Part
from service.ledgerbook.stamp import cell_print, shown_words
from service.ledgerbook.written import PARTS, row_changes

DAYS = ("day", "entry.assigned_on")
NEW_STATUS = "新增的行先按未启动存入，状态请存入后再改。"
_VALUES = {column.key: column.value for column in COLUMNS}

Settings = Callable[[str | None], Setting]
"""What a document, given by its id, tells about words that are typed into its ledger."""


class Fate(StrEnum):
    """What became of a row in the workbook."""

    CHANGED = "changed"
    ADDED = "added"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class CellChange:
    """One cell that says something else than the library."""

    key: str
    head: str
    before: str
    """What the library says now; "" for a new row."""
    after: str
    """What the workbook says."""
    conflict: bool = False
    """True when the library was changed, too, since the workbook was written."""
    problem: str = ""
    """Why it cannot be stored, in words for the user; "" when it can."""


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row that differs."""

    name: str
    """Its id in the library; for a new row `line` and its number."""
    fate: Fate
    text: str
    """Its first words."""
    line: int | None
    """1-indexed row of the sheet, None for a row that is no longer there."""
    match: Match | None
    """How it was found again, None for a new row."""
    cells: tuple[CellChange, ...] = ()
    record: JsonObject = field(default_factory=dict)
    """The row of the library as it stands, an empty record for a new one."""
    document: str | None = None
    after: str | None = None
    """The id of the row above a new one."""

    @property
    def conflict(self) -> bool:
        """Tell whether the library was changed meanwhile in a cell that differs."""
        return any(cell.conflict for cell in self.cells)

    def changes(self, setting: Setting, *, overwrite: bool) -> Changes:
        """Return what the cells without problems change; those in conflict only with `overwrite`."""
        words = {
            cell.key: cell.after
            for cell in self.cells
            if not cell.problem and (overwrite or not cell.conflict)
        }
        return row_changes(self.record, words, setting)

    def public(self) -> JsonObject:
        """Return the row as JSON knows it."""
        cells = [
            {
                "key": cell.key,
                "head": cell.head,
                "before": cell.before,
                "after": cell.after,
                "conflict": cell.conflict,
                "problem": cell.problem or None,
            }
            for cell in self.cells
        ]
        return {
            "name": self.name,
            "fate": self.fate.value,
            "text": self.text,
            "line": self.line,
            "match": self.match.value if self.match else None,
            "document": self.document,
            "conflict": self.conflict,
            "cells": cells,
        }


@dataclass(frozen=True, slots=True)
class WorkbookDifferences:
    """All rows in which a workbook differs from the library; nothing is stored yet."""

    sheet: str
    rows: tuple[RowChange, ...]
    """In the order of the sheet, those that are no longer there at the end."""
    same: int
    """Rows that say the same."""
    problems: tuple[str, ...] = ()
    """What could not be compared, in words for the user."""
    own: tuple[str, ...] = ()
    """Heads of own columns that are filled."""

    def count(self, fate: Fate) -> int:
        """Return how many rows met that fate."""
        return sum(row.fate is fate for row in self.rows)

    def __bool__(self) -> bool:
        return bool(self.rows)

    @property
    def mark(self) -> str:
        """A short print of the differences: what is stored must be what was shown."""
        return f"{zlib.crc32(repr([row.public() for row in self.rows]).encode()):08x}"

    def public(self) -> JsonObject:
        """Return the differences as JSON knows them, with counts."""
        counts = {fate.value: self.count(fate) for fate in Fate}
        return {
            "sheet": self.sheet,
            "mark": self.mark,
            "counts": {**counts, "same": self.same},
            "rows": [row.public() for row in self.rows],
            "problems": list(self.problems),
        }


def compare_book(book: ReadBook, records: Sequence[JsonObject], settings: Settings) -> WorkbookDifferences:
    """Tell what differs between a workbook that came back and the rows of the library.

    A cell that still says what was written into the workbook was touched by nobody. Rows that the workbook
    held and holds no longer are dropped; without its hidden sheet that cannot be told.
    """
    pairs = matched(book, records)
    by_id = {record["id"]: record for record in records}
    rows: list[RowChange] = []
    problems: list[str] = []
    same, above = 0, None
    for line in book.lines:
        pair = pairs.get(line.number)
        if pair is None:
            if row := _added(line, by_id.get(above or ""), settings):
                rows.append(row)
            continue
        above = pair.task
        row = _changed(line, by_id[pair.task], pair.match, book, settings)
        same += not row.cells
        rows += [row] if row.cells else []
    found = {pair.task for pair in pairs.values()}
    rows += [_dropped(by_id[name]) for name in book.stamp.rows if name in by_id and name not in found]
    lost = [name for name in book.stamp.rows if name not in by_id]
    if lost:
        problems.append(f"有 {len(lost)} 行在文库中已删除或已并入其他行，没有比较。")
    own = dict.fromkeys(
        cell.key.removeprefix(OWN) for row in rows for cell in row.cells if not known(cell.key)
    )
    return WorkbookDifferences(book.sheet, tuple(rows), same, tuple(problems), tuple(own))


def shown_cell(record: JsonObject, key: str) -> str:
    """Return the words that the ledger shows of a row under a key."""
    if not known(key):
        value = (record.get("own") or {}).get(key.removeprefix(OWN))
        return "" if value is None else str(value)
    return shown_words(_VALUES[key](record))


def _changed(line: Line, record: JsonObject, match: Match, book: ReadBook, settings: Settings) -> RowChange:
    setting = settings(record["document"])
    prints = book.stamp.rows.get(record["id"], {})
    cells = _marked(list(_cells(line, record, prints, setting)), record, setting)
    text = short_text(record, 60)
    return RowChange(record["id"], Fate.CHANGED, text, line.number, match, cells, record, record["document"])


def _cells(
    line: Line, record: JsonObject, prints: Mapping[str, str], setting: Setting
) -> Iterator[CellChange]:
    same_text = _says_the_text(line, record)
    for key, words in line.words.items():
        if (key in PARTS and same_text) or not (writable(key) or key in PARTS):
            continue
        before, after = shown_cell(record, key), _comparable(key, words, setting)
        if cell_print(after) == cell_print(before) or cell_print(after) == prints.get(key, "none"):
            continue
        moved = key in prints and cell_print(before) != prints[key]
        yield CellChange(key, head_of(key), before, after, moved)


def _says_the_text(line: Line, record: JsonObject) -> bool:
    """Tell whether the cells of the text say together what the row says, wherever they are parted."""
    words = "".join(line.words.get(part.value, "") for part in Part)
    return "text" in line.words and folded(words) == folded(f"{record['label']}{record['text']}")


def _comparable(key: str, words: str, setting: Setting) -> str:
    """Return days in one form, so that 2026/6/30 and 6月30日 are no change where they mean the same day."""
    try:
        return written_day(words, setting) if key in DAYS else words.strip()
    except UserError:
        return words.strip()  # told as a problem of the cell


def _marked(cells: Sequence[CellChange], record: JsonObject, setting: Setting) -> tuple[CellChange, ...]:
    """Return the cells with what prevents each from being stored, without those that come to nothing.

    They are tried together: a day that fits the limits of the library may not fit those that were typed.
    """
    text = {cell.key: cell.after for cell in cells if cell.key in PARTS}
    marked: dict[str, CellChange] = {}
    taken: dict[str, str] = {}
    changes = Changes()
    for cell in sorted(cells, key=lambda cell: writing_order(cell.key)):
        tried = taken | (text if cell.key in PARTS else {cell.key: cell.after})
        try:
            together = row_changes(record, tried, setting)
        except UserError as error:
            marked[cell.key] = replace(cell, problem=str(error))
            continue
        if together != changes or (cell.key in PARTS and cell.key in taken):
            marked[cell.key] = cell
            taken, changes = tried, together
    return tuple(marked[cell.key] for cell in cells if cell.key in marked)


def _added(line: Line, above: JsonObject | None, settings: Settings) -> RowChange | None:
    """Return a new row; it stands in the ledger of the document to which the row above it belongs."""
    document = above["document"] if above else None
    filled = {key: words.strip() for key, words in line.words.items() if words.strip()}
    text = "".join(filled.get(part, "") for part in ("text", "measures"))
    if not text:
        return None
    record = {**blank_record(), "document": document}
    cells = [
        CellChange(key, head_of(key), "", words)
        for key, words in filled.items()
        if (writable(key) or key in PARTS) and key != "status"
    ]
    marked = list(_marked(cells, record, settings(document)))
    if filled.get("status", "未启动") != "未启动":
        marked.append(CellChange("status", head_of("status"), "", filled["status"], problem=NEW_STATUS))
    after = above["id"] if above else None
    name = f"line{line.number}"
    return RowChange(name, Fate.ADDED, text[:60], line.number, None, tuple(marked), record, document, after)


def _dropped(record: JsonObject) -> RowChange:
    text = short_text(record, 60)
    return RowChange(record["id"], Fate.DROPPED, text, None, None, (), record, record["document"])
