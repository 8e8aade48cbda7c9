"""Counts as pictures: tasks due by month, tasks by unit, tasks by status. A click narrows the list."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from nicegui import events, ui

from corpus.records import JsonObject
from service.overview import Overview

MOST_UNITS = 8
MOST_MONTHS = 18
COLOURS = {"逾期": "#b03a2e", "将到期": "#d9a21b", "正常": "#2f7d4f", "已办结": "#8a97a5"}
END_COLOURS = {"已完成": "#2f7d4f", "未完成": "#1d4f91"}
STATUS_COLOURS = ["#8a97a5", "#1d4f91", "#2f7d4f", "#16603a", "#0a5f7d", "#d9a21b", "#5b6b7b"]
TEXT = {"color": "#1c2733", "fontSize": 12}
Narrow = Callable[[str], None]


def overview_charts(counts: Overview, by_month: Narrow, by_unit: Narrow, by_status: Narrow) -> None:
    """Show the three charts side by side; each callback gets the name of what was clicked."""
    with ui.row().classes("w-full charts no-wrap"):
        _chart("每月到期", _months(counts), by_month)
        _chart("各单位任务（牵头或责任）", _units(counts), by_unit)
        _chart("办理状态", _statuses(counts), by_status)


def _chart(title: str, options: JsonObject, narrow: Narrow) -> None:
    def clicked(event: events.EChartPointClickEventArguments) -> None:
        narrow(str(event.name))

    with ui.column().classes("panel chart gap-0"):
        ui.label(title).classes("chart-title")
        base: JsonObject = {"textStyle": TEXT, "animation": False, "aria": {"enabled": True}}
        chart = ui.echart({**base, **options}, on_point_click=clicked, renderer="svg")
        chart.classes("w-full chart-picture").props(f'role=img aria-label="{title}"')


def _months(counts: Overview) -> JsonObject:
    months = list(counts.months)[-MOST_MONTHS:]
    series = [
        _bar(words, [counts.months[month].get(words, 0) for month in months], colour)
        for words, colour in COLOURS.items()
        if any(counts.months[month].get(words) for month in months)
    ]
    return {
        "grid": {"left": 34, "right": 10, "top": 28, "bottom": 24},
        "legend": _legend(),
        "tooltip": {"trigger": "axis"},
        "xAxis": {"type": "category", "data": months, "axisLabel": TEXT},
        "yAxis": {"type": "value", "minInterval": 1, "axisLabel": TEXT},
        "series": series,
    }


def _units(counts: Overview) -> JsonObject:
    names = list(reversed(list(counts.units)[:MOST_UNITS]))
    series = [
        _bar(words, [counts.units[name].get(words, 0) for name in names], colour)
        for words, colour in END_COLOURS.items()
    ]
    return {
        "grid": {"left": 148, "right": 14, "top": 28, "bottom": 22},
        "legend": _legend(),
        "tooltip": {"trigger": "axis"},
        "xAxis": {"type": "value", "minInterval": 1, "axisLabel": TEXT},
        "yAxis": {
            "type": "category",
            "data": names,
            "axisLabel": {**TEXT, "width": 140, "overflow": "truncate"},
        },
        "series": series,
    }


def _statuses(counts: Overview) -> JsonObject:
    data = [{"name": name, "value": number} for name, number in counts.statuses.items()]
    pie: dict[str, Any] = {
        "type": "pie",
        "radius": ["42%", "68%"],
        "center": ["50%", "54%"],
        "data": data,
        "label": {**TEXT, "formatter": "{b} {c}"},
    }
    return {"color": STATUS_COLOURS, "tooltip": {"trigger": "item"}, "series": [pie]}


def _bar(name: str, values: list[int], colour: str) -> JsonObject:
    return {"name": name, "type": "bar", "stack": "all", "data": values, "itemStyle": {"color": colour}}


def _legend() -> JsonObject:
    return {"top": 0, "right": 4, "itemWidth": 12, "itemHeight": 10, "textStyle": TEXT}
