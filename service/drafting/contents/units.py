"""How the leading units stand: those without late tasks, those with some."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from service.drafting.draft import Paragraph, Statement
from service.drafting.item import Item, counted
from service.drafting.material import Material
from service.drafting.saying import say, unknown
from service.drafting.wording import listed

MOST_CLAUSES = 8
"""Clauses on units in one paragraph; the annexed table has all."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Units with the same figures, and their tasks."""

    units: tuple[str, ...]
    items: tuple[Item, ...]
    count: int
    """Tasks of each."""
    done: int
    late: int

    @property
    def order(self) -> tuple[int, float, int]:
        """By what paragraphs are ordered: most late tasks, then the largest share done, then most tasks."""
        return (-self.late, -self.done / self.count, -self.count)


def unit_counts(material: Material) -> Iterator[Paragraph]:
    """Yield how the leading units stand: those without late tasks first, then those with some."""
    if not material.tracked:
        yield Paragraph((unknown("各单位的进展，台账尚未登记"),))
        return
    standings = sorted(_standings(material.items), key=lambda item: item.order)
    good = [item for item in standings if not item.late and item.done]
    slow = [item for item in standings if item.late]
    for lead, found in (("good_lead", good), ("slow_lead", slow)):
        if found:
            yield Paragraph((_lead(lead, found), *_clauses(found)))


def by_unit(items: Sequence[Item]) -> list[tuple[str, list[Item]]]:
    """Return the tasks of each leading unit, units with most tasks first."""
    leads: dict[str, list[Item]] = {}
    for item in items:
        for unit in item.leads:
            leads.setdefault(unit, []).append(item)
    return sorted(leads.items(), key=lambda row: (-len(row[1]), row[0]))


def _standings(items: Sequence[Item]) -> Iterator[Standing]:
    groups: dict[tuple[int, int, int], list[tuple[str, list[Item]]]] = {}
    for unit, own in by_unit(items):
        figures = (len(own), sum(item.finished for item in own), sum(item.overdue for item in own))
        groups.setdefault(figures, []).append((unit, own))
    for (count, done, late), rows in groups.items():
        every = tuple({item.id: item for _, own in rows for item in own}.values())
        yield Standing(tuple(unit for unit, _ in rows), every, count, done, late)


def _lead(sentence: str, found: Sequence[Standing]) -> Statement:
    units = [unit for standing in found for unit in standing.units]
    every = [item for standing in found for item in standing.items]
    words = listed(units) if len(units) <= 3 else f"{'、'.join(units[:3])}等{len(units)}个单位"
    return say(sentence, counted(every), units=words)


def _clauses(found: Sequence[Standing]) -> Iterator[Statement]:
    shown = found[:MOST_CLAUSES]
    for number, standing in enumerate(shown, 1):
        mark = "。" if number == len(shown) else "；"
        clause = _clause(standing)
        yield replace(clause, text=f"{clause.text}{mark}")


def _clause(standing: Standing) -> Statement:
    each = "各" if len(standing.units) > 1 else ""
    kind = "all" if standing.done == standing.count else "none" if not standing.done else "part"
    late = "_late" if standing.late else ""
    duty = "牵头" if all(item.led for item in standing.items) else "承担"
    slots = {"units": listed(standing.units), "each": each, "duty": duty, "count": standing.count}
    return say(f"unit_{kind}{late}", counted(standing.items), done=standing.done, late=standing.late, **slots)
