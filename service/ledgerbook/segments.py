"""One task in three cells: what is to be done, its goal and its measures; and the text again from the cells.

The words of a task are one text. An office reads them better in columns, so a text is cut where it has a
joint: between the cells of a table, between lines, after a heading within the paragraph, before the first
measure. Nothing is lost: the cells in their order give the text again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from corpus.records import JsonObject
from corpus.store.rereading.identity import folded

LONGEST_HEADING = 32
"""Characters of a heading that opens its paragraph: 清理河道垃圾。"""
SHORTEST_REST = 8
"""What follows such a heading has more characters than this."""
LONGEST_GOAL_LABEL = 8
_HEADING = re.compile(rf"[^。；！？\n\t]{{2,{LONGEST_HEADING}}}[。！]")
_JOINT = re.compile(r"[\t\n]+")
_AROUND = 3
"""Characters on both sides of a line end by which the place is known again."""


class Part(StrEnum):
    """A cell that holds a part of a task's text."""

    TEXT = "text"
    GOAL = "goal"
    MEASURES = "measures"


@dataclass(frozen=True, slots=True)
class Segments:
    """The text of a task in cells."""

    words: Mapping[Part, str] = field(default_factory=dict)
    """In the order of the text; parts without words are left out."""

    def get(self, part: Part) -> str:
        """Return the words of a cell, "" where it has none."""
        return self.words.get(part, "")


def segments(record: JsonObject) -> Segments:
    """Return the text of a task record in cells, its label before the first."""
    pieces: list[tuple[Part, str]] = []
    for part, words in _pieces(record):
        if pieces and pieces[-1][0] is part:
            pieces[-1] = (part, f"{pieces[-1][1]}\n{words}")
        else:
            pieces.append((part, words))
    if len({part for part, _ in pieces}) < len(pieces):
        pieces = _without_goal(pieces)
    first, words = pieces[0]
    return Segments(dict([(first, f"{record['label']}{words}"), *pieces[1:]]))


def joined_text(record: JsonObject, cells: Mapping[Part, str]) -> str:
    """Return the text that changed cells make; the text of the record where they differ in white space only.

    Args:
        record: the task as it was shown.
        cells: the words of all three cells, the label taken off the first.
    """
    order = [*segments(record).words, *Part]
    parts = [cells[part].strip() for part in dict.fromkeys(order) if cells[part].strip()]
    before = str(record["text"])
    if folded("".join(parts)) == folded(before):
        return before
    joint = "\t" if "\t" in before else "\n" if "\n" in before else ""
    if joint == "\t":
        return "\t".join(re.sub(r"\s*\n\s*", "\t", part) for part in parts)
    return joint.join(_without_our_line_ends(part, before) for part in parts)


def _pieces(record: JsonObject) -> Iterator[tuple[Part, str]]:
    lines = [line.strip() for line in _JOINT.split(str(record["text"])) if line.strip()] or [""]
    if len(lines) == 1:
        yield from _of_paragraph(record, lines[0])
        return
    yield Part.TEXT, lines[0]
    for line in lines[1:]:
        yield (Part.GOAL if _is_goal(line, record["goal"]) else Part.MEASURES), line


def _of_paragraph(record: JsonObject, text: str) -> Iterator[tuple[Part, str]]:
    """Yield heading and body of a single paragraph, or what stands before the first measure and the rest."""
    starts = [at for item in record["measures"] if (at := text.find(item["text"])) > 0]
    heading = _HEADING.match(text)
    cut = heading.end() if heading else min(starts, default=0)
    if not cut or len(text) - cut < SHORTEST_REST:
        yield Part.TEXT, text
        return
    yield Part.TEXT, text[:cut].strip()
    yield Part.MEASURES, _on_lines(text[cut:], [at - cut for at in starts if at > cut])


def _on_lines(text: str, starts: list[int]) -> str:
    """Return the text with a line end before each measure but one at its beginning."""
    pieces = [text[start:end] for start, end in zip([0, *starts], [*starts, len(text)], strict=True)]
    return "\n".join(piece.strip() for piece in pieces if piece.strip())


def _is_goal(line: str, goal: str | None) -> bool:
    words, wanted = folded(line), folded(goal or "")
    return bool(wanted) and words.endswith(wanted) and len(words) - len(wanted) <= LONGEST_GOAL_LABEL


def _without_goal(pieces: list[tuple[Part, str]]) -> list[tuple[Part, str]]:
    """Return the pieces with the goal among the measures, where it stands in the midst of them."""
    return [pieces[0], (Part.MEASURES, "\n".join(words for _, words in pieces[1:]))]


def _without_our_line_ends(words: str, before: str) -> str:
    """Return typed words without the line ends that only the sheet put between two measures."""
    kept: list[str] = []
    lines = [line.strip() for line in words.split("\n") if line.strip()]
    for line in lines:
        ours = kept and kept[-1][-_AROUND:] + line[:_AROUND] in before
        kept[-1:] = [kept[-1] + line] if ours else [*kept[-1:], line]
    return "\n".join(kept)
