"""举一反三: a problem, and the same kind of problem in other documents and places."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from nicegui import ui

from corpus.errors import UserError
from service.intake.sources import shown_title
from service.ledger import STATUS_WORDS
from service.pages.frame import empty_state

if TYPE_CHECKING:
    from service.library import Library
    from service.reconcile.cases import SolvedCase

COUNT = 20
LONGEST = 5_000
"""Characters of a problem that a person may paste."""
MOST_MEASURES = 6


async def likes_part(library: Library, text: str, task: str) -> None:
    """Lay out the box for a problem, and the cases where there is one."""
    _box(text)
    if not text.strip() and not task:
        with ui.column().classes("panel w-full"):
            empty_state("travel_explore", "写出一个问题，看别的文件、别的地方同类问题怎么解决。")
        return
    try:
        found = await asyncio.to_thread(_cases, library, text, task)
    except UserError as error:
        empty_state("help_outline", str(error))
        return
    if task:
        row = await asyncio.to_thread(library.task, task)
        ui.label(f"与这一条同类的问题：{row.record.get('problem') or row.record['text']}").classes("faint")
    with ui.column().classes("panel w-full gap-0 sides"):
        for case in found:
            _case(case)
        if not found:
            empty_state("search_off", "文库里没有找到同类问题，换个说法试试。")


def _cases(library: Library, text: str, task: str) -> tuple[SolvedCase, ...]:
    from service.reconcile.cases import similar_cases

    return similar_cases(library, text=text[:LONGEST], task=task or None, count=COUNT)


def _box(text: str) -> None:
    with ui.row().classes("w-full items-start gap-2 no-wrap no-print"):
        box = ui.input(value=text, placeholder="如：乡镇污水处理站停运")
        box.props('outlined dense bg-color=white clearable aria-label="问题"').classes("grow")

        def search() -> None:
            ui.navigate.to(f"/reconcile?{urlencode({'part': 'cases', 'text': (box.value or '')[:LONGEST]})}")

        box.on("keydown.enter", search)
        ui.button("找同类问题", icon="travel_explore", on_click=search)


def _case(case: SolvedCase) -> None:
    with ui.element("div").classes("pair"):
        with ui.column().classes("side gap-0"):
            ui.label(case.problem).classes("side-text")
            place = "　".join(filter(None, (case.region, case.date)))
            ui.label(place).classes("faint")
            ui.link(
                shown_title(case.row.title, case.row.source),
                f"/documents/{case.row.document_id}?task={case.row.id}",
            )
        with ui.column().classes("side gap-0"):
            if case.goal:
                ui.label(f"目标：{case.goal}").classes("side-text")
            for measure in case.measures[:MOST_MEASURES]:
                ui.label(measure).classes("side-text")
            for words in case.progress[:2]:
                ui.label(f"进展：{words}").classes("side-text state-done")
        with ui.column().classes("side-act gap-0"):
            ui.label(STATUS_WORDS[case.row.status.value]).classes("state")
            ui.label(f"相近 {case.likeness:.0%}").classes("faint")
