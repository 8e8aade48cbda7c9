"""Texts made to be slow: a megabyte of one thing. Work must grow with the text, not with its square."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType

import pytest

from corpus.spans import Span
from ingest.extract.clauses import enumerated_clauses, sentences
from ingest.extract.figures.indicators import find_indicators
from ingest.extract.responsibility.persons import find_persons
from ingest.extract.responsibility.references import find_references
from ingest.extract.times.deadlines import DeadlineContext, find_deadlines

SEARCHES: dict[str, Callable[[str], object]] = {
    "deadlines": lambda text: find_deadlines(text, Span(0, len(text)), DeadlineContext()),
    "indicators": lambda text: find_indicators(text, Span(0, len(text))),
    "sentences": lambda text: sentences(text, Span(0, len(text))),
    "clauses": lambda text: enumerated_clauses(text, Span(0, len(text))),
    "references": lambda text: find_references(text, Span(0, len(text))),
    "persons": lambda text: find_persons(text, Span(0, len(text))),
}
PIECES = [
    "1",
    "一",
    "《",
    "（",
    "“",
    "年",
    "前",
    "x",
    "按照《",
    "每年",
    "2023年",
    "12月底前",
    "5个",
    "责任人：",
    "待",
    "一是",
]
"""What a hostile text repeats."""


def lines_run(search: Callable[[str], object], text: str) -> int:
    """Return how many lines of Python a search runs: its cost without a clock."""
    count = 0

    def trace(frame: FrameType, event: str, argument: object) -> object:
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        search(text)
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize("piece", PIECES)
@pytest.mark.parametrize("search", SEARCHES.values(), ids=SEARCHES.keys())
def test_work_grows_with_the_text(search: Callable[[str], object], piece: str) -> None:
    search(piece)  # tables and patterns are read on first use
    small, large = lines_run(search, piece * 200), lines_run(search, piece * 800)
    assert large <= 6 * small + 200


@pytest.mark.parametrize("piece", PIECES)
def test_a_hostile_text_is_read_to_its_end(piece: str) -> None:
    text = piece * (40_000 // len(piece))
    for search in SEARCHES.values():
        search(text)
