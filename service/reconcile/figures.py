"""Targets of a plan held against the figures of a report: units converted, words of comparison honoured."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from corpus.records import JsonObject
from corpus.registry.tables import read_table
from corpus.spans import Span
from corpus.task import ProgressStatus
from index.tokens import bigrams, fold
from ingest.extract.progress_counts import find_counts
from ingest.extract.quantities import Quantity, find_quantities
from service.reconcile.model import FigureCheck, Verdict

_SCALES = {"百": 1e2, "千": 1e3, "万": 1e4, "亿": 1e8}
_SCALE = re.compile(r"^[百千]?[万亿](?=.)|^[百千](?=[^瓦克米])")
_MEASURED = frozenset(
    {"count", "share", "money", "area", "length", "weight", "volume", "power", "rate", "data", "index"}
)
"""Kinds of quantities that can be a target; periods of time are deadlines or standards of service."""
_FROM = re.compile(r"(?:由|从)[^，,。；;]{0,12}$")
_RISES = re.compile(
    r"[^，,。；;]{0,4}(?:提高|提升|增加|增长|上升|扩大|降低?|下降|压缩|压减|缩短|减少)[^，,。；;]{0,2}[到至为]"
)
"""Around the figure from which another one was reached: 由63%提高到69.5%."""
AROUND = 12
"""Characters before and after a figure that tell what it counts."""
LEAST_ALIKE = 0.2
"""Least share of the words around a target that stand around the figure that answers it."""
ROUNDING = 0.005
"""Share by which a figure may lie off its target and still be the same: 1.5万亩 is 1000公顷."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A figure in base units."""

    value: float
    unit: str
    """The base unit where the table knows the unit, else the unit as written."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a text."""

    raw: str
    span: Span
    amount: Amount
    op: str
    around: frozenset[str]
    """Pairs of characters around it."""


def amount_of(value: float, unit: str) -> Amount:
    """Return a value in base units: 1.5 with 万亩 gives ten million square metres."""
    scale = _SCALE.match(unit)
    for letter in scale[0] if scale else "":
        value *= _SCALES[letter]
    bare = unit[scale.end() :] if scale else unit
    bare = bare.replace("％", "%")
    base, factor = _measures().get(bare, (bare, 1.0))
    return Amount(round(value * factor, 4), base)


def figures_in(text: str) -> tuple[Figure, ...]:
    """Return the figures of a text that could answer a target, in text order."""
    return tuple(
        Figure(
            item.span.of(text),
            item.span,
            amount_of(item.value, item.unit),
            item.op,
            _around(text, item.span),
        )
        for item in find_quantities(text, Span(0, len(text)))
        if item.value is not None and _counts(item) and not _is_start(text, item.span)
    )


def reached_in(text: str) -> tuple[Figure, ...]:
    """Return the figures of a claim as far as they are reached: of 45个村，32个已完工 it is 32, not 45."""
    done: dict[Span, int] = {}
    for part in find_counts(text, Span(0, len(text))):
        finished = part.count.value if part.count.status is ProgressStatus.DONE else 0
        done[part.whole] = done.get(part.whole, 0) + finished
    return tuple(_as_reached(figure, done) for figure in figures_in(text))


def _as_reached(figure: Figure, done: Mapping[Span, int]) -> Figure:
    finished = next((value for whole, value in done.items() if whole.overlaps(figure.span)), None)
    if finished is None or finished >= figure.amount.value:
        return figure
    raw = f"{figure.raw}中的{finished}"
    return replace(figure, raw=raw, amount=Amount(float(finished), figure.amount.unit))


def _is_start(text: str, span: Span) -> bool:
    return bool(_FROM.search(text, 0, span.start) and _RISES.match(text, span.end))


def amounts_in(text: str) -> frozenset[tuple[float, str]]:
    """Return the figures of a text in base units, without small ones that stand in any text: 1个, 3次."""
    return frozenset(
        (figure.amount.value, figure.amount.unit)
        for figure in figures_in(text)
        if figure.amount.value > 3 or figure.amount.unit == "%"
    )


