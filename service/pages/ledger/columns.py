"""The columns of the list of all tasks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from corpus.records import JsonObject
from corpus.store.rows import TaskStatus
from service.ledger import STATUS_WORDS
from service.pages.grid import column, number
from service.supervision.columns import ColumnKind, OwnColumn
from service.supervision.statuses import SETTABLE

CLAMPED = {"wrapText": True, "cellClass": "clamped"}
OWN = "own:"
"""Before the name of a column that the office added, in the id of its column."""
STATUS_OF_WORDS = {words: TaskStatus(value) for value, words in STATUS_WORDS.items()}
SETTABLE_WORDS = [STATUS_WORDS[status.value] for status in SETTABLE]


def ledger_columns(own: Iterable[OwnColumn], editable: bool) -> list[JsonObject]:
    """Return the columns; those that few need are hidden until they are chosen."""
    return [
        column("colour", "灯", 76, **_rendered("colourCell")),
        column("text", "任务", 300, flex=1, minWidth=220, **CLAMPED, **_rendered("taskCell")),
        column("lead", "牵头单位", 116, **CLAMPED),
        column("responsible", "责任单位", 122, **CLAMPED),
        column("cooperate", "配合单位", 122, hide=True, **CLAMPED),
        column("supervise", "督导单位", 122, hide=True, **CLAMPED),
        column("due", "截止日期", 108, **_rendered("dueCell")),
        column("status", "状态", 92, **(_choices(SETTABLE_WORDS) if editable else {})),
        number("percent", "进度", 66, **_rendered("percentCell"), **(_percent() if editable else {})),
        column("note", "最近进展", 178, **CLAMPED),
        *(_own(item, editable) for item in own),
        column("title", "文件", 150, **CLAMPED),
        column("first_due", "原定日期", 104, hide=True),
        column("done_on", "完成日期", 104, hide=True),
        column("closing", "销号", 84, hide=True),
        column("review_due", "回访日期", 104, hide=True),
        column("origin", "来源", 84, hide=True),
        column("number", "编号", 120, hide=True),
        column("assigned_on", "交办日期", 104, hide=True),
        column("assigned_by", "交办领导", 96, hide=True),
        column("officer", "承办人", 84, hide=True),
        column("phone", "联系电话", 116, hide=True),
    ]


def _own(item: OwnColumn, editable: bool) -> JsonObject:
    name = OWN + item.name
    how: JsonObject = {}
    if editable:
        how = _choices(["", *item.choices]) if item.kind is ColumnKind.CHOICE else {"editable": True}
    values = {
        ":valueGetter": f"(params) => params.data.own[{item.name!r}] ?? ''",
        ":valueSetter": "() => true",  # what was typed is shown once it is stored
    }
    return {**column(name, item.name, 110, **CLAMPED, **values, **how), "colId": name}


def _rendered(renderer: str) -> JsonObject:
    return {":cellRenderer": f"taizhang.{renderer}"}


def _choices(values: list[str]) -> JsonObject:
    return {
        "editable": True,
        "cellEditor": "agSelectCellEditor",
        "cellEditorParams": {"values": values},
    }


def _percent() -> dict[str, Any]:
    return {
        "editable": True,
        "cellEditor": "agNumberCellEditor",
        "cellEditorParams": {"min": 0, "max": 100, "precision": 0},
    }
