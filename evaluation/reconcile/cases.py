"""Reports of gold plans, made up with a seed: what each item of the report tells of is known."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from random import Random

from corpus.records import JsonObject, task_record
from corpus.store.rereading.identity import likeness
from evaluation.extraction.matching import match
from evaluation.extraction.places import locate_all, locate_extracted, locate_gold
from evaluation.gold import Case
from evaluation.reconcile.wording import Figure, Paraphrase, Writer, sentences_of
from evaluation.text import squash
from service.intake.extraction import read

PER_PLAN = 24
"""Reports that are made of each plan."""
FEWEST_TASKS = 6
"""A plan with fewer tasks is no test of matching."""
LEFT_OUT = (0.15, 0.55)
"""Share of the tasks of which a report says nothing."""
MERGED, SPLIT, FOREIGN, AHEAD = 0.15, 0.2, 0.15, 0.3
"""Share of told tasks that share an item with another or have two, of items that belong to no task, and of
untold tasks that stand in the chapter on what comes next."""
UNLIKE = 0.3
"""A foreign claim is at most so like any task of the plan that it would not truly speak of one."""
_LABELS = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Plan:
    """A gold plan as the product reads it, with the tasks that the gold confirms."""

    name: str
    title: str
    tasks: tuple[JsonObject, ...]
    """All tasks found, under their public keys."""
    confirmed: frozenset[int]
    """Which of them are tasks of the gold, by index."""


@dataclass(frozen=True, slots=True)
class Item:
    """One numbered item of a report."""

    words: str
    tasks: frozenset[int]
    """The tasks that it tells of; empty for a foreign one."""
    figures: tuple[tuple[int, Figure], ...] = ()
    """Targets that it restates, by task."""


@dataclass(frozen=True, slots=True)
class ReportCase:
    """A report of a plan."""

    name: str
    plan: Plan
    items: tuple[Item, ...]
    text: str

    @property
    def pairs(self) -> frozenset[tuple[int, int]]:
        """Return (item, task) for every task that an item tells of."""
        return frozenset((index, task) for index, item in enumerate(self.items) for task in item.tasks)

    @property
    def told(self) -> frozenset[int]:
        """Return the tasks that the report tells of."""
        return frozenset(task for item in self.items for task in item.tasks)


def read_plans(cases: Sequence[Case]) -> list[Plan]:
    """Return the plans among gold cases that have enough tasks."""
    plans = [_plan(case) for case in cases]
    return [plan for plan in plans if len(plan.confirmed) >= FEWEST_TASKS]


def halves(plans: Sequence[Plan]) -> dict[str, str]:
    """Return for each plan, by name, the half that it belongs to.

    The plans are put in the order of a hash and dealt out in turn, so that both halves have as many and no
    plan is in both.
    """
    ordered = sorted(plans, key=lambda plan: hashlib.sha256(plan.name.encode()).hexdigest())
    return {plan.name: ("first", "second")[place % 2] for place, plan in enumerate(ordered)}


def make_cases(
    plans: Sequence[Plan],
    half: str,
    seed: int,
    per_plan: int = PER_PLAN,
    of: Mapping[str, str] | None = None,
) -> Iterator[ReportCase]:
    """Yield the reports of one half, each of them settled by the seed, the plan's name and its number.

    `of` tells the half of each plan; None takes `halves`.
    """
    of = halves(plans) if of is None else of
    for plan in plans:
        if of[plan.name] != half:
            continue
        others = [other for other in plans if other.name != plan.name]
        for number in range(per_plan):
            name = f"{plan.name}#{number}"
            yield _Maker(plan, others, half, Random(f"{seed}/{name}")).make(name)


class _Maker:
    def __init__(self, plan: Plan, others: Sequence[Plan], half: str, random: Random) -> None:
        self.plan = plan
        self.others = others
        self.random = random
        self.writer = Writer(half, random.uniform(0.3, 1.0))

    def make(self, name: str) -> ReportCase:
        """Return one report."""
        told = self._told()
        items = [*self._items(told), *self._foreign(len(told))]
        if self.random.random() < 0.5:
            self.random.shuffle(items)
        ahead = [task for task in sorted(self.plan.confirmed - set(told)) if self.random.random() < AHEAD]
        return ReportCase(name, self.plan, tuple(items), self._text(items, ahead))

    def _told(self) -> list[int]:
        share = 1 - self.random.uniform(*LEFT_OUT)
        known = sorted(self.plan.confirmed)
        return sorted(self.random.sample(known, max(3, round(share * len(known)))))

    def _items(self, told: Sequence[int]) -> Iterator[Item]:
        waiting = list(told)
        while waiting:
            task = waiting.pop(0)
            sentences = sentences_of(self.plan.tasks[task]["text"])
            chance = self.random.random()
            if chance < MERGED and waiting:
                yield self._merged(task, waiting.pop(0))
            elif chance < MERGED + SPLIT and len(sentences) >= 4:
                half = len(sentences) // 2
                yield self._item(task, sentences[:half])
                yield self._item(task, sentences[half:])
            else:
                yield self._item(task, sentences)

    def _item(self, task: int, sentences: Sequence[str]) -> Item:
        told = self._paraphrase(sentences)
        return Item(told.words, frozenset({task}), tuple((task, figure) for figure in told.figures))

    def _merged(self, one: int, other: int) -> Item:
        first, second = (
            self._paraphrase(sentences_of(self.plan.tasks[task]["text"])[:2]) for task in (one, other)
        )
        joint = self.random.choice(("。", "；同时，", "，并", "。此外，"))
        figures = [
            *((one, figure) for figure in first.figures),
            *((other, figure) for figure in second.figures),
        ]
        words = first.words.rstrip("。") + joint + second.words
        return Item(words, frozenset({one, other}), tuple(figures))

    def _paraphrase(self, sentences: Sequence[str]) -> Paraphrase:
        most = self.random.choice((1, 2, 2, 3))
        first = self.random.randrange(max(1, len(sentences) - most)) if self.random.random() < 0.3 else 0
        chosen = list(sentences[first : first + most])
        return self.writer.paraphrase(chosen or list(sentences[:1]), self.random)

    def _foreign(self, told: int) -> Iterator[Item]:
        for _ in range(max(1, round(FOREIGN * told))):
            other = self.random.choice(self.others)
            task = other.tasks[self.random.choice(sorted(other.confirmed))]
            if max(likeness(task["text"][:120], own["text"][:120]) for own in self.plan.tasks) < UNLIKE:
                yield Item(self._paraphrase(sentences_of(task["text"])).words, frozenset())

    def _text(self, items: Sequence[Item], ahead: Sequence[int]) -> str:
        number = count(1)
        lines = [
            f"关于《{self.plan.title}》落实情况的汇报",
            "现将有关工作情况汇报如下。",
            "一、工作进展情况",
            *(f"（{chinese(next(number))}）{item.words}" for item in items),
            "二、存在的主要问题",
            "一是个别单位重视程度不够，工作进展不平衡；二是资金缺口较大，后续投入还有困难。",
            "三、下一步打算",
            *(
                f"（{chinese(place)}）{sentences_of(self.plan.tasks[task]['text'])[0]}。"
                for place, task in enumerate(ahead, 1)
            ),
            "特此报告。",
        ]
        return "\n".join(lines) + "\n"


def chinese(number: int) -> str:
    """Return a number from 1 to 99 as labels have it: 十二."""
    tens, ones = divmod(number, 10)
    head = ("" if tens == 1 else _LABELS[tens - 1]) + "十" if tens else ""
    return head + (_LABELS[ones - 1] if ones else "")


def _plan(case: Case) -> Plan:
    reading = read(case.text.encode(), case.name)
    text = squash(case.text)
    tasks = tuple(task_record(task) for task in reading.extraction.tasks)
    gold = locate_all(text, case.gold["tasks"], locate_gold)
    pairs = match(gold, locate_all(text, tasks, locate_extracted))
    found = (pair.found for pair in pairs.values())
    confirmed = frozenset(index for index in found if sentences_of(tasks[index]["text"]))
    return Plan(case.name, reading.document.header.title or case.name, tasks, confirmed)
