"""Questions to begin with, made of what the library holds: whoever clicks one gets an answer."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from corpus.registry.units import is_group
from corpus.store.filters import TaskQuery
from corpus.store.rows import TaskRow
from corpus.task import Role

if TYPE_CHECKING:
    from service.library import Library

USUAL = {
    "找先例": "河道采砂怎么整治",
    "问分工": "污水管网改造由谁牵头",
    "问时限": "9月底前要完成哪些工作",
    "数一数": "市水利局牵头多少项任务",
}
"""What is asked where the library holds nothing to ask about."""
LOOKED_AT = 100
"""Rows of the ledger, those of the newest documents, that questions are made of."""
SHORTEST, LONGEST = 5, 14
"""Characters of a clause that names a matter by itself."""
_CLAUSE_ENDS = re.compile(r"[，。；：！、,;:!\s（）()]")
_NO_MATTER = re.compile(r"^(?:问题|目标|措施|[对由在以按将把各])|牵头|负责|部门|单位")
"""Clauses that name no matter, or would ask twice."""

_made: WeakKeyDictionary[Library, tuple[int, date, dict[str, str]]] = WeakKeyDictionary()


def examples(library: Library) -> dict[str, str]:
    """Return questions by what they are examples of, in the order in which they are shown."""
    change, today = library.store.last_change(), library.today()
    kept = _made.get(library)
    if kept is None or kept[:2] != (change, today):
        kept = (change, today, _questions(_newest(library), today))
        _made[library] = kept
    return kept[2]


def _newest(library: Library) -> list[TaskRow]:
    """Return rows of the newest documents that name a unit in the lead, the newest last."""
    wanted = TaskQuery(role=Role.LEAD, limit=1)
    total = library.tasks(wanted).total
    start = max(0, total - LOOKED_AT)
    return list(library.tasks(TaskQuery(role=Role.LEAD, offset=start, limit=LOOKED_AT)).items)


def _questions(rows: Sequence[TaskRow], today: date) -> dict[str, str]:
    matters = sorted(dict.fromkeys(_matters(reversed(rows))), key=_is_counted)
    made = {
        "找先例": matters[1] if matters[1:] else "",
        "问分工": f"{matters[0]}由谁牵头" if matters else "",
        "问时限": _due_question(rows, today),
        "数一数": _count_question(rows),
    }
    return {name: made[name] or usual for name, usual in USUAL.items()}


def _matters(rows: Iterator[TaskRow]) -> Iterator[str]:
    """Return the first clauses of rows where they name a matter."""
    for row in filter(lambda row: row.document_id, rows):  # what was typed by hand cites no document
        clause = _CLAUSE_ENDS.split(str(row.record["text"]).strip())[0]
        if SHORTEST <= len(clause) <= LONGEST and not _NO_MATTER.search(clause):
            yield clause


def _is_counted(matter: str) -> bool:
    """Tell whether a matter comes with a number, which sounds odd in a question."""
    return re.search(r"\d", matter) is not None


def _due_question(rows: Sequence[TaskRow], today: date) -> str:
    """Ask for the month in which rows are due next, else for the last one in which any was."""
    days = sorted({limit["end"][:7] for row in rows for limit in row.record["deadlines"] if limit["end"]})
    coming = [month for month in days if month >= f"{today:%Y-%m}"]
    month = coming[0] if coming else days[-1] if days else ""
    return f"{month[:4]}年{int(month[5:])}月底前要完成哪些任务" if month else ""


def _count_question(rows: Sequence[TaskRow]) -> str:
    names = (unit["name"] for row in rows for unit in row.record["units"] if unit["role"] == Role.LEAD.value)
    most = Counter(name for name in names if not is_group(name)).most_common(1)
    return f"{most[0][0]}牵头多少项任务" if most else ""
