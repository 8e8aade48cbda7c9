"""The ledger as an office reads it: one row per task, with Chinese column heads, as plain cells.

Rows come in as ledger records (the public keys of `corpus.records` and `corpus.store.rows.ledger_record`), so
that a file fresh from extraction and a corrected row of the library are shown alike.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from corpus.records import JsonObject, task_record
from service.extraction import Reading

CellValue = str | int | date | None

STATUS_WORDS = {
    "not_started": "未开始",
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
        {**task_record(task), **beside, "due": _earliest_end(task_record(task)), "next_due": None}
        for task in reading.extraction.tasks
    ]


def _earliest_end(record: JsonObject) -> str | None:
    return min((limit["end"] for limit in record["deadlines"] if limit["end"]), default=None)


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the ledger."""

    head: str
    width: int
    """In characters of the sheet's font."""
    value: Callable[[JsonObject], CellValue]
    optional: bool = False
    """Left out where every row is empty."""
    hidden: bool = False
    """For programs that read the sheet back."""


def _units(role: str) -> Callable[[JsonObject], CellValue]:
    def value(row: JsonObject) -> CellValue:
        return "、".join(_unit_words(unit) for unit in row["units"] if unit["role"] == role)

    return value


def _unit_words(unit: JsonObject) -> str:
    members = unit.get("members")
    return f"{unit['name']}（{'、'.join(members)}）" if members else str(unit["name"])


def _raw(key: str) -> Callable[[JsonObject], CellValue]:
    """Return the words of a list of findings, each once."""

    def value(row: JsonObject) -> CellValue:
        return "；".join(dict.fromkeys(item["raw"] for item in row[key]))

    return value


def _text(row: JsonObject) -> CellValue:
    return f"{row['label']}{row['text']}".replace("\t", "\n")


def short_text(row: JsonObject, longest: int = 120) -> str:
    """Return the row's label and first words on one line, at most `longest` characters and an ellipsis."""
    words = f"{row['label']}{row['text']}".replace("\t", " ").replace("\n", " ")
    return words if len(words) <= longest else words[:longest] + "…"


def _due(row: JsonObject) -> CellValue:
    day = row["due"] or row["next_due"]
    return date.fromisoformat(day) if day else None


def _persons(row: JsonObject) -> CellValue:
    return "、".join(f"{person.get('post', '')}{person['name']}" for person in row["persons"])


def _remarks(row: JsonObject) -> CellValue:
    remarks = [reference["raw"] for reference in row["refs"]]
    remarks += [f"{head}：{words}" for head, words in row["extra"].items() if words]
    return "\n".join(remarks)


def row_checks(row: JsonObject) -> str:
    """Return what a person should look at before relying on the row, "" for nothing."""
    checks = list(row["doubts"])
    checks += [f"“{limit['raw']}”按惯例记为{limit['end']}" for limit in row["deadlines"] if _is_guess(limit)]
    if any(unit.get("inherited") for unit in row["units"]):
        checks.append("单位来自上级标题或总说明")
    if not row.get("in_text", True):
        checks.append("原文的新版本中已没有这一条")
    return "；".join(dict.fromkeys(checks))


def _is_guess(limit: JsonObject) -> bool:
    return bool(limit.get("loose") and limit.get("end"))


def _status(row: JsonObject) -> CellValue:
    return STATUS_WORDS.get(row.get("status", ""), "")


COLUMNS = (
    Column("文件", 24, lambda row: row["title"] or row["source"], optional=True),
    Column("存在问题", 40, lambda row: row["problem"], optional=True),
    Column("任务", 60, _text),
    Column("整改目标", 30, lambda row: row["goal"], optional=True),
    Column("牵头单位", 18, _units("lead")),
    Column("责任单位", 24, _units("responsible")),
    Column("配合单位", 24, _units("cooperate")),
    Column("督导单位", 14, _units("supervise")),
    Column("责任人", 14, _persons, optional=True),
    Column("完成时限", 16, _raw("deadlines")),
    Column("截止日期", 12, _due),
    Column("状态", 10, _status, optional=True),
    Column("指标", 20, _raw("indicators")),
    Column("出处", 30, lambda row: " > ".join(row["section"])),
    Column("页码", 6, lambda row: row["page"]),
    Column("备注", 24, _remarks, optional=True),
    Column("核对", 24, row_checks),
    Column("任务编号", 12, lambda row: row["id"], hidden=True),
    Column("原文位置", 12, lambda row: "-".join(map(str, row["span"])), hidden=True),
)
NUMBER = Column("序号", 6, lambda _row: None)
"""Filled with the running number."""


@dataclass(frozen=True, slots=True)
class LedgerTable:
    """The cells of a ledger: `cells[row][column]`, both 0-indexed, the running number first."""

    columns: tuple[Column, ...]
    cells: list[list[CellValue]]


def ledger_table(rows: Sequence[JsonObject]) -> LedgerTable:
    """Return the cells for `rows`, without the optional columns that nobody fills.

    The file's title is a column only where the rows come from several documents.
    """
    several = len({(row["document"], row["source"]) for row in rows}) > 1
    filled = tuple(column for column in COLUMNS if _is_wanted(column, rows, several))
    cells = [[number, *(column.value(row) for column in filled)] for number, row in enumerate(rows, start=1)]
    return LedgerTable((NUMBER, *filled), cells)


def _is_wanted(column: Column, rows: Sequence[JsonObject], several: bool) -> bool:
    if column.head == "文件":
        return several
    return not column.optional or any(column.value(row) for row in rows)
