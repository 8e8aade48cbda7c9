"""Where gold and output stand in the text, and how far two places overlap."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.spans import Span
from evaluation.extraction.places import locate_all, locate_extracted, locate_gold, overlap
from evaluation.text import squash, unit_key
from tests.evaluation.builders import FIRST, SECOND, TEXT, task

SQUASHED = squash(TEXT)
spans = st.tuples(st.integers(0, 50), st.integers(1, 50)).map(lambda pair: Span(pair[0], sum(pair)))


@pytest.mark.parametrize(
    ("written", "compared"),
    [
        ("市 水 利 局\n", "市水利局"),
        ("（责任单位：市水利局；", "(责任单位:市水利局;"),
        ("“七一”讲话", "七一讲话"),
        ("〔2024〕5号", "(2024)5号"),
        (None, ""),
    ],
)
def test_white_space_width_and_quotes_do_not_count(written: str | None, compared: str) -> None:
    assert squash(written) == compared


def test_a_closing_and_others_does_not_make_another_unit() -> None:
    assert unit_key("市水利局等") == unit_key("市水利局")


def test_gold_is_found_by_its_first_and_last_words() -> None:
    place = locate_gold(SQUASHED, {"start": "清理河道", "end": "违法 建筑。"}, 0)
    assert place is not None
    assert place.of(SQUASHED) == FIRST


@pytest.mark.parametrize("item", [{"start": "没有", "end": "建筑。"}, {"start": "清理", "end": "没有"}])
def test_words_that_are_not_there_have_no_place(item: dict[str, str]) -> None:
    assert locate_gold(SQUASHED, item, 0) is None


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("whole", "清理河道内的违法建筑。", "清理河道内的违法建筑。"),
        (
            "a line that a reader drops",
            "0123456789abcdef第3页0123456789ABCDEF",
            "0123456789abcdef0123456789ABCDEF",
        ),
        ("only a stretch in common", "甲乙丙0123456789abcdef丁戊己", "0123456789abcdef"),
    ],
)
def test_output_is_placed_even_where_its_middle_reads_differently(text: str, words: str, found: str) -> None:
    squashed = f"序言。{found}后文。"
    place = locate_extracted(squashed, {"text": words}, 0)
    assert place is not None
    assert place.of(squashed) == found


@pytest.mark.parametrize("words", ["", "完全不同的另一句话与此文毫无关系可言"])
def test_output_that_stands_nowhere_has_no_place(words: str) -> None:
    assert locate_extracted(SQUASHED, {"text": words}, 0) is None


def test_the_same_words_twice_have_two_places() -> None:
    text = "抓好落实。中间。抓好落实。"
    places = locate_all(
        text, [{"text": "抓好落实。"}, {"text": "中间。"}, {"text": "抓好落实。"}], locate_extracted
    )
    assert places == [Span(0, 5), Span(5, 8), Span(8, 13)]


def test_an_item_before_the_last_one_is_still_found() -> None:
    places = locate_all(SQUASHED, [task(SECOND), task(FIRST)], locate_extracted)
    assert None not in places


@pytest.mark.parametrize(
    ("left", "right", "share"),
    [
        (Span(0, 10), Span(0, 10), 1.0),
        (Span(0, 10), Span(5, 15), 1 / 3),
        (Span(0, 10), Span(10, 20), 0.0),
        (Span(0, 0), Span(0, 0), 0.0),
    ],
)
def test_overlap_is_intersection_over_union(left: Span, right: Span, share: float) -> None:
    assert overlap(left, right) == pytest.approx(share)


@given(spans, spans)
def test_overlap_is_symmetric_and_a_share(left: Span, right: Span) -> None:
    assert overlap(left, right) == overlap(right, left)
    assert 0.0 <= overlap(left, right) <= 1.0
