"""The grid of an editable ledger: its columns, and its rows as the grid takes them."""

from __future__ import annotations

from collections.abc import Iterable

from corpus.records import JsonObject
from service.editing.cells import CELLS
from service.editing.editable import EditedRow
from service.ledger import row_checks
from service.pages.grid import column, wrapped

WIDTHS = {
    "label": 56,
    "problem": 220,
    "text": 226,
    "goal": 180,
    "lead": 94,
    "responsible": 96,
    "cooperate": 94,
    "supervise": 100,
    "persons": 100,
    "limits": 92,
    "day": 98,
    "indicators": 120,
    "remark": 150,
}
"""Pixels: text, units and limits must fit beside the source on a screen 1366 wide."""
ALWAYS_SHOWN = frozenset({"text", "lead", "responsible", "cooperate", "limits", "day"})
WORDS_EDITOR: JsonObject = {":cellEditor": "taizhang.WordsEditor", "cellEditorPopup": True}
LARGE_EDITOR: JsonObject = {**WORDS_EDITOR, "cellEditorParams": {"rows": 8, "proposing": False}}
LIST_EDITOR = WORDS_EDITOR
"""For units: proposes the names that the ledger and the registry know."""
UNIT_FIELDS = ("lead", "responsible", "cooperate", "supervise")
LARGE = frozenset({"text", "problem", "goal", "remark", "indicators", "persons"})

ROW_CLASSES = {":doubtful": "(params) => params.data.doubt", ":changed": "(params) => params.data.changed"}


def ledger_columns(rows: Iterable[EditedRow]) -> list[JsonObject]:
    """Return the columns; those that no row fills are hidden at first."""
    filled = {cell.field for row in rows for cell in CELLS if cell.read(row.record)}
    return [
        column(
            "number", "序号", 58, pinned="left", resizable=False, **{":cellRenderer": "taizhang.numberCell"}
        ),
        {**wrapped("notes", "请核对", 150), "pinned": "left", "hide": True},
        *(_editable(cell.field, cell.head, cell.field in filled | ALWAYS_SHOWN) for cell in CELLS),
        column("section", "出处", 160),
    ]


def _editable(field: str, head: str, shown: bool) -> JsonObject:
    editor = LIST_EDITOR if field in UNIT_FIELDS else LARGE_EDITOR if field in LARGE else {}
    return {**wrapped(field, head, WIDTHS[field]), "editable": True, "hide": not shown, **editor}


def grid_rows(rows: Iterable[EditedRow], changed: Iterable[str]) -> list[JsonObject]:
    """Return the rows for the grid; `changed` are the keys of those that are not stored as they stand."""
    touched = set(changed)
    return [grid_row(row, number, row.key in touched) for number, row in enumerate(rows, start=1)]


def grid_row(row: EditedRow, number: int, changed: bool) -> JsonObject:
    """Return one row: the text of each cell, and what colours the row."""
    return {
        "key": row.key,
        "number": number,
        "doubt": row.doubtful,
        "changed": changed,
        "notes": row_checks(row.record),
        "section": " > ".join(row.record["section"]),
        **{cell.field: cell.read(row.record) for cell in CELLS},
    }
