import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.fusion import Fused, fuse, is_article, vector_share
from index.scored import Scored
from tests.index.builders import passage


def scored(*pairs: tuple[int, float]) -> list[Scored]:
    return [Scored(id, score) for id, score in pairs]


WORDS = scored((1, 30.0), (2, 20.0), (3, 10.0))


@pytest.mark.parametrize(
    ("words", "vectors", "expected"),
    [
        (WORDS, [], [1, 2, 3]),
        ([], scored((5, 0.9), (4, 0.2)), [5, 4]),
        ([], [], []),
        (WORDS, scored((1, 0.9), (2, 0.8)), [1, 2, 3]),
        (scored((1, 10.0), (2, 9.5)), scored((2, 0.9), (1, 0.1)), [2, 1]),
        (WORDS, scored((9, 0.9), (1, 0.3)), [1, 9, 2, 3]),
        (WORDS, scored((9, 0.0), (1, -0.1)), [1, 2, 3, 9]),
    ],
)
def test_order(words: list[Scored], vectors: list[Scored], expected: list[int]) -> None:
    assert [item.id for item in fuse(words, vectors, 0.4)] == expected


def test_ranks_name_the_lists_that_found_it() -> None:
    found = {item.id: item.ranks for item in fuse(WORDS, scored((9, 0.9), (2, 0.3)), 0.4)}
    assert found == {1: {"words": 1}, 2: {"words": 2, "vectors": 2}, 3: {"words": 3}, 9: {"vectors": 1}}


def test_the_best_of_both_lists_has_1() -> None:
    assert fuse(WORDS, scored((1, 0.7)), 0.4)[0] == Fused(1, pytest.approx(1.0), 1, 1)  # type: ignore[arg-type]


def test_scores_next_to_nothing_are_scaled_too() -> None:
    assert fuse([], scored((1, 2e-309)), 0.4)[0].score == 1.0


LISTS = st.dictionaries(st.integers(1, 50), st.floats(0, 100), max_size=20).map(
    lambda pairs: sorted((Scored(id, score) for id, score in pairs.items()), key=lambda item: -item.score)
)


@given(LISTS, LISTS, st.floats(0, 1))
def test_fusing_loses_and_doubles_nothing(words: list[Scored], vectors: list[Scored], weight: float) -> None:
    fused = fuse(words, vectors, weight)
    assert sorted(item.id for item in fused) == sorted({item.id for item in (*words, *vectors)})
    assert all(-1e-9 <= item.score <= 1 + 1e-9 for item in fused)
    assert [item.score for item in fused] == sorted((item.score for item in fused), reverse=True)


@given(LISTS)
def test_without_vectors_the_order_of_words_stands(words: list[Scored]) -> None:
    assert [item.id for item in fuse(words, [], 0.4)] == [item.id for item in words]


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
