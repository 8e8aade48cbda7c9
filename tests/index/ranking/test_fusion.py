import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.ranking.fusion import Fused, Lists, fuse, is_article, vector_share
from tests.index.builders import passage

WORDS = {1: 30.0, 2: 20.0, 3: 10.0}


@pytest.mark.parametrize(
    ("words", "vectors", "expected"),
    [
        (WORDS, {}, [1, 2, 3]),
        ({}, {5: 0.9, 4: 0.2}, [5, 4]),
        ({}, {}, []),
        (WORDS, {1: 0.9, 2: 0.8}, [1, 2, 3]),
        ({1: 10.0, 2: 9.5}, {2: 0.9, 1: 0.1}, [2, 1]),
        (WORDS, {9: 0.9, 1: 0.3}, [1, 9, 2, 3]),
        (WORDS, {9: 0.0, 1: -0.1}, [1, 2, 3, 9]),
    ],
)
def test_order(words: dict[int, float], vectors: dict[int, float], expected: list[int]) -> None:
    assert [item.id for item in fuse(Lists.of(words, vectors), 0.4)] == expected


def test_ranks_name_the_lists_that_found_it() -> None:
    found = {item.id: item.ranks for item in fuse(Lists.of(WORDS, {9: 0.9, 2: 0.3}), 0.4)}
    assert found == {1: {"words": 1}, 2: {"words": 2, "vectors": 2}, 3: {"words": 3}, 9: {"vectors": 1}}


def test_the_best_of_both_lists_has_1() -> None:
    best = fuse(Lists.of(WORDS, {1: 0.7}), 0.4)[0]
    assert best == Fused(1, pytest.approx(1.0), 1, 1)  # type: ignore[arg-type]


def test_scores_next_to_nothing_are_scaled_too() -> None:
    assert fuse(Lists.of({}, {1: 2e-309}), 0.4)[0].score == 1.0


LISTS = st.dictionaries(st.integers(1, 50), st.floats(0, 100), max_size=20)


@given(LISTS, LISTS, st.floats(0, 1))
def test_fusing_loses_and_doubles_nothing(
    words: dict[int, float], vectors: dict[int, float], weight: float
) -> None:
    fused = fuse(Lists.of(words, vectors), weight)
    assert sorted(item.id for item in fused) == sorted({*words, *vectors})
    assert all(-1e-9 <= item.score <= 1 + 1e-9 for item in fused)
    assert [item.score for item in fused] == sorted((item.score for item in fused), reverse=True)


@given(LISTS)
def test_without_vectors_the_order_of_words_stands(words: dict[int, float]) -> None:
    in_order = sorted(words, key=words.__getitem__, reverse=True)
    assert [item.id for item in fuse(Lists.of(words, {}), 0.4)] == in_order


def test_what_a_passage_is_worth_lifts_it_in_each_list_that_holds_it() -> None:
    lifted = Lists.of(WORDS, {3: 0.5, 2: 0.4}).lifted({3: 0.8, 1: 0.1})
    assert lifted.words.tolist() == [33.0, 20.0, 34.0]
    assert lifted.by_vectors() == pytest.approx({1: 0.0, 2: 0.4, 3: 0.9})


@pytest.mark.parametrize(("count", "expected"), [(0, []), (2, [7, 5]), (9, [7, 5])])
def test_the_first_by_words_are_those_that_words_found(count: int, expected: list[int]) -> None:
    assert Lists.of({5: 1.0, 7: 2.0}, {6: 0.9}).first_by_words(count) == expected


def test_shares_are_of_the_best_of_each_list() -> None:
    lists = Lists.of(WORDS, {9: 0.5, 1: 0.25})
    assert lists.shares_by_words() == pytest.approx({1: 1.0, 2: 2 / 3, 3: 1 / 3, 9: 0.0})
    assert lists.shares_by_vectors() == pytest.approx({1: 0.5, 2: 0.0, 3: 0.0, 9: 1.0})


@pytest.mark.parametrize(
    ("coverage", "statutes", "question", "share"),
    [
        (0.3, 1.0, True, 0.8),
        (1.0, 1.0, True, 0.2),
        (0.3, 0.0, True, 0.36),
        (1.0, 0.0, True, 0.09),
        (0.3, 1.0, False, 0.2),
    ],
)
def test_what_vectors_count(coverage: float, statutes: float, question: bool, share: float) -> None:
    assert vector_share(0.8, coverage, statutes, question) == pytest.approx(share)


@pytest.mark.parametrize(
    ("title", "text", "article"),
    [
        ("安澜市河道条例第十二条", "禁止倾倒垃圾。", True),
        ("安澜市河道条例", "第十二条 禁止倾倒垃圾。", True),
        ("河道整治方案", "按照条例第十二条办理。", False),
        (None, "一、总体要求", False),
    ],
)
def test_articles_of_law_are_known(title: str | None, text: str, article: bool) -> None:
    assert is_article(passage(1, text, title=title)) == article
