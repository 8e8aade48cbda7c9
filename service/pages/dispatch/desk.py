"""What lies on one tab's desk: the sheets that were dropped, what a person makes of them, what is stored."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from corpus.records import JsonObject
from corpus.store.office.dispatches import DispatchReturn
from corpus.store.rows import TaskStatus
from service.dispatch.difference import Asked, Report, RowDifference, chosen
from service.dispatch.matching import HOW_WORDS, How
from service.dispatch.returned import ReturnedSheet
from service.dispatch.sharing import ROLE_WORDS
from service.ledger import STATUS_WORDS

CHOICE_MARK = "　"
"""Parts a task's id from its words where a person chooses one."""


@dataclass(eq=False)
class Dropped:
    """One file on the desk."""

    name: str
    data: bytes = b""
    """Let go of once it is read."""
    sheet: ReturnedSheet | None = None
    """None while it is being read."""
    stored: list[DispatchReturn] = field(default_factory=list)
    """What is remembered of it once it is stored."""

    @property
    def open(self) -> bool:
        """Tell whether there is something in it that could be stored."""
        return self.sheet is not None and not self.sheet.failed and bool(self.sheet.rows) and not self.stored

    @property
    def accepted(self) -> int:
        """How many rows are to be stored."""
        return sum(row.accepted for row in self.sheet.rows) if self.sheet else 0

    @property
    def state(self) -> str:
        """What has become of it, in words."""
        sheet = self.sheet
        if sheet is None:
            return "正在读取…"
        if sheet.failed:
            return "；".join(sheet.problems)
        if self.stored:
            return f"已存入 {sum(item.rows for item in self.stored)} 行"
        if sheet.repeated:
            return sheet.repeated
        if not sheet.rows:
            return "各栏都是空的"
        rest = len(sheet.rows) - self.accepted
        words = [f"{self.accepted} 行可存入", f"{rest} 行未选" if rest else ""]
        return "，".join(filter(None, words))

    def accept(self, keys: Iterable[str]) -> None:
        """Let exactly these rows be stored."""
        wanted = set(keys)
        self._change(lambda at, row: replace(row, accepted=str(at) in wanted and row.task is not None))

    def choose(self, key: str, task: str, asked: Asked, record: JsonObject) -> None:
        """Say which task an unclear row is about."""
        self._change(lambda at, row: chosen(row, task, asked, record) if str(at) == key else row)

    def _change(self, change: Callable[[int, RowDifference], RowDifference]) -> None:
        if self.sheet is not None:
            rows = tuple(change(at, row) for at, row in enumerate(self.sheet.rows))
            self.sheet = replace(self.sheet, rows=rows)


def grid_row(at: int, row: RowDifference) -> JsonObject:
    """Return a row for the grid: both sides of each cell, and what to look at."""
    return {
        "key": str(at),
        "row": row.row,
        "task": row.text,
        "id": row.task or "",
        "role": ROLE_WORDS.get(row.role, ""),
        "progress": _sides(row.before.text, row.after.text),
        "state": _sides(state_words(row.before), _state_after(row)),
        "rest": _sides(_rest(row.before), _rest(row.after)),
        "how": HOW_WORDS[How(row.how)],
        "warnings": list(row.warnings),
        "accepted": row.accepted,
        "choices": [_choice(item.task, item.text) for item in row.candidates],
        "chosen": _choice(row.task, row.text) if row.task else "请选择任务" if row.candidates else "",
    }


def task_of_choice(words: str) -> str:
    """Return the id of the task that a person chose by its words."""
    return words.split(CHOICE_MARK)[0]


def _choice(task: str, words: str) -> str:
    return f"{task}{CHOICE_MARK}{words[:40]}"


def _sides(before: str, after: str) -> JsonObject:
    return {"before": before, "after": after}


def state_words(report: Report) -> str:
    """Return status and percentage in words: 进行中 60%."""
    words = STATUS_WORDS.get(report.status or "", "")
    if report.percent is None or report.status == TaskStatus.DONE:
        return words
    return f"{words} {report.percent}%".strip()


def _state_after(row: RowDifference) -> str:
    """Return the state after the report, "" where it stays."""
    if row.after.status is None and row.after.percent is None:
        return ""
    status = row.after.status or row.before.status
    percent = row.before.percent if row.after.percent is None else row.after.percent
    return state_words(Report(status=status, percent=percent))


def _rest(report: Report) -> str:
    parts = (("问题", report.problems), ("下一步", report.next_step))
    return "\n".join(f"{name}：{words}" for name, words in parts if words)


def people_words(rows: Sequence[RowDifference]) -> str:
    """Return who filled a sheet in, each once: 填报人 李华，电话 0001，审核人 周明."""
    found = []
    for name, key in (("填报人", "officer"), ("电话", "phone"), ("审核人", "reviewer")):
        words = dict.fromkeys(getattr(row.after, key) for row in rows if getattr(row.after, key))
        if words:
            found.append(f"{name} {'、'.join(words)}")
    return "，".join(found)
