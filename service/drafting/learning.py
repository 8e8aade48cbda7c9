"""Outlines learnt from the library: how documents of a genre lay out their parts, and how many do so."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cache
from typing import TYPE_CHECKING

from corpus.records import JsonObject
from corpus.registry.regions import regions_in
from corpus.registry.tables import read_table
from service.drafting.genre import form_of
from service.drafting.outline import Outline, Part
from service.drafting.wording import spoken_heading

if TYPE_CHECKING:
    from corpus.store.listing.layouts import DocumentLayout

MATTERS = "主要任务"
"""Stands for headings that a document has of its own, where the genre has no frequent one for its tasks."""
LEAST_DOCUMENTS = 2
"""Documents that share a layout before it is shown."""
LEAST_SUPPORT = 3
"""Documents that must have a heading for it to be one of the genre's."""
ENOUGH = 12
"""Documents that are enough for any heading, however many the genre has."""
LEAST_SHARE = 0.04
"""Of the documents that a heading must have to be one of the genre's."""
ALIKE_HEADINGS = 0.5
NEAR = 0.3
"""How far apart in their documents, of 1, two headings may stand that mean the same."""
MOST_TOGETHER = 0.1
"""Share of documents in which two headings that mean the same may both stand."""
ALIKE_LAYOUTS = 0.85
"""Share of headings, in order, that two layouts of one variant have in common."""
COMMON = 0.5
"""Share of a variant's documents that must have a heading for it to stand in the outline."""
MOST_VARIANTS = 5
MOST_SHOWN = 8
"""Documents that a variant names."""
_NOISE = re.compile(r"[\s0-9０-９年（）()“”《》、，,:：]")


@dataclass(frozen=True, slots=True)
class Variant:
    """A layout that several documents share."""

    outline: Outline
    count: int
    """Documents laid out like this."""
    total: int
    """Documents of the genre that have headings at all."""
    documents: tuple[tuple[str, str], ...]
    """Ids and titles of some of them."""

    def record(self) -> JsonObject:
        """Return the variant as public JSON."""
        shown = [{"id": document, "title": title} for document, title in self.documents]
        return {**self.outline.record(), "count": self.count, "total": self.total, "documents": shown}


@dataclass(slots=True)
class _Heading:
    """A heading of the genre, with others that mean the same."""

    label: str
    documents: set[int]
    places: list[float] = field(default_factory=list)

    @property
    def place(self) -> float:
        return sum(self.places) / len(self.places)


def learnt_outlines(genre: str, layouts: Sequence[DocumentLayout], level: str = "") -> tuple[Variant, ...]:
    """Return the layouts that most documents share, most first; () where fewer than two have headings.

    Args:
        genre: of the outlines.
        layouts: of the documents of that genre.
        level: 省, 市 …: only documents of that level, unless they are too few to learn from.
    """
    near = [layout for layout in layouts if layout.level == level] if level else []
    used = near if len(near) >= 4 * LEAST_DOCUMENTS else list(layouts)
    keyed = [(layout, [_key(heading) for heading in layout.headings]) for layout in used]
    keyed = [(layout, [key for key in keys if key]) for layout, keys in keyed]
    keyed = [(layout, keys) for layout, keys in keyed if keys]
    labels = _labels([keys for _, keys in keyed])
    matters = _matters(labels.values())
    sequences = [(layout, _sequence(keys, labels, matters)) for layout, keys in keyed]
    return tuple(_variants(genre, [item for item in sequences if set(item[1]) - {matters}]))


def part_for(heading: str) -> Part:
    """Return a part with the contents that its heading asks for; none where the words tell nothing."""
    for pattern, contents in _wanted():
        if pattern.search(heading):
            return Part(heading, contents)
    return Part(heading, ())


def doc_types_of(genre: str) -> tuple[str, ...]:
    """Return the 类别 of documents from which a genre's outlines are learnt."""
    return form_of(genre).like or (genre,)


def _key(heading: str) -> str:
    words = spoken_heading(heading)
    for mention in reversed(regions_in(words)):
        words = words[: mention.span.start] + words[mention.span.end :]
    return _NOISE.sub("", words)


