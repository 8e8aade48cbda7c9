"""催办: the reminder for each unit whose sheet is missing, to copy, or all in one notice."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING

from nicegui import ui

from service.dispatch.standing import Standing
from service.dispatch.urging import reminders
from service.pages.dispatch.downloads import download
from service.pages.frame import empty_state

if TYPE_CHECKING:
    from service.library import Library

COPIED = "已复制，可以粘贴到短信、邮件或政务通。"


def urging_part(library: Library, standing: Standing) -> None:
    """Lay out the reminders."""
    found = reminders(standing, library.dispatches.office)
    if not found:
        empty_state("task_alt", "所有单位都已报送，不需要催办。")
        return
    with ui.row().classes("bar w-full items-center gap-1 no-wrap"):
        ui.label(f"{len(found)} 个单位没有报送").classes("font-bold q-ml-sm")
        ui.space()
        everything = "\n\n".join(item.text for item in found)
        _copying(ui.button("全部复制", icon="content_copy").props("flat dense"), everything)
        notice = partial(download, partial(library.dispatches.notice_file, standing.dispatch.id))
        ui.button("催办通知 Word", icon="download", on_click=notice).props("flat dense")
    with ui.column().classes("w-full gap-0 reminders"):
        for item in found:
            with ui.row().classes("reminder w-full items-start no-wrap gap-3"):
                ui.label(item.text).classes("reminder-text grow")
                button = ui.button("复制", icon="content_copy")
                _copying(button, item.text)
                button.props("outline dense").props["aria-label"] = f"复制给{item.unit}的催办"


def _copying(button: ui.button, words: str) -> None:
    """Let a button copy words; in the browser alone, which lets only a click copy."""
    button.on("click", js_handler=f"() => taizhang.copyText({json.dumps(words)}, {json.dumps(COPIED)})")
