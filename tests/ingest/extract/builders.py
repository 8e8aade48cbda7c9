"""Plans to read, and tasks as one line of text: `unit` and its role as one letter, 责任 as 责."""

from __future__ import annotations

from corpus.task import Role, Task
from ingest.extract.extract import extract
from ingest.read import read_document

LETTERS = {Role.LEAD: "牵", Role.RESPONSIBLE: "责", Role.COOPERATE: "配", Role.SUPERVISE: "督"}
HEAD = (
    "安澜市2024年营商环境工作方案",
    "为优化环境，制定本方案。",
    "一、总体要求",
    "（一）指导思想。坚持稳中求进，取得成效。",
    "二、重点任务",
)


def plan_tasks(*lines: str) -> tuple[Task, ...]:
    """Return the tasks of a plan whose chapter of main tasks holds `lines`."""
    return extract(read_document("\n".join((*HEAD, *lines)).encode(), "plan.txt")).tasks


def units_of(task: Task, inherited: bool = False) -> str:
    """Return the units that a task names itself, or those it has inherited, with their roles."""
    named = [unit for unit in task.units if unit.inherited is inherited]
    return " ".join(unit.name + LETTERS[unit.role] for unit in named)


WORK = "完成河道治理，清淤十处"
NEXT = "2.优化环境。（市税务局）"


def only_first_of_two(statement: str) -> str:
    """Return the units of the first of two tasks, after looking that the statement governs it alone."""
    first, second = plan_tasks(f"1.{WORK}{statement}", NEXT)
    assert (first.text.strip("。"), second.text, units_of(second)) == (WORK, "优化环境。", "市税务局责")
    return units_of(first)
