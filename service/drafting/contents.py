"""What stands in the parts of a draft: statements made from rows of the ledger, each with its source.

A content is a function from the material to statements. Nothing is invented: what the ledger does not tell
is left as 【待补：…】, saying what is missing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date

from corpus.registry.tables import column
from corpus.store.rows import Colour, TaskRow, TaskStatus
from corpus.task import Role
from service.drafting.draft import Origin, Source, Statement
from service.drafting.material import Material
from service.drafting.wording import brief, named, until
from service.official.document import written_day

FINISHED = frozenset({TaskStatus.DONE, TaskStatus.CLOSED, TaskStatus.RECHECKED})
GAP = "【待补："
EXAMPLE_MARK = "【参考："
_UNKNOWN = (Source(Origin.UNKNOWN),)
_TEMPLATE = Source(Origin.TEMPLATE)

Content = Callable[[Material], Iterator[Statement]]


def contents_of(names: Iterable[str], material: Material) -> tuple[Statement, ...]:
    """Return the statements of a part, in the order of the names."""
    return tuple(statement for name in names for statement in _content(name, material))


def _content(name: str, material: Material) -> Iterator[Statement]:
    return CONTENTS[name](material) if name in CONTENTS else _phrases(name, material)


def _phrases(name: str, material: Material) -> Iterator[Statement]:
    """Yield the sentences of the table of phrases; one with a gap is marked as unknown."""
    for text in column("service.drafting", "phrases.tsv", "text", phrase=name):
        yield Statement(text.format(subject=material.subject), _UNKNOWN if GAP in text else (_TEMPLATE,))


def gap(missing: str) -> str:
    """Return the mark for what a person has to fill in."""
    return f"{GAP}{missing}】"


def progress_summary(material: Material) -> Iterator[Statement]:
    """Yield how many tasks there are and how far they have come."""
    rows = material.rows
    if not rows:
        yield Statement(gap("台账中没有相关任务，请先导入方案"), _UNKNOWN)
        return
    groups = [("已完成{}项", _finished(rows)), ("正在推进{}项", _of(rows, TaskStatus.IN_PROGRESS))]
    groups += [
        ("尚未启动{}项", _of(rows, TaskStatus.NOT_STARTED)),
        ("延期{}项", _of(rows, TaskStatus.EXTENDED)),
    ]
    groups += [("终止{}项", _of(rows, TaskStatus.CANCELLED)), ("逾期{}项", _overdue(rows))]
    counted = [(words.format(len(group)), group) for words, group in groups if group]
    text = f"截至{written_day(material.today)}，{material.subject}共{len(rows)}项任务，" + "，".join(
        words for words, _ in counted
    )
    sources = [_count(rows), *(_count(group) for _, group in counted)]
    yield Statement(f"{text}。", tuple(sources))


def unit_counts(material: Material) -> Iterator[Statement]:
    """Yield how many tasks each leading unit has, and how many of them are done and late; most first."""
    leads: dict[str, list[TaskRow]] = {}
    for row in material.rows:
        for unit in named(row, Role.LEAD) or named(row, Role.RESPONSIBLE):
            leads.setdefault(unit, []).append(row)
    for unit, rows in sorted(leads.items(), key=lambda item: (-len(item[1]), item[0])):
        words = f"{unit}共{len(rows)}项，已完成{len(_finished(rows))}项"
        late = _overdue(rows)
        yield Statement(f"{words}{f'，逾期{len(late)}项' if late else ''}。", (_count(rows),))


def done_rows(material: Material) -> Iterator[Statement]:
    """Yield the tasks that are done, with what was reported of them."""
    yield from _listed(_finished(material.rows), "已完成的任务", _done)


def ongoing_rows(material: Material) -> Iterator[Statement]:
    """Yield the tasks that are under way and not late."""
    rows = [row for row in _of(material.rows, TaskStatus.IN_PROGRESS) if row.colour is not Colour.RED]
    yield from _listed(rows, "正在推进的任务", _ongoing)


def overdue_rows(material: Material) -> Iterator[Statement]:
    """Yield the tasks that are late, earliest first."""
    rows = sorted(_overdue(material.rows), key=lambda row: row.due or date.max)
    yield from _listed(rows, "逾期未完成的任务", _late)


def next_rows(material: Material) -> Iterator[Statement]:
    """Yield the tasks that are not done, in the order of their dates."""
    rows = sorted(_open(material.rows), key=lambda row: row.due or date.max)
    yield from _listed(rows, "", _task)


def open_rows(material: Material) -> Iterator[Statement]:
    """Yield the tasks that are not done, in the order of the ledger."""
    yield from _listed(_open(material.rows), "", _task)


def task_rows(material: Material) -> Iterator[Statement]:
    """Yield every task with its units and its limit."""
    yield from _listed(material.rows, "", _task)


def publication_rows(material: Material) -> Iterator[Statement]:
    """Yield the tasks that are done as the public may read them: without persons and telephones."""
    yield from _listed(_finished(material.rows), "", _published)


def problems_unknown(material: Material) -> Iterator[Statement]:
    """Yield the problems that the ledger names; where it names none, that they are missing."""
    problems = [row for row in material.rows if row.record.get("problem") and row.status not in FINISHED]
    for row in problems:
        yield Statement(f"{brief(str(row.record['problem']))}。", (_row(row),))
    if not problems and not _overdue(material.rows):
        yield Statement(gap("工作中存在的问题"), _UNKNOWN)


def task_table(material: Material) -> Iterator[Statement]:
    """Yield nothing: the tasks stand in the annexed table."""
    yield from ()


def examples(material: Material) -> Iterator[Statement]:
    """Yield measures of other places for the same matter, marked, with slots in place of what is theirs."""
    for example in material.examples:
        yield Statement(f"{EXAMPLE_MARK}{example.place}】{example.text}。", (example.source,))


def _listed(rows: Sequence[TaskRow], heading: str, word: Callable[[TaskRow], str]) -> Iterator[Statement]:
    if rows and heading:
        yield Statement(f"{heading}（{len(rows)}项）", (_count(rows),), heading=True)
    for number, row in enumerate(rows, 1):
        yield Statement(f"{number}.{word(row)}" if len(rows) > 1 else word(row), (_row(row),))


def _task(row: TaskRow) -> str:
    return f"{brief(row.record['text'])}。{_bracket(row)}"


def _done(row: TaskRow) -> str:
    reported = [brief(item["text"]) for item in row.progress if item.get("status") == "done"]
    told = "；".join(dict.fromkeys(reported)) or gap("完成情况")
    return f"{brief(row.record['text'])}。{told}。{_bracket(row)}"


def _ongoing(row: TaskRow) -> str:
    reported = [brief(item["text"]) for item in row.progress]
    told = "；".join(dict.fromkeys(reported)) or gap("进展情况")
    return f"{brief(row.record['text'])}。{told}。{_bracket(row)}"


def _late(row: TaskRow) -> str:
    reason = f"已超过时限，目前尚未完成，原因是{gap('未完成的原因')}"
    return f"{brief(row.record['text'])}。{reason}。{_bracket(row)}"


def _published(row: TaskRow) -> str:
    return f"{brief(row.record['text'])}。已完成整改。{_bracket(row)}"


def _bracket(row: TaskRow) -> str:
    """Return units, and the limit where the task's own words lack it: （牵头单位：…；完成时限：…）."""
    heads = ((Role.LEAD, "牵头单位"), (Role.RESPONSIBLE, "责任单位"), (Role.COOPERATE, "配合单位"))
    parts = [f"{head}：{'、'.join(units)}" for role, head in heads if (units := named(row, role))]
    words = until(row)
    if words and words not in "".join(brief(row.record["text"]).split()):
        parts.append(f"完成时限：{words}")
    return f"（{'；'.join(parts)}）" if parts else ""


