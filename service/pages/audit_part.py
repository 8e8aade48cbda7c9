"""修改记录 in 设置: who changed what and when, for the administrator."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

from nicegui import ui

from corpus.records import JsonObject
from corpus.store.audit import AuditEntry, AuditQuery
from service.pages.grid import column, grid, wrapped

if TYPE_CHECKING:
    from service.library import Library

SHOWN = 500
EXPORTED = 100_000
LONGEST = 160
"""Characters of a value that the list shows."""
ACTIONS = {
    "row": "任务",
    "document": "文件",
    "account": "账号",
    "session": "登录",
    "token": "令牌",
    "setting": "设置",
    "backup": "备份",
    "job": "后台工作",
}
KEYS = {
    "text": "文字",
    "label": "编号",
    "units": "单位",
    "deadlines": "时限",
    "indicators": "指标",
    "persons": "责任人",
    "measures": "措施",
    "refs": "引用文件",
    "problem": "存在问题",
    "goal": "整改目标",
    "extra": "备注",
    "section": "所在标题",
    "span": "原文位置",
    "doubts": "核对",
    "status": "状态",
    "hidden": "删除或恢复",
    "merged_into": "并入",
    "confirmed": "确认",
    "added": "新增",
    "updated": "更新",
    "unchanged": "再次存入",
    "reextracted": "重新提取",
    "removed": "移出",
    "restored": "恢复",
    "role": "角色",
    "password": "改密码",
    "locked": "停用或启用",
    "failures": "密码输错",
    "revoked": "作废",
    "made": "备份",
    "cancelled": "取消",
    "add_archive": "存入压缩包",
    "reextract": "重新提取",
    "index": "更新索引",
}
COLUMNS: list[JsonObject] = [
    column("at", "时间", 150),
    column("by", "谁", 100),
    column("what", "做了什么", 150),
    column("subject", "对象", 110),
    {**wrapped("before", "原来", 260), "flex": 1},
    {**wrapped("after", "改为", 260), "flex": 1},
]


def audit_part(library: Library) -> None:
    """Show the newest changes, and hand out all of them."""
    entries = library.audit.page(AuditQuery(limit=SHOWN))
    with ui.row().classes("w-full items-center"):
        ui.label(f"共 {entries.total} 条，这里是最近的 {len(entries.items)} 条。").classes("faint")
        ui.space()
        ui.button("导出全部", icon="download", on_click=lambda: _export(library)).props("outline dense")
    rows = [{"key": str(entry.number), **_row(entry)} for entry in entries.items]
    grid(COLUMNS, rows).classes("w-full shelf")


def _export(library: Library) -> None:
    lines = io.StringIO()
    writer = csv.writer(lines)
    writer.writerow(["时间", "谁", "做了什么", "对象", "原来", "改为", "说明"])
    for entry in library.audit.page(AuditQuery(limit=EXPORTED)).items:
        writer.writerow([*_row(entry, limit=None).values(), entry.fact.note])
    ui.download.content(lines.getvalue().encode("utf-8-sig"), "修改记录.csv")


def _row(entry: AuditEntry, limit: int | None = LONGEST) -> JsonObject:
    kind, _, key = entry.fact.action.partition(".")
    return {
        "at": entry.at.astimezone().strftime("%Y-%m-%d %H:%M:%S"),
        "by": entry.by or "（未署名）",
        "what": f"{ACTIONS.get(kind, kind)} {KEYS.get(key, key)}".strip(),
        "subject": entry.fact.subject,
        "before": value_words(entry.fact.before)[:limit],
        "after": value_words(entry.fact.after)[:limit],
    }


def value_words(value: Any) -> str:
    """Return a value of the log in words: names of units, words of limits, else as JSON."""
    if value is None or value == "" or value == []:
        return ""
    if isinstance(value, list):
        return "、".join(value_words(item) for item in value)
    if isinstance(value, dict):
        named = next(
            (value[key] for key in ("raw", "name", "title", "text", "by", "source") if value.get(key)), None
        )
        return str(named) if named is not None else json.dumps(value, ensure_ascii=False)
    return str(value)
