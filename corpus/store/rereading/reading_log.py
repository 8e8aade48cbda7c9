"""What the audit log tells of a new reading: the rows that went, came or changed, by id and words."""

from __future__ import annotations

from corpus.store.audit import Fact
from corpus.store.rows import Renewed

FIELD_WORDS = {
    "text": "文字",
    "label": "编号",
    "section": "出处",
    "problem": "问题",
    "goal": "目标",
    "measures": "措施",
    "units": "单位",
    "persons": "人员",
    "deadlines": "时限",
    "indicators": "指标",
    "refs": "依据",
}
"""What the log calls the keys of a row; of others it only says that something changed."""


def reading_fact(renewed: Renewed) -> Fact:
    """Return a new reading as the log has it: what stood there before, and what stands there now."""
    gone = [f"去掉 {row.task_id}：{row.text}" for row in renewed.dropped]
    gone += [f"原文已没有 {row.task_id}：{row.text}" for row in renewed.orphaned]
    now = [f"新增 {row.task_id}：{row.text}" for row in renewed.added]
    for row in renewed.altered:
        fields = "、".join(FIELD_WORDS[key] for key in row.keys if key in FIELD_WORDS)
        now.append(f"改动{fields} {row.task_id}：{row.text}")
    return Fact("document.reextracted", renewed.document_id, gone, now)
