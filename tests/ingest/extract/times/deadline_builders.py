"""What a limit must come out as, and tables of meanings with the ways to say them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from corpus.spans import Span
from corpus.task import Deadline, DeadlineKind
from ingest.extract.times.deadlines import DeadlineContext, find_deadlines

SPRING = DeadlineContext(date(2023, 3, 29))
"""A document of 29 March 2023 that is no annual plan."""


@dataclass(frozen=True)
class Meaning:
    """What a limit must come out as, without its words."""

    kind: DeadlineKind
    start: str | None = None
    end: str | None = None
    loose: bool = False


def by(day: str | None, loose: bool = False) -> Meaning:
    return Meaning(DeadlineKind.DATE, end=day, loose=loose)


def between(start: str | None, end: str | None) -> Meaning:
    return Meaning(DeadlineKind.PERIOD, start, end)


def counted(end: str | None) -> Meaning:
    return Meaning(DeadlineKind.RELATIVE, end=end)


RECURRING = Meaning(DeadlineKind.RECURRING)
IMMEDIATE = Meaning(DeadlineKind.IMMEDIATE)
ONGOING = Meaning(DeadlineKind.ONGOING)
CONDITION = Meaning(DeadlineKind.CONDITION)
RELATIVE = Meaning(DeadlineKind.RELATIVE)


def meaning(limit: Deadline) -> Meaning:
    start = limit.start.isoformat() if limit.start else None
    end = limit.end.isoformat() if limit.end else None
    return Meaning(limit.kind, start, end, limit.loose)


def cases(table: dict[Meaning, str]) -> list[tuple[str, Meaning]]:
    """Return the wordings of a table, parted by | or line ends, each with its meaning."""
    return [
        (words.strip(), expected)
        for expected, group in table.items()
        for words in group.replace("\n", "|").split("|")
        if words.strip()
    ]


def everywhere(text: str, context: DeadlineContext = SPRING) -> tuple[Deadline, ...]:
    return find_deadlines(text, Span(0, len(text)), context)


def found(text: str, context: DeadlineContext = SPRING) -> list[tuple[str, Meaning]]:
    return [(limit.raw, meaning(limit)) for limit in everywhere(text, context)]


def marked(sentence: str) -> tuple[str, list[str]]:
    """Return a sentence without its 【】, and the words that stood in them."""
    words = [part.split("】")[0] for part in sentence.split("【")[1:]]
    return sentence.replace("【", "").replace("】", ""), words
