"""How long a round of 调度 takes: thousands of tasks go out to hundreds of units and come back filled.

Half of the sheets come back as xlsx and half as docx. Of the xlsx sheets some lost their marks, have other
words in every task, or had their rows put in another order, so that matching is measured too.
"""

from __future__ import annotations

import hashlib
import io
import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import openpyxl
from docx import Document
from rich.console import Console
from rich.table import Table

from corpus.records import JsonObject
from corpus.store.office.dispatches import Dispatch
from corpus.store.store import Store
from service.dispatch.codes import find_code
from service.dispatch.difference import RowDifference
from service.dispatch.form import CODE_HEAD, COMPLETION_HEAD, NUMBER_HEAD, TASK_HEAD
from service.dispatch.returned import ReturnedSheet
from service.intake.extraction import read
from service.library import Library

DUE = date(2026, 12, 31)
WANTED_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class DispatchReport:
    """Seconds of each step, and how the rows of the returned sheets were matched."""

    data: str
    tasks: int
    sheets: int
    seconds: dict[str, float] = field(default_factory=dict)
    rows: int = 0
    """Rows that came back filled."""
    right: int = 0
    """Rows that were matched to the task for which they were filled."""
    wrong: int = 0
    """Rows that were matched to another one; what is left unclear counts for neither."""
    stored: int = 0

    @property
    def back(self) -> float:
        """Seconds of reading, matching and storing."""
        return self.seconds["read and match"] + self.seconds["store"]

    def record(self) -> JsonObject:
        """Return the figures as plain JSON values."""
        return {
            "tasks": self.tasks,
            "sheets": self.sheets,
            "rows": self.rows,
            "right": self.right,
            "wrong": self.wrong,
            "stored": self.stored,
            "seconds": {name: round(value, 2) for name, value in self.seconds.items()},
            "back": round(self.back, 2),
        }

    def show(self, console: Console) -> None:
        """Print the steps, and whether the sheets were back within the wanted time."""
        table = Table(title=f"{self.tasks:,} tasks on {self.sheets} sheets")
        table.add_column("step")
        table.add_column("seconds", justify="right")
        for name, value in self.seconds.items():
            table.add_row(name, f"{value:.1f}")
        table.add_row(f"read, match and store (wanted: under {WANTED_SECONDS:.0f})", f"{self.back:.1f}")
        console.print(table)
        console.print(f"{self.rows:,} rows came back: {self.right:,} matched right, {self.wrong:,} wrong, "
                      f"{self.stored:,} stored")  # fmt: skip


def evaluate(tasks: int, sheets: int, seed: int = 7) -> DispatchReport:
    """Send out `tasks` rows on `sheets` sheets, let all come back, and store them."""
    with TemporaryDirectory() as folder:
        chance = random.Random(seed)
        digest = _prepare(Path(folder), tasks, sheets, chance)
        with Library.open(folder) as library:
            return _measure(library, digest, chance)


