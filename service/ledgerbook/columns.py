"""The columns of the ledger as an office reads it, and which of them a set of rows needs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import PurePath
from typing import Any

from corpus.records import JsonObject
from corpus.store.rereading.identity import folded
from service.editing.cells import person_words
from service.ledger import STATUS_WORDS, row_checks
from service.ledgerbook.segments import Part, segments

CellValue = str | int | date | None
"""What one cell shows."""
OWN = "own:"
"""Key of a column that the office added: this, then its head."""
SECTION_JOINT = " > "
REPEATS = "是"
"""In a row whose day is one of many, so that it is never overdue for good."""
REFERENCE = "依据："
"""Before the words by which a row points to another document, among the remarks."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the ledger."""

    key: str
    """Its name in programs."""
    head: str
    width: int
    """In characters of the sheet's font."""
    value: Callable[[JsonObject], CellValue]
    optional: bool = False
    """Left out where every row is empty."""
    narrow: int = 6
    """The width of another where every row is empty."""
    hidden: bool = False
    """For programs that read the sheet back."""
    centred: bool = False
    sheet_only: bool = False
    """Left out on paper: a page of Word has no room for it."""
    internal: bool = False
    """Left out of the public edition."""


@dataclass(frozen=True, slots=True)
class LedgerTable:
    """The cells of a ledger: `cells[row][column]`, both 0-indexed, the running number first."""

    columns: tuple[Column, ...]
    cells: list[list[CellValue]]

    def place(self, key: str) -> int | None:
        """Return the 0-indexed column with that key, None where it was left out."""
        return next((place for place, column in enumerate(self.columns) if column.key == key), None)


def ledger_table(rows: Sequence[JsonObject], *, public: bool = False) -> LedgerTable:
    """Return the cells for `rows`, without the optional columns that nobody fills.

    With `public` the columns that are not for the public are left out, too; what stands in the others is not
    looked at.
    """
    columns: list[Column] = [NUMBER]
    cells: list[list[CellValue]] = [[number] for number in range(1, len(rows) + 1)]
    for column in (*COLUMNS, *_own_columns(rows), *PLACES):
        if public and column.internal:
            continue
        values = [column.value(row) for row in rows]
        filled = any(value not in (None, "") for value in values)
        if filled or not column.optional:
            columns.append(column if filled or column.hidden else replace(column, width=column.narrow))
            for line, value in zip(cells, values, strict=True):
                line.append(value)
    return LedgerTable(tuple(columns), cells)


def unit_words(unit: JsonObject) -> str:
    """Return a unit as a cell shows it: a group with its members behind it."""
    members = unit.get("members")
    return f"{unit['name']}（{'、'.join(members)}）" if members else str(unit["name"])


def progress_words(row: JsonObject) -> str:
    """Return what is known of a row's progress: what its document says, then the units' notes."""
    said = [str(item["text"]) for item in row.get("progress") or ()]
    return "\n".join(dict.fromkeys([*said, *map(note_words, row.get("notes") or ())]))


def note_words(note: JsonObject) -> str:
    """Return a note as a line: day, unit, words and percentage, as far as they are known."""
    percent = note.get("percent")
    head = " ".join(str(note[key]) for key in ("date", "unit") if note.get(key))
    tail = f"（{percent}%）" if percent is not None else ""
    return f"{head}：{note.get('text') or ''}{tail}" if head else f"{note.get('text') or ''}{tail}"


def remark_words(row: JsonObject) -> str:
    """Return remarks: documents pointed to, then the columns of the source that have no column here."""
    shown = {folded(str(item["text"])) for item in row.get("progress") or ()}
    lines = [f"{REFERENCE}{reference['raw']}" for reference in row["refs"]]
    for head, words in row["extra"].items():
        if words and folded(words) not in shown:
            lines.append(words if head == "备注" else f"{head}：{words}")
    return "\n".join(lines)


def source_words(row: JsonObject) -> str:
    """Return where a row comes from: document, last heading, page; its origin where it has no document."""
    page = f"第{row['page']}页" if row["page"] else ""
    name = row["title"] or file_name(row["source"]) or (row.get("entry") or {}).get("origin") or ""
    heading = row["section"][-1] if row["section"] else ""
    return "，".join(part for part in (name, heading, page) if part)


def file_name(source: str) -> str:
    """Return the name of a file without the folders in which it lies, of whatever system they are."""
    return PurePath(source.replace("\\", "/")).name


def repeats(row: JsonObject) -> bool:
    """Tell whether the day of a row comes again: 每月25日前."""
    return not row["due"] and bool(row["next_due"])


def _units(role: str, row: JsonObject) -> CellValue:
    return "、".join(unit_words(unit) for unit in row["units"] if unit["role"] == role)


def _raw(key: str, row: JsonObject) -> CellValue:
    """Return the words of a list of findings, each once."""
    return "；".join(dict.fromkeys(item["raw"] for item in row[key]))


def _part(part: Part, row: JsonObject) -> CellValue:
    return segments(row).get(part)


def _goal(row: JsonObject) -> CellValue:
    return segments(row).get(Part.GOAL) or _beside_text("goal", row)


