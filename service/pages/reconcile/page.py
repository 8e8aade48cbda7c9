"""The page at /reconcile with its four parts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from nicegui import ui

from service.pages.frame import framed
from service.pages.reconcile.across import conflicts_part, workload_part
from service.pages.reconcile.likes import likes_part
from service.pages.reconcile.report import report_part

if TYPE_CHECKING:
    from service.library import Library

ADDRESS = "/reconcile"
PARTS = {"report": "汇报对方案", "conflicts": "可能冲突", "workload": "各单位工作量", "cases": "举一反三"}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for."""

    part: str = "report"
    report: str = ""
    plan: str = ""
    """"" looks for the plan."""
    document: str = ""
    """Narrows conflicts to one plan."""
    text: str = ""
    task: str = ""


async def reconcile_page(library: Library, asked: Asked) -> None:
    """Lay out the page; an unknown part is the first."""
    part = asked.part if asked.part in PARTS else "report"
    with framed(ADDRESS):
        _parts(part)
        if part == "conflicts":
            await conflicts_part(library, asked.document)
        elif part == "workload":
            await workload_part(library)
        elif part == "cases":
            await likes_part(library, asked.text, asked.task)
        else:
            await report_part(library, asked.report, asked.plan)


def _parts(current: str) -> None:
    with ui.element("nav").classes("parts row no-wrap gap-1").props('aria-label="对账的各部分"'):
        for part, words in PARTS.items():
            link = ui.link(words, f"{ADDRESS}?{urlencode({'part': part})}").classes("part")
            if part == current:
                link.props('aria-current="page"')
