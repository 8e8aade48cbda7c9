"""The contents by the names that outlines call them by."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from corpus.store.rows import TaskRow, ledger_record
from service.drafting.contents import ahead, annexes, problems, progress, tasks, units
from service.drafting.draft import Origin, Paragraph
from service.drafting.item import Item
from service.drafting.material import Material
from service.drafting.saying import phrase_names, phrases, unknown
from service.drafting.wording import work_on

Content = Callable[[Material], Iterator[Paragraph]]

CONTENTS: dict[str, Content] = {
    function.__name__: function
    for function in (
        progress.progress_summary, progress.progress_by_theme, progress.achievements, units.unit_counts,
        problems.problems, problems.late_list, ahead.ahead, ahead.demands_ahead, tasks.task_plan,
        tasks.resolutions, tasks.orders, tasks.publication, tasks.targets, tasks.aim, tasks.examples,
        tasks.experiences, tasks.basis, tasks.report_basis,
    )
}  # fmt: skip
"""The contents that are made from rows; all others are phrases or tables."""
CHOICES = {
    "progress_summary": "总体进展（统计）",
    "progress_by_theme": "分领域进展",
    "achievements": "工作成效",
    "unit_counts": "各单位进展",
    "problems": "存在问题",
    "late_list": "逾期任务",
    "ahead": "下一步安排",
    "demands_ahead": "下一步要求",
    "task_plan": "任务（正文）",
    "task_table": "任务分工表（附表）",
    "unit_table": "单位进展表（附表）",
    "late_table": "逾期清单（附表）",
    "targets": "目标指标",
    "aim": "总体要求（摘自方案）",
    "demands": "工作要求",
    "examples": "其他地方做法",
}
"""What a person may ask for in a part of an outline, in words."""


def contents_of(names: Iterable[str], material: Material, heading: str = "") -> tuple[Paragraph, ...]:
    """Return the paragraphs of a part, in the order of the names; a gap for a part that asks for nothing."""
    wanted = list(names)
    if not wanted:
        return (Paragraph((unknown(heading or "内容"),)),)
    made = tuple(paragraph for name in wanted for paragraph in _content(name, material))
    return made if made or not heading else (Paragraph((unknown(heading),)),)


def count_sentences(subject: str, rows: Iterable[TaskRow], today: date) -> Iterator[str]:
    """Yield the sentences in which drafts count these rows, whatever their genre."""
    material = Material(subject, tuple(Item(ledger_record(row), today) for row in rows), today)
    for content in CONTENTS.values():
        for paragraph in content(material):
            for statement in paragraph.statements:
                if any(source.origin is Origin.COUNT for source in statement.sources):
                    yield statement.text


def known_contents() -> frozenset[str]:
    """Return all names that an outline may use."""
    return frozenset({*CONTENTS, *annexes.TABLES, *phrase_names()})


def _content(name: str, material: Material) -> Iterator[Paragraph]:
    if name in CONTENTS:
        yield from CONTENTS[name](material)
    elif name not in annexes.TABLES:
        slots = {"subject": material.subject, "work": work_on(material.subject)}
        yield from phrases(name, **slots)
