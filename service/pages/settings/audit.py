"""修改记录 in 设置: who changed what and when, for the administrator."""

from __future__ import annotations

import asyncio
from dataclasses import asdict
from functools import partial
from typing import TYPE_CHECKING

from nicegui import ui

from corpus.records import JsonObject
from corpus.store.audit import AuditEntry, AuditQuery
from service.audit_sheet import audit_bytes
from service.audit_words import names_of, told
from service.pages.grid import column, grid, wrapped

if TYPE_CHECKING:
    from service.library import Library

SHOWN = 500
LONGEST = 160
"""Characters of a value that the list shows."""
COLUMNS: list[JsonObject] = [
    column("at", "时间", 160),
    column("by", "谁", 80),
    column("what", "做了什么", 128),
    {**wrapped("subject", "对象", 250), "flex": 1},
    {**wrapped("before", "原来", 220), "flex": 1},
    {**wrapped("after", "改为", 220), "flex": 1},
]


def audit_part(library: Library) -> None:
    """Show the newest changes, and hand out all of them."""
    entries = library.audit.page(AuditQuery(limit=SHOWN))
    with ui.row().classes("w-full items-center q-mb-sm gap-3"):
        find = ui.input(placeholder="查找人、事项、对象").props(
            'dense outlined clearable aria-label="在修改记录中查找"'
        )
        find.on("update:value", js_handler="(words) => taizhang.filterGridIn('.audit', words)")
        ui.label(_count_words(entries.total, len(entries.items))).classes("faint")
        ui.space()
        export = partial(_export, library)
        ui.button("导出全部", icon="download", on_click=export).props("outline dense")
    names = names_of(library.store, [entry.fact.subject for entry in entries.items])
    rows = [{"key": str(entry.number), **_row(entry, names)} for entry in entries.items]
    grid(COLUMNS, rows).classes("w-full shelf audit")


def _count_words(total: int, shown: int) -> str:
    if total == shown:
        return f"共 {total} 条。"
    return f"共 {total} 条，这里是最近的 {shown} 条；更早的请导出查看。"


async def _export(library: Library) -> None:
    waiting = ui.notification("正在导出…", spinner=True, timeout=None)
    data = await asyncio.to_thread(audit_bytes, library.store, "xlsx")
    waiting.dismiss()
    ui.download.content(data, "修改记录.xlsx")


def _row(entry: AuditEntry, names: dict[str, str]) -> JsonObject:
    words = asdict(told(entry, names))
    return {
        "at": entry.at.astimezone().strftime("%Y-%m-%d %H:%M:%S"),
        "by": entry.by or "系统",
        **{key: value[:LONGEST] for key, value in words.items()},
    }