def _labels(documents: Sequence[Sequence[str]]) -> dict[str, str]:
    """Return for each frequent heading the most frequent one that means the same."""
    found: dict[str, _Heading] = {}
    for number, keys in enumerate(documents):
        for place, key in enumerate(keys):
            heading = found.setdefault(key, _Heading(key, set()))
            heading.documents.add(number)
            heading.places.append(place / max(1, len(keys) - 1))
    least = max(LEAST_SUPPORT, min(ENOUGH, LEAST_SHARE * len(documents)))
    frequent = sorted(found.values(), key=lambda item: (-len(item.documents), item.label))
    heads: list[_Heading] = []
    labels: dict[str, str] = {}
    for heading in frequent:
        if len(heading.documents) < LEAST_DOCUMENTS:
            break
        head = next((head for head in heads if _mean_the_same(head, heading)), None)
        if head is None and len(heading.documents) >= least:
            heads.append(head := heading)
        if head is not None:
            labels[heading.label] = head.label
    return labels


def _mean_the_same(one: _Heading, other: _Heading) -> bool:
    shared = set(one.label) & set(other.label)
    alike = 2 * len(shared) / (len(set(one.label)) + len(set(other.label)))
    together = len(one.documents & other.documents) / len(other.documents)
    return alike >= ALIKE_HEADINGS and together <= MOST_TOGETHER and abs(one.place - other.place) <= NEAR


def _matters(labels: Iterable[str]) -> str:
    """Return the genre's most frequent heading over its tasks; headings of a document's own mean the same."""
    counts = Counter(label for label in labels if "task_plan" in part_for(label).contents)
    return counts.most_common(1)[0][0] if counts else MATTERS


def _sequence(keys: Iterable[str], labels: dict[str, str], matters: str) -> tuple[str, ...]:
    """Return a document's layout: the genre's headings, each once, its own ones as its tasks."""
    return tuple(dict.fromkeys(labels.get(key, matters) for key in keys))


def _variants(genre: str, found: Sequence[tuple[DocumentLayout, tuple[str, ...]]]) -> Iterable[Variant]:
    """Yield groups of like layouts, the largest first: each around the most frequent one that is left."""
    counts = Counter(sequence for _, sequence in found)
    left = sorted(counts, key=lambda sequence: (-counts[sequence], -len(sequence), sequence))
    groups: list[list[tuple[DocumentLayout, tuple[str, ...]]]] = []
    while left:
        alike = {other for other in left if _alike(left[0], other)}
        groups.append([item for item in found if item[1] in alike])
        left = [other for other in left if other not in alike]
    groups.sort(key=len, reverse=True)
    for members in groups[:MOST_VARIANTS]:
        if len(members) >= LEAST_DOCUMENTS:
            common = _common([sequence for _, sequence in members])
            shown = tuple((layout.document_id, layout.title) for layout, _ in members[:MOST_SHOWN])
            yield Variant(_outline(genre, common), len(members), len(found), shown)


def _common(sequences: Sequence[tuple[str, ...]]) -> list[str]:
    """Return the headings that many of the layouts have, in the order in which most have them."""
    places: dict[str, list[float]] = {}
    for sequence in sequences:
        for place, label in enumerate(sequence):
            places.setdefault(label, []).append(place / max(1, len(sequence) - 1))
    kept = {label: found for label, found in places.items() if len(found) >= COMMON * len(sequences)}
    return sorted(kept, key=lambda label: sum(kept[label]) / len(kept[label]))


def _alike(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= ALIKE_LAYOUTS


def _outline(genre: str, headings: Iterable[str]) -> Outline:
    opening = "basis" if form_of(genre).kind in ("方案", "要点") else "report_basis"
    return Outline(genre, (Part("", (opening,)), *(part_for(heading) for heading in headings)))


@cache
def _wanted() -> tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]:
    return tuple(
        (re.compile(row["words"]), tuple(row["content"].split()))
        for row in read_table("service.drafting", "headings.tsv")
    )
