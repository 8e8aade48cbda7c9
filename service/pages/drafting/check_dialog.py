"""检查公文: a file is dropped, its faults of form and of fact are listed."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from nicegui import events, ui

from corpus.errors import UserError
from service.pages.intake.drop import drop_zone, path_of

if TYPE_CHECKING:
    from service.drafting.file_check import FileCheck
    from service.library import Library


def check_dialog(library: Library) -> None:
    """Open a dialog that checks the files dropped into it."""
    with ui.dialog(value=True), ui.card().classes("dialog").style("width: 720px; max-width: 90vw"):
        ui.label("检查公文").classes("doc-title")

        async def receive(upload: events.UploadEventArguments) -> None:
            await _check(library, upload, result)

        drop_zone("把 Word 公文拖到这里，或点此选择", receive)
        result = ui.column().classes("check-result w-full gap-1")


async def _check(library: Library, upload: events.UploadEventArguments, result: ui.column) -> None:
    from service.drafting.file_check import check_file  # brings python-docx and the readers of facts

    name, data = path_of(upload), await upload.file.read()
    try:
        found = await asyncio.to_thread(check_file, name, data, library)
    except UserError as error:
        ui.notify(str(error), type="negative", multi_line=True)
        return
    result.clear()
    with result:
        _show(found)


def _show(found: FileCheck) -> None:
    facts = "已核对格式和事实" if found.sources else "已核对格式；不是本系统起草的，没有核对事实"
    ui.label(f"{found.file}：{facts}，{len(found.faults)} 处问题。").classes("font-bold")
    for fault in found.faults:
        with ui.row().classes("w-full no-wrap gap-3 items-baseline"):
            ui.label(f"第 {fault.paragraph} 段" if fault.paragraph else "全文").classes("faint")
            ui.label(fault.message).classes("grow")
