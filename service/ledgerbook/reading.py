"""Reads a workbook that an office has worked on: its rows by the keys of our columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from corpus.document import Problem
from corpus.errors import UnreadableError
from ingest.readers.sheets.sheet import Sheet
from service.ledgerbook.heads import is_known, keys_of_heads
from service.ledgerbook.stamp import Stamp, read_stamp

FEWEST_HEADS = 3
"""So many known heads make a row the head of a ledger, if one of them heads the tasks."""
HEAD_WITHIN = 12
"""The head stands among the first rows of a sheet."""
MOST_LINES = 20_000


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the sheet."""

    number: int
    """1-indexed, as the spreadsheet shows it."""
    words: Mapping[str, str]
    """By key of the column; a column that the sheet has is there with "" where the cell is empty."""


@dataclass(frozen=True, slots=True)
class ReadBook:
    """A ledger as it came back."""

    sheet: str
    """The name of the sheet that holds it."""
    lines: tuple[Line, ...]
    stamp: Stamp = field(default_factory=Stamp)
    """What the workbook remembers of how it was written; empty where it remembers nothing."""


def read_book(data: bytes, source: str) -> ReadBook:
    """Return the ledger in a workbook (xlsx, xls, et, ods).

    The sheet with ids is the ledger, else the one with most heads that are known.

    Raises:
        UnreadableError: when the file is no workbook, damaged, hostile, or holds no ledger.
    """
    sheets = _sheets(data, source)
    stamps = [stamp for sheet in sheets if (stamp := read_stamp(sheet.cells)) is not None]
    found = [table for sheet in sheets if (table := _ledger(sheet)) is not None]
    if not found:
        raise _unreadable(source, "表格里没有找到台账：表头至少要有“重点任务”和单位、时限等三栏。")
    chosen = max(found, key=lambda table: table.rank)
    return ReadBook(chosen.sheet.name, tuple(chosen.lines()), stamps[0] if stamps else Stamp())


def _sheets(data: bytes, source: str) -> list[Sheet]:
    from ingest.detect import reader_for
    from ingest.readers.sheets import xls, xlsx

    name = reader_for(data, source).name
    if name == "xls":
        return xls.shown_sheets(data, source)
    if name != "xlsx" and source.lower().endswith((".ods", ".fods")):
        from ingest.readers.libreoffice import convert

        data, name = convert(data, ".ods", "xlsx", source), "xlsx"
    if name != "xlsx":
        raise _unreadable(source, "这不是表格文件，请给出导出后修改过的 xlsx（xls、et、ods 也可以）。")
    return xlsx.every_sheet(data, source)


def _unreadable(source: str, message: str) -> UnreadableError:
    return UnreadableError(Problem(source, "台账", "no-ledger", message))


@dataclass(frozen=True, slots=True)
class _Table:
    """A sheet with the row of its heads."""

    sheet: Sheet
    head: int
    """0-indexed row."""
    keys: Mapping[int, str]
    """By column."""

    @property
    def rank(self) -> tuple[bool, int]:
        """What tells the ledger from other tables of the workbook: ids, then known heads."""
        return "id" in self.keys.values(), sum(map(is_known, self.keys.values()))

    def lines(self) -> list[Line]:
        """Return the rows below the head that say something, repeated heads left out."""
        cells = self._filled()
        last = min(max((row for row, _ in cells), default=self.head), self.head + MOST_LINES)
        found = []
        for row in range(self.head + 1, last + 1):
            words = {key: cells.get((row, place), "") for place, key in self.keys.items()}
            if _says_something(words) and not self._is_head(words):
                found.append(Line(row + 1, words))
        return found

    def _filled(self) -> dict[tuple[int, int], str]:
        """Return the cells, those that were merged over several rows filled in each of them."""
        cells = dict(self.sheet.cells)
        for top, bottom, left, _ in self.sheet.merges:
            words = cells.get((top, left), "")
            for row in range(top + 1, min(bottom, self.head + MOST_LINES) + 1) if top > self.head else ():
                cells.setdefault((row, left), words)
        return cells

    def _is_head(self, words: Mapping[str, str]) -> bool:
        heads = {key: self.sheet.cells.get((self.head, place), "") for place, key in self.keys.items()}
        return words.get("text", "") == heads.get("text")


def _says_something(words: Mapping[str, str]) -> bool:
    """Tell whether a line is a row of the ledger: it names a task, or it is one whose task was emptied."""
    return bool(words.get("text") or words.get("measures") or words.get("id") or words.get("problem"))


def _ledger(sheet: Sheet) -> _Table | None:
    """Return the ledger on a sheet, None where its first rows hold no head of one."""
    for row in range(HEAD_WITHIN):
        heads = {column: words for (at, column), words in sheet.cells.items() if at == row and words.strip()}
        keys = keys_of_heads(dict(sorted(heads.items()))) if len(heads) >= FEWEST_HEADS else {}
        known = [key for key in keys.values() if is_known(key)]
        if len(known) >= FEWEST_HEADS and {"text", "problem", "measures"} & set(known):
            return _Table(sheet, row, keys)
    return None
