"""Where pages ended when Word last showed a file: marks that it leaves in the text."""

from __future__ import annotations

from lxml import etree

from ingest.readers.docx.styles import W

_MARK, _WORDS, _CELL = W + "lastRenderedPageBreak", W + "t", W + "tc"


def has_page_marks(body: etree._Element) -> bool:
    """Tell whether the file notes its pages; many programs write files that do not."""
    return next(body.iter(_MARK), None) is not None


def page_turns(element: etree._Element) -> tuple[int, int]:
    """Return how many pages end before the first words of a paragraph or row, and how many in all.

    A page that ends within a row leaves a mark in each of its cells.
    """
    cells = list(element.iterchildren(_CELL))
    counts = [_turns(cell) for cell in cells] if cells else [_turns(element)]
    return counts[0][0], max(within for _, within in counts)


def _turns(element: etree._Element) -> tuple[int, int]:
    before = within = 0
    words = False
    for found in element.iter(_MARK, _WORDS):
        if found.tag == _MARK:
            within += 1
            before += not words
        else:
            words = words or bool((found.text or "").strip())
    return before, within