def check_figures(task: JsonObject, claims: Sequence[tuple[str, Span]]) -> tuple[FigureCheck, ...]:
    """Return for each target of a task what a report says of it; targets it says nothing of are left out.

    `claims` are the texts of a report that speak of the task, with their places. Of several figures that
    could answer, the one in the likest words does; a target that one of them meets is met.
    """
    said = [(figure, place) for text, place in claims for figure in reached_in(text)]
    checks = [_check(task, target, said) for target in task.get("indicators") or []]
    return tuple(check for check in checks if check is not None)


def _check(task: JsonObject, target: JsonObject, said: Iterable[tuple[Figure, Span]]) -> FigureCheck | None:
    if target["value"] is None or not target["unit"]:
        return None
    wanted = amount_of(target["value"], target["unit"])
    around = _around(task["text"], _place_in(task, target))
    judged = [
        (_alike(around, figure.around), figure.amount.unit == wanted.unit, figure, place)
        for figure, place in said
    ]
    # A figure in the same measure answers before one in another; then the likest words decide.
    fitting = [item for item in judged if item[1] and (item[0] >= LEAST_ALIKE or item[2].amount == wanted)]
    if fitting:
        exact = [item for item in fitting if _met(wanted, target["op"], item[2].amount.value)]
        best = max(exact or fitting, key=lambda item: item[0])
        closest = max(fitting, key=lambda item: item[0])
        return _judged(target, wanted, *(best if best[0] >= closest[0] - 0.15 else closest)[2:])
    others = [item for item in judged if not item[1] and item[0] >= 2 * LEAST_ALIKE]
    if not others:
        return None
    _, _, figure, place = max(others, key=lambda item: item[0])
    words = f"方案为{target['raw']}，汇报为{figure.raw}，计量单位不同，请核对"
    return _found(target, figure, place, Verdict.OTHER_MEASURE, words)


def _judged(target: JsonObject, wanted: Amount, figure: Figure, place: Span) -> FigureCheck:
    reached = figure.amount.value
    if _met(wanted, target["op"], reached):
        return _found(target, figure, place, Verdict.MET, f"目标{target['raw']}，已达{figure.raw}")
    if target["op"] in ("<=", "<"):
        return _found(target, figure, place, Verdict.OVER, f"汇报{figure.raw}，超过限值{target['raw']}")
    share = f"，为目标的{reached / wanted.value:.0%}" if wanted.value and wanted.unit != "%" else ""
    return _found(target, figure, place, Verdict.SHORT, f"汇报{figure.raw}，低于目标{target['raw']}{share}")


def _met(wanted: Amount, op: str, reached: float) -> bool:
    """Tell whether a figure reaches a target; more than was asked for is reached too."""
    room = abs(wanted.value) * ROUNDING
    if op in ("<=", "<"):
        return reached <= wanted.value + room
    return reached >= wanted.value - room


def _found(target: JsonObject, figure: Figure, place: Span, verdict: Verdict, words: str) -> FigureCheck:
    span = target.get("span")
    start = place.start + figure.span.start
    return FigureCheck(
        target["raw"],
        Span(*span) if span else None,
        figure.raw,
        Span(start, start + len(figure.span)),
        verdict,
        words,
    )


def _place_in(task: JsonObject, target: JsonObject) -> Span:
    """Return where the target stands in the task's own text."""
    at = task["text"].find(target["raw"])
    return Span(max(at, 0), max(at, 0) + len(target["raw"]))


def _around(text: str, span: Span) -> frozenset[str]:
    """Return the pairs of characters near a figure, within its clause."""
    before = re.split(r"[。；;\n]", text[max(0, span.start - AROUND) : span.start])[-1]
    after = re.split(r"[，,。；;\n]", text[span.end : span.end + AROUND])[0]
    return frozenset(bigrams(fold(before)) + bigrams(fold(after)))


def _alike(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / min(len(one), len(other)) if one and other else 0.0


def _counts(item: Quantity) -> bool:
    return item.kind in _MEASURED and not (item.han and (item.value or 0) < 10)


@cache
def _measures() -> dict[str, tuple[str, float]]:
    rows = read_table("service.reconcile", "measures.tsv")
    return {row["unit"]: (row["base"], float(row["factor"])) for row in rows}
