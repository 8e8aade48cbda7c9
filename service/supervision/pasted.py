"""Rows that are pasted from Excel or WPS without a document: what their columns mean."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from corpus.errors import UserError
from corpus.records import JsonObject
from corpus.store.editing.corrections import blank_record
from corpus.store.editing.edits import NewRow
from service.editing.cells import CELL_OF, Setting, parse_day
from service.editing.table import fields_of_head, pasted_cells
from service.supervision.columns import OwnColumn
from service.supervision.entries import ENTRY_WORDS, MARKS

MOST_ROWS = 10_000
ENTRY_HEADS = {
    **{words: key for key, words in ENTRY_WORDS.items()},
    "任务来源": "origin",
    "交办时间": "assigned_on",
    "批示领导": "assigned_by",
    "督办编号": "number",
    "联系人": "officer",
    "经办人": "officer",
    "电话": "phone",
}
"""Heads of columns that tell where a row comes from."""
MARK_HEADS = ("标记", "紧急程度")
PERCENT_HEADS = ("进度", "序时进度", "完成比例")
_PERCENT = re.compile(r"(?P<number>[0-9]{1,3}(?:\.[0-9]+)?)\s*(?P<sign>[%％]?)")
SKIPPED = ("序号", "状态")
"""Heads of columns that are not taken over: a status takes a step."""


def pasted_rows(
    clip: str, columns: Sequence[OwnColumn], today: date, entry: Mapping[str, Any] | None = None
) -> list[NewRow]:
    """Return the rows that a copied range stands for, ready to be added.

    Args:
        clip: cells between tabs, rows between line ends, with a head; one column may do without.
        columns: the office's own columns, which heads may name.
        today: what limits without a year are counted from.
        entry: where all of the rows come from, unless a column says otherwise.

    Raises:
        UserError: when there are no rows, the head is not known, or a cell does not fit its column.
    """
    cells = [row for row in pasted_cells(clip) if any(row)]
    if not cells:
        raise UserError("没有可以添加的内容，请先复制表格。")
    if len(cells) > MOST_ROWS:
        raise UserError(f"一次最多粘贴 {MOST_ROWS} 行。")
    heads = ["".join(cell.split()) for cell in cells[0]]
    fields = fields_of_head(heads)
    if "text" not in fields:
        if max(map(len, cells)) > 1:
            raise UserError("看不出哪一列是任务，请连同表头（如 任务、牵头单位、完成时限）一起复制。")
        heads, fields = ["任务"], ["text"]
    else:
        cells = cells[1:]
    table = _Table(heads, fields, {column.name for column in columns}, today)
    return [table.row(number, row, entry or {}) for number, row in enumerate(cells, start=1)]


class _Table:
    """What the columns of a pasted table mean."""

    def __init__(
        self, heads: Sequence[str], fields: Sequence[str | None], own: set[str], today: date
    ) -> None:
        self._heads = heads
        self._fields = fields
        self._own = own
        self._setting = Setting(None, today)

    def row(self, number: int, cells: Sequence[str], entry: Mapping[str, Any]) -> NewRow:
        """Return the row of one line; `number` counts lines from 1."""
        record: JsonObject = blank_record()
        kept: JsonObject = {"entry": dict(entry), "own": {}}
        try:
            for head, field, words in zip(self._heads, self._fields, cells, strict=False):
                if words:
                    record |= self._fill(record, kept, head, field, words)
            if not record["text"].strip():
                raise UserError("没有任务内容")
        except UserError as error:
            raise UserError(f"第 {number} 行：{str(error).rstrip('。')}。") from error
        blank = blank_record()
        return NewRow({key: value for key, value in record.items() if value != blank[key]}, kept=kept)

    def _fill(
        self, record: JsonObject, kept: JsonObject, head: str, field: str | None, words: str
    ) -> JsonObject:
        """Put a cell where it belongs, and return the changed keys of the record."""
        if head in self._own:
            kept["own"][head] = words
        elif head in ENTRY_HEADS and field != "persons":
            key = ENTRY_HEADS[head]
            kept["entry"][key] = parse_day(words) if key == "assigned_on" else words
        elif head in MARK_HEADS:
            kept["marks"] = [mark for mark in MARKS if mark in words]
        elif head in PERCENT_HEADS:
            kept["percent"] = _percent(words)
        elif field is not None:
            return CELL_OF[field].write(record, words, self._setting)
        elif head not in SKIPPED:
            return {"extra": {**record["extra"], head or "备注": words}}
        return {}


def _percent(words: str) -> int:
    """Return the percentage that 60%, 60 or, as spreadsheets keep it, 0.6 means."""
    found = _PERCENT.fullmatch(words.strip())
    if found is None:
        raise UserError(f"“{words}”不是进度，请写成 60% 的样子")
    value = float(found["number"])
    return round(value if found["sign"] or value > 1 else value * 100)
