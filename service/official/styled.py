"""Reads from a docx how its paragraphs really look: run, style and defaults together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from docx.text.run import Run

_DAY_AT_SIDE = re.compile(r"(?:^|\t)\d{4}年\d{1,2}月\d{1,2}日$")
_ALIGNMENTS = {"center": "center", "right": "right", "end": "right"}


@dataclass(frozen=True, slots=True)
class Styled:
    """A paragraph with text, as Word would show it."""

    number: int
    """1-indexed among all paragraphs of the body, empty ones counted."""
    text: str
    font: str
    """East Asian font of most of its characters; "" where nothing says."""
    size: float
    """Points, of most of its characters."""
    alignment: str
    """left, center or right."""
    pitch: float | None
    """Exact distance of its lines in points, None where it is not exact."""
    indented: bool
    """True when the first line is indented by about two characters."""
    red: bool = False
    """True for a mark in red, as 发文机关标志 and 纪要标志 are."""


def styled_paragraphs(document: WordDocument) -> Iterator[Styled]:
    """Yield the paragraphs of the body that have text, outside tables and frames."""
    for number, paragraph in enumerate(document.paragraphs, 1):
        framed = paragraph._p.pPr is not None and paragraph._p.pPr.find(qn("w:framePr")) is not None
        if paragraph.text.strip() and not framed:
            yield _styled(document, number, paragraph)


def main_part(paragraphs: Sequence[Styled]) -> tuple[Styled, ...]:
    """Return what stands before the annexes, which have a form of their own."""
    for at, item in enumerate(paragraphs):
        if re.fullmatch(r"附件\s*\d*|材料来源", item.text):
            return tuple(paragraphs[:at])
    return tuple(paragraphs)


def main_texts(document: WordDocument) -> list[tuple[int, str]]:
    """Return the paragraphs of the text with their numbers, without annexes, recipients and signature."""
    main = main_part(tuple(styled_paragraphs(document)))
    return [(item.number, item.text) for item in main if not _is_addressing(item)]


def _is_addressing(item: Styled) -> bool:
    return (
        item.red
        or item.alignment == "right"
        or _DAY_AT_SIDE.search(item.text) is not None
        or (item.text.endswith(("：", ":")) and not item.indented)
    )


def _styled(document: WordDocument, number: int, paragraph: Paragraph) -> Styled:
    main = max(paragraph.runs, key=lambda run: len(run.text.strip()), default=None)
    size = _size(document, paragraph, main)
    return Styled(
        number,
        paragraph.text.strip().replace("\n", ""),
        _font(document, paragraph, main),
        size,
        _alignment(paragraph),
        _pitch(paragraph),
        _indented(paragraph, size),
        _is_red(main),
    )


def _is_red(run: Run | None) -> bool:
    """Tell whether the words are in some red."""
    colour = run.font.color.rgb if run is not None and run.font.color is not None else None
    return colour is not None and colour[0] > 0xB0 and max(colour[1], colour[2]) < 0x50


def _levels(document: WordDocument, paragraph: Paragraph, run: Run | None) -> Iterator[Any]:
    """Yield the run properties that may decide, nearest first."""
    if run is not None and run._r.rPr is not None:
        yield run._r.rPr
        if run.style is not None:
            yield from _chain(run.style)
    yield from _chain(paragraph.style)
    yield from document.styles.element.iterfind(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}")


def _chain(style: Any) -> Iterator[Any]:
    while style is not None:
        if style.element.rPr is not None:
            yield style.element.rPr
        style = style.base_style


def _font(document: WordDocument, paragraph: Paragraph, run: Run | None) -> str:
    for properties in _levels(document, paragraph, run):
        fonts = properties.find(qn("w:rFonts"))
        name = fonts.get(qn("w:eastAsia")) if fonts is not None else None
        if name:
            return str(name)
    return ""


def _size(document: WordDocument, paragraph: Paragraph, run: Run | None) -> float:
    for properties in _levels(document, paragraph, run):
        size = properties.find(qn("w:sz"))
        if size is not None:
            return float(size.get(qn("w:val"))) / 2
    return 10.0  # what Word takes where nothing says


def _properties(paragraph: Paragraph) -> Iterator[Any]:
    if paragraph._p.pPr is not None:
        yield paragraph._p.pPr
    style: Any = paragraph.style
    while style is not None:
        if style.element.pPr is not None:
            yield style.element.pPr
        style = style.base_style


def _first(paragraph: Paragraph, name: str, *attributes: str) -> str | None:
    """Return the nearest attribute of an element of the paragraph's properties."""
    for properties in _properties(paragraph):
        found = properties.find(qn(name))
        for attribute in attributes:
            if found is not None and found.get(qn(attribute)) is not None:
                return str(found.get(qn(attribute)))
    return None


def _alignment(paragraph: Paragraph) -> str:
    return _ALIGNMENTS.get(_first(paragraph, "w:jc", "w:val") or "", "left")


def _pitch(paragraph: Paragraph) -> float | None:
    if _first(paragraph, "w:spacing", "w:lineRule") != "exact":
        return None
    line = _first(paragraph, "w:spacing", "w:line")
    return float(line) / 20 if line else None


def _indented(paragraph: Paragraph, size: float) -> bool:
    characters = _first(paragraph, "w:ind", "w:firstLineChars")
    if characters is not None:
        return abs(float(characters) - 200) < 20
    points = float(_first(paragraph, "w:ind", "w:firstLine") or 0) / 20
    if not points and paragraph.text.startswith("　　"):
        return True
    return abs(points - 2 * size) < 0.25 * size
