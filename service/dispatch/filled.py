"""What a unit filled in: the columns of its sheet by their heads, and one record for each row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from corpus.registry.tables import read_table
from service.dispatch.codes import Code, find_code, without_codes

if TYPE_CHECKING:
    from service.dispatch.grids import Grid, GridCell, GridRow  # brings the readers

KEYS = ("progress", "completion", "problems", "next_step", "officer", "phone", "reviewer", "remarks")
"""What units fill in, by the keys of a note; `completion` becomes status and percentage, `remarks` text."""
PEOPLE = ("officer", "phone", "reviewer")
_LEAST_HEADS = 3
"""A row of heads names at least so many columns that are known."""
_HEAD_WITHIN = 15
_ASIDE = re.compile(r"[\s（）()〔〕［］\[\]【】：:*＊]")
_NOTHING = re.compile(r"[\s—–\-－/／\\、.。·]*|无|暂无|没有|同上次|N/?A", re.IGNORECASE)
_LABELLED = re.compile(
    r"(填报人|经办人|联系人|填表人|联系电话|电话|审核人|审签人|签发人)[:：]\s*([^\s：:，,；;。]{1,20})"
)
_LABEL_KEYS = {"电话": "phone", "联系电话": "phone", "审核人": "reviewer", "审签人": "reviewer",
               "签发人": "reviewer"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class FilledRow:
    """A row of a returned sheet."""

    at: int
    """1-indexed row of the sheet or of the Word table."""
    task: str
    """The words of the task as they stand there, "" for none."""
    task_own: bool
    """False where they continue from a merged cell above."""
    code: Code | None
    """The hidden mark, None where somebody removed it."""
    values: dict[str, str] = field(default_factory=dict)
    """By the keys of `KEYS`; what is empty, or says 无, is left out."""


@dataclass(frozen=True, slots=True)
class Filled:
    """A returned sheet."""

    rows: tuple[FilledRow, ...]
    lines: tuple[str, ...]
    """Title, 填报单位 and what else stands outside the table."""
    has_form: bool
    """False where no row of heads was found, so that nothing could be read."""


def read_filled(grid: Grid) -> Filled:
    """Return what the tables of a file say; rows without task, mark and values are left out."""
    rows: list[FilledRow] = []
    found = False
    for table in sorted({row.table for row in grid.rows}):
        own = [row for row in grid.rows if row.table == table]
        heads = _find_heads(own)
        if heads is not None:
            found = True
            rows += _rows(own[heads.rows_end :], heads.columns)
    lines = tuple(dict.fromkeys((*grid.lines, *_above(grid))))
    return Filled(tuple(_with_people(rows, lines)), lines, found)


@dataclass(frozen=True, slots=True)
class _Heads:
    columns: dict[int, str]
    rows_end: int
    """Index after the last row of heads."""


def _find_heads(rows: Sequence[GridRow]) -> _Heads | None:
    """Return the columns of the row that names most of them; a second row of heads may divide the first."""
    best: _Heads | None = None
    for at, row in enumerate(rows[:_HEAD_WITHIN]):
        columns = _columns(row.cells)
        known = len(set(columns.values()))
        if known >= _LEAST_HEADS and (best is None or known > len(set(best.columns.values()))):
            best = _Heads(columns, at + 1)
    if best is None or not set(best.columns.values()) & {"progress", "completion"}:
        return None
    if best.rows_end < len(rows):
        below = _columns({at: cell for at, cell in rows[best.rows_end].cells.items() if cell.own})
        if len(below) >= _LEAST_HEADS - 1 and len(below) == len(_own(rows[best.rows_end])):
            return _Heads({**best.columns, **below}, best.rows_end + 1)
    return best


def _own(row: GridRow) -> list[GridCell]:
    return [cell for cell in row.cells.values() if cell.own]


def _columns(cells: dict[int, GridCell]) -> dict[int, str]:
    """Return the key of each column that a row of heads names; the first of two with one key counts."""
    found: dict[int, str] = {}
    for column, cell in sorted(cells.items()):
        key = _key(cell.text)
        if key and key not in found.values():
            found[column] = key
    return found


def _key(head: str) -> str | None:
    bare = _ASIDE.sub("", head)
    return next((key for key, pattern in _patterns() if pattern.fullmatch(bare)), None) if bare else None


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    rows = read_table("service.dispatch", "heads.tsv")
    return tuple((row["key"], re.compile(row["pattern"])) for row in rows)


def _rows(rows: Sequence[GridRow], columns: dict[int, str]) -> list[FilledRow]:
    read = [_row(row, columns) for row in rows if len(set(_columns(row.cells).values())) < _LEAST_HEADS]
    return [row for row in read if row.task or row.code or row.values]


def _row(row: GridRow, columns: dict[int, str]) -> FilledRow:
    by_key = {key: row.cells[column] for column, key in columns.items() if column in row.cells}
    marks = (find_code(cell.text) for cell in row.cells.values() if cell.own)
    code = next((mark for mark in marks if mark is not None), None)
    task = by_key.get("task")
    values = {key: _said(by_key[key].text) for key in KEYS if key in by_key}
    return FilledRow(
        row.at,
        without_codes(task.text).strip() if task else "",
        task.own if task else True,
        code,
        {key: words for key, words in values.items() if words},
    )


def _said(words: str) -> str:
    bare = without_codes(words).strip()
    return "" if _NOTHING.fullmatch(bare) else bare


def _above(grid: Grid) -> list[str]:
    """Return the words of table rows of one cell: titles that stand within the table."""
    return [cell.text for row in grid.rows if len(row.cells) == 1 for cell in row.cells.values() if cell.own]


def _with_people(rows: Sequence[FilledRow], lines: Sequence[str]) -> list[FilledRow]:
    """Return the rows, those that name nobody with the one person whom the sheet names elsewhere."""
    shared = {key: words for key in PEOPLE if (words := _only(key, rows) or _labelled(key, lines))}
    return [
        FilledRow(row.at, row.task, row.task_own, row.code, {**shared, **row.values}) if row.values else row
        for row in rows
    ]


def _only(key: str, rows: Sequence[FilledRow]) -> str:
    named = {row.values[key] for row in rows if key in row.values}
    return named.pop() if len(named) == 1 else ""


def _labelled(key: str, lines: Sequence[str]) -> str:
    """Return what a line such as 填报人：王芳　电话：12345 names."""
    for line in lines:
        for label, words in _LABELLED.findall(line):
            if _LABEL_KEYS.get(label, "officer") == key:
                return str(words)
    return ""
