"""What one row of the ledger bears out: units by role, time limits, and all its words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from corpus.records import JsonObject
from ingest.extract.times.moments import DeadlineContext
from service.verify.claims import LimitClaim, UnitClaim
from service.verify.fact_values import Days, find_days
from service.verify.facts import bare
from service.verify.placed import Placed, is_unit, placed_facts, same_unit


@dataclass(frozen=True, slots=True)
class SourceText:
    """A text that may state facts, with what tells how its words are meant."""

    text: str
    context: DeadlineContext | None = None
    region: str | None = None
    title: str = ""

    @property
    def facts(self) -> tuple[Placed, ...]:
        """Its facts with their surroundings."""
        return placed_facts(self.text, self.context)


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """A row of the ledger with the document it stands in."""

    record: JsonObject
    """Its public keys."""
    name: str
    """By which drafts call it: 推行包容审慎监管."""
    document: SourceText
    further: tuple[str, ...] = ()
    """What follows from it on the day of the draft: 已逾期30天."""

    def line(self) -> str:
        """Return the line of the document in which it stands, "" where it has no place there."""
        if not self.record.get("span"):
            return ""
        start, end = self.record["span"]
        text = self.document.text
        last = text.find("\n", end)
        return text[text.rfind("\n", 0, start) + 1 : last if last >= 0 else None]


_LIST = re.compile("[、；;，,]")
_NO_WORDS = frozenset(
    {"id", "document", "document_id", "source", "title", "found_by", "confidence", "doubts", "span", "page"}
    | {"kind", "role", "status", "colour", "state", "corrected", "hidden", "confirmed", "section", "at"}
)
"""Keys whose values tell of the row, not of the task."""


class RowEvidence:
    """A row of the ledger as evidence; absent keys are as empty ones."""

    def __init__(self, row: LedgerRow) -> None:
        self._record = row.record
        self.name = row.name
        self.region = row.document.region
        self._context = row.document.context
        self._line = row.line()
        self._further = row.further
        self.task = " ".join(str(row.record.get(key) or "") for key in ("problem", "goal", "text"))
        """Its own words, by which a paragraph is recognised."""

    @cached_property
    def strings(self) -> tuple[str, ...]:
        """All that the row says: text, measures, notes, extensions, further columns."""
        return (*_strings(self._record), *self._further)

    @cached_property
    def facts(self) -> tuple[Placed, ...]:
        """All facts that its words and its line state."""
        return tuple(
            placed for words in (*self.strings, self._line) for placed in placed_facts(words, self._context)
        )

    def names_unit(self, name: str) -> bool:
        """Tell whether the row names the unit in any role."""
        units = self._record.get("units") or ()
        return any(same_unit(name, own, self.region) for unit in units for own in self._names(unit))

    def bears_out_unit(self, claim: UnitClaim) -> bool:
        """Tell whether the row gives the unit such a role."""
        mine = [unit for unit in self._record.get("units") or () if unit["role"] in claim.roles]
        named = [name for unit in mine for name in self._names(unit)]
        if any(is_unit(claim.name, name, self.region) for name in named):
            return True
        return bare(claim.name) in {part for name in named for part in bare(name).split("、")}

    def _names(self, unit: JsonObject) -> Iterator[str]:
        yield unit["name"]
        if unit.get("canonical"):
            yield unit["canonical"]
        yield from unit.get("members") or ()

    def units(self, roles: Sequence[str]) -> str:
        """Return the row's units in some roles as words, "" for none."""
        mine = (unit["name"] for unit in self._record.get("units") or () if unit["role"] in roles)
        return "、".join(dict.fromkeys(mine))

    def limits(self) -> str:
        """Return the row's time limits as words, "" for none."""
        return "、".join(dict.fromkeys(self._limit_words()))

    def bears_out_limit(self, claim: LimitClaim) -> bool:
        """Tell whether the words name time limits of the row and no others."""
        rest = bare(claim.words)
        for known in sorted({bare(words) for words in self._limit_words()}, key=len, reverse=True):
            rest = rest.replace(known, "", 1)
        return all(self._has_days(piece) for piece in _LIST.split(rest) if piece)

    def _has_days(self, words: str) -> bool:
        days = list(find_days(words))
        return bool(days) and all(self.has_day(day) for day in days)

    def has_day(self, day: Days) -> bool:
        """Tell whether a time limit of the row ends on the day."""
        return any(day.same(limit) for limit in self._limits)

    def _limit_words(self) -> Iterator[str]:
        yield from (limit["raw"] for limit in self._record.get("deadlines") or ())

    @cached_property
    def _limits(self) -> tuple[Days, ...]:
        limits = [_days_of(limit) for limit in self._record.get("deadlines") or ()]
        dues = (self._record.get(key) for key in ("due", "next_due", "first_due"))
        moved = [*dues, *(step.get("to") for step in self._record.get("extensions") or ())]
        days = [day for written in moved if written for day in find_days(str(written))]
        return (*(day for found in limits for day in found), *days)


def _days_of(limit: JsonObject) -> list[Days]:
    """Return the days of a limit: those it was resolved to, which have a year, else those of its words."""
    written = list(find_days(limit["raw"]))
    if limit.get("end") and written:
        last = date.fromisoformat(limit["end"])
        first = date.fromisoformat(limit["start"]) if limit.get("start") else None
        return [Days(written[0].span, first, last, True), *(day for day in written if day.has_year)]
    return written


def _strings(value: object, key: str = "") -> Iterator[str]:
    if key in _NO_WORDS:
        return
    if isinstance(value, str) and not value.isdecimal():
        yield value
    elif key == "percent" and isinstance(value, int):
        yield f"{value}%"
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from _strings(inner, name)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _strings(inner, key)
