"""What the ledger counts: how many tasks, done, under way, late, of all and of each unit and document."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from corpus.records import JsonObject
from corpus.registry.tables import any_of, read_table
from service.facts import bare

_WORDS = {row["word"]: row["count"] for row in read_table("service.verify", "count_words.tsv")}
_CLAIM = re.compile(
    rf"(?P<word>{any_of(_WORDS)})(?:的|了|任务|事项|工作|达|有|为|共){{0,2}}(?P<figure>[0-9]{{1,5}})(?:项|件|个任务|条)"
)
_FINISHED = frozenset({"done", "closed", "rechecked"})


class Counts:
    """Counts over rows of the ledger, given as ledger records."""

    def __init__(self, rows: Sequence[JsonObject]) -> None:
        self._all = _counted(rows)
        self._shares = frozenset(_shares(self._all))
        by_unit: dict[str, list[JsonObject]] = defaultdict(list)
        by_document: dict[str, list[JsonObject]] = defaultdict(list)
        for row in rows:
            by_document[str(row.get("document"))].append(row)
            for name in {bare(unit["name"]) for unit in row.get("units") or ()}:
                by_unit[name].append(row)
        self._units = {name: _counted(own) for name, own in by_unit.items()}
        self._documents = [_counted(own) for own in by_document.values()]

    def denied(self, sentence: str) -> Iterator[tuple[int, int, int]]:
        """Yield figures of a sentence that the ledger denies: their start and end, and the ledger's own.

        A sentence that names units may speak of theirs; else all rows or those of one document are meant.
        """
        folded = bare(sentence)
        scopes = [counts for name, counts in self._units.items() if name in folded]
        scopes += [self._all, *self._documents]
        for found in _CLAIM.finditer(sentence):
            kind, value = _WORDS[found["word"]], int(found["figure"])
            if self._all and not any(counts.get(kind) == value for counts in scopes):
                yield *found.span("figure"), self._all[kind]

    def has_share(self, percent: float) -> bool:
        """Tell whether some status has this share of all rows."""
        return round(percent, 2) in self._shares


def _counted(rows: Sequence[JsonObject]) -> dict[str, int]:
    """Return the counts of some rows by name, {} for no rows."""
    if not rows:
        return {}
    statuses = [row.get("status") for row in rows]
    return {
        "all": len(rows),
        "finished": sum(status in _FINISHED for status in statuses),
        "unfinished": sum(status not in _FINISHED | {"cancelled"} for status in statuses),
        "closed": statuses.count("closed"),
        "in_progress": statuses.count("in_progress"),
        "not_started": statuses.count("not_started"),
        "extended": statuses.count("extended"),
        "cancelled": statuses.count("cancelled"),
        "overdue": sum(row.get("colour") == "red" for row in rows),
        "soon": sum(row.get("colour") == "yellow" for row in rows),
    }


def _shares(counts: dict[str, int]) -> Iterable[float]:
    for value in counts.values():
        for digits in range(3):
            yield round(100 * value / counts["all"], digits)
