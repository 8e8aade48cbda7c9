import math

import pytest

from evaluation.search.ranking import ndcg, recall

GRADES = {"a": 2, "b": 2, "c": 1}
IDEAL = 2 + 2 / math.log2(3) + 1 / 2


def places(*names: str) -> list[frozenset[str]]:
    """Each place as the letters of the documents it stands for."""
    return [frozenset(name) for name in names]


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (places("a", "b", "c"), 1.0),
        (places("b", "a", "c"), 1.0),
        (places(), 0.0),
        (places("x", "y"), 0.0),
        (places("x", "a"), 2 / math.log2(3) / IDEAL),
        (places("a", "a", "b", "c"), 1.0),
        (places("ab", "c"), (2 + 1 / math.log2(3)) / IDEAL),
        (places("xa", "b", "c"), 1.0),
        (places(*"0123456789", "a"), 0.0),
    ],
)
def test_ndcg(found: list[frozenset[str]], expected: float) -> None:
    assert ndcg(found, GRADES) == pytest.approx(expected)


def test_the_ideal_is_cut_at_the_depth() -> None:
    grades = {str(number): 1 for number in range(10, 40)}
    assert ndcg([frozenset([name]) for name in list(grades)[:10]], grades) == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (places("a", "x", "c"), 2 / 3),
        (places("abc"), 1.0),
        (places("a", "a"), 1 / 3),
        (places(), 0.0),
        (places(*"0123456789", "a"), 0.0),
    ],
)
def test_recall(found: list[frozenset[str]], expected: float) -> None:
    assert recall(found, GRADES) == pytest.approx(expected)


def test_recall_of_many_is_out_of_those_that_fit() -> None:
    grades = {str(number): 1 for number in range(10, 40)}
    assert recall([frozenset([name]) for name in list(grades)[:5]], grades) == pytest.approx(0.5)


def test_nothing_relevant_gives_0() -> None:
    assert (ndcg(places("a"), {}), recall(places("a"), {})) == (0.0, 0.0)
