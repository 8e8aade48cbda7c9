"""Tables that follow a draft: all tasks, the late ones, how each unit stands."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from corpus.task import Role
from service.drafting.contents.units import by_unit
from service.drafting.draft import Table
from service.drafting.item import Item
from service.drafting.material import Material
from service.drafting.wording import due_words
from service.ledger import STATUS_WORDS

LONGEST_CELL = 120


def task_table(material: Material) -> Table | None:
    """Return all tasks with units and limits, None without any."""
    head = ("序号", "重点任务", "牵头单位", "责任单位", "配合单位", "完成时限", "状态")
    return _table("任务分工表", material, head, material.items, _task_cells)


def late_table(material: Material) -> Table | None:
    """Return the late tasks, earliest first; None without any."""
    head = ("序号", "任务", "牵头（责任）单位", "完成时限", "逾期天数")

    def cells(item: Item) -> tuple[str, ...]:
        days = str((material.today - item.due).days) if item.due else ""
        return (item.name, "、".join(item.leads), due_words(item.due) if item.due else "", days)

    return _table("逾期任务清单", material, head, material.overdue, cells)


def unit_table(material: Material) -> Table | None:
    """Return how many tasks each leading unit has and how far they have come; None without units."""
    rows = by_unit(material.items)
    if not rows:
        return None
    head = ("序号", "牵头（责任）单位", "任务数", "已完成", "正在办理", "逾期未完成")
    body = [
        (str(number), unit, *map(str, _unit_counts(items))) for number, (unit, items) in enumerate(rows, 1)
    ]
    return Table(f"{material.subject}任务进展情况表", (head, *body))


def _unit_counts(items: Sequence[Item]) -> tuple[int, int, int, int]:
    done, late = sum(item.finished for item in items), sum(item.overdue for item in items)
    ended = sum(item.cancelled for item in items)
    return len(items), done, len(items) - done - late - ended, late


def _task_cells(item: Item) -> tuple[str, ...]:
    text = item.text if len(item.text) <= LONGEST_CELL else f"{item.text[:LONGEST_CELL]}…"
    units = ("、".join(item.units(role)) for role in (Role.LEAD, Role.RESPONSIBLE, Role.COOPERATE))
    limit = "、".join(dict.fromkeys("".join(one["raw"].split()) for one in item.record.get("deadlines", ())))
    return (text, *units, due_words(item.due) if item.extensions and item.due else limit,
            STATUS_WORDS[item.status.value])  # fmt: skip


def _table(
    name: str,
    material: Material,
    head: tuple[str, ...],
    items: Sequence[Item],
    cells: Callable[[Item], tuple[str, ...]],
) -> Table | None:
    if not items:
        return None
    body = [(str(number), *cells(item)) for number, item in enumerate(items, 1)]
    return Table(f"{material.subject}{name}", (head, *body))


TABLES: dict[str, Callable[[Material], Table | None]] = {
    function.__name__: function for function in (task_table, late_table, unit_table)
}
"""The tables by the names that outlines call them by."""
