"""What is wrong: late tasks, tasks not begun, extensions, difficulties that units reported."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from service.drafting.draft import Paragraph, Statement
from service.drafting.item import Item, counted
from service.drafting.material import Material, due_soon
from service.drafting.saying import (
    MOST_NAMES,
    gap,
    names_of,
    numbered,
    say,
    some,
    sources_of,
    units_of,
    unknown,
)
from service.drafting.wording import due_words, listed, quoted, trimmed
from service.official.document import written_day

MOST_LATE = 6
"""Late tasks that a report tells one by one; the ledger has all."""
SOON_DAYS = 30


def problems(material: Material) -> Iterator[Paragraph]:
    """Yield the problems that the ledger shows, numbered; where it shows none, that they are missing."""
    points = (_late, _waiting, _extended, _finished_late, _told) if material.tracked else ()
    found = [told for point in points if (told := list(point(material)))]
    for statements in numbered(found):
        yield Paragraph(statements)
    if not found:
        yield Paragraph((unknown("工作中存在的主要问题"),))


def late_list(material: Material) -> Iterator[Paragraph]:
    """Yield the late tasks one by one, numbered, with the days that they are late."""
    for number, item in enumerate(material.overdue, 1):
        if item.due is None:
            continue
        days = (material.today - item.due).days
        slots = {"due": due_words(item.due), "day": written_day(material.today), "days": days}
        name = f"{number}.{item.name}" if len(material.overdue) > 1 else item.name
        units = f"（{listed(item.leads)}）" if item.leads else ""
        yield Paragraph(
            (say("overdue_days", item.source(), counted([item]), name=f"{name}{units}", **slots),)
        )
    if not material.overdue:
        yield Paragraph((unknown("台账中没有逾期任务，请核对"),))


def _late(material: Material) -> Iterator[Statement]:
    late = material.overdue
    if not late:
        return
    yield say("late_lead", counted(late))
    if len(late) > 1:
        units = units_of(late) or gap("责任单位")
        yield say("late_count", counted(late), count=len(late), units=units)
    shown = [item for item in late if item.due][:MOST_LATE]
    yield from (_late_row(item) for item in shown)
    if not any(item.problems for item in shown):
        yield unknown("未按时限完成的主要原因")


def _late_row(item: Item) -> Statement:
    slots = {"name": quoted(item.name), "due": due_words(item.due) if item.due else ""}
    slots["unit"] = listed(item.leads) or gap("责任单位")
    if item.problems:
        return say("late_row", item.source(reported=True), reason=item.problems[0], **slots)
    return say("late_plain", item.source(), **slots)


def _waiting(material: Material) -> Iterator[Statement]:
    if not material.waiting:
        return
    yield say("waiting_lead", counted(material.waiting))
    yield some("waiting", material.waiting)
    near = [
        (day, items) for day, items in due_soon(material.waiting) if (day - material.today).days <= SOON_DAYS
    ]
    if near and len(material.waiting) > 1:
        soon = [item for _, items in near for item in items]
        yield say("waiting_soon", counted(soon), count=len(soon), day=written_day(near[-1][0]))


def _extended(material: Material) -> Iterator[Statement]:
    """Yield the extensions, those with the same dates and reason in one sentence."""
    found = [item for item in material.items if item.extensions and not item.cancelled]
    if found:
        yield say("extended_lead", counted(found))
    groups: dict[tuple[str, str, str], list[Item]] = {}
    for item in found:
        last = item.extensions[-1]
        reason = trimmed(str(last.get("reason") or ""))
        groups.setdefault((_day(last.get("before")), _day(last.get("to")), reason), []).append(item)
    for (before, to, reason), items in list(groups.items())[:MOST_LATE]:
        names = names_of(items) + (f"等{len(items)}项任务" if len(items) > MOST_NAMES else "")
        # The date before an extension stands in no row any more; counted, the sentence is recomputed.
        sources = [*(item.source() for item in items), counted(items)]
        slots = {"names": names, "before": before, "to": to, "reason": reason}
        yield say("extended_why" if reason else "extended", *sources, **slots)


def _finished_late(material: Material) -> Iterator[Statement]:
    found = [item for item in material.items if item.late]
    if found:
        yield say("after_lead", counted(found))
        yield some("after", found)


def _told(material: Material) -> Iterator[Statement]:
    """Yield what units reported as difficult, of tasks that are not told as late; the same words once."""
    told = [item for item in material.items if item.open and item.problems and not item.overdue]
    if told:
        yield say("told_lead", counted(told))
    groups: dict[str, list[Item]] = {}
    for item in told:
        groups.setdefault(item.problems[0], []).append(item)
    for problem, items in list(groups.items())[:MOST_LATE]:
        sources, units = sources_of(items), units_of(items, MOST_NAMES)
        name = "told" if units else "told_plain"
        yield say(name, *sources, unit=units, problem=problem)


def _day(words: object) -> str:
    return written_day(date.fromisoformat(str(words))) if words else gap("原时限")
