"""What narrows a search: facets with counts, days, and the filters that are set."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING

from nicegui import ui

from corpus.registry.regions import chain
from service.pages.day_box import day_box, day_in
from service.pages.search.wanted import FACETS, FILTERS, YES, Wanted

if TYPE_CHECKING:
    from index.hits import SearchResult

FACET_KEYS = {"type": "doc_type"}
"""What the search calls a facet, where the address calls it otherwise."""
FACET_VALUES = 8
"""Values of a facet that are shown at first."""
MOST_VALUES = 40
UNNAMED = re.compile(r"[xX×〇○*]{1,4}[省市区县旗州]?$")
"""What stands for a place in a form: XX县."""
DAYS = ("date_from", "date_to", "due_before")


def facet_panel(wanted: Wanted, result: SearchResult) -> None:
    """Show, for each facet that is not set, its values with the number of documents; below them the days."""
    with ui.column().classes("panel facets gap-1 no-print").props('role=navigation aria-label="筛选"'):
        if not wanted.has_tasks and result.hits:
            ui.link("只看有任务的", wanted.address(has_tasks=YES)).classes("facet")
        for parameter, name in FACETS.items():
            values = _values_of(parameter, wanted, result)
            if values:
                ui.label(name).classes("facet-name")
                _links(wanted, parameter, values[:FACET_VALUES])
            if values[FACET_VALUES:]:
                with ui.expansion("更多").props("dense").classes("facet-more"):
                    _links(wanted, parameter, values[FACET_VALUES:MOST_VALUES])
        _days(wanted)


def filter_chips(wanted: Wanted) -> None:
    """Show the filters that are set; each can be taken off."""
    if not wanted.chosen:
        return
    with ui.row().classes("w-full items-center gap-2 no-print"):
        for parameter, value in wanted.chosen.items():
            words = FILTERS[parameter] if value == YES else f"{FILTERS[parameter]}：{value}"
            target = wanted.address(**{parameter: ""})
            with ui.link(target=target).classes("chip chip-set").props(f'aria-label="去掉筛选 {words}"'):
                ui.label(words)
                ui.icon("close")
        if len(wanted.chosen) > 1:
            ui.link("全部去掉", wanted.address(**dict.fromkeys(FILTERS, ""))).classes("faint")


def places_below(counts: Mapping[str, int], chosen: str) -> list[tuple[str, int]]:
    """Return the places right below `chosen`, "" for the whole country, with the documents of all within.

    Args:
        counts: documents by the place that they name, as written.
        chosen: the place that is narrowed to.
    """
    outer = chain(chosen)[0].name if chain(chosen) else chosen
    found: Counter[str] = Counter()
    for place, count in counts.items():
        if UNNAMED.match(place):
            continue
        names = [region.name for region in reversed(chain(place))] or [place]
        if not chosen:
            found[names[0]] += count
        elif outer in names[:-1]:
            found[names[names.index(outer) + 1]] += count
    return found.most_common()


def _values_of(parameter: str, wanted: Wanted, result: SearchResult) -> list[tuple[str, int]]:
    counts = result.facets.get(FACET_KEYS.get(parameter, parameter), {})
    if parameter == "region":
        return places_below(counts, wanted.region)
    if parameter in wanted.chosen:
        return []
    # Years in their own order: people look for the newest, not for the most.
    return sorted(counts.items(), reverse=True) if parameter == "year" else list(counts.items())


def _links(wanted: Wanted, parameter: str, values: list[tuple[str, int]]) -> None:
    for value, count in values:
        ui.link(f"{value}（{count}）", wanted.address(**{parameter: value})).classes("facet")


def _days(wanted: Wanted) -> None:
    """Offer to narrow by days: those of the documents, and the time limits of their tasks."""
    with ui.expansion("日期和时限", value=any(getattr(wanted, name) for name in DAYS)) as part:
        part.props("dense").classes("facet-more w-full")
        boxes = {name: day_box(FILTERS[name], getattr(wanted, name)) for name in DAYS}
        for box in boxes.values():
            box.classes("w-full q-mb-xs")

        def narrow() -> None:
            days = {name: day_in(box) for name, box in boxes.items()}
            ui.navigate.to(
                wanted.address(**{name: day.isoformat() if day else "" for name, day in days.items()})
            )

        ui.button("筛选", on_click=narrow).props("outline dense").classes("w-full")
