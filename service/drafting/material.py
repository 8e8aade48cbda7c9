"""What a draft is made from: rows of the ledger, and examples from other documents with slots in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from corpus.registry.regions import regions_in
from corpus.spans import Span
from corpus.store.rows import PassageRow, TaskRow
from ingest.extract.moment_forms import find_moments
from service.drafting.draft import Origin, Source
from service.drafting.wording import brief
from service.facts import FactKind, facts_in

MOST_EXAMPLES = 5
_OWN_PLACE = re.compile(r"(?<![一-龥])(?:我|本|全)(?:省|市|县|区|州|盟|旗|镇|乡)")


@dataclass(frozen=True, slots=True)
class Example:
    """A measure of another place, made ready for ours."""

    text: str
    """Place, units and days replaced by slots."""
    place: str
    """Whose it is and from when: 云岭市，2024年."""
    source: Source


@dataclass(frozen=True, slots=True)
class Material:
    """What the contents of a draft may use."""

    subject: str
    """What the document is about: the topic given, else the name of the plan."""
    rows: tuple[TaskRow, ...]
    """In the order of the ledger."""
    examples: tuple[Example, ...]
    today: date


def examples_from(found: Iterable[tuple[TaskRow, PassageRow]], own: Sequence[str]) -> tuple[Example, ...]:
    """Return examples from rows and the passages they stand in, one of each document and none of `own`."""
    examples: dict[str, Example] = {}
    for row, passage in found:
        if row.document_id not in own and row.document_id not in examples:
            examples[row.document_id] = _example(row, passage)
    return tuple(examples.values())[:MOST_EXAMPLES]


def _example(row: TaskRow, passage: PassageRow) -> Example:
    year = f"{passage.date.year}年" if passage.date else ""
    place = "，".join(part for part in (passage.region or passage.title or passage.source, year) if part)
    source = Source(
        Origin.EXAMPLE,
        (row.id,),
        passage.document_id,
        passage.title or passage.source,
        passage.section,
        row.record["text"],
    )
    return Example(adapted(brief(row.record["text"])), place, source)


def adapted(text: str) -> str:
    """Return a passage with slots in place of its places, units, days and figures."""
    slots = [(mention.span, "【本地】") for mention in regions_in(text)]
    slots += [(moment.span, "【时间】") for moment in find_moments(text, Span(0, len(text)))]
    names = {FactKind.UNIT: "【单位】", FactKind.FIGURE: "【数量】"}
    slots += [(fact.span, names[fact.kind]) for fact in facts_in(text) if fact.kind in names]
    return _OWN_PLACE.sub("【本地】", _filled(text, slots))


def _filled(text: str, slots: Iterable[tuple[Span, str]]) -> str:
    """Return the text with the slots in place; of overlapping ones the longest stands."""
    kept: list[tuple[Span, str]] = []
    for span, slot in sorted(slots, key=lambda item: (-len(item[0]), item[0])):
        if not any(span.overlaps(other) for other, _ in kept):
            kept.append((span, slot))
    for span, slot in sorted(kept, reverse=True):
        text = text[: span.start] + slot + text[span.end :]
    return re.sub(r"(【本地】){2,}", "【本地】", text)
