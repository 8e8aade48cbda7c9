"""How a row of the ledger is put into words of a document."""

from __future__ import annotations

import re

from corpus.store.rows import TaskRow
from corpus.task import Role

LONGEST = 80
"""Characters of a task that a draft repeats; the ledger has the whole of it."""
_INNER = re.compile(r"关于印发[《<]?(.+?)[》>]?的通知$|^《(.+)》$")
_KIND = re.compile(
    r"(?:的?(?:实施|工作|行动|专项|分工|总体)*(?:方案|要点|意见|计划|措施|清单)|任务(?:分工表|清单)|的?(?:通知|意见|方案))$"
)
_SENTENCE = re.compile(r"[^。；;！!？?\n]+")


def brief(text: str) -> str:
    """Return the first sentences of a text, as many as fit, without their closing mark; at least one."""
    kept = ""
    for found in _SENTENCE.finditer(text.replace("\t", "，")):
        sentence = found[0].strip()
        if kept and len(kept) + len(sentence) > LONGEST:
            break
        kept = f"{kept}。{sentence}" if kept else sentence
    return kept


def named(row: TaskRow, role: Role) -> list[str]:
    """Return the row's units in a role as written, each once, in the order of the document."""
    written = ("".join(unit["name"].split()) for unit in row.record["units"] if unit["role"] == role.value)
    return list(dict.fromkeys(written))


def until(row: TaskRow) -> str:
    """Return the row's time limits in the words of the document, "" where it has none."""
    return "、".join(dict.fromkeys("".join(limit["raw"].split()) for limit in row.record["deadlines"]))


def subject_of(title: str) -> str:
    """Return what a plan is about from its title: 河道整治 for 关于印发《河道整治实施方案》的通知."""
    inner = _INNER.search(title)
    return _KIND.sub("", (inner[1] or inner[2]) if inner else title) or title
