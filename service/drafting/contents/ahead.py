"""What comes next: late tasks to be ended, dates that come, tasks to be begun, what units mean to do."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.store.rows import TaskStatus
from service.drafting.draft import Paragraph, Statement
from service.drafting.item import Item, counted
from service.drafting.material import Material, due_soon
from service.drafting.saying import MOST_NAMES, names_of, numbered, say, some, sources_of, units_of, unknown
from service.drafting.wording import due_words, listed

MOST_DAYS = 4
"""Dates that a report looks ahead to; the ledger has all."""
MOST_STEPS = 4


def ahead(material: Material) -> Iterator[Paragraph]:
    """Yield what the reporting office will do next, numbered; a gap where nothing is open."""
    yield from _points(material, "urge_own")


def demands_ahead(material: Material) -> Iterator[Paragraph]:
    """Yield what units are asked to do next, numbered; a gap where nothing is open."""
    yield from _points(material, "urge")


def _points(material: Material, urge: str) -> Iterator[Paragraph]:
    points = [list(_urge(material, urge)), list(_soon(material)), list(_start(material)), list(_on(material))]
    found = [point for point in points if point]
    for statements in numbered(found):
        yield Paragraph(statements)
    steps = tuple(_steps(material))
    if steps:
        yield Paragraph(steps)
    if not found and not steps:
        yield Paragraph((unknown("下一步工作安排"),))


def _urge(material: Material, stem: str) -> Iterator[Statement]:
    late = material.overdue if material.tracked else ()
    if late:
        yield say("urge_lead", counted(late))
        units = units_of(late) or "责任单位"
        yield some(stem, late, units=units)


def _soon(material: Material) -> Iterator[Statement]:
    days = list(due_soon(material.items))
    if not days:
        return
    yield say("soon_lead", counted([item for _, items in days for item in items]))
    for day, items in days[:MOST_DAYS]:
        slots = {"due": due_words(day), "names": names_of(items)}
        if len(items) > MOST_NAMES:
            yield say("soon_some", counted(items), count=len(items), **slots)
            continue
        units = {item.leads for item in items}
        sources = [item.source() for item in items]
        if len(units) == 1 and (leads := units.pop()):
            yield say("soon", *sources, units=listed(leads), **slots)
        else:
            yield say("soon_plain", *sources, **slots)


def _start(material: Material) -> Iterator[Statement]:
    """Yield the tasks without a date that nobody has begun; those with one stand under their date."""
    found = [item for item in material.waiting if item.due is None] if material.tracked else []
    if found:
        yield say("start_lead", counted(found))
        yield some("start", found)


def _on(material: Material) -> Iterator[Statement]:
    going = (TaskStatus.IN_PROGRESS, TaskStatus.EXTENDED)
    found = [item for item in material.items if item.status in going and not item.due]
    if found:
        yield say("on_lead", counted(found))
        yield some("on", found)


def _steps(material: Material) -> Iterator[Statement]:
    """Yield what units mean to do next; the same words once."""
    groups: dict[str, list[Item]] = {}
    for item in material.items:
        if item.open and item.next_steps:
            step = item.next_steps[0].removeprefix("下一步").lstrip("，将")
            groups.setdefault(step, []).append(item)
    for step, items in list(groups.items())[:MOST_STEPS]:
        sources, units = sources_of(items), units_of(items, MOST_NAMES)
        yield say("step" if units else "step_plain", *sources, unit=units, step=step)
