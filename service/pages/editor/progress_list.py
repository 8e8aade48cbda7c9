"""What a report says has been done, in the place of the grid; a click shows it in the source."""

from __future__ import annotations

from collections.abc import Iterable

from nicegui import ui

from corpus.records import JsonObject

STATUS_WORDS = {"done": "已完成", "ongoing": "正在推进", "not_started": "未启动"}


def progress_list(items: Iterable[JsonObject]) -> ui.column:
    """Lay out the items in the order of the text; hidden at first."""
    with ui.column().classes("w-full gap-0 progress-list") as area:
        for item in items:
            with ui.element("button").classes("progress-item") as button:
                ui.label(STATUS_WORDS[item["status"]]).classes(f"status status-{item['status']}")
                with ui.column().classes("gap-0"):
                    ui.label(item["text"])
                    ui.label(_beside(item)).classes("faint")
            button.on("click", js_handler=f"() => taizhang.showPlace({item['span'][0]})")
    area.set_visibility(False)
    return area


def _beside(item: JsonObject) -> str:
    """Return the counts of parts, and where the item stands."""
    counts = "，".join(f"{count['value']} 个{STATUS_WORDS[count['status']]}" for count in item["counts"])
    return "　".join(filter(None, [counts, " > ".join(item["section"])]))
