"""A responsibility statement: what a stretch of text says about units, persons and limits."""

from __future__ import annotations

from dataclasses import dataclass

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
    first_leads: bool = False
    """True when it says that the unit named first leads."""
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


@dataclass(frozen=True, slots=True)
class Conventions:
    """What a document says about its own statements."""

    stars: Role | None = None
    """The role of units marked ★ or *."""
    first_leads_from: int | None = None
    """From this position on the unit named first leads; None when the document says nothing of it."""

    def first_leads(self, position: int) -> bool:
        """Tell whether the unit named first leads in a statement at `position`."""
        return self.first_leads_from is not None and position >= self.first_leads_from
