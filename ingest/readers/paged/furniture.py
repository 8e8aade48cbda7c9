"""Page heads, page feet and page numbers of paper: what repeats at the edge of the pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from ingest.readers.base import RawLine

_MARGIN = 0.13
"""Share of the page's height at top and bottom in which furniture stands."""
_MIN_PAGES = 3
"""Pages on which a running head shows at least; both of them where a file has two."""
_DASHES = r"[-—–―－─_~·•\s]*"
_PAGE_NUMBER = re.compile(
    rf"{_DASHES}第?\s*(?:\d{{1,4}}|[ivxIVX]{{1,6}})\s*页?\s*(?:[,，/／]?\s*共?\s*\d{{1,4}}\s*页?)?{_DASHES}"
)
_NOT_WORDS = re.compile(r"[\d\W_]+")


def mark_furniture(lines: Sequence[RawLine], heights: Mapping[int, float]) -> list[RawLine]:
    """Return the lines with page numbers and running heads marked as furniture.

    Args:
        lines: the lines of the whole file.
        heights: height in points of each page, by 1-indexed number.
    """
    edges = [_edge(line, heights) for line in lines]
    places = {(line.page, edge, _key(line)) for line, edge in zip(lines, edges, strict=True) if edge}
    pages = Counter((edge, key) for _, edge, key in places)
    needed = min(_MIN_PAGES, max(2, len(heights)))
    marked: list[RawLine] = []
    for line, edge in zip(lines, edges, strict=True):
        repeated = pages[edge, _key(line)] >= needed
        furniture = bool(edge) and (repeated or _PAGE_NUMBER.fullmatch(line.text.strip()) is not None)
        marked.append(replace(line, furniture=True) if furniture else line)
    return marked


def _edge(line: RawLine, heights: Mapping[int, float]) -> str:
    """Return "top" or "bottom" for a line of text at the edge of its page, else ""."""
    if line.box is None or line.page is None or line.cells:
        return ""
    height = heights[line.page]
    if line.box[3] <= height * _MARGIN:
        return "top"
    return "bottom" if line.box[1] >= height * (1 - _MARGIN) else ""


def _key(line: RawLine) -> str:
    """Return the words alone: the number of a page differs, and so do the marks that a scan shows."""
    return _NOT_WORDS.sub("", line.text)
