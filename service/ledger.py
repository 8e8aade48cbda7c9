"""The ledger in words: rows of a file that was read, how states are called, what a person should check.

Rows are ledger records (the public keys of `corpus.records` and `corpus.store.rows.ledger_record`), so that a
file fresh from extraction and a corrected row of the library are treated alike.
"""

from __future__ import annotations

from corpus.records import JsonObject, earliest_end, task_record
from service.intake.extraction import Reading

STATUS_WORDS = {
    "not_started": "未启动",
    "in_progress": "进行中",
    "done": "已完成",
    "closed": "已销号",
    "rechecked": "已回头看",
    "extended": "已延期",
    "cancelled": "已取消",
}


def ledger_rows(reading: Reading) -> list[JsonObject]:
    """Return the ledger rows of one file that was read; being in no library, they have no status."""
    document = reading.document
    beside = {"document": document.id, "source": document.source, "title": document.header.title}
    return [
        {**record, **beside, "due": earliest_end(record), "next_due": None}
        for record in map(task_record, reading.extraction.tasks)
    ]


ABOVE = "上级标题"
"""Where units come from that a row does not name itself; a doubt of the extraction may say so already."""
SHOWN = 120
"""Characters of a task where only its beginning is shown."""


def short_text(row: JsonObject, longest: int = SHOWN) -> str:
    """Return the row's label and first words on one line, at most `longest` characters and an ellipsis."""
    words = f"{row['label']}{row['text']}".replace("\t", " ").replace("\n", " ")
    return words if len(words) <= longest else words[:longest] + "…"


def row_checks(row: JsonObject) -> str:
    """Return what a person should look at before relying on the row, "" for nothing."""
    checks = list(row["doubts"])
    checks += [f"“{limit['raw']}”按惯例记为{limit['end']}" for limit in row["deadlines"] if _is_guess(limit)]
    if any(unit.get("inherited") for unit in row["units"]) and not any(ABOVE in words for words in checks):
        checks.append(f"单位来自{ABOVE}或总说明")
    if not row.get("in_text", True):
        checks.append("原文的新版本中已没有这一条")
    return "；".join(dict.fromkeys(checks))


def _is_guess(limit: JsonObject) -> bool:
    return bool(limit.get("loose") and limit.get("end"))
