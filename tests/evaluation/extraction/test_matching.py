"""Each gold item gets at most one extracted item, the best overlap first."""

from hypothesis import given
from hypothesis import strategies as st

from corpus.spans import Span
from evaluation.extraction.matching import ENOUGH, match, match_in_order

places = st.lists(
    st.one_of(st.none(), st.tuples(st.integers(0, 40), st.integers(1, 20)).map(lambda p: Span(p[0], sum(p)))),
    max_size=6,
)


def test_the_better_overlap_wins_whatever_the_order() -> None:
    pairs = match([Span(0, 10), Span(0, 8)], [Span(0, 8)])
    assert {index: pair.found for index, pair in pairs.items()} == {1: 0}


def test_less_than_half_is_no_match() -> None:
    assert match([Span(0, 10)], [Span(6, 16)]) == {}


def test_what_has_no_place_has_no_partner() -> None:
    assert match([None, Span(0, 4)], [Span(0, 4), None])[1].found == 0


def test_matching_in_order_gives_the_first_the_best() -> None:
    assert match_in_order([Span(0, 10), Span(0, 9)], [Span(0, 10)]) == 1
    assert match_in_order([Span(0, 10), None], []) == 0


@given(places, places)
def test_a_match_is_one_to_one_and_good_enough(gold: list[Span | None], found: list[Span | None]) -> None:
    pairs = match(gold, found)
    assert len({pair.found for pair in pairs.values()}) == len(pairs)
    assert all(pair.overlap >= ENOUGH for pair in pairs.values())