def _beside_text(key: str, row: JsonObject) -> CellValue:
    """Return words that the text of the row does not say already."""
    words = str(row[key] or "")
    return "" if folded(words) in folded(str(row["text"])) else words


def _due(row: JsonObject) -> CellValue:
    return _day(row["due"] or row["next_due"])


def _day(day: Any) -> CellValue:
    return date.fromisoformat(day) if day else None


def _persons(row: JsonObject) -> CellValue:
    return "、".join(person_words(person) for person in row["persons"])


def _status(row: JsonObject) -> CellValue:
    return STATUS_WORDS[row.get("status") or "not_started"]


def _entry(key: str, row: JsonObject) -> CellValue:
    return str((row.get("entry") or {}).get(key) or "")


def _percent(row: JsonObject) -> CellValue:
    percent: int | None = row.get("percent")
    return percent


def _dealt_with(row: JsonObject) -> CellValue:
    """Return what was decided about a row besides its text, one line each: 延期, 移交, 终止, 销号, 回头看."""
    lines = [
        f"延期：{item['before']} 改为 {item['to']}（{item['reason']}）"
        for item in row.get("extensions") or ()
    ]
    for item in row.get("handovers") or ():
        lines.append(f"移交：{'、'.join(item['before'])} 移交 {'、'.join(item['to'])}（{item['reason']}）")
    if ended := row.get("ended"):
        lines.append(f"终止：{ended['reason']}")
    if closing := row.get("closing"):
        said = {"applied": "已申请", "accepted": "已通过", "rejected": "已退回"}[closing["state"]]
        lines.append("，".join(part for part in (f"销号：{said}", closing.get("reason") or "") if part))
    for item in row.get("rechecks") or ():
        lines.append(f"回头看：{item['on']} {'合格' if item['good'] else '反弹'} {item['finding']}".strip())
    return "\n".join(lines)


def _own(head: str, row: JsonObject) -> CellValue:
    value = (row.get("own") or {}).get(head)
    return "" if value is None else str(value)


def _own_columns(rows: Sequence[JsonObject]) -> list[Column]:
    heads = dict.fromkeys(head for row in rows for head in row.get("own") or ())
    return [Column(f"{OWN}{head}", head, 14, partial(_own, head), optional=True) for head in heads]


NUMBER = Column("number", "序号", 5, lambda _row: None, centred=True)
"""Filled with the running number."""
COLUMNS = (
    Column("mark", "标记", 6, lambda row: "、".join(row.get("marks") or ()), optional=True, centred=True),
    Column("entry.number", "编号", 10, partial(_entry, "number"), optional=True),
    Column("entry.origin", "交办来源", 10, partial(_entry, "origin"), optional=True),
    Column("entry.assigned_on", "交办日期", 11, lambda row: _day(_entry("assigned_on", row)), optional=True),
    Column("entry.assigned_by", "交办领导", 10, partial(_entry, "assigned_by"), optional=True),
    Column("section", "章节", 11, lambda row: SECTION_JOINT.join(row["section"]), sheet_only=True),
    Column("problem", "存在问题", 22, partial(_beside_text, "problem"), optional=True),
    Column("text", "重点任务", 18, partial(_part, Part.TEXT)),
    Column("goal", "整改目标", 22, _goal, optional=True),
    Column("measures", "工作措施", 36, partial(_part, Part.MEASURES)),
    Column("lead", "牵头单位", 11, partial(_units, "lead")),
    Column("responsible", "责任单位", 11, partial(_units, "responsible")),
    Column("cooperate", "配合单位", 12, partial(_units, "cooperate")),
    Column("supervise", "督导单位", 10, partial(_units, "supervise")),
    Column("persons", "责任人", 9, _persons, internal=True),
    Column("entry.officer", "承办人", 9, partial(_entry, "officer"), optional=True),
    Column("entry.phone", "联系电话", 13, partial(_entry, "phone"), optional=True),
    Column("limits", "完成时限", 11, partial(_raw, "deadlines")),
    Column("day", "截止日期", 11, _due, centred=True),
    Column("indicators", "指标", 11, partial(_raw, "indicators")),
    Column("status", "状态", 8, _status, centred=True),
    Column("percent", "进度（%）", 7, _percent, optional=True, centred=True),
    Column("done_on", "完成日期", 11, lambda row: _day(row.get("done_on")), optional=True, centred=True),
    Column("progress", "进展情况", 20, progress_words, internal=True, narrow=14),
    Column("dealt", "办理记录", 22, _dealt_with, optional=True, sheet_only=True),
    Column("remark", "备注", 14, remark_words, optional=True),
    Column("checks", "核对", 16, row_checks, optional=True, sheet_only=True),
    Column("origin", "来源", 15, source_words),
)
"""In the order of the sheet, between the running number and the columns that the office added."""
PLACES = (
    Column("repeat", "周期", 6, lambda row: REPEATS if repeats(row) else "", hidden=True),
    Column("id", "任务编号", 12, lambda row: row["id"], hidden=True, internal=True),
    Column("document", "文件编号", 10, lambda row: row["document"] or "", hidden=True, internal=True),
    Column("span", "原文位置", 12, lambda row: "-".join(map(str, row["span"])), hidden=True, internal=True),
)
"""What tells programs which row this is; always the last columns."""
