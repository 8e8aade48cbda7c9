"""What is still to be done on a draft: facts without a source, faults of form, gaps, examples not adapted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from corpus.records import JsonObject, plain
from service.drafting.checking import check_facts
from service.drafting.draft import Draft, Kind
from service.drafting.export import headed, official_document
from service.official.checker import check_format
from service.official.document import SourcesAs
from service.official.writer import document_bytes

if TYPE_CHECKING:
    from service.library import Library

_MARK = re.compile(r"【(?P<kind>待补|待核|本地|单位|时间|数量)(?:：(?P<words>[^】]*))?】")


class Concern(StrEnum):
    """What sort of thing a finding is."""

    FACT = "fact"
    FORMAT = "format"
    GAP = "gap"
    EXAMPLE = "example"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to be looked at, with its place."""

    concern: Concern
    message: str
    text: str
    section: int | None = None
    """0-indexed; None for the whole document."""
    paragraph: int | None = None
    """0-indexed within the section; None for the heading, or the whole document."""

    def record(self) -> JsonObject:
        """Return the finding as public JSON."""
        record: JsonObject = plain(self)
        return record


Place = tuple[int, int | None]


def review(library: Library, draft: Draft) -> tuple[Finding, ...]:
    """Return what is to be looked at, by concern and in the order of the text.

    Raises:
        NotFoundError: when a document that it was made from is gone.
    """
    return (*_facts(library, draft), *_format(draft), *_marks(draft))


def _facts(library: Library, draft: Draft) -> Iterator[Finding]:
    places: list[Place] = []
    texts: list[tuple[int, str]] = []
    for section, part in enumerate(draft.sections):
        for number, paragraph in enumerate(part.paragraphs):
            places.append((section, number))
            if paragraph.kind is not Kind.EXAMPLE:
                texts.append((len(places) - 1, paragraph.text))
    for fault in check_facts(texts, library, draft.documents, draft.day):
        if "【" not in fault.text:
            yield Finding(Concern.FACT, fault.message, fault.text, *places[fault.paragraph or 0])


def _format(draft: Draft) -> Iterator[Finding]:
    data = document_bytes(official_document(draft, sources=SourcesAs.NONE))
    lines = list(_lines(draft))
    for fault in check_format(data):
        words = fault.text[:20]
        place = next((place for place, text in lines if words and words in text), (None, None))
        yield Finding(Concern.FORMAT, fault.message, fault.text, *place)


def _lines(draft: Draft) -> Iterator[tuple[Place, str]]:
    for number, (heading, section) in enumerate(headed(draft)):
        yield (number, None), heading
        for place, paragraph in enumerate(section.paragraphs):
            yield (number, place), paragraph.text


def _marks(draft: Draft) -> Iterator[Finding]:
    for section, part in enumerate(draft.sections):
        for number, paragraph in enumerate(part.paragraphs):
            if paragraph.kind is Kind.EXAMPLE:
                yield Finding(Concern.EXAMPLE, "参考段落还没有改写。", paragraph.text[:40], section, number)
                continue
            for found in _MARK.finditer(paragraph.text):
                words = found["words"] or found["kind"]
                doubt = found["kind"] == "待核"
                message = f"材料中没有“{words}”，请核对。" if doubt else f"待补：{words}。"
                yield Finding(Concern.FACT if doubt else Concern.GAP, message, found[0], section, number)
