"""A responsibility statement: what a stretch of text says about units, persons and limits."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from corpus.spans import Span
from corpus.task import Reference, Role


@dataclass(frozen=True, slots=True)
class Named:
    """A unit with its role in one statement."""

    span: Span
    """Its name as written."""
    role: Role
    group: bool = False


@dataclass(frozen=True, slots=True)
class Content:
    """What the words of a statement say."""

    units: tuple[Named, ...] = ()
    everywhere: tuple[Named, ...] = ()
    """Units of a clause for the whole document (以下任务均需各县区落实), those it lists itself left out."""
    repeated: tuple[Named, ...] = ()
    """All units of that clause."""
    persons: tuple[Span, ...] = ()
    """Values after labels such as 责任人."""
    deadlines: tuple[Span, ...] = ()
    """Values after labels such as 完成时限."""
    references: tuple[Reference, ...] = ()
    """Responsibility by another document: 按照《…》分工负责."""
    doubts: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """Tell whether it says nothing about responsibility or time."""
        return not (self.units or self.everywhere or self.persons or self.deadlines or self.references)


@dataclass(frozen=True, slots=True)
class Statement:
    """A responsibility statement where it stands."""

    span: Span
    """All its words, with brackets, labels and the full stop that ends it."""
    content: Content
    rule: str
    """Name of the rule that found it."""
    closing: bool = True
    """True when it closes what it governs, so that it is no part of the task's text."""


class Leading(StrEnum):
    """Which units of a list lead by a note of the document."""

    FIRST = "first"
    BEFORE_COMMA = "，,"
    BEFORE_SEMICOLON = "；;"


@dataclass(frozen=True, slots=True)
class Customs:
    """How the document wants one list of units to be read."""

    stars: Role | None = None
    """The role of units marked ★ or *."""
    leading: Leading | None = None
    """Which units lead where no word says so; None when the document says nothing of it."""
    others: Role | None = None
    """What the units do that neither lead by these customs nor have a role word; None for responsible."""


NO_CUSTOMS = Customs()


@dataclass(frozen=True, slots=True)
class Conventions:
    """What a document says about its own statements."""

    stars: Role | None = None
    """The role of units marked ★ or *."""
    leading: Leading | None = None
    """Which units of a list lead."""
    leading_from: int = 0
    """The position from which on that holds."""
    others: Role | None = None
    """What the other units of such lists do."""

    def at(self, position: int) -> Customs:
        """Return how a list of units at `position` is to be read."""
        leading = self.leading if position >= self.leading_from else None
        return Customs(self.stars, leading, self.others if leading or self.stars else None)
