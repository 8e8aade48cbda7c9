"""What a unit's sheet shows of each row, and the columns that the unit fills in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from corpus.records import JsonObject
from service.dispatch.codes import Code
from service.dispatch.layout import PaperTable, TableColumn
from service.dispatch.rows import last_words, limit_words, names_of, source_words, status_words, task_words
from service.dispatch.sharing import ROLE_WORDS, Part
from service.official.document import written_day


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the sheet."""

    head: str
    width: int
    """In characters of the sheet's font."""
    value: Callable[[JsonObject, Part], str] | None = None
    """What stands there; None for a column that the unit fills in."""
    centred: bool = False
    on_paper: bool = True
    """False for what the Word sheet leaves out for want of room."""

    @property
    def filled_in(self) -> bool:
        """True for a column that the unit fills in."""
        return self.value is None


def _all_units(record: JsonObject, _part: Part) -> str:
    lines = []
    for role, words in ROLE_WORDS.items():
        if names := names_of(record, role):
            lines.append(f"{words}：{names}")
    return "\n".join(lines)


TASK_HEAD = "任务"
COMPLETION_HEAD = "完成情况"
COLUMNS = (
    Column(TASK_HEAD, 37, lambda record, _: task_words(record)),
    Column("承担方式", 8, lambda _, part: ROLE_WORDS[part.role], centred=True),
    Column("各方单位", 16, _all_units, on_paper=False),
    Column("完成时限", 15, lambda record, _: limit_words(record), centred=True),
    Column("当前状态", 10, lambda record, _: status_words(record), centred=True),
    Column("上次进展", 16, lambda record, _: last_words(record), on_paper=False),
    Column("进展情况", 30),
    Column(COMPLETION_HEAD, 10, centred=True),
    Column("存在问题", 18),
    Column("下一步", 18),
    Column("填报人", 8, centred=True),
    Column("电话", 13, centred=True),
    Column("审核人", 8, centred=True),
    Column("来源文件", 14, lambda record, _: source_words(record), on_paper=False),
)
"""After 序号; the hidden mark stands behind the last."""
NUMBER_HEAD = "序号"
SHEET_NAME = "调度表"
CODE_HEAD = "编号（请勿改动）"
ADVICE = "请填写浅黄色各栏，不改动任务文字，不删行。完成情况填“已完成”“进行中”“未启动”，或百分比如“60%”。"
CHOICES = ("已完成", "进行中", "未启动")
"""Words that the sheet offers for 完成情况."""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row of a sheet that goes out."""

    part: Part
    record: JsonObject
    code: Code


@dataclass(frozen=True, slots=True)
class UnitSheet:
    """A sheet for one unit."""

    unit: str
    title: str
    """Over the table: 安澜市水利局2026年11月重点任务调度表."""
    due: date
    office: str
    """Who asks; "" where the office has no name."""
    rows: tuple[SheetRow, ...]

    @property
    def facts(self) -> str:
        """Return for whom it is, how many rows it has and until when it is wanted, on one line."""
        counts = "，".join(
            f"{words}{count}项"
            for role, words in ROLE_WORDS.items()
            if (count := sum(row.part.role == role for row in self.rows))
        )
        until = f"请于{written_day(self.due)}前报回"
        to = f"报送：{self.office}" if self.office else ""
        words = (f"填报单位：{self.unit}", f"共{len(self.rows)}项（{counts}）", until, to)
        return "　　".join(filter(None, words))

    def table(self, on_paper: bool = False) -> PaperTable:
        """Return the table; `on_paper` leaves out the columns for which a Word page has no room."""
        columns = [column for column in COLUMNS if column.on_paper or not on_paper]
        heads = tuple(
            TableColumn(column.head, column.width, column.centred, open=column.filled_in)
            for column in columns
        )
        number, code = TableColumn(NUMBER_HEAD, 5, centred=True), TableColumn(CODE_HEAD, 24, hidden=True)
        rows = tuple(
            (str(at), *(_words(column, row) for column in columns), str(row.code))
            for at, row in enumerate(self.rows, start=1)
        )
        return PaperTable(self.title, (number, *heads, code), rows, (self.facts, ADVICE), SHEET_NAME)


def _words(column: Column, row: SheetRow) -> str:
    return column.value(row.record, row.part) if column.value else ""


def unit_sheet(
    unit: str,
    period: str,
    due: date,
    office: str,
    parts: Sequence[Part],
    records: Mapping[str, JsonObject],
    code: Callable[[str], Code],
) -> UnitSheet:
    """Return the sheet of a unit; rows that are gone from the ledger (`records` lacks them) are left out.

    `code` makes the mark of a row's id.
    """
    rows = tuple(
        SheetRow(part, records[part.task], code(part.task)) for part in parts if part.task in records
    )
    return UnitSheet(unit, f"{unit}{period}重点任务调度表", due, office, rows)
