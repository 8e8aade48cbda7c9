"""Which element of a web page holds the document."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator

from lxml import etree

from ingest.readers.html.table import is_data_table, text_length
from ingest.wordlists import rows

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # it reports every odd page on stderr

_ENOUGH = 80
"""Characters that make a container the document rather than an empty frame."""
_SPACE = re.compile(r"\s+")
_FOUND_SHARE = 0.9
"""Share of the words found by trafilatura that the chosen element must hold."""


def known_containers(root: etree._Element) -> list[etree._Element]:
    """Return the article bodies that a known publishing system marks, in page order; often one, or none.

    The one with most words tells the mark; others of that mark hold annexes.
    """
    found = [element for element in _marked(root) if text_length(element) >= _ENOUGH]
    largest = max(found, key=text_length, default=None)
    if largest is None:
        return []
    around = {*largest.iterancestors(), *largest.iterdescendants()}
    return [element for element in found if element is largest or _alike(element, largest, around)]


def _alike(element: etree._Element, largest: etree._Element, around: set[etree._Element]) -> bool:
    """Tell whether an element stands apart from the largest container and bears the same mark."""
    marks = [(each.get("id"), each.get("class"), each.get("itemprop")) for each in (element, largest)]
    return element not in around and marks[0] == marks[1]


def likely_container(root: etree._Element, page: str) -> etree._Element:
    """Return the smallest element that holds what trafilatura takes for the main text, else the body.

    trafilatura passes over tables of short words: a data table of half the size of all that it found belongs
    to the text, as on a page that is nothing but a ledger.
    """
    import trafilatura  # 0.3 s, and needed only where no container is marked

    body = root.find("body")
    element = root if body is None else body
    found = trafilatura.extract(page, fast=True, include_comments=False, include_tables=True) or ""
    lines = [line for line in (_SPACE.sub("", line) for line in found.split("\n")) if len(line) > 8]
    wanted = sum(map(len, lines)) * _FOUND_SHARE
    table = max(
        (each for each in element.iter("table") if is_data_table(each)), key=text_length, default=None
    )
    around = set() if table is None or text_length(table) < wanted / 2 else {table, *table.iterancestors()}
    while lines:
        child = next(
            (child for child in element if (not around or child in around) and _held(child, lines) >= wanted),
            None,
        )
        if child is None or child.tag in ("table", "tbody", "tr", "p"):
            break
        element = child
    return element


def _marked(root: etree._Element) -> Iterator[etree._Element]:
    names: dict[str, set[str]] = {}
    for row in rows("web_containers"):
        names.setdefault(row["attribute"], set()).add(row["name"])
    for element in root.iter(etree.Element):
        for attribute, wanted in names.items():
            if wanted.intersection(element.get(attribute, "").split()):
                yield element
                break


def _held(element: etree._Element, lines: list[str]) -> int:
    if not isinstance(element.tag, str):
        return 0
    words = _SPACE.sub("", "".join(map(str, element.itertext(etree.Element))))
    return sum(len(line) for line in lines if line in words)
