"""The tasks themselves: in a plan, as what a meeting decided, as what is handed to a unit, in public."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date

from corpus.spans import Span
from corpus.task import Role
from ingest.extract.clauses import sentences
from service.drafting.draft import Kind, Paragraph, Statement
from service.drafting.examples import EXAMPLE_MARK, Example, with_slots
from service.drafting.item import Item, counted
from service.drafting.material import Material
from service.drafting.saying import gap, phrases, say, unknown
from service.drafting.wording import due_words, listed, trimmed, work_on

LONGEST_TASK = 260
"""Characters of a task that a plan repeats, cut at a sentence."""
MOST_TARGETS = 8
MOST_RESOLVED = 15
"""Tasks that minutes tell one by one."""
_TELEPHONE = re.compile(r"(?:联系)?电话[:：]?\s*[\d\- ]{7,}|(?<!\d)(?:1\d{10}|0\d{2,3}-?\d{7,8})(?!\d)")
_FIGURE = re.compile(r"[0-9０-９]+(?:\.\d+)?\s*(?:%|％|个百分点|亩|公里|万|亿|户|个|家|座|处|件|吨|人)")
_HEADS = ((Role.LEAD, "牵头单位"), (Role.RESPONSIBLE, "责任单位"), (Role.COOPERATE, "配合单位"))


def task_plan(material: Material) -> Iterator[Paragraph]:
    """Yield the tasks under the themes of the plan, numbered, with units and limits."""
    yield from _by_theme(material, _planned)


def resolutions(material: Material) -> Iterator[Paragraph]:
    """Yield open tasks as what a meeting decided, nearest dates first: who does what until when."""
    items = sorted((item for item in material.items if item.open), key=lambda item: item.due or date.max)
    shown, rest = items[:MOST_RESOLVED], items[MOST_RESOLVED:]
    yield from _numbered(shown, _decided)
    if rest:
        yield Paragraph((say("resolved_rest", counted(rest), count=len(rest)),))
    if not items:
        yield Paragraph((unknown("议定的事项"),))


def orders(material: Material) -> Iterator[Paragraph]:
    """Yield the open tasks as they are handed to units."""
    items = [item for item in material.items if item.open]
    yield from _numbered(items, lambda item: _planned(item, material))
    if not items:
        yield Paragraph((unknown("需要办理的事项"),))


def publication(material: Material) -> Iterator[Paragraph]:
    """Yield the finished tasks as the public may read them: without persons and telephones."""
    items = [item for item in material.items if item.finished]
    yield from _numbered(items, _published)
    if not items:
        yield Paragraph((unknown("已完成整改的任务"),))


def targets(material: Material) -> Iterator[Paragraph]:
    """Yield the sentences of the tasks that set figures, letter for letter; a gap for another place's."""
    if material.foreign:
        yield Paragraph((unknown("主要目标和量化指标"),))
        return
    found = [
        Statement(f"{words}。", (item.source("targets"),))
        for item in material.items
        if item.record.get("indicators")
        for words in _figures(item.text)
    ]
    kept = list({statement.text: statement for statement in found}.values())[:MOST_TARGETS]
    if kept:
        yield Paragraph(tuple(kept))
    else:
        yield Paragraph((unknown("主要目标和量化指标"),))


def aim(material: Material) -> Iterator[Paragraph]:
    """Yield the plan's own words on what it is for; a gap where it has none, or is another place's."""
    quotes = [source for plan in material.plans for source in plan.aims]
    if material.foreign or not quotes:
        yield from phrases("aim_unknown")
        return
    for source in quotes:
        yield Paragraph(tuple(Statement(words, (source,)) for words in _sentences(source.quote)))


def examples(material: Material) -> Iterator[Paragraph]:
    """Yield measures of other places, marked, where the office has no tasks of its own to begin with."""
    if not material.items:
        yield from experiences(material)


def experiences(material: Material) -> Iterator[Paragraph]:
    """Yield measures of other places, marked, beside the office's own tasks."""
    for found in material.examples.values():
        yield from (_example(example) for example in found)


def basis(material: Material) -> Iterator[Paragraph]:
    """Yield on what the document rests, for a plan; another place's plan is no ground for ours."""
    if not material.plans or (material.foreign and not material.superior):
        yield from phrases("plan_opening")
        return
    plans = listed([plan.named() for plan in material.plans])
    sources = [plan.source() for plan in material.plans]
    yield Paragraph((say("basis", *sources, plans=plans, kind=material.kind),))


