"""Measures of other places for the same matter, made ready to be adapted: what is theirs becomes a slot."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.records import JsonObject
from corpus.registry.regions import regions_in
from corpus.spans import Span
from corpus.store.rows import PassageRow, TaskRow
from ingest.extract.times.moment_forms import find_moments
from service.drafting.draft import Origin, Source
from service.drafting.wording import brief
from service.verify.facts import Fact, FactKind, facts_in

EXAMPLE_MARK = "【参考："
MOST_EXAMPLES = 5
LONGEST_SHOWN = 220
SHORTEST_UNIT = 4
"""Characters of a name that is some unit's own: 市水利局."""
_OWN_PLACE = re.compile(r"(?<![一-龥])(?:我|本|全)(?:省|市|县|区|州|盟|旗|镇|乡)")


@dataclass(frozen=True, slots=True)
class Example:
    """A measure of another place, made ready for ours."""

    text: str
    """Place, units, days and figures replaced by slots."""
    original: str
    """Letter for letter, as long as is shown."""
    place: str
    """Whose it is and from when: 云岭市，2024年."""
    source: Source

    def record(self) -> JsonObject:
        """Return the example as public JSON."""
        return {
            "text": self.text,
            "original": self.original,
            "place": self.place,
            "source": self.source.record(),
        }


def examples_from(
    found: Iterable[tuple[TaskRow, PassageRow]], own: Sequence[str], most: int = MOST_EXAMPLES
) -> tuple[Example, ...]:
    """Return examples from rows and the passages they stand in: none of `own`, one of each document.

    Places that have none yet come first, so that five examples do not all tell of one city.
    """
    first: dict[str, Example] = {}
    others: list[Example] = []
    documents: set[str] = set()
    for row, passage in found:
        if row.document_id in own or row.document_id in documents:
            continue
        documents.add(row.document_id)
        example = _example(row, passage)
        key = passage.region or passage.document_id
        if key in first:
            others.append(example)
        else:
            first[key] = example
    return (*first.values(), *others)[:most]


def _example(row: TaskRow, passage: PassageRow) -> Example:
    year = f"{passage.date.year}年" if passage.date else ""
    place = "，".join(part for part in (passage.region or passage.title or passage.source, year) if part)
    span = row.record["span"]
    source = Source(
        Origin.EXAMPLE,
        (row.id,),
        passage.document_id,
        passage.title or passage.source,
        passage.section,
        row.record["text"],
        (span[0], span[1]),
    )
    words = brief(row.record["text"])
    return Example(with_slots(words), row.record["text"][:LONGEST_SHOWN], place, source)


def with_slots(text: str, *, units: bool = False) -> str:
    """Return a passage with slots for its places, units, days and figures; with `units` for the first two."""
    slots = [(mention.span, "【本地】") for mention in regions_in(text)]
    if not units:
        slots += [(moment.span, "【时间】") for moment in find_moments(text, Span(0, len(text)))]
    names = {FactKind.UNIT: "【单位】"} if units else {FactKind.UNIT: "【单位】", FactKind.FIGURE: "【数量】"}
    slots += [
        (fact.span, names[fact.kind]) for fact in facts_in(text) if fact.kind in names and _is_own(fact)
    ]
    return _OWN_PLACE.sub("【本地】", _filled(text, slots))


def _is_own(fact: Fact) -> bool:
    """Tell whether a fact is the other place's: a bare 政府 or 公司 names nobody."""
    return fact.kind is not FactKind.UNIT or len(fact.raw) >= SHORTEST_UNIT


def _filled(text: str, slots: Iterable[tuple[Span, str]]) -> str:
    """Return the text with the slots in place; of overlapping ones the longest stands."""
    kept: list[tuple[Span, str]] = []
    for span, slot in sorted(slots, key=lambda item: (-len(item[0]), item[0])):
        if not any(span.overlaps(other) for other, _ in kept):
            kept.append((span, slot))
    for span, slot in sorted(kept, reverse=True):
        text = text[: span.start] + slot + text[span.end :]
    return re.sub(r"(【本地】){2,}", "【本地】", text)
