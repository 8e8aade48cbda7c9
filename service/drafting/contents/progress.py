"""How far the tasks have come: all of them, and by the themes of the plan."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from corpus.store.rows import TaskStatus
from service.drafting.draft import UNKNOWN, Kind, Paragraph, Statement
from service.drafting.item import Item, counted
from service.drafting.material import Material
from service.drafting.saying import gap, say, some, unknown
from service.drafting.wording import listed
from service.official.document import written_day

NO_ROWS = "台账中没有相关任务，请先导入方案"
MOST_REPORTED = 4
"""Reports that the paragraph of one theme repeats."""
Group = tuple[str, list[Item]]


def progress_summary(material: Material) -> Iterator[Paragraph]:
    """Yield how many tasks there are, how far they have come, and what was to be done by now."""
    items = material.items
    if not items:
        yield Paragraph((unknown(NO_ROWS),))
        return
    units = {unit for item in items for unit in item.leads}
    role = _role([item for item in items if item.leads])
    plans = [plan.named() for plan in material.plans[:2]]
    slots = {"plan": listed(plans) if plans else f"{material.subject}", "count": len(items)}
    total = say(
        "total" if len(units) > 1 else "total_one", counted(items), units=len(units), role=role, **slots
    )
    if not material.tracked:
        yield Paragraph((total, unknown("各项任务的进展，台账尚未登记")))
        return
    yield Paragraph((total, *_state("state", material, items), *_rate(material)))


def progress_by_theme(material: Material) -> Iterator[Paragraph]:
    """Yield under each theme of the plan how far its tasks have come and what was reported of them."""
    for theme, items in material.themes:
        if theme:
            yield Paragraph((Statement(theme, (items[0].source(),)),), Kind.HEADING)
            lead = list(_state("theme_state", material, items)) if material.tracked else []
        else:
            lead = []
        yield Paragraph((*lead, *_told(theme or material.subject, items)))


def achievements(material: Material) -> Iterator[Paragraph]:
    """Yield what was reached, by theme, without what is still open."""
    for theme, items in material.themes:
        done = [item for item in items if item.finished or item.reports]
        if not done:
            continue
        if theme:
            yield Paragraph((Statement(theme, (items[0].source(),)),), Kind.HEADING)
        yield Paragraph(tuple(_told(theme or material.subject, done)))
    if not any(item.finished or item.reports for item in material.items):
        yield Paragraph((unknown("工作成效"),))


def _role(items: Sequence[Item]) -> str:
    """Return as what units answer for tasks that name some: 牵头, 责任, or both where the tasks differ."""
    led = [item.led for item in items]
    return "牵头" if all(led) else "牵头（责任）" if any(led) else "责任"


def _state(name: str, material: Material, items: Sequence[Item]) -> Iterator[Statement]:
    """Yield the counts by status."""
    groups = [(words.format(len(found)), found) for words, found in _groups(items) if found]
    if len(groups) == 1 and len(items) > 1:
        groups = [(groups[0][0].replace(f"{len(items)}项", "", 1), groups[0][1])]
        groups = [(f"全部{groups[0][0].removeprefix('已')}", groups[0][1])]
    sources = [counted(items), *(counted(found) for _, found in groups)]
    states = "，".join(words for words, _ in groups)
    yield say(name, *sources, day=written_day(material.today), states=states, count=len(items))


def _groups(items: Sequence[Item]) -> list[Group]:
    late = {item.id for item in items if item.overdue}
    rest = [item for item in items if item.id not in late]
    return [
        ("已完成{}项", [item for item in rest if item.finished]),
        ("正在推进{}项", [item for item in rest if item.status is TaskStatus.IN_PROGRESS]),
        ("延期办理{}项", [item for item in rest if item.status is TaskStatus.EXTENDED]),
        ("尚未启动{}项", [item for item in rest if item.status is TaskStatus.NOT_STARTED]),
        ("终止{}项", [item for item in rest if item.cancelled]),
        ("逾期未完成{}项", [item for item in items if item.overdue]),
    ]


def _rate(material: Material) -> Iterator[Statement]:
    """Yield which share of what had to be done by now is done."""
    wanted = [
        item
        for item in material.items
        if item.due is not None and item.due <= material.today and not item.cancelled
    ]
    done = [item for item in wanted if item.finished]
    if not wanted or not any(item.finished for item in material.items):
        return
    rate = f"{100 * len(done) / len(wanted):.1f}".removesuffix(".0")
    slots = {"wanted": len(wanted), "done": len(done), "rate": rate}
    yield say("rate", counted(wanted), counted(done), **slots)


def _told(subject: str, items: Sequence[Item]) -> Iterator[Statement]:
    """Yield what was reported of tasks, then the names of the others, finished ones first."""
    told = [item for item in items if item.reports and not item.cancelled]
    told.sort(key=lambda item: not item.finished)
    shown, rest = told[:MOST_REPORTED], [item for item in items if item not in told[:MOST_REPORTED]]
    yield from (_report(item) for item in shown)
    done = [item for item in rest if item.finished]
    going = [item for item in rest if item.status is TaskStatus.IN_PROGRESS and not item.overdue]
    if done:
        yield some("done", done)
    if going:
        yield some("going", going)
    if not shown:
        yield Statement(f"{gap(f'{subject}的主要做法和成效')}。", (UNKNOWN,))


def _report(item: Item) -> Statement:
    report, source = item.reports[0], item.source(reported=True)
    if report.startswith(item.name):
        return say("reported", source, report=report)
    if item.percent and item.open and f"{item.percent}%" not in report:
        return say("going_percent", source, name=item.name, report=report, percent=item.percent)
    return say("done_reported", source, name=item.name, report=report)
