"""What the columns of a table hold, by their heads and by what stands beside them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from corpus.registry.tables import read_table

_BRACKETS = re.compile(r"[（(〔\[【][^（）()〔〕\[\]【】]*[）)〕\]】]")
_LONGEST_HEAD = 16
"""Longer words are a cell's content, not the head of a column; what stands in brackets does not count."""
_LONGEST_WITH_BRACKETS = 60
_GENERAL = re.compile(r"(?:单位|部门|名称|姓名|职务|内容|时间|日期|主体|领导|人员|处室|科室)(?:名称)?")
"""The lower line of a head that says nothing without the line above it: 牵头 | 单位."""
_WITH_VALUE = re.compile(r"[:：].")
"""填报单位：市水利局 tells a fact and heads no column."""
_PROGRESS = re.compile("进展|进度|完成情况|落实情况|推进情况")
_NAMES = re.compile(r"名称$|^项目$|^单位$")
_SECOND_DEADLINE = re.compile("销号|验收|实际|上报|报送|备案")


class Column(StrEnum):
    """What a column holds."""

    INDEX = "index"
    CATEGORY = "category"
    PROBLEM = "problem"
    TASK = "task"
    GOAL = "goal"
    MEASURES = "measures"
    LEAD = "lead"
    RESPONSIBLE = "responsible"
    COOPERATE = "cooperate"
    SUPERVISE = "supervise"
    PERSON = "person"
    DEADLINE = "deadline"
    EXTRA = "extra"


UNIT_COLUMNS = (Column.LEAD, Column.RESPONSIBLE, Column.COOPERATE, Column.SUPERVISE)
OWN_COLUMNS = (*UNIT_COLUMNS, Column.DEADLINE, Column.PERSON)
"""What gives a row its own responsibility or limit."""
MATTER_COLUMNS = (Column.TASK, Column.PROBLEM, Column.MEASURES)


@dataclass(frozen=True, slots=True)
class _Pattern:
    words: re.Pattern[str]
    column: Column
    weak: bool


_PATTERNS = tuple(
    _Pattern(re.compile(row["pattern"]), Column(row["column"]), row["weak"] == "yes")
    for row in read_table("ingest.extract.words", "columns.tsv")
)


@dataclass(frozen=True, slots=True)
class Head:
    """The head of one grid column."""

    words: str
    kind: Column
    weak: bool = False
    """True when it counts only where no other column of the table says the same."""
    known: bool = True
    """False when no word of it is known, so that its cells are kept as they are."""


def column_of(head: str) -> Column | None:
    """Return what the head of a column says about its cells, None for a head that says nothing known."""
    pattern = _pattern(head)
    return None if pattern is None else pattern.column


def head_of(words: str, above: Head | None = None) -> Head:
    """Return the head that `words` make; `above` is the line of the head over it, where there is one.

    The lower line decides, unless it says nothing known, or something general such as 单位 or 姓名.
    """
    bare = _bare(words)
    general = _GENERAL.fullmatch(bare) is not None
    pattern = _pattern(words)
    if above is not None and above.known and (pattern is None or general):
        joined = _pattern(above.words + bare)
        kind = above.kind if joined is None or "人" in above.words or "领导" in above.words else joined.column
        return Head(words or above.words, kind, above.weak)
    if pattern is None:
        return Head(words, Column.EXTRA, known=False)
    return Head(words, pattern.column, pattern.weak)


def _bare(head: str) -> str:
    """Return a head without white space, brackets and a colon at its end."""
    closed = re.sub(r"\s", "", head)
    return (_BRACKETS.sub("", closed) or closed.strip("（()）[]【】")).rstrip("：:")


def _pattern(head: str) -> _Pattern | None:
    bare = _bare(head)
    if _WITH_VALUE.search(bare):
        return None
    if not bare or len(bare) > _LONGEST_HEAD or len(head) > _LONGEST_WITH_BRACKETS:
        return None
    return next((pattern for pattern in _PATTERNS if pattern.words.search(bare)), None)


def settled(heads: Mapping[int, Head], units: frozenset[int]) -> dict[int, Head]:
    """Return the heads of a table, by grid column, as they are meant beside each other.

    `units` are the columns most of whose cells name units: a weak column is one of units only then.
    """
    found = dict(heads)
    _settle_weak(found, units)
    _settle_problem(found)
    _settle_tasks(found)
    _settle_deadlines(found)
    return found


def _of(heads: Mapping[int, Head], *kinds: Column) -> list[int]:
    return [column for column, head in sorted(heads.items()) if head.kind in kinds]


def _rename(heads: dict[int, Head], columns: list[int], kind: Column) -> None:
    for column in columns:
        heads[column] = replace(heads[column], kind=kind, weak=False)


def _settle_weak(heads: dict[int, Head], units: frozenset[int]) -> None:
    """Let 单位 or 项目业主 name the units where nothing else does; elsewhere they are kept as they are."""
    weak = [column for column, head in heads.items() if head.weak]
    strong = [column for column in _of(heads, *UNIT_COLUMNS) if not heads[column].weak]
    _rename(heads, [column for column in weak if strong or column not in units], Column.EXTRA)


def _settle_problem(heads: dict[int, Head]) -> None:
    """Tell the problem that a row is about from remarks on problems met, which stand behind the progress.

    Beside a problem, a task column to its right tells the measures, one to its left what it belongs to.
    """
    tasks, problems = _of(heads, Column.TASK, Column.MEASURES), _of(heads, Column.PROBLEM)
    if tasks and problems and tasks[0] < problems[0]:
        between = [heads[column] for column in range(tasks[0], problems[0]) if column in heads]
        if any(head.kind in OWN_COLUMNS or _PROGRESS.search(head.words) for head in between):
            _rename(heads, problems, Column.EXTRA)
            return
    if problems:
        _rename(heads, problems[1:], Column.MEASURES)
        for column in _of(heads, Column.TASK):
            left = Column.EXTRA if _NAMES.search(heads[column].words) else Column.CATEGORY
            _rename(heads, [column], left if column < problems[0] else Column.MEASURES)


def _settle_tasks(heads: dict[int, Head]) -> None:
    """Let the first of several task columns be the task, the others measures; find one if none is named."""
    tasks = _of(heads, Column.TASK)
    _rename(heads, tasks[1:], Column.MEASURES)
    if tasks or _of(heads, Column.PROBLEM):
        return
    for kind in (Column.GOAL, Column.MEASURES, Column.CATEGORY):
        named = _of(heads, kind)
        if named and not (kind is Column.GOAL and _of(heads, Column.MEASURES)):
            _rename(heads, named[-1:] if kind is Column.CATEGORY else named[:1], Column.TASK)
            return


def _settle_deadlines(heads: dict[int, Head]) -> None:
    """Keep the day on which a matter was closed apart from the day by which it is due."""
    deadlines = _of(heads, Column.DEADLINE)
    later = [column for column in deadlines if _SECOND_DEADLINE.search(heads[column].words)]
    if len(later) < len(deadlines):
        _rename(heads, later, Column.EXTRA)
