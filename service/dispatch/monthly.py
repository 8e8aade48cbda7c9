"""月度调度表: all rows of a dispatch on one sheet, with what the units reported in this round."""

from __future__ import annotations

from corpus.records import JsonObject
from service.dispatch import docx, xlsx
from service.dispatch.layout import PaperTable, TableColumn
from service.dispatch.rows import limit_words, names_of, source_words, status_words, task_words
from service.dispatch.standing import Standing
from service.official.document import written_day
from service.official.paper import Fonts

_COLUMNS = (
    TableColumn("序号", 5, centred=True),
    TableColumn("任务", 40),
    TableColumn("牵头单位", 14, centred=True),
    TableColumn("责任单位", 16, centred=True),
    TableColumn("完成时限", 13, centred=True),
    TableColumn("状态", 11, centred=True),
    TableColumn("进展情况", 40),
    TableColumn("存在问题", 22),
    TableColumn("下一步", 22),
    TableColumn("来源文件", 14),
)


def monthly_bytes(standing: Standing, suffix: str, fonts: Fonts | None = None) -> bytes:
    """Return the sheet as a file with `suffix`, ".xlsx" or ".docx"."""
    table = monthly_table(standing)
    if suffix == ".docx":
        return docx.document_bytes([table], fonts)
    return xlsx.workbook_bytes([table], fonts)


def monthly_table(standing: Standing) -> PaperTable:
    """Return all rows with the reports of this round, in the order in which they were asked for."""
    since = standing.dispatch.at.astimezone().date().isoformat()
    rows = tuple(_row(at, record, since) for at, record in enumerate(standing.records.values(), start=1))
    returned = len(standing.units) - len(standing.missing)
    facts = (
        f"截至{written_day(standing.day)}　　任务{standing.counted}项，已完成{standing.finished}项，"
        f"逾期{standing.overdue_count}项　　应报{len(standing.units)}个单位，已报{returned}个"
    )
    title = f"{standing.dispatch.period}重点任务调度表"
    return PaperTable(title, _COLUMNS, rows, (facts,), "月度调度表")


def reports_since(record: JsonObject, since: str) -> list[JsonObject]:
    """Return the newest note of each unit that is not older than the day `since`, oldest first."""
    newest: dict[str, JsonObject] = {}
    for note in record.get("notes") or ():
        if str(note.get("date") or "") >= since:
            unit = str(note.get("unit") or "")
            newest.pop(unit, None)
            newest[unit] = note
    return list(newest.values())


def _row(at: int, record: JsonObject, since: str) -> tuple[str, ...]:
    notes = reports_since(record, since)
    return (
        str(at),
        task_words(record),
        names_of(record, "lead"),
        names_of(record, "responsible"),
        limit_words(record),
        status_words(record),
        _said(notes, "text"),
        _said(notes, "problems"),
        _said(notes, "next_step"),
        source_words(record),
    )


def _said(notes: list[JsonObject], key: str) -> str:
    """Return what the units said, each named where they are several."""
    said = [(str(note.get("unit") or ""), str(note.get(key) or "")) for note in notes]
    said = [(unit, words) for unit, words in said if words]
    if len(said) == 1:
        return said[0][1]
    return "\n".join(f"{unit}：{words}" if unit else words for unit, words in said)