def _finished(rows: Iterable[TaskRow]) -> list[TaskRow]:
    return [row for row in rows if row.status in FINISHED]


def _open(rows: Iterable[TaskRow]) -> list[TaskRow]:
    return [row for row in rows if row.status not in FINISHED | {TaskStatus.CANCELLED}]


def _of(rows: Iterable[TaskRow], status: TaskStatus) -> list[TaskRow]:
    return [row for row in rows if row.status is status]


def _overdue(rows: Iterable[TaskRow]) -> list[TaskRow]:
    return [row for row in rows if row.colour is Colour.RED]


def _count(rows: Sequence[TaskRow]) -> Source:
    return Source(Origin.COUNT, tuple(row.id for row in rows))


def _row(row: TaskRow) -> Source:
    return Source(
        Origin.ROW,
        (row.id,),
        row.document_id,
        row.title or row.source,
        tuple(row.record["section"]),
        row.record["text"],
    )


CONTENTS: dict[str, Content] = {
    function.__name__: function
    for function in (
        progress_summary, unit_counts, done_rows, ongoing_rows, overdue_rows, next_rows, open_rows, task_rows,
        publication_rows, problems_unknown, task_table, examples,
    )
}  # fmt: skip
"""The contents that are made from rows, by the names that outlines call them by; all others are phrases."""
