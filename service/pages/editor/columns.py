"""The columns of the grid of an editable ledger."""

from __future__ import annotations

from collections.abc import Container

from corpus.records import JsonObject
from service.editing.cells import CELLS
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
FURTHER_RIGHT = frozenset({"supervise", "persons", "indicators", "remark"})
"""What may lie outside of a small screen when units and limits must not."""
WORDS_EDITOR: JsonObject = {":cellEditor": "taizhang.WordsEditor", "cellEditorPopup": True}
LARGE_EDITOR: JsonObject = {**WORDS_EDITOR, "cellEditorParams": {"rows": 8, "proposing": False}}
LIST_EDITOR = WORDS_EDITOR
"""For units: proposes the names that the ledger and the registry know."""
UNIT_FIELDS = ("lead", "responsible", "cooperate", "supervise")
LARGE = frozenset({"text", "problem", "goal", "remark", "indicators", "persons"})

ROW_CLASSES = {":doubtful": "(params) => params.data.doubt", ":changed": "(params) => params.data.changed"}


def ledger_columns(filled: Container[str]) -> list[JsonObject]:
    """Return the columns; those not in `filled`, the fields that some row fills, are hidden at first."""
    return [
        column(
            "number", "序号", 58, pinned="left", resizable=False, **{":cellRenderer": "taizhang.numberCell"}
        ),
        {**wrapped("notes", "请核对", 150), "pinned": "left", "hide": True},
        *(
            _editable(cell.field, cell.head, cell.field in filled or cell.field in ALWAYS_SHOWN)
            for cell in sorted(CELLS, key=lambda cell: cell.field in FURTHER_RIGHT)
        ),
        column("section", "出处", 160),
    ]


def _editable(field: str, head: str, shown: bool) -> JsonObject:
    editor = LIST_EDITOR if field in UNIT_FIELDS else LARGE_EDITOR if field in LARGE else {}
    return {**wrapped(field, head, WIDTHS[field]), "editable": True, "hide": not shown, **editor}
