"""What the column 完成情况 says: a status, a percentage, or neither."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.store.rows import TaskStatus
from service.intake.stated import stated_status

_PERCENT = re.compile(r"(\d{1,3}(?:\.\d+)?)\s*[%％]")
_FIGURE = re.compile(r"\d{1,3}(?:\.\d+)?")
_STATED = frozenset({TaskStatus.NOT_STARTED, TaskStatus.IN_PROGRESS, TaskStatus.DONE})
"""What a unit may state by itself; that a row is closed, extended or ended is decided by others."""
_LONGEST = 40
"""Characters of a statement; longer words tell of progress and are no status."""
UNCLEAR = "完成情况“{}”看不出是否完成，状态不变"
DECIDED_ELSEWHERE = "完成情况“{}”要由督查部门办理，状态不变"


@dataclass(frozen=True, slots=True)
class Completion:
    """What was stated; None for what was not."""

    status: TaskStatus | None = None
    percent: int | None = None
    doubt: str = ""
    """Why nothing could be taken from it, in words for the user."""


def read_completion(words: str) -> Completion:
    """Return what the words of the column state: 已完成, 60%, 0.6, 未启动; nothing for ""."""
    bare = "".join(words.split())
    if not bare:
        return Completion()
    percent = _percent(bare)
    if percent is not None:
        return Completion(_status_of(percent), percent)
    if len(bare) > _LONGEST:
        return Completion()
    if _FIGURE.fullmatch(bare):
        return Completion(doubt=UNCLEAR.format(_short(bare)))
    status = stated_status({"完成情况": bare})
    if status is None:
        return Completion(doubt=UNCLEAR.format(_short(bare)))
    if status not in _STATED:
        return Completion(doubt=DECIDED_ELSEWHERE.format(_short(bare)))
    return Completion(status, 100 if status is TaskStatus.DONE else None)


def _percent(words: str) -> int | None:
    """Return the only percentage that the words name; 60 and 0.6 alone are one, 1 may mean either."""
    named = {float(figure) for figure in _PERCENT.findall(words)}
    if not named and _FIGURE.fullmatch(words):
        figure = float(words)
        named = {figure * 100 if 0 < figure < 1 else figure} if figure != 1 else set()
    figures = {round(figure) for figure in named if 0 <= figure <= 100}
    return figures.pop() if len(figures) == 1 and len(named) == 1 else None


def _status_of(percent: int) -> TaskStatus:
    if percent in (0, 100):
        return TaskStatus.DONE if percent else TaskStatus.NOT_STARTED
    return TaskStatus.IN_PROGRESS


def _short(words: str) -> str:
    return words if len(words) <= 12 else f"{words[:12]}…"
