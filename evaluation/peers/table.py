"""The figures of the programs at many passages as a table in Markdown, one column for each."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from corpus.records import JsonObject
from evaluation.speed.scale import SCOPES

Cell = Callable[[JsonObject], str]
NONE = "–"
"""Stands where nothing was measured."""


def markdown(systems: Mapping[str, JsonObject]) -> str:
    """Return the table: building, disk, memory, start-up, searches, adding and removing."""
    heads = [figures.get("versions", name) for name, figures in systems.items()]
    lines = [_line("", heads), _line("---", ["---"] * len(heads))]
    for what, cell in _rows().items():
        lines.append(_line(what, [cell(figures) for figures in systems.values()]))
    return "".join(lines)


def _rows() -> dict[str, Cell]:
    searches = {f"{scope}, ms p50, p95; processor's": _searches(scope) for scope in SCOPES}
    return {
        "build: processor s; by the clock (load)": _building,
        "peak memory of the build, MB": _figures("{:,.0f}", "build: peak memory, MB"),
        "disk, MB": _figures("{:,.0f}", "disk, MB"),
        "memory answering, MB: peak; own": _figures(
            "{:,.0f}; {:,.0f}", "memory: peak, MB", "memory: own, without mapped files, MB"
        ),
        "start-up; with the first search, s": _figures(
            "{:.1f}; {:.1f}", "start-up, s", "start-up and first search, s"
        ),
        **searches,
        "add a document until found, s, slowest": _coming("add one document until found, s, slowest"),
        "remove it until gone, s, slowest": _coming("remove one document until gone, s, slowest"),
    }


def _figures(form: str, *names: str) -> Cell:
    """Return what writes these figures, where all are there."""

    def cell(figures: JsonObject) -> str:
        known = all(name in figures for name in names)
        return form.format(*(figures[name] for name in names)) if known else NONE

    return cell


def _building(figures: JsonObject) -> str:
    if "ended" in figures and "build, s" not in figures:
        return "ended: {ended} after {handed over:,} passages".format_map(figures)
    return _figures("{:,.0f}; {:,.0f} ({:.0f})", "build, processor s", "build, s", "build: load")(figures)


def _searches(scope: str) -> Cell:
    names = [f"{figure}, {scope}" for figure in ("p50 ms", "p95 ms", "p50 cpu ms", "p95 cpu ms")]
    times = _figures("{:.0f}, {:.0f}; {:.0f}, {:.0f}", *names)

    def cell(figures: JsonObject) -> str:
        found = figures.get(f"found, {scope}", 10)
        return times(figures) + (f"; {found:.1f} of 10 found" if found < 9.95 else "")

    return cell


def _coming(name: str) -> Cell:
    """Return what writes how long coming or going took; a program that cannot has no such figure."""
    time = _figures("{:.2f}", name)
    return lambda figures: time(figures) if name in figures or "ended" in figures else "built anew"


def _line(head: str, cells: list[str]) -> str:
    return f"| {' | '.join([head, *cells])} |\n"
