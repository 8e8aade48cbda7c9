"""Which lines are headings: by their own form and by what stands around them."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from ingest.labels import Label, LabelKind
from ingest.outlining.lines import Line, LineRole
from ingest.outlining.run_in import heading_words

NUMBERED_LENGTH = 60
"""A numbered heading is at most so long."""
PLAIN_LENGTH = 40
"""A heading without number is at most so long, and at most PLAIN_ABOVE_LABEL above a numbered line."""
PLAIN_ABOVE_LABEL = 30
PARAGRAPH_LENGTH = 30
"""A paragraph below an unnumbered heading is at least so long."""

_NEVER_HEADS = (LabelKind.ORDINAL, LabelKind.DASH, LabelKind.ARTICLE)
_NO_HEADING_END = "：:，,、）)】；;"
_CLOSED = re.compile(r"[）)〕\]]$")
_STATEMENT_WORDS = re.compile(r"负责|牵头|配合|落实|责任|时限")
_STATEMENT_LENGTH = 400


@dataclass(frozen=True, slots=True)
class Surroundings:
    """A line among its neighbours."""

    lines: list[Line]
    roles: list[LineRole]
    at: int

    @property
    def line(self) -> Line:
        """The line itself."""
        return self.lines[self.at]

    @property
    def above(self) -> Line | None:
        """The line above, None at the beginning of the body."""
        return self._body_line(self.at - 1)

    @property
    def below(self) -> Line | None:
        """The line below, None where the body ends."""
        return self._body_line(self.at + 1)

    def _body_line(self, at: int) -> Line | None:
        if 0 <= at < len(self.lines) and self.roles[at] is LineRole.BODY:
            return self.lines[at]
        return None


def is_numbered_heading(place: Surroundings, label: Label, above: Collection[object]) -> bool:
    """Tell whether a numbered line is a heading and not the paragraph itself.

    `above` holds the forms of the headings and items that are open above the line.
    """
    line = place.line
    if line.hint.heading:
        return True
    if len(line.rest) > NUMBERED_LENGTH or line.field or not line.rest or label.kind in _NEVER_HEADS:
        return False
    if not line.has_sentence:
        return _leads(place, label, above)
    sentence = heading_words(line.rest) and LabelKind.ARTICLE not in above
    return sentence and _leads(place, label, above) and _leads_on(place, label)


def _leads(place: Surroundings, label: Label, above: Collection[object]) -> bool:
    """Tell whether something stands below this numbered line: a deeper label, a paragraph, a table."""
    below = place.below
    if below is None:
        return False
    if below.label is None:
        return below.is_row or not below.field
    return below.label.kind is not label.kind and below.label.kind not in above


def _leads_on(place: Surroundings, label: Label) -> bool:
    """Tell whether what stands below a whole sentence makes it a heading all the same."""
    below = place.below
    if below is None or below.is_row:
        return below is not None
    if below.label is None:
        return not below.is_short
    return below.label.value <= 1 or below.label.value > label.value


def is_plain_heading(place: Surroundings) -> bool:
    """Tell whether a line without number is a heading: short, and above a longer one."""
    line = place.line
    if line.hint.heading:
        return True
    if not line.is_short or line.field or len(line.text) > PLAIN_LENGTH or line.text[-1] in _NO_HEADING_END:
        return False
    return _begins_section(place.below, line) and _is_finished(place.above)


def _begins_section(below: Line | None, heading: Line) -> bool:
    if below is None or below.is_row or below.field:
        return False
    if below.label is not None:
        return below.label.value == 1 and len(heading.text) <= PLAIN_ABOVE_LABEL
    return len(below.text) >= PARAGRAPH_LENGTH and below.has_sentence


def _is_finished(above: Line | None) -> bool:
    return above is None or above.ends_sentence or is_closed_by_statement(above.text)


def is_closed_by_statement(text: str) -> bool:
    """Tell whether a responsibility statement in brackets closes a paragraph."""
    if not _CLOSED.search(text[-1:]):
        return False
    tail = text[-_STATEMENT_LENGTH:]
    opened = max(tail.rfind(mark) for mark in "（(〔")
    # Brackets stand within statements too (各县（市）负责), so the words are looked for from further left.
    return opened >= 0 and _STATEMENT_WORDS.search(tail, max(0, opened - _STATEMENT_LENGTH // 2)) is not None
