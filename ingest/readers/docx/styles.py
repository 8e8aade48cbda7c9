"""What a Word style says about its paragraphs, looked up along the chain of styles it is based on."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CONTENTS = re.compile(r"(?i)toc ?(\d|heading)|目录 ?\d")


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    """The properties of one style that reading needs; None where neither it nor its bases say anything."""

    id: str = ""
    outline: int | None = None
    """0-indexed outline level."""
    centred: bool = False
    number_id: str | None = None
    number_level: int | None = None
    contents: bool = False
    """True for the entries of a table of contents."""


def value(parent: etree._Element | None, *path: str) -> str | None:
    """Return the `w:val` at the end of a path of child elements, None where one is missing."""
    element = parent
    for name in path:
        if element is None:
            return None
        element = element.find(W + name)
    return None if element is None else element.get(W + "val")


def switched_on(parent: etree._Element | None, name: str) -> bool:
    """Tell whether a property such as `w:vanish` is there and not switched off."""
    element = None if parent is None else parent.find(W + name)
    return element is not None and element.get(W + "val") not in ("0", "false", "off")


def number(text: str | None) -> int | None:
    """Return the number an attribute holds, None when it is missing or no number."""
    try:
        return None if text is None else int(text)
    except ValueError:
        return None


class Styles:
    """The paragraph styles of one file."""

    def __init__(self, root: etree._Element | None) -> None:
        """Take the root of `styles.xml`; None makes a set without styles."""
        elements = () if root is None else root.iter(W + "style")
        self._elements = {element.get(W + "styleId", ""): element for element in elements}
        self._known: dict[str, ParagraphStyle] = {}
        self._default = next((name for name, element in self._elements.items() if _is_default(element)), "")

    def of(self, style_id: str | None) -> ParagraphStyle:
        """Return the resolved style, the default paragraph style for None."""
        name = self._default if style_id is None else style_id
        if name not in self._known:
            self._known[name] = self._resolve(name)
        return self._known[name]

    def _resolve(self, style_id: str) -> ParagraphStyle:
        chain = self._chain(style_id)
        properties = [element.find(W + "pPr") for element in chain]
        names = [value(element, "name") or "" for element in chain]
        return ParagraphStyle(
            id=style_id,
            outline=number(_first(value(found, "outlineLvl") for found in properties)),
            centred=_first(value(found, "jc") for found in properties) == "center",
            number_id=_first(value(found, "numPr", "numId") for found in properties),
            number_level=number(_first(value(found, "numPr", "ilvl") for found in properties)),
            contents=any(_CONTENTS.fullmatch(name) for name in names),
        )

    def _chain(self, style_id: str) -> list[etree._Element]:
        """Return the style and what it is based on, nearest first; a circle ends where it closes."""
        chain: list[etree._Element] = []
        element = self._elements.get(style_id)
        while element is not None and element not in chain:
            chain.append(element)
            element = self._elements.get(value(element, "basedOn") or "")
        return chain


def _is_default(element: etree._Element) -> bool:
    return element.get(W + "type") == "paragraph" and element.get(W + "default") in ("1", "true")


def _first(values: Iterable[str | None]) -> str | None:
    return next((found for found in values if found is not None), None)
