"""Gold and output of a made-up document, so that a test line is the text and the meaning."""

from pathlib import Path
from typing import Any

from evaluation.gold import Case

JsonObject = dict[str, Any]

LINES = (
    "安澜市河道整治实施方案",
    "1. 清理河道内的违法建筑。(市水利局牵头,市公安局配合,2024年6月底前)",
    "2. 开展入河排污口排查整治。(责任单位:市生态环境局)",
    "3. 加强宣传引导,营造良好氛围。",
)
TEXT = "\n".join(LINES)
FIRST, SECOND, THIRD = "清理河道内的违法建筑。", "开展入河排污口排查整治。", "加强宣传引导,营造良好氛围。"


def unit(name: str, role: str = "responsible", inherited: bool = False) -> JsonObject:
    return {"name": name, "role": role, "inherited": inherited}


def limit(
    raw: str, end: str | None, kind: str = "date", loose: bool = False, inherited: bool = False
) -> JsonObject:
    return {"raw": raw, "kind": kind, "end": end, "loose": loose, "inherited": inherited}


def task(text: str, *units: JsonObject, by: JsonObject | None = None, rule: str = "") -> JsonObject:
    """Return a task that serves as gold and as output: gold is found by its first and last words."""
    deadlines = [by] if by else []
    return {
        "text": text,
        "start": text[:6],
        "end": text[-5:],
        "assigned": bool(units or deadlines),
        "units": list(units),
        "refs": [],
        "persons": [],
        "deadlines": deadlines,
        "found_by": rule,
    }


def line(*tasks: JsonObject, progress: tuple[JsonObject, ...] = (), **header: str) -> JsonObject:
    return {"document": header, "tasks": list(tasks), "progress": list(progress), "problems": []}


def case(*tasks: JsonObject, text: str = TEXT, progress: tuple[JsonObject, ...] = (), **header: str) -> Case:
    gold = {"doc": "plan.txt", "meta": header, "tasks": list(tasks), "progress": list(progress)}
    return Case("plan.txt", Path("plan.txt"), text, gold)
