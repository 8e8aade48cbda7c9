"""What the history says of a step, in words for the people of the office."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from corpus.store.rows import HistoryEntry
from service.ledger import STATUS_WORDS
from service.supervision.entries import ENTRY_WORDS

HEADS = {
    "status": "状态",
    "percent": "进度",
    "done_on": "完成日期",
    "marks": "标记",
    "notes": "进展",
    "extensions": "延期",
    "handovers": "移交",
    "rechecks": "回头看",
    "attachments": "附件",
    "ended": "终止",
    "closing": "销号",
    "entry": "来源",
    "own": "自定义栏目",
    "hidden": "删除或恢复",
    "merged_into": "并入",
    "confirmed": "核对",
    "text": "任务",
    "label": "编号",
    "units": "单位",
    "deadlines": "时限",
    "indicators": "指标",
    "persons": "责任人",
    "measures": "措施",
    "refs": "引用文件",
    "problem": "存在问题",
    "goal": "整改目标",
    "extra": "其他栏目",
    "section": "所在标题",
    "span": "原文位置",
    "doubts": "疑点",
}
"""What pages call the keys of a row."""
STATES = {"applied": "申请销号", "accepted": "同意销号", "rejected": "退回销号申请"}
HIDDEN = {"deleted": "删除", "merged": "并入他项", "absent": "撤销新增", None: "显示"}


def tell(entry: HistoryEntry) -> str:
    """Return what one entry of a row's history says: 延期至 2026-09-30（原为 2026-06-30）；理由：汛期."""
    teller = TELLERS.get(entry.key)
    if teller is not None:
        return teller(entry.before, entry.after)
    return f"{HEADS.get(entry.key, entry.key)}：{_words(entry.before)} → {_words(entry.after)}"


def _grown(words: Callable[[Mapping[str, Any]], str]) -> Callable[[Any, Any], str]:
    """Tell of a list what came to its end, or what was taken away."""

    def told(before: list[Mapping[str, Any]], after: list[Mapping[str, Any]]) -> str:
        new = [item for item in after if item not in before]
        gone = [item for item in before if item not in after]
        return "；".join([*map(words, new), *(f"撤回：{words(item)}" for item in gone)])

    return told


def _note(item: Mapping[str, Any]) -> str:
    percent = f"（{item['percent']}%）" if item["percent"] is not None else ""
    parts = [f"{item['unit'] or item['by'] or '填报'} {item['date']}{percent}：{item['text']}"]
    parts += [
        f"{head}：{item[key]}"
        for key, head in (("problems", "存在问题"), ("next_step", "下一步"))
        if item[key]
    ]
    return "；".join(parts)


def _extension(item: Mapping[str, Any]) -> str:
    before = f"（原为 {item['before']}）" if item["before"] else ""
    return f"延期至 {item['to']}{before}；理由：{item['reason']}；批准人：{item['approver']}"


def _handover(item: Mapping[str, Any]) -> str:
    before = f"由{'、'.join(item['before'])}" if item["before"] else ""
    return f"{before}移交{'、'.join(item['to'])}；理由：{item['reason']}"


def _recheck(item: Mapping[str, Any]) -> str:
    result = "没有反弹" if item["good"] else "发现反弹，重新办理"
    return f"{item['on']} 回头看：{result}" + (f"；{item['finding']}" if item["finding"] else "")


def _attachment(item: Mapping[str, Any]) -> str:
    return f"附件《{item['name']}》"


def _closing(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> str:
    if after is None:
        return "取消销号" if before else ""
    if after["state"] == "applied":
        return f"{after['applicant']} {after['applied_on']} 申请销号；依据：{after['evidence']}"
    reason = f"；理由：{after['reason']}" if after["reason"] else ""
    return f"{after['reviewer']} {after['reviewed_on']} {STATES[after['state']]}{reason}"


def _ended(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> str:
    return f"终止；理由：{after['reason']}" if after else "恢复办理" if before else ""


def _changed(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> str:
    """Tell the values of an object that are different now."""
    old, new = before or {}, after or {}
    keys = [key for key in dict.fromkeys([*old, *new]) if old.get(key) != new.get(key)]
    return "；".join(f"{ENTRY_WORDS.get(key, key)}：{new.get(key) or '（空）'}" for key in keys)


def _confirmed(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> str:
    return f"核对无误（{after['by'] or '未署名'}）" if after else "核对作废，请再核对" if before else ""


def _status(before: str, after: str) -> str:
    return f"状态：{STATUS_WORDS[before]} → {STATUS_WORDS[after]}"


TELLERS: Mapping[str, Callable[[Any, Any], str]] = {
    "status": _status,
    "notes": _grown(_note),
    "extensions": _grown(_extension),
    "handovers": _grown(_handover),
    "rechecks": _grown(_recheck),
    "attachments": _grown(_attachment),
    "closing": _closing,
    "ended": _ended,
    "confirmed": _confirmed,
    "entry": _changed,
    "own": _changed,
    "hidden": lambda before, after: HIDDEN.get(after, "") if before != "absent" else "新增",
}
"""How the values of a key are told; of the others the words before and after."""


def _words(value: Any) -> str:
    """Return a value as a person reads it: names, texts and days of objects, numbers as they are."""
    if value is None or value == [] or value == "":
        return "（空）"
    if isinstance(value, list):
        return "、".join(map(_words, value))
    if isinstance(value, Mapping):
        found = value.get("name") or value.get("raw") or value.get("text") or value.get("by")
        return str(found) if found else "、".join(f"{key} {_words(item)}" for key, item in value.items())
    return str(value)
