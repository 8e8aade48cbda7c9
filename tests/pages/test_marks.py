"""What is marked in the hits of a search."""

from __future__ import annotations

import pytest

from corpus.spans import Span
from service.pages.search.hits import telling

TEXT = "全面推进河湖长制，清理河道乱占乱建，年底前完成整治。"


@pytest.mark.parametrize(
    ("spans", "marked"),
    [
        ([(4, 6)], ["河湖"]),
        ([(4, 6), (11, 13)], ["河湖", "河道"]),
        ([(0, 4), (4, 8), (9, 11), (11, 17), (22, 24)], ["河道乱占乱建"]),
        ([(0, 4), (4, 8), (9, 13)], []),
        ([], []),
    ],
    ids=["a word", "two words", "all over, one run", "all over", "nothing"],
)
def test_a_passage_that_is_full_of_words_marks_only_long_runs(
    spans: list[tuple[int, int]], marked: list[str]
) -> None:
    found = telling([Span(*span) for span in spans], TEXT)
    assert [span.of(TEXT) for span in found] == marked