def _prepare(folder: Path, tasks: int, sheets: int, chance: random.Random) -> str:
    """Fill a library with one plan for each unit; returns a hash of what was made."""
    each = -(-tasks // sheets)
    digest = hashlib.sha256()
    with Store.open(folder) as store:
        for number in range(1, sheets + 1):
            data = _plan(number, each, chance).encode()
            digest.update(data)
            reading = read(data, f"方案{number}.txt")
            store.add(f"方案{number}.txt", data, reading.document, reading.extraction)
    return digest.hexdigest()[:16]


def _plan(number: int, statements: int, chance: random.Random) -> str:
    """Return a made-up plan of one district whose tasks differ in verb, matter, place and figure."""
    lines = [f"安澜市第{number}片区重点任务方案", "2026年1月5日", "一、重点任务"]
    for item in range(1, statements + 1):
        verb, matter = chance.choice(_VERBS), chance.choice(_MATTERS)
        place, figure, month = chance.choice(_PLACES), chance.randrange(2, 180), chance.randrange(1, 13)
        what = f"{verb}{place}{matter}{figure}处，同步建立管护台账，2026年{month}月底前完成。"
        lines.append(f"{item}．{what}（牵头单位：第{number}片区管理委员会）")
    return "\n".join(lines)


_VERBS = ("改造", "新建", "整治", "排查", "修复", "拆除", "提升", "清理", "加固", "更换")
_MATTERS = (
    *("老旧供水管网", "入河排污口", "农贸市场摊位", "病险水库", "临街店招", "充电设施", "消防通道"),
    *("村级卫生室", "背街小巷路灯", "易涝点位", "垃圾分类亭", "电梯安全隐患", "危旧房屋", "养老服务站"),
)
_PLACES = (
    "古渡街道",
    "望江社区",
    "栖霞港区",
    "白鹭湖沿线",
    "云岭工业园",
    "沐溪河两岸",
    "城北新区",
    "安澜大道沿线",
)


def _filled(
    library: Library, dispatch: Dispatch, chance: random.Random
) -> tuple[list[tuple[str, bytes]], dict[tuple[str, str], str]]:
    """Return all sheets as units send them back, and by file and progress the row that was meant."""
    files: list[tuple[str, bytes]] = []
    meant: dict[tuple[str, str], str] = {}
    for number, sheet in enumerate(dispatch.sheets, start=1):
        suffix = ".xlsx" if number % 2 else ".docx"
        name = f"回表{number}{suffix}"
        data = library.dispatches.sheet_file(dispatch.id, number, suffix)[1]
        said = {row.task: f"{sheet.unit}第{at}项已完成现场核查" for at, row in enumerate(sheet.rows, start=1)}
        meant.update({(name, words): task for task, words in said.items()})
        fill = _fill_xlsx if number % 2 else _fill_docx
        files.append((name, fill(data, said, number // 2, chance)))
    return files, meant


def _fill_xlsx(data: bytes, said: dict[str, str], number: int, chance: random.Random) -> bytes:
    """Fill a workbook; every fourth has no marks, every fourth other words, every fourth another order."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    page = book.worksheets[0]
    head = next(row[0].row for row in page.iter_rows() if row[0].value == NUMBER_HEAD)
    at = {str(cell.value): place for place, cell in enumerate(page[head])}
    rows = [[str(cell.value or "") for cell in row] for row in page.iter_rows(min_row=head + 1)]
    if number % 4 == 1:
        chance.shuffle(rows)
    for place, cells in enumerate(rows, start=head + 1):
        code = find_code(cells[at[CODE_HEAD]])
        cells[at["进展情况"]] = said[code.task] if code else ""
        cells[at[COMPLETION_HEAD]] = f"{chance.randrange(10, 100)}%"
        if number % 4 == 2:
            cells[at[TASK_HEAD]] = cells[at[TASK_HEAD]].replace("同步建立管护台账", "并明确管护责任人")
        if number % 4 == 3:
            cells[at[CODE_HEAD]] = ""
        for column, value in enumerate(cells, start=1):
            page.cell(place, column).value = value or None
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _fill_docx(data: bytes, said: dict[str, str], number: int, chance: random.Random) -> bytes:
    word = Document(io.BytesIO(data))
    grid = [list(row.cells) for row in word.tables[0].rows]
    heads = [cell.text for cell in grid[0]]
    for cells in grid[1:]:
        code = find_code(cells[0].text)
        cells[heads.index("进展情况")].text = said[code.task] if code else ""
        cells[heads.index(COMPLETION_HEAD)].text = "已完成" if chance.random() < 0.5 else "进行中"
    written = io.BytesIO()
    word.save(written)
    return written.getvalue()


def _measure(library: Library, digest: str, chance: random.Random) -> DispatchReport:
    seconds: dict[str, float] = {}

    @contextmanager
    def timed(name: str) -> Iterator[None]:
        begin = perf_counter()
        yield
        seconds[name] = perf_counter() - begin

    total = library.tasks().total
    with timed("choose and make"):
        dispatch = library.dispatches.make("2026年12月", DUE, "评测")
    with timed("write all sheets"):
        library.dispatches.archive_file(dispatch.id)
    files, meant = _filled(library, dispatch, chance)
    with timed("read and match"):
        read_sheets = library.dispatches.read(files, dispatch.id)
    with timed("store"):
        stored = sum(_stored(library, sheet) for sheet in read_sheets)
    with timed("count who is missing"):
        library.dispatches.summary(dispatch.id)
    with timed("write the bulletin"):
        library.dispatches.bulletin_file(dispatch.id, ".docx")
    rows = [(sheet.file, row) for sheet in read_sheets for row in sheet.rows]
    right = sum(_is_right(file, row, meant) for file, row in rows)
    wrong = sum(row.task is not None for _, row in rows) - right
    return DispatchReport(digest, total, len(files), seconds, len(rows), right, wrong, stored)


def _stored(library: Library, sheet: ReturnedSheet) -> int:
    return sum(item.rows for item in library.dispatches.store(sheet, "评测"))


def _is_right(file: str, row: RowDifference, meant: dict[tuple[str, str], str]) -> bool:
    return row.task is not None and meant.get((file, row.after.text)) == row.task
