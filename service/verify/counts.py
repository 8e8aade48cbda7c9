"""What the ledger counts: how many tasks, done, under way, late, of all and of each unit and document."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from corpus.records import JsonObject
from corpus.registry.tables import any_of, read_table
from corpus.spans import Span
from service.acting import acting_role
from service.verify.fact_values import Figure, find_figures
from service.verify.facts import bare

_WORDS = {row["word"]: row["count"] for row in read_table("service.verify", "count_words.tsv")}
_BEFORE = re.compile(rf"(?P<word>{any_of(_WORDS)})(?:的|了|任务|事项|工作|达|有|为|共){{0,2}}$")
_UNITS_AFTER = re.compile(r"(?P<leading>牵头（责任）|牵头|责任|承办)?(?:单位|部门)")
_TASK_UNIT = re.compile("项|件|条|个(?:任务|问题|事项)")
_OF_TASKS = frozenset({"项", "件", "条", "个任务"})
_PARTS = ("finished", "in_progress", "not_started", "overdue")
_LEADING_UNITS, _SOME_UNITS = "leading units", "some units"
_OF_ONE = "led"
"""The count that is of the unit before it: 市水利局牵头5项."""
_FINISHED = frozenset({"done", "closed", "rechecked"})
_Scopes = list[dict[str, frozenset[int]]]


class Counts:
    """Counts over rows of the ledger, given as ledger records."""

    def __init__(self, rows: Sequence[JsonObject]) -> None:
        self._all = _counted(rows)
        self._shares = frozenset(_shares(self._all))
        self._leaders = _leader_counts(rows)
        by_unit: dict[str, list[JsonObject]] = defaultdict(list)
        by_leader: dict[str, list[JsonObject]] = defaultdict(list)
        by_document: dict[str, list[JsonObject]] = defaultdict(list)
        for row in rows:
            by_document[str(row.get("document"))].append(row)
            for name in {bare(unit["name"]) for unit in row.get("units") or ()}:
                by_unit[name].append(row)
            for name in _leaders(row):
                by_leader[name].append(row)
        self._units = {
            name: [_counted(own) for own in (by_unit[name], by_leader.get(name, [])) if own]
            for name in by_unit
        }
        self._documents = [_counted(own) for own in by_document.values()]

    def judged(self, sentence: str) -> Iterator[tuple[Figure, bool]]:
        """Yield the figures of a sentence that count tasks or units, and whether the ledger counts so too.

        A sentence that names units may speak of theirs; else all rows or those of one document are meant.
        """
        if not self._all:
            return
        folded = bare(sentence)
        named = [counts for name, counts in self._units.items() if name in folded]
        counting = list(_counting(sentence))
        impossible = _exceeded(counting)
        for kind, figure in counting:
            yield figure, figure is not impossible and self._has(kind, figure.value, named)

    def _has(self, kind: str, value: float, named: Sequence[_Scopes]) -> bool:
        if kind in (_LEADING_UNITS, _SOME_UNITS):
            return value in self._leaders[kind]
        if kind == _OF_ONE:
            return not named or any(value in counts["all"] for scopes in named for counts in scopes)
        scopes = [counts for scopes in named for counts in scopes]
        if len(named) != 1:
            scopes += [self._all, *self._documents]
        return any(value in counts[kind] for counts in scopes)

    def has_share(self, percent: float) -> bool:
        """Tell whether some status has this share of all rows."""
        return round(percent, 2) in self._shares


def count_named(text: str, span: Span) -> str | None:
    """Return the name of the count that the words around a figure ask for, None where they ask for none."""
    found = _BEFORE.search(text[: span.start])
    unit = _TASK_UNIT.match(text, span.end)
    return _WORDS[found["word"]] if found and unit else None


def _leaders(row: JsonObject) -> set[str]:
    """Return who leads a task; where nobody does, who is responsible."""
    units = row.get("units") or ()
    role = acting_role(units)
    return {bare(unit["name"]) for unit in units if unit["role"] == role}


def _leader_counts(rows: Sequence[JsonObject]) -> dict[str, frozenset[float]]:
    """Return how many units lead all rows, and how many lead those of some status or colour."""
    groups: dict[object, set[str]] = defaultdict(set)
    for row in rows:
        done = row.get("status") in _FINISHED
        for key in ("all", f"finished {done}", row.get("status"), row.get("colour")):
            groups[key] |= _leaders(row)
    some = frozenset(float(len(names)) for names in groups.values())
    return {_LEADING_UNITS: frozenset({float(len(groups["all"]))}), _SOME_UNITS: some}


def _counting(sentence: str) -> Iterator[tuple[str, Figure]]:
    """Yield the figures of a sentence that count tasks or units, each with the name of its count."""
    for figure in find_figures(sentence):
        units = _UNITS_AFTER.match(sentence, figure.span.end) if figure.unit == "个" else None
        if units:
            yield (_LEADING_UNITS if units["leading"] else _SOME_UNITS), figure
        elif figure.unit in _OF_TASKS and (found := _BEFORE.search(sentence[: figure.span.start])):
            yield _WORDS[found["word"]], figure


def _exceeded(counting: Sequence[tuple[str, Figure]]) -> Figure | None:
    """Return the whole that its parts in the same sentence exceed, None where they fit."""
    whole = next((figure for kind, figure in counting if kind == "all"), None)
    parts = sum(figure.value for kind, figure in counting if kind in _PARTS)
    return whole if whole is not None and parts > whole.value else None


def _counted(rows: Sequence[JsonObject]) -> dict[str, frozenset[int]]:
    """Return the counts of some rows by name, {} for no rows.

    Those under way and not begun have two: with the late ones among them, and without.
    """
    if not rows:
        return {}
    states = [(row.get("status"), row.get("colour") == "red") for row in rows]

    def count(*wanted: str) -> frozenset[int]:
        late = [red for status, red in states if status in wanted]
        return frozenset({len(late), late.count(False)})

    opened = count("not_started", "in_progress", "extended")
    return {
        "all": frozenset({len(rows)}),
        "finished": frozenset({sum(status in _FINISHED for status, _ in states)}),
        "unfinished": opened,
        "closed": count("closed"),
        "in_progress": count("in_progress") | opened,
        "not_started": count("not_started"),
        "extended": count("extended"),
        "cancelled": count("cancelled"),
        "overdue": frozenset({sum(red for _, red in states)}),
    }


def _shares(counts: dict[str, frozenset[int]]) -> Iterator[float]:
    for values in counts.values():
        for value in values:
            for digits in range(3):
                yield round(100 * value / max(counts["all"]), digits)
