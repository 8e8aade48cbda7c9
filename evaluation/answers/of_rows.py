"""Questions that are made from the rows of a library, in many wordings, whose answers the rows tell.

They show whether a question for the tasks of a unit or a month is understood however it is worded, on as many
documents as there are. What they cannot show is whether the rows themselves are right.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice
from pathlib import PurePath

from corpus.store.filters import TaskQuery
from corpus.store.rows import TaskRow
from evaluation.answers.questions import Question
from evaluation.text import squash
from service.library import Library

BY_UNIT = (
    "{plan}中由{unit}牵头的任务有几项？",
    "{plan}里，{unit}牵头（含共同牵头）的有几条？",
    "{unit}在{plan}里一共牵头几项任务？",
    "{plan}明确由{unit}牵头的有多少项？",
    "按照{plan}，{unit}要牵头几项工作？",
    "{plan}里牵头单位有{unit}的任务共几项？",
)
BY_MONTH = (
    "{plan}里{month}前要完成的任务有几项？",
    "{plan}里，有{month}前时限要求的任务有几条？",
    "{plan}里有几项任务要在{month}前完成？",
    "按照{plan}，{month}前要办完几件事？",
)
FEWEST_ROWS = 5
LONGEST_UNIT = 14
_INNER = re.compile("关于印发[《〈]?(.+?)[》〉]?的通知")
_PLAN = re.compile("方案|要点|清单|计划|措施|意见|举措|规划|办法")
_NAME_LENGTHS = (6, 50)
"""Shorter names of plans say too little, and nobody types longer ones."""


def questions_of_rows(library: Library, most: int, seed: int = 1) -> Iterator[Question]:
    """Yield up to `most` questions by unit and as many by month, one of each per document, drawn at random.

    Only documents that alone in the library are called so are asked about.
    """
    draw = random.Random(seed)
    names = {row.id: _plan(row.title) for row in library.store.documents()}
    told = list(names.values())
    ids = [id for id, name in names.items() if name and sum(name in other for other in told) == 1]
    draw.shuffle(ids)
    for kind, make in (("by unit", _of_unit), ("by month", _of_month)):
        made = ((id, make(_rows(library, id), names[id], draw)) for id in ids)
        for id, (text, count) in islice(((id, one) for id, one in made if one), most):
            source = PurePath(library.store.document(id).source).name
            yield Question(id, text, kind, (str(count),), frozenset({source}))


def _plan(title: str | None) -> str:
    """Return a plan's own name without the words of the notice that carries it; "" for what is no plan."""
    name = squash(title or "")
    inner = _INNER.search(name)
    name = inner[1] if inner else name
    shortest, longest = _NAME_LENGTHS
    return name if _PLAN.search(name) and shortest <= len(name) <= longest else ""


def _rows(library: Library, document: str) -> list[TaskRow]:
    return list(library.store.tasks(TaskQuery(document=document, limit=100_000)).items)


def _of_unit(rows: Sequence[TaskRow], plan: str, draw: random.Random) -> tuple[str, int] | None:
    """Return a question for how many rows a unit leads, and the answer; None where names are too alike."""
    leads = [{squash(unit["name"]) for unit in row.record["units"] if unit["role"] == "lead"} for row in rows]
    every = {squash(unit["name"]) for row in rows for unit in row.record["units"]}
    own = [
        name
        for name in sorted(set().union(*leads))
        if len(name) <= LONGEST_UNIT and not any(_alike(name, other) for other in every - {name})
    ]
    if len(rows) < FEWEST_ROWS or not own:
        return None
    unit = draw.choice(own)
    return draw.choice(BY_UNIT).format(plan=plan, unit=unit), sum(unit in names for names in leads)


def _alike(name: str, other: str) -> bool:
    """Tell whether two names may be those of one unit, as 人社局 and 市人力资源社会保障局 are."""
    return name.endswith(other) or other.endswith(name) or bool(set(name[1:-1]) & set(other[1:-1]))


def _of_month(rows: Sequence[TaskRow], plan: str, draw: random.Random) -> tuple[str, int] | None:
    """Return a question for how many rows are due at the end of a month, and the answer; None without any."""
    ends = [{limit["end"] for limit in row.record["deadlines"]} for row in rows]
    months = sorted(end for end in set().union(*ends) - {None} if date.fromisoformat(end).day >= 28)
    if len(rows) < FEWEST_ROWS or not months:
        return None
    end = draw.choice(months)
    month = f"{int(end[:4])}年{int(end[5:7])}月底"
    return draw.choice(BY_MONTH).format(plan=plan, month=month), sum(end in some for some in ends)
