"""The blocks of a web page as lines: paragraphs, headings, lists, and tables on their grid."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from ingest.readers.base import RawLine
from ingest.readers.docx.numerals import numeral
from ingest.readers.html.table import is_data_table, table_rows

_BLOCKS = frozenset(
    (
        *("address", "article", "blockquote", "body", "center", "dd", "div", "dl", "dt", "fieldset"),
        *("figcaption", "figure", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main"),
        *("ol", "p", "pre", "section", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"),
    )
)
_SPACE = re.compile(r"[ \t\r\n\f]+")
_MAX_DIGITS = 6
"""Digits of the number with which a list may begin."""
_CHINESE = re.compile(
    r"list-style(?:-type)?:[^;]*(?:cjk-ideographic|chinese-informal|trad-chinese|simp-chinese)"
)
_LIST_FORMS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}


@dataclass(slots=True)
class _Open:
    """The line that is being gathered."""

    words: str = ""
    label: str = ""
    """The number before it, which stays until there are words."""
    heading: int = 0
    centred: bool = False


class PageLines:
    """Walks an element; keeps count of tables."""

    def __init__(self) -> None:
        self._tables = 0
        self._lines: list[RawLine] = []
        self._open = _Open()
        self._items: dict[etree._Element, int] = {}
        """By ordered list: the number of its last item."""

    def of(self, *elements: etree._Element) -> list[RawLine]:
        """Return the lines of the elements in reading order."""
        for element in elements:
            self._walk(element)
            self._close()
        return self._lines

    def _walk(self, element: etree._Element) -> None:
        before = self._open
        block = element.tag in _BLOCKS
        if block:
            self._close()
            label = self._label(element) or self._open.label
            self._open = _Open("", label, _depth(element) or before.heading, _centred(element, before))
        self._children(element)
        if block:
            self._close()
            label = "" if element.tag == "li" else self._open.label
            self._open = _Open("", label, before.heading, before.centred)

    def _children(self, element: etree._Element) -> None:
        self._open.words += element.text or ""
        for child in element:
            if child.tag == "br":
                self._close()
            elif child.tag == "table" and is_data_table(child):
                self._table(child)
            elif isinstance(child.tag, str):
                self._walk(child)
            self._open.words += child.tail or ""

    def _table(self, table: etree._Element) -> None:
        self._close()
        rows = table_rows(table, self._tables)
        self._tables += bool(rows)
        self._lines += rows

    def _close(self) -> None:
        text = _SPACE.sub(" ", self._open.words).strip(" ")
        if text.strip():
            text = self._open.label + text
            self._lines.append(
                RawLine(text, whole=True, heading=self._open.heading, centred=self._open.centred)
            )
            self._open.label = ""
        self._open.words = ""

    def _label(self, element: etree._Element) -> str:
        """Return the number that the browser shows before an item of an ordered list."""
        parent = element.getparent()
        if element.tag != "li" or parent is None or parent.tag != "ol":
            return ""
        start = parent.get("start", "1")
        first = int(start) if start.isdigit() and len(start) < _MAX_DIGITS else 1
        self._items[parent] = number = self._items.get(parent, first - 1) + 1
        if _CHINESE.search(parent.get("style", "")):
            return numeral(number, "chineseCounting") + "、"
        return numeral(number, _LIST_FORMS.get(parent.get("type", ""), "decimal")) + "."


def _depth(element: etree._Element) -> int:
    tag = str(element.tag)
    return int(tag[1]) if re.fullmatch("h[1-6]", tag) else 0


def _centred(element: etree._Element, above: _Open) -> bool:
    style = element.get("style", "").replace(" ", "").lower()
    if "text-align:" in style:
        return "text-align:center" in style
    aligned = element.get("align", "").lower()
    return aligned == "center" if aligned else element.tag == "center" or above.centred
