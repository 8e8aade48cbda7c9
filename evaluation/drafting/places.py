"""Where errors may be planted in a draft: its figures, days, units, and what stands after labels."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from service.drafting.examples import EXAMPLE_MARK
from service.verify.claims import limit_claims, unit_claims
from service.verify.fact_values import find_days, tells_a_day
from service.verify.facts import FactKind, facts_in
from service.verify.findings import blanked


@dataclass(frozen=True, slots=True)
class Planted:
    """An error in one paragraph of a draft."""

    kind: str
    paragraph: int
    """The paragraph's number, as the checker tells it."""
    text: str
    """The whole paragraph with the error in it."""
    right: str
    wrong: str
    """The words that stand in place of the right ones."""


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of a paragraph that an error may replace."""

    paragraph: int
    text: str
    start: int
    end: int

    @property
    def words(self) -> str:
        """The words that stand there."""
        return self.text[self.start : self.end]

    def replaced(self, kind: str, wrong: str) -> Planted:
        """Return the paragraph with other words there."""
        text = self.text[: self.start] + wrong + self.text[self.end :]
        return Planted(kind, self.paragraph, text, self.words, wrong)


Paragraphs = Sequence[tuple[int, str]]


def figures(paragraphs: Paragraphs) -> list[Place]:
    """Return the Arabic figures of a draft without those of days, gaps and quotations."""
    return [place for place in places_of(paragraphs, FactKind.FIGURE) if re.search(r"\d", place.words)]


def places_of(paragraphs: Paragraphs, kind: FactKind) -> list[Place]:
    """Return the facts of one kind, without those of gaps, examples and labels."""
    return [
        Place(number, text, fact.span.start, fact.span.end)
        for number, text in paragraphs
        if not text.startswith(EXAMPLE_MARK)
        for fact in facts_in(blanked(text))
        if fact.kind is kind and not _is_label(text, fact.span.start)
    ]


def _is_label(text: str, start: int) -> bool:
    return text[:start].strip("（(") in ("", "附件：")


def digits(place: Place) -> Place:
    """Return the digits within a figure."""
    found = re.search(r"\d+(?:[.,]\d+)*", place.words)
    assert found, place.words
    return Place(place.paragraph, place.text, place.start + found.start(), place.start + found.end())


def claimed(paragraphs: Paragraphs) -> list[tuple[Place, tuple[str, ...]]]:
    """Return the units that stand after labels, each with the roles that bear it out."""
    return [
        (Place(number, text, claim.span.start, claim.span.end), claim.roles)
        for number, text in paragraphs
        for claim in unit_claims(text)
    ]


def days(paragraphs: Paragraphs) -> list[Place]:
    """Return the days that name a year, month or day."""
    return [
        Place(number, text, day.span.start, day.span.end)
        for number, text in paragraphs
        for day in find_days(blanked(text))
        if tells_a_day(text, day)
    ]


def limits(paragraphs: Paragraphs) -> list[Place]:
    """Return the time limits that stand after labels."""
    return [
        Place(number, text, claim.span.start, claim.span.end)
        for number, text in paragraphs
        for claim in limit_claims(text)
    ]
