"""A row of the ledger as a draft reads it: its name, who answers for it, how far it is, what was reported.

It is made from the public record of a row (`corpus.store.rows.ledger_record`), so that what the office keeps
beside the text (notes, extensions, percent …) comes with it; keys that are not there count as empty.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from corpus.records import JsonObject
from corpus.store.rows import Colour, TaskStatus
from corpus.task import Role
from service.drafting.draft import Origin, Source
from service.drafting.wording import full_width, short_name, spoken_heading, trimmed
from service.official.document import written_day

FINISHED = frozenset({TaskStatus.DONE, TaskStatus.CLOSED, TaskStatus.RECHECKED})
_EMPTY = re.compile(
    r"^(?:该?项?(?:任务|工作|事项))?(?:目前)?(?:已|均已|已经|正在|正|有序|全部|按期|按时|如期|年度|任务|稳步|持续)*"
    r"(?:完成|办结|落实|推进|实施|进行)(?:到位|中)?$"
)
"""Reports that say no more than the status does."""
_GENERAL = re.compile(
    r"^(?:20\d\d年)?(?:主要|重点|工作|具体|总体|目标|整改|政策|改革|年度|任务|措施|举措|内容|清单|分工|安排|及|和|与|、){1,6}$"
)
"""Headings that stand over all tasks and tell no theme: 主要任务, 重点任务及分工."""


@dataclass(frozen=True)
class Item:
    """A row of the ledger. `record` holds its public keys."""

    record: JsonObject
    today: date

    @property
    def id(self) -> str:
        """Id of the row."""
        return str(self.record["id"])

    @property
    def text(self) -> str:
        """All its words, without line breaks and with full-width marks."""
        return full_width(" ".join(str(self.record["text"]).replace("\t", "，").split()))

    @cached_property
    def name(self) -> str:
        """What it is called in a sentence: its first words, letter for letter, without closing mark."""
        return short_name(self.text)

    @property
    def status(self) -> TaskStatus:
        """How far it has come, as the office says."""
        return TaskStatus(self.record.get("status") or TaskStatus.NOT_STARTED)

    @property
    def finished(self) -> bool:
        """True for what is done, 销号 or found in order."""
        return self.status in FINISHED

    @property
    def cancelled(self) -> bool:
        """True for what was ended."""
        return self.status is TaskStatus.CANCELLED

    @property
    def open(self) -> bool:
        """True for what still has to be done."""
        return not self.finished and not self.cancelled

    @property
    def due(self) -> date | None:
        """The day until which it has to be done."""
        return _day(self.record.get("due"))

    @property
    def overdue(self) -> bool:
        """True for what is open after its day."""
        return self.open and (
            self.record.get("colour") == Colour.RED or (self.due is not None and self.due < self.today)
        )

    @property
    def late(self) -> bool:
        """True for what was done after its day."""
        return self.finished and bool(self.record.get("late"))

    @property
    def recurring(self) -> bool:
        """True for what has no last day: every quarter, all the time."""
        return self.due is None and bool(self.record.get("deadlines"))

    @property
    def leads(self) -> tuple[str, ...]:
        """Who answers for it: the leading units, else the responsible ones; as written, each once."""
        return self.units(Role.LEAD) or self.units(Role.RESPONSIBLE)

    @property
    def led(self) -> bool:
        """True where those who answer for it are its leading units, not the responsible ones."""
        return bool(self.units(Role.LEAD))

    def units(self, role: Role) -> tuple[str, ...]:
        """Return its units in a role as written, each once, in the order of the document."""
        units: Iterable[JsonObject] = self.record.get("units", ())
        written = ("".join(unit["name"].split()) for unit in units if unit["role"] == role.value)
        return tuple(dict.fromkeys(written))

    @cached_property
    def reports(self) -> tuple[str, ...]:
        """What was reported of it, newest first, each once, without what only repeats the status."""
        noted = [note.get("text") or "" for note in reversed(self.notes)]
        found = [str(item.get("text") or "") for item in self.record.get("progress", ())]
        told = [full_width(trimmed(text)) for text in (*noted, *found)]
        return tuple(dict.fromkeys(words for words in told if words and not _EMPTY.match(words)))

    @property
    def notes(self) -> Sequence[JsonObject]:
        """What its units reported, newest last."""
        return self.record.get("notes") or ()

    @property
    def problems(self) -> tuple[str, ...]:
        """Difficulties that its units reported last."""
        return self._last("problems")

    @property
    def next_steps(self) -> tuple[str, ...]:
        """What its units mean to do next."""
        return self._last("next_step")

    def _last(self, key: str) -> tuple[str, ...]:
        told = [words for note in self.notes if (words := trimmed(note.get(key) or ""))]
        return tuple(told[-1:])

    @property
    def percent(self) -> int | None:
        """How much of it is done, None where nobody said."""
        value = self.record.get("percent")
        return value if isinstance(value, int) else None

    @property
    def extensions(self) -> Sequence[JsonObject]:
        """Its extensions, newest last."""
        return self.record.get("extensions") or ()

    @property
    def problem(self) -> str:
        """The problem that it is to mend, "" where the document names none."""
        return trimmed(str(self.record.get("problem") or ""))

    @property
    def theme(self) -> str:
        """The heading of the document that it stands under, without number; "" where none tells a theme."""
        for heading in self.record.get("section") or ():
            words = full_width(spoken_heading(heading))
            if words and not _GENERAL.match(words):
                return words
        return ""

    @property
    def reported_by(self) -> str:
        """Who reported last and when: 市水利局2025年6月1日填报; "" where nobody did."""
        if not self.notes:
            return ""
        last, day = self.notes[-1], _day(self.notes[-1].get("date"))
        return f"{last.get('unit') or last.get('by') or ''}{written_day(day) if day else ''}填报"

    def source(self, template: str = "", *, reported: bool = False) -> Source:
        """Return where it stands; with `reported` also who reported on it."""
        span: Any = self.record.get("span")
        placed = bool(span) and span[0] < span[1]
        return Source(
            Origin.ROW,
            (self.id,),
            self.record.get("document") or "",
            self.record.get("title") or self.record.get("source") or "",
            tuple(self.record.get("section") or ()),
            str(self.record["text"]) if placed else "",
            (span[0], span[1]) if placed else None,
            template,
            self.reported_by if reported else "",
        )


def counted(items: Sequence[Item], template: str = "") -> Source:
    """Return the source of a sentence that counts rows."""
    return Source(Origin.COUNT, tuple(item.id for item in items), template=template)


def _day(value: Any) -> date | None:
    if isinstance(value, str):
        return date.fromisoformat(value)
    return value if isinstance(value, date) else None