def report_basis(material: Material) -> Iterator[Paragraph]:
    """Yield on what a report reports, and to which demand."""
    slots = {"subject": material.subject, "work": work_on(material.subject)}
    if not material.plans:
        yield from phrases("report_opening", **slots)
        return
    plans = listed([plan.named() for plan in material.plans])
    sources = [plan.source() for plan in material.plans]
    yield Paragraph((say("basis_report", *sources, plans=plans, work=slots["work"]),))


def _example(example: Example) -> Paragraph:
    text = f"{EXAMPLE_MARK}{example.place}】{example.text}。"
    return Paragraph((Statement(text, (example.source,)),), Kind.EXAMPLE)


def _by_theme(
    material: Material, word: Callable[[Item, Material], tuple[Statement, ...]]
) -> Iterator[Paragraph]:
    for theme, items in material.themes:
        if theme:
            yield Paragraph((Statement(theme, (items[0].source(),)),), Kind.HEADING)
        yield from _numbered(items, lambda item: word(item, material))
    if not material.items and not material.examples:
        yield Paragraph((unknown("主要任务"),))


def _numbered(items: Sequence[Item], word: Callable[[Item], tuple[Statement, ...]]) -> Iterator[Paragraph]:
    for number, item in enumerate(items, 1):
        first, *rest = word(item)
        label = f"{number}." if len(items) > 1 else ""
        yield Paragraph((Statement(f"{label}{first.text}", first.sources), *rest))


def _planned(item: Item, material: Material) -> tuple[Statement, ...]:
    """Return the task's own sentences, and who answers for it until when in brackets."""
    source = item.source("task_plan")
    text = with_slots(item.text) if material.foreign else item.text
    kept = _first_sentences(text)
    bracket = _bracket(item, material)
    kept[-1] = kept[-1].rstrip("。；") + "。" + bracket
    return tuple(Statement(words, (source,)) for words in kept)


def _decided(item: Item) -> tuple[Statement, ...]:
    source = item.source("resolutions")
    first = Statement(f"{item.name}。", (source,))
    words = [f"由{listed(item.leads)}{'牵头' if item.units(Role.LEAD) else '负责'}"] if item.leads else []
    helpers = item.units(Role.COOPERATE)
    words += [f"{'、'.join(helpers)}配合"] if helpers else []
    words += [f"于{_new_limit(item)}完成"] if item.due else []
    if not words:
        return first, unknown("责任单位和完成时限")
    return first, Statement(f"{'，'.join(words)}。", (source,))


def _new_limit(item: Item) -> str:
    return gap("新的完成时限") if item.overdue or item.due is None else due_words(item.due)


def _published(item: Item) -> tuple[Statement, ...]:
    reports = [_TELEPHONE.sub(gap("电话不公开"), words) for words in item.reports[:1]]
    if reports:
        return (say("published", item.source(), name=item.name, report=reports[0]),)
    return say("published_gap", item.source(), name=item.name), unknown("整改完成情况")


def _bracket(item: Item, material: Material) -> str:
    """Return units and the limit where the task's own words lack it: （牵头单位：…；完成时限：…）."""
    parts = [f"{head}：{'、'.join(units)}" for role, head in _HEADS if (units := item.units(role))]
    if material.foreign and parts:
        parts = [f"责任单位：{gap('本地责任单位')}"]
    if material.foreign and not material.superior:
        return f"（{'；'.join([*parts, '完成时限：' + gap('完成时限')])}）"
    limit = "、".join(dict.fromkeys("".join(one["raw"].split()) for one in item.record.get("deadlines", ())))
    if item.extensions and item.due:
        limit = due_words(item.due)
    if limit and limit not in "".join(item.text.split()):
        parts.append(f"完成时限：{limit}")
    return f"（{'；'.join(parts)}）" if parts else ""


def _sentences(text: str) -> list[str]:
    """Return the sentences of a text with their marks."""
    found = [span.of(text).strip() for span in sentences(text, Span(0, len(text)))]
    return [words for words in found if words]


def _first_sentences(text: str) -> list[str]:
    """Return the first sentences, as many as fit into `LONGEST_TASK`; at least one."""
    kept: list[str] = []
    for words in _sentences(text):
        if kept and sum(map(len, kept)) + len(words) > LONGEST_TASK:
            break
        kept.append(words)
    return kept or [text]


def _figures(text: str) -> Iterator[str]:
    for words in _sentences(text):
        if _FIGURE.search(words):
            yield trimmed(words)
