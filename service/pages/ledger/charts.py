"""Charts of the rows that are shown: due by month, by unit, by status, overdue. A click narrows them.

The browser counts the rows and draws: what is shown follows every filter at once.
"""

from __future__ import annotations

from nicegui import ui

from corpus.records import JsonObject

TITLES = {
    "months": "每月到期（只列有任务到期的月份）",
    "units": "各单位任务（牵头或责任）",
    "statuses": "办理状态",
    "overdue": "逾期未完成的任务数（每月底）",
}
BASE: JsonObject = {
    "animation": False,
    "aria": {"enabled": True},
    "textStyle": {"color": "#1c2733", "fontSize": 12},
}


class Charts:
    """Empty charts, to be filled by `taizhang.drawCharts`."""

    def __init__(self) -> None:
        self.ids: dict[str, int] = {}
        with ui.element("div").classes("charts"):
            for name, title in TITLES.items():
                with ui.column().classes("panel chart gap-0"):
                    ui.label(title).classes("chart-title")
                    chart = ui.echart(dict(BASE), renderer="svg")
                    chart.classes("w-full chart-picture").props(f'role=img aria-label="{title}"')
                    self.ids[name] = chart.id
