"""What a draft is made from: rows of the ledger, the plans they stand in, examples from other documents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from corpus.registry.regions import is_within
from service.drafting.draft import Origin, Source
from service.drafting.examples import Example
from service.drafting.item import Item
from service.drafting.wording import full_width


@dataclass(frozen=True, slots=True)
class Plan:
    """A document whose ledger a draft is made from."""

    document_id: str
    title: str
    """Its own name: 河道整治实施方案, not the notice that carries it."""
    number: str = ""
    region: str = ""
    aims: tuple[Source, ...] = ()
    """Its own words on what it is for: 总体要求, 工作目标; each with its place."""

    def named(self) -> str:
        """Return its name as documents cite it: 《河道整治实施方案》（安政办发〔2025〕12号）."""
        return f"《{full_width(self.title)}》" + (f"（{self.number}）" if self.number else "")

    def source(self) -> Source:
        """Return the document as a source."""
        return Source(Origin.DOCUMENT, (), self.document_id, self.title, (), "")


@dataclass(frozen=True)
class Material:
    """What the contents of a draft may use."""

    subject: str
    """What the document is about: the topic given, else the name of the plan."""
    items: tuple[Item, ...]
    """In the order of the ledger."""
    today: date
    plans: tuple[Plan, ...] = ()
    kind: str = ""
    """What the document calls itself: 方案, 报告."""
    place: str = ""
    """Whose document it is; "" where nobody said."""
    examples: dict[str, tuple[Example, ...]] = field(default_factory=dict)
    """Measures of other places by the heading that they suit."""

    @property
    def foreign(self) -> bool:
        """True where the plans are those of another place than the document's: their units are not ours."""
        return bool(self.place) and any(plan.region and plan.region != self.place for plan in self.plans)

    @property
    def superior(self) -> bool:
        """True where the plans are those of places above the document's: their dates bind us."""
        regions = [plan.region for plan in self.plans if plan.region]
        return bool(self.place and regions) and all(is_within(self.place, region) for region in regions)

    @cached_property
    def tracked(self) -> bool:
        """True once somebody keeps the ledger; before that 未开始 only means that nobody said."""
        return any(item.status != "not_started" or item.reports for item in self.items)

    @cached_property
    def overdue(self) -> tuple[Item, ...]:
        """Tasks that are late, earliest first."""
        return tuple(sorted((item for item in self.items if item.overdue), key=_due))

    @cached_property
    def waiting(self) -> tuple[Item, ...]:
        """Tasks that nobody has begun and that are not late."""
        states = (item for item in self.items if item.open and not item.overdue)
        return tuple(item for item in states if item.status == "not_started")

    @cached_property
    def themes(self) -> tuple[tuple[str, tuple[Item, ...]], ...]:
        """Tasks by the heading of the plan that they stand under, in its order; "" where it has none."""
        found: dict[str, list[Item]] = {}
        for item in self.items:
            found.setdefault(item.theme, []).append(item)
        named = [theme for theme in found if theme]
        if len(named) < 2:
            return (("", self.items),) if self.items else ()
        others = found.pop("", [])
        themes = [(theme, tuple(items)) for theme, items in found.items()]
        return (*themes, *([("其他任务", tuple(others))] if others else []))


def due_soon(items: Sequence[Item]) -> Iterator[tuple[date, tuple[Item, ...]]]:
    """Yield open tasks that are not late by their last day, earliest first."""
    days: dict[date, list[Item]] = {}
    for item in sorted(items, key=_due):
        if item.open and not item.overdue and item.due is not None:
            days.setdefault(item.due, []).append(item)
    for day, found in days.items():
        yield day, tuple(found)


def _due(item: Item) -> date:
    return item.due or date.max
