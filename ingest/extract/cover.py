"""Stretches of a text that are set apart, asked about in logarithmic time."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable

from corpus.spans import Span

_QUOTED = re.compile(r"《[^《》\n]{0,120}》|“[^“”\n]{1,60}”|\"[^\"\n]{1,40}\"|‘[^‘’\n]{1,40}’")


class Cover:
    """Stretches that do not overlap one another."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._spans = sorted(spans)

    def meets(self, span: Span) -> bool:
        """Tell whether a stretch shares a code point with `span`."""
        index = bisect_right(self._spans, span.end, key=lambda stretch: stretch.start)
        return any(stretch.overlaps(span) for stretch in self._spans[max(0, index - 2) : index])

    def holds(self, span: Span) -> bool:
        """Tell whether `span` lies within a stretch and is less than the whole of it."""
        index = bisect_right(self._spans, span.start, key=lambda stretch: stretch.start)
        return index > 0 and self._spans[index - 1].contains(span) and self._spans[index - 1] != span


def quoted(text: str, span: Span) -> Cover:
    """Return the titles and quotations within `span`; what stands in them is a name and no statement."""
    return Cover(Span(*match.span()) for match in _QUOTED.finditer(text, span.start, span.end))
