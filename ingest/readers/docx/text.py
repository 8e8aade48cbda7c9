"""The words of a Word paragraph as they stand on the page: insertions in, deletions and hidden text out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from ingest.readers.docx.styles import W, switched_on

_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_BOX = W + "txbxContent"
_LEFT_OUT = frozenset(
    W + name for name in ("del", "moveFrom", "pPr", "rPr", "rt", "instrText", "delText", "sdtPr", "sdtEndPr")
)
_CHARACTERS = {
    W + "tab": " ",
    W + "ptab": " ",
    W + "br": "\n",
    W + "cr": "\n",
    W + "noBreakHyphen": "-",
}


@dataclass(slots=True)
class Words:
    """What one paragraph holds."""

    text: str = ""
    """Its words; "\\n" where a line is broken by hand."""
    boxes: list[etree._Element] = field(default_factory=list)
    """The text boxes that are anchored in it."""


def paragraph_words(paragraph: etree._Element) -> Words:
    """Return the words and text boxes of a `w:p`."""
    words = Words()
    words.text = "".join(_pieces(paragraph, words.boxes))
    return words


def children(parent: etree._Element) -> Iterator[etree._Element]:
    """Yield the elements below `parent`, of alternatives only the one to read, without comments."""
    for child in parent.iterchildren(tag=etree.Element):
        if child.tag == _COMPATIBILITY + "AlternateContent":
            yield from _alternative(child)
        else:
            yield child


def mark_deleted(paragraph: etree._Element) -> bool:
    """Tell whether a tracked change deleted the end of the paragraph, so that the next one joins it."""
    mark = paragraph.find(f"{W}pPr/{W}rPr")
    return mark is not None and mark.find(W + "del") is not None


def _alternative(element: etree._Element) -> Iterator[etree._Element]:
    """Read the first choice that holds words, so that a text box stands once and not twice."""
    for option in element.iterchildren(_COMPATIBILITY + "Choice", _COMPATIBILITY + "Fallback"):
        if next(option.iter(W + "t"), None) is not None:
            yield from children(option)
            return


def _pieces(element: etree._Element, boxes: list[etree._Element]) -> Iterator[str]:
    for child in children(element):
        if child.tag == W + "t" or child.tag == _MATH_TEXT:
            yield (child.text or "").replace("\n", " ").replace("\t", " ")
        elif child.tag in _CHARACTERS:
            yield "" if child.get(W + "type") in ("page", "column") else _CHARACTERS[child.tag]
        elif child.tag == _BOX:
            boxes.append(child)
        elif child.tag not in _LEFT_OUT and not _hidden(child):
            yield from _pieces(child, boxes)


def _hidden(element: etree._Element) -> bool:
    return element.tag == W + "r" and switched_on(element.find(W + "rPr"), "vanish")
