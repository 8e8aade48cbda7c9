"""Where a task stands in the squashed text of its document, for gold and for what was extracted."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from difflib import SequenceMatcher

from corpus.records import JsonObject
from corpus.spans import Span
from evaluation.text import squash

_ENDS = 16
"""How many code points of head and tail find a text whose middle reads differently."""
_SLACK = 200
"""How much longer than twice its words a text found by head and tail may be."""
_LEAST = 12
"""The shortest common stretch that still places a text."""

Locator = Callable[[str, JsonObject, int], Span | None]


def locate_gold(text: str, item: JsonObject, position: int) -> Span | None:
    """Return where the item of a gold file, given by its first and last words, stands in squashed `text`.

    The search starts at `position` and, failing that, at the beginning. None when the words are not there.
    """
    last = squash(item["end"])
    start = _find(text, squash(item["start"]), position)
    end = text.find(last, start) if start >= 0 else -1
    return Span(start, end + len(last)) if end >= 0 else None


def locate_extracted(text: str, item: JsonObject, position: int) -> Span | None:
    """Return where the words of an extracted item stand in squashed `text`, None when they do not.

    Words that do not stand there as a whole (the gold text may carry page furniture that a reader drops)
    are placed by their head and tail, else by the longest stretch that both have.
    """
    words = squash(item["text"])
    if not words:
        return None
    start = _find(text, words, position)
    if start >= 0:
        return Span(start, start + len(words))
    return _by_ends(text, words, position) or _by_common_stretch(text, words)


def locate_all(text: str, items: Iterable[JsonObject], locate: Locator) -> list[Span | None]:
    """Return the place of each item, where an item is first looked for after the one before it."""
    places: list[Span | None] = []
    position = 0
    for item in items:
        place = locate(text, item, position)
        if place is not None:
            position = place.start
        places.append(place)
    return places


def overlap(left: Span, right: Span) -> float:
    """Return the intersection over union of two spans in code points, 0.0 when they do not touch."""
    common = min(left.end, right.end) - max(left.start, right.start)
    if common <= 0:
        return 0.0
    return common / (max(left.end, right.end) - min(left.start, right.start))


def _find(text: str, words: str, position: int) -> int:
    found = text.find(words, position)
    return found if found >= 0 else text.find(words)


def _by_ends(text: str, words: str, position: int) -> Span | None:
    head, tail = words[:_ENDS], words[-_ENDS:]
    start = _find(text, head, position)
    end = text.find(tail, max(start, 0))
    if start < 0 or end < 0:
        return None
    end += len(tail)
    return Span(start, end) if end - start < 2 * len(words) + _SLACK else None


def _by_common_stretch(text: str, words: str) -> Span | None:
    match = SequenceMatcher(None, text, words, autojunk=False).find_longest_match()
    return Span(match.a, match.a + match.size) if match.size >= _LEAST else None
