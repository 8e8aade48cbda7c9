"""Targets of a plan held against the figures of a report: units converted, words of comparison honoured."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from corpus.records import JsonObject
from corpus.registry.tables import read_table
from corpus.spans import Span
from corpus.task import ProgressStatus
from index.tokens import bigrams, fold
from ingest.extract.figures.quantities import Quantity, find_quantities
from ingest.extract.progress.counts import find_counts
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
_DONE_OF = re.compile(
    r"[^，。；0-9]{0,8}?(?:里|中|[，,]?其中|[，,]?目前|[，,]?现)(?:仅|只|已|有|完成|建成|整改|治理|办结|了){1,4}"
)
"""Between a whole and the part of it that is done: 45个村里完成了20个."""
AROUND = 12
"""Characters before and after a figure that tell what it counts."""
LEAST_ALIKE, LEAST_ALIKE_OTHER = 0.2, 0.5
"""Least share of the words around a target that stand around the figure that answers it, in the same measure
and in another."""
SAME_NUMBER = 0.5
"""What it counts, beside the words around, that target and figure are the same number."""
_INCOMPARABLE = frozenset({"%", "个百分点", "倍", "日", "个工作日", "个月", "小时", "分钟", "年"})
"""Shares and times: no other measure is meant where a count stands in their place."""
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
    whole: Amount | None = None
    """What it is a part of: the 45 of 45个村里完成了20个; None for a figure of its own."""


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


def reached_in(text: str, targets: frozenset[float]) -> tuple[Figure, ...]:
    """Return the figures of a claim as far as they are reached: of 45个村，32个已完工 it is 32, not 45.

    A part that is itself one of the `targets`, in base units, is no part: 开工60个、竣工40个.
    """
    done: dict[Span, int] = {}
    for part in find_counts(text, Span(0, len(text))):
        finished = part.count.value if part.count.status is ProgressStatus.DONE else 0
        done[part.whole] = done.get(part.whole, 0) + finished
    found = figures_in(text)
    for one, other in pairwise(found):
        between = Span(one.span.end, other.span.start)
        if one.amount.unit == other.amount.unit and _DONE_OF.fullmatch(between.of(text)):
            done[one.span] = int(other.amount.value)
    parts = {whole: value for whole, value in done.items() if value not in targets}
    return tuple(_as_reached(figure, parts) for figure in found)


def _as_reached(figure: Figure, done: Mapping[Span, int]) -> Figure:
    finished = next((value for whole, value in done.items() if whole.overlaps(figure.span)), None)
    if finished is None or finished >= figure.amount.value:
        return figure
    raw = f"{figure.raw}中的{finished}"
    reached = Amount(float(finished), figure.amount.unit)
    return replace(figure, raw=raw, amount=reached, whole=figure.amount)


def _is_start(text: str, span: Span) -> bool:
    return bool(_FROM.search(text, 0, span.start) and _RISES.match(text, span.end))


def amounts_in(text: str) -> frozenset[tuple[float, str]]:
    """Return the figures of a text in base units, without small ones that stand in any text: 1个, 3次."""
    return frozenset(
        (figure.amount.value, figure.amount.unit)
        for figure in figures_in(text)
        if figure.amount.value > 3 or figure.amount.unit == "%"
    )


def check_figures(task: JsonObject, text: str, place: Span) -> tuple[FigureCheck, ...]:
    """Return for each target of a task what a claim says of it; targets it says nothing of are left out.

    `text` is the claim, `place` where it stands in the report. A figure answers one target: the one in the
    likest words, the same number first.
    """
    targets = _targets(task)
    said = reached_in(text, frozenset(target.amount.value for target in targets))
    answers = _answers(targets, said)
    checks = [
        _judged(target, said[answers[index]], place)
        if index in answers
        else _other_measure(
            target, [figure for at, figure in enumerate(said) if at not in answers.values()], place
        )
        for index, target in enumerate(targets)
    ]
    return tuple(check for check in checks if check is not None)


@dataclass(frozen=True, slots=True)
class _Target:
    record: JsonObject
    amount: Amount
    around: frozenset[str]


def _targets(task: JsonObject) -> list[_Target]:
    return [
        _Target(item, amount_of(item["value"], item["unit"]), _around(task["text"], _place_in(task, item)))
        for item in task.get("indicators") or []
        if item["value"] is not None and item["unit"]
    ]


def _answers(targets: Sequence[_Target], said: Sequence[Figure]) -> dict[int, int]:
    """Return which figure answers each target, by index; both are used once."""
    ranked = sorted(
        (-_fit(target, figure), index, at)
        for index, target in enumerate(targets)
        for at, figure in enumerate(said)
        if figure.amount.unit == target.amount.unit and _fit(target, figure) >= LEAST_ALIKE
    )
    found: dict[int, int] = {}
    for _, index, at in ranked:
        if index not in found and at not in found.values():
            found[index] = at
    return found


def _fit(target: _Target, figure: Figure) -> float:
    return _alike(target.around, figure.around) + SAME_NUMBER * (
        target.amount in (figure.amount, figure.whole)
    )


def _other_measure(target: _Target, left: Sequence[Figure], place: Span) -> FigureCheck | None:
    """Return that a figure in the words of the target is counted in something else; None for no such."""
    if target.amount.unit in _INCOMPARABLE:
        return None
    likely = [
        (_alike(target.around, figure.around), figure)
        for figure in left
        if figure.amount.unit not in _INCOMPARABLE and figure.amount.unit != target.amount.unit
    ]
    alike, figure = max(likely, key=lambda item: item[0], default=(0.0, None))
    if figure is None or alike < LEAST_ALIKE_OTHER:
        return None
    words = f"方案为{target.record['raw']}，汇报为{figure.raw}，计量单位不同，请核对"
    return _found(target.record, figure, place, Verdict.OTHER_MEASURE, words)


def _judged(answered: _Target, figure: Figure, place: Span) -> FigureCheck:
    target, wanted, reached = answered.record, answered.amount, figure.amount.value
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
