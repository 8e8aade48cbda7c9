"""The ledger as an AG Grid: its columns, its rows, and Chinese words for the grid's own controls."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from nicegui import ui

from corpus.records import JsonObject
from service.ledger import CellValue, Column, ledger_table

WORDS = {
    "noRowsToShow": "没有可显示的内容",
    "filterOoo": "筛选…",
    "contains": "包含",
    "notContains": "不包含",
    "equals": "等于",
    "notEqual": "不等于",
    "startsWith": "开头是",
    "endsWith": "结尾是",
    "blank": "空白",
    "notBlank": "非空白",
    "before": "早于",
    "after": "晚于",
    "andCondition": "并且",
    "orCondition": "或者",
    "applyFilter": "确定",
    "resetFilter": "重置",
    "clearFilter": "清除",
    "page": "页",
    "of": "共",
    "to": "至",
    "firstPage": "首页",
    "lastPage": "末页",
    "nextPage": "下一页",
    "previousPage": "上一页",
    "pageSizeSelectorLabel": "每页",
}
"""AG Grid's `localeText` keys, from its documentation of localisation."""

PIXELS_PER_CHARACTER = 5
"""Turns a column width of the workbook into one of the page."""
NARROWEST = 64
"""Pixels."""
WRAPPED_FROM = 12
"""Columns wider than this, in characters, hold running words and wrap them."""

DEFAULT_COLUMN = {
    "resizable": True,
    "sortable": True,
    "filter": "agTextColumnFilter",
    "floatingFilter": False,
}


def column(field: str, name: str, width: int, **options: Any) -> JsonObject:
    """Return the definition of one column, `width` in pixels."""
    return {"field": field, "headerName": name, "width": width, **options}


def wrapped(field: str, name: str, width: int) -> JsonObject:
    """Return a column whose cells show all their words on as many lines as they need."""
    return column(field, name, width, wrapText=True, autoHeight=True, cellStyle={"lineHeight": "1.6"})


def ledger_grid(rows: Sequence[JsonObject]) -> ui.aggrid:
    """Show ledger rows with the columns of the workbook; a grid row carries its 0-indexed place as `row`."""
    table = ledger_table(rows)
    shown = [(place, item) for place, item in enumerate(table.columns) if not item.hidden]
    columns = [_ledger_column(item) for _, item in shown]
    cells = [
        {"row": number, **{item.head: _shown(values[place]) for place, item in shown}}
        for number, values in enumerate(table.cells)
    ]
    return grid(columns, cells)


def grid(columns: list[JsonObject], rows: list[JsonObject]) -> ui.aggrid:
    """Show rows as a grid with single selection, identified by their `row` key."""
    return ui.aggrid(
        {
            "columnDefs": columns,
            "rowData": rows,
            "defaultColDef": DEFAULT_COLUMN,
            "rowSelection": {"mode": "singleRow", "checkboxes": False, "enableClickSelection": True},
            "localeText": WORDS,
            "headerHeight": 36,
            ":getRowId": "params => String(params.data.row)",
        },
        auto_size_columns=False,
    )


def _ledger_column(item: Column) -> JsonObject:
    """Return the page's column: units and limits must fit beside the source text on a small screen."""
    width = max(NARROWEST, item.width * PIXELS_PER_CHARACTER)
    shown = wrapped if item.width > WRAPPED_FROM else column
    return {**shown(item.head, item.head, width), "suppressHeaderFilterButton": True}


def _shown(value: CellValue) -> CellValue:
    return value.isoformat() if isinstance(value, date) else value
