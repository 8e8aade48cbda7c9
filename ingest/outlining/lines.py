"""Lines of the canonical text as the outline sees them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from corpus.spans import Span
from ingest.clean import CleanLine
from ingest.labels import Label, LabelKind, find_label
from ingest.official_lines import field_name

_STOP = re.compile(r"[。！？；]")
_SENTENCE_END = re.compile(r"[。！？；.!?;][”’」』）)]*$")
_BARE_NUMBER = re.compile(r"(?P<number>\d{1,3})(?=[\u4e00-\u9fff])(?![年月日号个项条户家人亿万元%％])")
_LOOK_AHEAD = 20
"""The next number stands within so many lines."""


class LineRole(StrEnum):
    """What a line is before anything is known of its depth."""

    TITLE = "title"
    FURNITURE = "furniture"
    ANNEX_TITLE = "annex-title"
    """The heading of an annex other than the text that a notice issues."""
    BODY = "body"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the canonical text."""

    text: str
    """Without line end."""
    hint: CleanLine
    label: Label | None
    field: str
    """Name before the colon for a line such as 责任单位：…, else ""."""

    @property
    def rest(self) -> str:
        """The words after the label."""
        return self.text[self.label.end :] if self.label else self.text

    @property
    def is_row(self) -> bool:
        """Tell whether the line is a table row."""
        return bool(self.hint.cells)

    @property
    def has_sentence(self) -> bool:
        """Tell whether a sentence ends within or at the end of the line."""
        return _STOP.search(self.text) is not None

    @property
    def ends_sentence(self) -> bool:
        """Tell whether the line ends like a sentence."""
        return _SENTENCE_END.search(self.text[-6:]) is not None

    @property
    def is_short(self) -> bool:
        """Tell whether the line could be a title or a heading: short, without a sentence."""
        return not self.is_row and len(self.text) <= 80 and not self.has_sentence

    @property
    def span(self) -> Span:
        """Place without the line end."""
        return self.hint.span


def squash(text: str) -> str:
    """Return `text` without white space."""
    return "".join(text.split())


def lines_of(text: str, hints: tuple[CleanLine, ...]) -> list[Line]:
    """Return the lines of a canonical text with their labels and field names."""
    lines = [_line(hint.span.of(text), hint) for hint in hints]
    return _with_bare_numbers(lines)


def _line(text: str, hint: CleanLine) -> Line:
    if hint.cells:
        return Line(text, hint, None, "")
    label = find_label(text)
    return Line(text, hint, label, field_name(text[label.end :] if label else text))


def _with_bare_numbers(lines: list[Line]) -> list[Line]:
    """Recognise labels whose point is missing ("30推动…"), where 29. stands before and 31. after."""
    found = list(lines)
    last = 0
    for at, line in enumerate(lines):
        if line.label and line.label.kind is LabelKind.DIGIT:
            last = line.label.value
        elif line.label is None and last and (bare := _BARE_NUMBER.match(line.text)):
            number = int(bare["number"])
            if number == last + 1 and _comes(lines, at, number + 1):
                found[at] = replace(line, label=Label(LabelKind.DIGIT, bare["number"], number, bare.end()))
                last = number
    return found


def _comes(lines: list[Line], at: int, number: int) -> bool:
    """Tell whether one of the next lines has this number in the form 1. before it."""
    following = (line.label for line in lines[at + 1 : at + 1 + _LOOK_AHEAD])
    return any(label.kind is LabelKind.DIGIT and label.value == number for label in following if label)
