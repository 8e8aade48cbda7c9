"""What a document tells about its own time: the year that 年底 and 6月 leave out."""

from __future__ import annotations

import re
from collections import Counter

from corpus.document import BlockKind, Document
from ingest.extract.times.moments import DeadlineContext

_TITLE_YEAR = re.compile(r"(?<![-—－～~至])((?:20|２０)\d{2})\s?年")
_NUMBER_YEAR = re.compile(r"20[0-9]{2}")
_AHEAD = re.compile(
    r"(20[0-9]{2})年(?:年?[底末内]|[01]?[0-9]月(?:[底末上中下]|[0-3]?[0-9]日)?)[旬]?(?:之?前|以前|[，,]?完成)?"
)
_NAMED = re.compile(r"(20[0-9]{2})年")
_OFTEN = 2
_READ = 60_000
"""Years are looked for in so many code points of the text."""


def deadline_context(document: Document) -> DeadlineContext:
    """Return what a document tells about the years that its time limits leave out.

    A year is supposed only where neither date nor title names one.
    """
    issued, year = document.header.date, _title_year(document)
    supposed = _supposed_year(document) if issued is None and year is None else None
    return DeadlineContext(issued, year, supposed)


def _title_year(document: Document) -> int | None:
    """Return the year that the title of an annual plan names, None when it names none.

    A year before that of the document is what a ledger or report looks back on.
    """
    issued = document.header.date
    titles = [block.span.of(document.text) for block in document.blocks if block.kind is BlockKind.TITLE]
    for title in [document.header.title or "", *titles]:
        match = _TITLE_YEAR.search(title)
        if match and (issued is None or issued.year <= int(match[1])):
            return int(match[1])
    return None


def _supposed_year(document: Document) -> int | None:
    """Return the year of the document's number, else the first that a time limit names.

    The latter counts only where the text speaks of that year elsewhere too.
    """
    number = _NUMBER_YEAR.search(document.header.doc_number or "")
    if number:
        return int(number[0])
    text = document.text[:_READ]
    ahead = [int(year) for year in _AHEAD.findall(text)]
    named = Counter(map(int, _NAMED.findall(text)))
    return min(ahead) if ahead and named[min(ahead)] >= _OFTEN else None
