"""The words of a table cell on one line."""

from __future__ import annotations

import re

from corpus.registry.units import canonical_unit, ends_like_unit
from ingest.cleaning.pieces import without_controls
from ingest.cleaning.spacing import close_spaces
from ingest.labels import find_label

_LAST = re.compile(r"[^、，,；;。：:\s]*$")
_FIRST = re.compile(r"[^、，,；;。：:（(\s]*")
_LEVEL = re.compile("(?:共青)?团?[省市州盟县区旗乡镇各]")
_SHORTEST_NAME = 3
_MARKS = "。；;！？，,、：:（("


def cell_text(text: str) -> str:
    """Return the words of a cell on one line.

    A line end within a cell was mostly made by the width of the column and goes; where it parts two units or
    two numbered items that no mark parts, it becomes a space.
    """
    lines = [line.strip() for line in without_controls(text.replace("\t", " ")).splitlines()]
    parts: list[str] = []
    for line in filter(None, lines):
        if parts and not _apart(parts[-1], line):
            parts[-1] += (" " if needs_space(parts[-1][-1:], line) else "") + line
        else:
            parts.append(line)
    return " ".join(close_spaces(part, running=True).replace("\u3000", "") for part in parts)


def needs_space(before: str, after: str) -> bool:
    """Tell whether two joined lines part two Latin words."""
    return before.isascii() and before.isalpha() and after[:1].isascii() and after[:1].isalpha()


def _apart(before: str, after: str) -> bool:
    """Tell whether a line end parts what must not run together."""
    if before[-1] in _MARKS:
        return False
    return find_label(after) is not None or _are_units(before, after)


def _are_units(before: str, after: str) -> bool:
    """Tell whether one unit ends with a line and another one begins with the next."""
    last, first = _LAST.search(before), _FIRST.match(after)
    if last is None or first is None or len(last.group()) < _SHORTEST_NAME:
        return False
    if not (ends_like_unit(last.group()) and ends_like_unit(first.group())):
        return False
    return _LEVEL.match(first.group()) is not None or canonical_unit(first.group()) is not None
