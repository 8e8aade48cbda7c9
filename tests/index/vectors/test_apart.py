import threading

import numpy as np
import pytest

from index.vectors.apart import SCOPES_KEPT, Apart, Part
from index.vectors.vector_index import VectorIndex
from tests.index.builders import unit_vectors

VECTORS = unit_vectors(30)


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What would be put aside in another thread is put aside here and now."""
    monkeypatch.setattr("index.vectors.apart.beside", lambda work: work())


def test_the_second_search_in_a_scope_finds_what_the_first_one_found() -> None:
    index = VectorIndex.empty(16, "random")
    index.apply((), range(30), VECTORS, 1)
    ids = np.arange(5, 25)
    first, second = (index.search(VECTORS[7], 5, ids, scope="浙江省") for _ in range(2))
    assert [item.id for item in first] == [item.id for item in second]
    assert [item.score for item in second] == pytest.approx([item.score for item in first], abs=2e-3)


def test_looking_in_8_bits_misses_none_of_the_nearest() -> None:
    many = unit_vectors(2_000, dimensions=64)
    part = Part(range(2_000), many)
    for vector in unit_vectors(20, dimensions=64, seed=1):
        exact = np.argsort(-(many @ vector))[:10].tolist()
        assert [item.id for item in part.nearest(vector, 10)] == exact


def test_what_was_put_aside_is_forgotten_when_vectors_come_or_go() -> None:
    index = VectorIndex.empty(16, "random")
    index.apply((), range(30), VECTORS, 1)
    for _ in range(2):
        assert index.search(VECTORS[7], 1, range(30), scope="浙江省")[0].id == 7
    index.apply((7,), (40,), VECTORS[7:8], 2)
    assert index.search(VECTORS[7], 1, [*range(30), 40], scope="浙江省")[0].id == 40


def test_cosines_are_the_same_with_what_was_put_aside() -> None:
    index = VectorIndex.empty(16, "random")
    index.apply((), range(30), VECTORS, 1)
    index.search(VECTORS[7], 1, range(5, 25), scope="浙江省")
    plain = dict(index.cosines(VECTORS[7], [9, 5, 24]))
    assert dict(index.cosines(VECTORS[7], [9, 5, 24], scope="浙江省")) == pytest.approx(plain, abs=2e-3)


def test_a_passage_that_was_not_put_aside_is_compared_all_the_same() -> None:
    index = VectorIndex.empty(16, "random")
    index.apply((), range(30), VECTORS, 1)
    index.search(VECTORS[7], 1, range(5, 25), scope="浙江省")
    assert {item.id for item in index.cosines(VECTORS[7], [2, 9, 31], scope="浙江省")} == {2, 9}


def test_only_the_last_scopes_are_kept() -> None:
    apart = Apart()
    for number in range(SCOPES_KEPT + 1):
        apart.keep(number, lambda: ([1, 2], VECTORS[:2]))
    assert [apart.of(number) is not None for number in range(SCOPES_KEPT + 1)] == [
        False,
        *[True] * SCOPES_KEPT,
    ]


@pytest.mark.parametrize("held", [None, ([], VECTORS[:0])])
def test_where_nothing_can_be_kept_the_next_search_tries_again(held: object) -> None:
    apart = Apart()
    apart.keep("海南省", lambda: held)  # type: ignore[arg-type, return-value]
    assert apart.of("海南省") is None
    apart.keep("海南省", lambda: ([1], VECTORS[:1]))
    assert apart.of("海南省") is not None


def test_a_scope_that_is_being_put_aside_is_not_at_hand_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    ready = threading.Event()
    begun: list[threading.Thread] = []

    def begin(work: object) -> None:
        begun.append(threading.Thread(target=lambda: (ready.wait(), work())))  # type: ignore[operator]
        begun[0].start()

    monkeypatch.setattr("index.vectors.apart.beside", begin)
    apart = Apart()
    for _ in range(2):
        apart.keep("海南省", lambda: ([1], VECTORS[:1]))
    assert apart.of("海南省") is None and len(begun) == 1
    ready.set()
    begun[0].join()
    assert apart.of("海南省") is not None
