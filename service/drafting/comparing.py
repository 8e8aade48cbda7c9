"""What changed between two versions of a draft, sentence by sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from corpus.records import JsonObject, plain
from service.comparing import Fate, Words, compare_words
from service.drafting.draft import Draft, Kind
from service.drafting.export import headed

ALIKE = 0.5
"""Share of words that a changed sentence keeps."""


@dataclass(frozen=True, slots=True)
class Line:
    """A heading or a sentence, with its paragraph's place."""

    text: str
    section: int
    """0-indexed."""
    paragraph: int
    """0-indexed within the section; -1 for the section's heading."""
    heading: bool = False


@dataclass(frozen=True, slots=True)
class LineDifference:
    """A line in both versions, or in the one that has it."""

    fate: Fate
    before: Line | None
    after: Line | None
    words: tuple[Words, ...] = ()
    """Both texts in one, for a line that changed."""


@dataclass(frozen=True, slots=True)
class DraftComparison:
    """All lines of two versions in the order of the second; dropped ones where they stood."""

    lines: tuple[LineDifference, ...]

    def count(self, fate: Fate) -> int:
        """Return how many lines met that fate."""
        return sum(line.fate is fate for line in self.lines)

    def record(self) -> JsonObject:
        """Return the comparison as public JSON, with the counts."""
        return {**plain(self), "counts": {fate.value: self.count(fate) for fate in Fate}}


def compare_drafts(before: Draft, after: Draft) -> DraftComparison:
    """Pair the lines of two versions and tell what differs."""
    old, new = list(_lines(before)), list(_lines(after))
    matcher = SequenceMatcher(None, [line.text for line in old], [line.text for line in new], autojunk=False)
    found: list[LineDifference] = []
    for kind, start, end, new_start, new_end in matcher.get_opcodes():
        if kind == "equal":
            pairs = zip(old[start:end], new[new_start:new_end], strict=True)
            found += [LineDifference(Fate.SAME, one, other) for one, other in pairs]
        else:
            found += _changed(old[start:end], new[new_start:new_end])
    return DraftComparison(tuple(found))


def _lines(draft: Draft) -> Iterator[Line]:
    yield Line(draft.title, -1, -1, heading=True)
    for number, (heading, section) in enumerate(headed(draft)):
        if heading:
            yield Line(heading, number, -1, heading=True)
        for place, paragraph in enumerate(section.paragraphs):
            for statement in paragraph.statements:
                yield Line(statement.text, number, place, heading=paragraph.kind is Kind.HEADING)


def _changed(old: Sequence[Line], new: Sequence[Line]) -> Iterator[LineDifference]:
    """Yield the lines of a stretch that differs: like ones as changed, in their order, the others apart."""
    start = 0
    for line in new:
        partner = next((at for at in range(start, len(old)) if _like(old[at].text, line.text)), None)
        if partner is None:
            yield LineDifference(Fate.ADDED, None, line)
            continue
        yield from (LineDifference(Fate.DROPPED, item, None) for item in old[start:partner])
        words = tuple(compare_words(old[partner].text, line.text))
        yield LineDifference(Fate.CHANGED, old[partner], line, words)
        start = partner + 1
    yield from (LineDifference(Fate.DROPPED, item, None) for item in old[start:])


def _like(one: str, other: str) -> bool:
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= ALIKE
