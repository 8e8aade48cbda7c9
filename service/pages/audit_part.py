"""修改记录 in 设置: who changed what and when, for the administrator."""

from __future__ import annotations

import asyncio
import json
from functools import partial
from typing import TYPE_CHECKING, Any

from nicegui import ui

from corpus.records import JsonObject
from corpus.store.audit import AuditEntry, AuditQuery
from service.audit_sheet import audit_bytes
from service.ledger import STATUS_WORDS, short_text
from service.pages.grid import column, grid, wrapped
from service.supervision.telling import HEADS, TELLERS

if TYPE_CHECKING:
    from service.library import Library

SHOWN = 500
LONGEST = 160
"""Characters of a value that the list shows."""
SUBJECT = 24
"""Characters of a task that the list shows as the object of a change."""
KINDS = {
    "row": "任务",
    "document": "文件",
    "account": "账号",
    "token": "令牌",
    "setting": "设置",
    "backup": "备份",
    "job": "后台工作",
    "dispatch": "调度",
    "draft": "文稿",
    "outline": "提纲",
    "filter": "筛选",
    "mail": "邮件",
    "units": "单位名录",
    "words": "说法",
}
KEYS = {
    **HEADS,
    "change": "改动",
    "add": "新建",
    "keep": "保留版本",
    "save": "保存",
    "remove": "移出",
    "restore": "恢复",
    "sent": "发送",
    "reject": "停用",
    "made": "生成",
    "returned": "存入回表",
    "return_undone": "撤销回表",
    "withdrawn": "撤回",
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
    "cancelled": "取消",
    "add_archive": "存入压缩包",
    "reextract": "重新提取",
    "index": "更新索引",
}
SETTING_NAMES = {
    "office_name": "单位名称",
    "colour_red": "逾期颜色",
    "colour_yellow": "将到期颜色",
    "colour_green": "正常颜色",
    "colour_blue": "正常颜色（蓝黄红）",
    "colour_scheme": "三色方案",
    "due_soon_days": "提前几天预警",
    "review_days": "复查间隔（天）",
    "time_zone": "时区",
    "own_columns": "自定义栏目",
    "font": "字体",
    "font_size": "字号",
    "model_address": "大模型地址",
    "model_name": "大模型名称",
    "model_key": "大模型密钥",
    "backup_time": "备份时间",
    "backups_kept": "备份份数",
}
VALUES = {
    **STATUS_WORDS,
    "deleted": "已删除",
    "merged": "已并入他项",
    "absent": "尚未有",
    "True": "是",
    "False": "否",
}
COLUMNS: list[JsonObject] = [
    column("at", "时间", 150),
    column("by", "谁", 80),
    column("what", "做了什么", 128),
    {**wrapped("subject", "对象", 250), "flex": 1},
    {**wrapped("before", "原来", 220), "flex": 1},
    {**wrapped("after", "改为", 220), "flex": 1},
]


TOLD = frozenset(TELLERS) - {"status", "hidden"}
"""What grows at its end with each step: only what came is told."""


def audit_part(library: Library) -> None:
    """Show the newest changes, and hand out all of them."""
    entries = library.audit.page(AuditQuery(limit=SHOWN))
    with ui.row().classes("w-full items-center q-mb-sm"):
        ui.label(f"共 {entries.total} 条，这里是最近的 {len(entries.items)} 条。").classes("faint")
        ui.space()
        export = partial(_export, library)
        ui.button("导出全部", icon="download", on_click=export).props("outline dense")
    names = _task_names(library, [entry.fact.subject for entry in entries.items])
    rows = [{"key": str(entry.number), **_row(entry, names)} for entry in entries.items]
    grid(COLUMNS, rows).classes("w-full shelf audit")


async def _export(library: Library) -> None:
    data = await asyncio.to_thread(audit_bytes, library.audit, "xlsx")
    ui.download.content(data, "修改记录.xlsx")


def _task_names(library: Library, subjects: list[str]) -> dict[str, str]:
    """Return the first words of the tasks among the subjects of changes."""
    tasks = sorted({subject for subject in subjects if subject[:1] == "t" and subject[1:].isdecimal()})
    return {row.id: short_text(row.record, SUBJECT) for row in library.store.task_rows(tasks)}


def _row(entry: AuditEntry, names: dict[str, str]) -> JsonObject:
    kind, _, key = entry.fact.action.partition(".")
    subject = entry.fact.subject
    before, after = _change_words(entry, key if kind == "row" else "")
    return {
        "at": entry.at.astimezone().strftime("%Y-%m-%d %H:%M:%S"),
        "by": entry.by or "系统",
        "what": f"{KINDS.get(kind, kind)} {KEYS.get(key, key)}".strip(),
        "subject": names.get(subject) or SETTING_NAMES.get(subject, subject),
        "before": before[:LONGEST],
        "after": after[:LONGEST],
    }


def _change_words(entry: AuditEntry, key: str) -> tuple[str, str]:
    """Return what stood before and after; of a step in the life of a row what was done."""
    before, after = entry.fact.before, entry.fact.after
    if key not in TOLD:
        return value_words(before), value_words(after)
    if isinstance(before, list) or isinstance(after, list):
        before, after = before or [], after or []
    return "", TELLERS[key](before, after)


def value_words(value: Any) -> str:
    """Return a value of the log in words: names of units, words of limits, else as JSON."""
    if value is None or value == "" or value == []:
        return ""
    if isinstance(value, list):
        return "、".join(value_words(item) for item in value)
    if isinstance(value, dict):
        named = next((value[key] for key in NAMING if value.get(key)), None)
        return str(named) if named is not None else json.dumps(value, ensure_ascii=False)
    return VALUES.get(str(value), str(value))


NAMING = ("raw", "name", "title", "text", "by", "source", "role")
"""Keys of a value that say by themselves what it is."""
