"""Grids: columns, selection, and Chinese words for the controls that AG Grid brings."""

from __future__ import annotations

from typing import Any

from nicegui import ui

from corpus.records import JsonObject

WORDS = {
    "noRowsToShow": "没有可显示的内容",
    "loadingOoo": "正在读取…",
    "ariaRowToggleSelection": "按空格键选中或取消这一行",
    "ariaRowSelect": "按空格键选中这一行",
    "ariaRowDeselect": "按空格键取消选中",
    "ariaInputEditor": "修改这一格",
    "ariaRowSelectAll": "按空格键选中或取消所有行",
    "ariaHeaderSelection": "选中所有行",
    "ariaRowSelectionDisabled": "这一行不能选中",
    "ariaChecked": "已选中",
    "ariaUnchecked": "未选中",
    "ariaIndeterminate": "部分选中",
    "ariaLabelColumnMenu": "栏目菜单",
    "ariaSortableColumn": "按回车键排序",
    "ariaSkeletonCellLoading": "正在读取",
    "ariaLabelCellEditor": "修改这一格",
    "ariaLabelSelectField": "选择",
    "page": "页",
    "to": "至",
    "of": "共",
}
"""AG Grid's `localeText` keys, from its documentation of localisation."""

DEFAULT_COLUMN = {
    "resizable": True,
    "sortable": True,
    "cellDataType": False,
    ":comparator": "taizhang.blanksLast",
}
"""Cells hold the words that they show: a guessed type would bring a date box that takes 2026-6-30 for a day
of the year 6630."""


def column(field: str, name: str, width: int, **options: Any) -> JsonObject:
    """Return the definition of one column, `width` in pixels."""
    return {"field": field, "headerName": name, "width": width, **options}


def number(field: str, name: str, width: int, **options: Any) -> JsonObject:
    """Return a column of numbers, which stand below each other to the digit."""
    return column(field, name, width, type="rightAligned", **options)


def wrapped(field: str, name: str, width: int, least: int = 0) -> JsonObject:
    """Return a column whose cells show all their words on as many lines as they need.

    It may shrink to `least` pixels where not all columns have room; 0 keeps its width.
    """
    how: JsonObject = {"minWidth": least} if least else {}
    return column(field, name, width, wrapText=True, autoHeight=True, cellStyle={"lineHeight": "1.6"}, **how)


def grid(columns: list[JsonObject], rows: list[JsonObject]) -> ui.aggrid:
    """Show rows as a grid with single selection, identified by their "key"."""
    return ui.aggrid(
        {
            "columnDefs": columns,
            "rowData": rows,
            "defaultColDef": DEFAULT_COLUMN,
            "rowSelection": {"mode": "singleRow", "checkboxes": False, "enableClickSelection": True},
            "localeText": WORDS,
            "headerHeight": 36,
            "animateRows": False,
            ":getRowId": "params => params.data.key",
            ":onFirstDataRendered": "(event) => taizhang.widen(event.api)",
            ":onModelUpdated": "(event) => taizhang.tellEmpty(event.api)",
        },
        auto_size_columns=False,
    )
