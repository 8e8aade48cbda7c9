"""Rows without a document: typed into a form, or pasted from Excel."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from nicegui import ui

from corpus.errors import UserError
from corpus.store.editing.edits import Edit, NewRow, RowEdits
from service.editing.by_hand import typed_row
from service.pages.ledger.form_dialog import Done, form_boxes, missing_words, read_boxes
from service.pages.ledger.forms import ENTRY_FIELDS, Field
from service.pages.ledger.own_columns import FIELD_KINDS
from service.pages.person import write
from service.supervision.entries import MARKS
from service.supervision.pasted import pasted_rows

if TYPE_CHECKING:
    from service.library import Library

SHOWN_ROWS = 20
"""Pasted rows that are shown before they are stored."""
TASK_FIELDS = (
    Field("text", "任务", "long", needed=True, half=False),
    Field("lead", "牵头单位"),
    Field("responsible", "责任单位"),
    Field("cooperate", "配合单位"),
    Field("day", "截止日期", "date"),
    *ENTRY_FIELDS,
    Field("marks", "标记", "several", MARKS),
    Field("remark", "备注"),
)
EXAMPLE = "任务\t牵头单位\t截止日期\t来源\t交办领导\n修复望川大桥护栏\t县交通局\t2026-12-31\t批示\t陈县长"


def new_row_dialog(library: Library, done: Done) -> None:
    """Ask for a task that stands in no document, and store it."""
    columns = library.columns.all()
    own = tuple(Field(item.name, item.name, FIELD_KINDS[item.kind], item.choices) for item in columns)
    with ui.dialog(value=True) as dialog, ui.card().classes("dialog dialog-wide"):
        ui.label("新增任务").classes("dialog-title")
        ui.label("批示、会议、督查、来电等交办的事项，不用文件也可以列入台账。几个单位用、隔开。").classes(
            "faint"
        )
        boxes = form_boxes(TASK_FIELDS)
        own_boxes = form_boxes(own) if own else {}

        async def store() -> None:
            values = read_boxes(TASK_FIELDS, boxes)
            if missing := missing_words(TASK_FIELDS, values):
                ui.notify(f"请填写{missing}。", type="warning")
                return
            words = {
                name: "、".join(value) if isinstance(value, list) else str(value or "")
                for name, value in values.items()
            }
            filled = {name: str(box.value or "") for name, box in own_boxes.items()}

            def add(by: str) -> Edit:
                return library.rows.edit(RowEdits(added=[typed_row(words, filled)]), by)

            edit = await write(library, add)
            if edit is not None:
                dialog.close()
                await done(edit, "新增 1 项")

        with ui.row().classes("w-full justify-end"):
            ui.button("取消", on_click=dialog.close).props("flat")
            ui.button("保存", on_click=store).classes("form-done")
    dialog.on("hide", dialog.delete)


def paste_dialog(library: Library, done: Done) -> None:
    """Take rows that were copied in Excel with their head, show them, and store them."""
    with ui.dialog(value=True) as dialog, ui.card().classes("dialog dialog-wide"):
        ui.label("从 Excel 粘贴").classes("dialog-title")
        ui.label("在 Excel 或 WPS 里连表头一起选中、复制，再粘贴到下面。表头里要有“任务”这一列。").classes(
            "faint"
        )
        clip = ui.textarea(placeholder=EXAMPLE).props(
            'outlined autofocus aria-label="粘贴的表格" input-style="min-height: 130px; white-space: pre"'
        )
        clip.classes("w-full")
        preview = ui.column().classes("w-full gap-1 dialog-list")

        def read_clip() -> list[NewRow]:
            return pasted_rows(clip.value, library.columns.all(), library.today())

        async def read() -> list[NewRow] | None:
            preview.clear()
            if not (clip.value or "").strip():
                return None
            try:
                pasted = await asyncio.to_thread(read_clip)
            except UserError as error:
                with preview:
                    ui.label(str(error)).classes("told-fault")
                return None
            with preview:
                _preview(pasted)
            return pasted

        async def store() -> None:
            pasted = await read()
            if pasted is None:
                return
            edit = await write(library, lambda by: library.rows.edit(RowEdits(added=pasted), by))
            if edit is not None:
                dialog.close()
                await done(edit, f"粘贴 {len(pasted)} 项")

        clip.on_value_change(read)
        with ui.row().classes("w-full justify-end"):
            ui.button("取消", on_click=dialog.close).props("flat")
            ui.button("存入台账", on_click=store).classes("form-done")
    dialog.on("hide", dialog.delete)


def _preview(rows: list[NewRow]) -> None:
    ui.label(f"共 {len(rows)} 项").classes("font-bold")
    for number, row in enumerate(rows[:SHOWN_ROWS], start=1):
        units = "、".join(unit["name"] for unit in row.values.get("units", ()))
        days = "、".join(limit["end"] or limit["raw"] for limit in row.values.get("deadlines", ()))
        ui.label(f"{number}. {row.values['text'][:60]}　{units}　{days}").classes("pasted-row")
    if len(rows) > SHOWN_ROWS:
        ui.label(f"……其余 {len(rows) - SHOWN_ROWS} 项").classes("faint")
