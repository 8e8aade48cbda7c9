"""How sure a row of the ledger is: the share of rows like it that a careful reader would leave as they are.

What speaks for doubt is a signal, a yes or no about the row. The weights of the signals are plain numbers in
`words/confidence.tsv`, fitted by `scripts/train_confidence.py` on rows that were judged against gold.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from math import exp

from corpus.registry.tables import read_table
from corpus.task import DeadlineKind, Task

_DATED = frozenset({DeadlineKind.DATE, DeadlineKind.PERIOD})
_BY_HEADING = frozenset({"heading-statement", "item-with-measures", "ledger-block"})
_BY_SENTENCE = frozenset({"running-sentence", "required-turn", "speech-point", "stage"})
_BY_SECTION = frozenset({"required-work"})
_TIME = re.compile(
    r"[年月日]\s*(?:底|末|初|内|前|之前|以前)|[一二三四1-4]季度|[上下]半年|至\s*20\d\d|期限|截止|20\d\d\s*年"
)
_ROLE_LEFT = re.compile(r"牵头|责任单位|负责(?!人)|配合单位|分工")
_OPEN, _CLOSE = "（(〔［[【", "）)〕］]】"
_LONG, _SHORT, _MANY = 400, 20, 12
UNTOLD_ROLE = "是牵头还是配合"
"""Words of the doubt that a statement only names units; the rule for them, 责任单位, is mostly right."""

Signal = Callable[[Task], bool]


def _times_unread(task: Task) -> bool:
    """Its words name a time, but none became a date."""
    return not any(limit.end for limit in task.deadlines) and _TIME.search(task.text) is not None


def _times_left(task: Task) -> bool:
    """Its words name more times than became limits."""
    return bool(task.deadlines) and len(_TIME.findall(task.text)) > len(task.deadlines) + 1


def _unknown_unit(task: Task) -> bool:
    """A single unit of its own that the registry does not know."""
    return any(not (unit.canonical or unit.group or unit.inherited) for unit in task.units)


def _unbalanced(task: Task) -> bool:
    """More brackets are opened than closed in its words, or the other way round."""
    return sum(map(task.text.count, _OPEN)) != sum(map(task.text.count, _CLOSE))


SIGNALS: dict[str, Signal] = {
    "doubted": lambda task: any(UNTOLD_ROLE not in doubt for doubt in task.doubts),
    "role-untold": lambda task: any(UNTOLD_ROLE in doubt for doubt in task.doubts),
    "by-heading": lambda task: task.found_by in _BY_HEADING,
    "by-sentence": lambda task: task.found_by in _BY_SENTENCE,
    "by-section": lambda task: task.found_by in _BY_SECTION,
    "without-label": lambda task: not task.label,
    "times-unread": _times_unread,
    "times-left": _times_left,
    "undated-limit": lambda task: any(item.kind in _DATED and item.end is None for item in task.deadlines),
    "unknown-unit": _unknown_unit,
    "role-words-left": lambda task: _ROLE_LEFT.search(task.text) is not None,
    "unbalanced": _unbalanced,
    "many-units": lambda task: len(task.units) > _MANY,
    "long": lambda task: len(task.text) > _LONG,
    "short": lambda task: len(task.text) < _SHORT,
    "several-lines": lambda task: "\n" in task.text,
}
"""What may make a row doubtful, by name. Units, limits and words are those of the row itself."""


def signals_of(task: Task) -> tuple[bool, ...]:
    """Return which of `SIGNALS` a row gives, in their order."""
    return tuple(signal(task) for signal in SIGNALS.values())


def with_confidence(task: Task) -> Task:
    """Return the row with the probability, to two places, that nothing in it needs correction."""
    return replace(task, confidence=round(probability(signals_of(task), _weights()), 2))


def probability(signals: tuple[bool, ...], weights: tuple[float, ...]) -> float:
    """Return the logistic function of the first weight and of those of the signals that are given."""
    total = weights[0] + sum(weight for weight, given in zip(weights[1:], signals, strict=True) if given)
    return 1 / (1 + exp(-total))


@cache
def _weights() -> tuple[float, ...]:
    """Return the weight of every row, then those of the signals in their order."""
    fitted = {
        row["signal"]: float(row["weight"]) for row in read_table("ingest.extract.words", "confidence.tsv")
    }
    return (fitted["every row"], *(fitted[name] for name in SIGNALS))
