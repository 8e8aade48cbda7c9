from pathlib import Path

import numpy as np
import pytest

from index.files import DamagedIndexError
from index.vectors.vector_index import VectorIndex
from tests.index.builders import unit_vectors

IDS = tuple(range(100, 130))
VECTORS = unit_vectors(len(IDS))


@pytest.fixture
def index() -> VectorIndex:
    made = VectorIndex.empty(16, "random")
    made.apply((), IDS, VECTORS, 1)
    return made


def ids(
    index: VectorIndex, vector: np.ndarray, limit: int = 5, among: tuple[int, ...] | None = None
) -> list[int]:
    return [item.id for item in index.search(vector, limit, among)]


def test_the_nearest_comes_first_with_its_cosine(index: VectorIndex) -> None:
    best = index.search(VECTORS[7], 3)[0]
    assert (best.id, best.score) == (107, pytest.approx(1.0))
    expected = [IDS[place] for place in np.argsort(-(VECTORS @ VECTORS[7]))[:5]]
    assert ids(index, VECTORS[7]) == expected


@pytest.mark.parametrize(
    ("among", "expected"),
    [((), []), ((999,), []), ((107,), [107]), ((107, 999), [107]), (None, 5)],
)
def test_only_allowed_passages(
    index: VectorIndex, among: tuple[int, ...] | None, expected: list[int] | int
) -> None:
    found = ids(index, VECTORS[7], 5, among)
    assert (found if isinstance(expected, list) else len(found)) == expected


def test_a_limit_beyond_the_size_gives_all(index: VectorIndex) -> None:
    assert sorted(ids(index, VECTORS[0], 1000)) == list(IDS)


def test_an_empty_index_finds_nothing() -> None:
    assert VectorIndex.empty(16, "random").search(VECTORS[0], 5) == []


def test_changes_may_be_applied_twice(index: VectorIndex) -> None:
    for _ in range(2):
        index.apply((107, 99999), (200,), VECTORS[7:8], 2)
        assert len(index) == len(IDS)
        assert ids(index, VECTORS[7], 1) == [200]
        assert index.last_change == 2


def test_a_file_gives_back_what_was_saved(index: VectorIndex, tmp_path: Path) -> None:
    path = tmp_path / "vectors.npz"
    index.save(path)
    again = VectorIndex.load(path)
    assert (again.encoder, again.last_change, len(again)) == ("random", 1, len(IDS))
    assert again.search(VECTORS[3], 5) == index.search(VECTORS[3], 5)
    again.apply((103,), (), VECTORS[:0], 2)
    assert 103 not in ids(again, VECTORS[3], 50)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["recent.npz", "vectors.npz"]


def test_what_came_and_went_since_is_in_a_small_file(index: VectorIndex, tmp_path: Path) -> None:
    path = tmp_path / "vectors.npz"
    index.save(path)
    base = path.read_bytes()
    index.apply((103,), (200,), VECTORS[3:4], 2)
    index.save(path)
    assert path.read_bytes() == base
    reader = VectorIndex.load(path)
    assert (ids(reader, VECTORS[3], 1), reader.last_change, len(reader)) == ([200], 2, len(IDS))
    index.apply((200,), (), VECTORS[:0], 3)
    index.save(path)
    again = VectorIndex.load(path, reader)
    assert {103, 200}.isdisjoint(ids(again, VECTORS[3], 50)) and again.last_change == 3
    assert ids(reader, VECTORS[3], 1) == [200], "who reads is not disturbed"


def test_a_small_file_of_another_base_counts_for_nothing(index: VectorIndex, tmp_path: Path) -> None:
    path, other = tmp_path / "vectors.npz", tmp_path / "other" / "vectors.npz"
    index.apply((), (200,), VECTORS[3:4], 2)
    index.save(other)
    VectorIndex.empty(16, "random").save(path)
    (other.parent / "recent.npz").replace(tmp_path / "recent.npz")
    assert (len(VectorIndex.load(path)), VectorIndex.load(path).last_change) == (0, 0)


def test_much_that_came_goes_into_the_base(
    index: VectorIndex, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "vectors.npz"
    index.save(path)
    monkeypatch.setattr("index.vectors.vector_index.MOST_RECENT", 2)
    index.apply((103,), (200, 201, 202), VECTORS[3:6], 2)
    index.save(path)
    again = VectorIndex.load(path)
    assert (ids(again, VECTORS[3], 1), len(again), again.last_change) == ([200], len(IDS) + 2, 2)


@pytest.mark.parametrize("damage", [b"", b"not a zip file", None])
def test_a_damaged_file_is_noticed(index: VectorIndex, tmp_path: Path, damage: bytes | None) -> None:
    path = tmp_path / "vectors.npz"
    index.save(path)
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2] if damage is None else damage)
    with pytest.raises(DamagedIndexError):
        VectorIndex.load(path)


def test_a_flipped_byte_is_noticed(index: VectorIndex, tmp_path: Path) -> None:
    path = tmp_path / "vectors.npz"
    index.save(path)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(content)
    with pytest.raises(DamagedIndexError):
        VectorIndex.load(path)


def test_a_file_of_an_older_version_is_made_anew(tmp_path: Path) -> None:
    path = tmp_path / "vectors.npz"
    np.savez(path, index=np.zeros(8, dtype=np.uint8), token=np.str_("t"))
    with pytest.raises(DamagedIndexError):
        VectorIndex.load(path)


class TestManyVectors:
    """Beyond a bound the vectors are sorted into cells; nothing else changes for who searches."""

    @pytest.fixture
    def index(self, monkeypatch: pytest.MonkeyPatch) -> VectorIndex:
        monkeypatch.setattr("index.vectors.vector_index.FLAT_UNTIL", 2000)
        monkeypatch.setattr("index.vectors.vector_index.MOST_RECENT", 1000)
        made = VectorIndex.empty(16, "random")
        made.apply((), range(3000), self.vectors[:3000], 1)
        assert made.crowded
        made = made.sorted_anew()
        assert not made.crowded
        made.apply((), range(3000, 4500), self.vectors[3000:], 2)
        return made

    vectors = unit_vectors(4500, seed=1)

    def test_most_of_the_nearest_are_found(self, index: VectorIndex) -> None:
        queries = unit_vectors(20, seed=2)
        exact = [set(np.argsort(-(self.vectors @ query))[:10].tolist()) for query in queries]
        found = [set(ids(index, query, 10)) for query in queries]
        assert sum(len(one & other) for one, other in zip(exact, found, strict=True)) / 200 > 0.8

    def test_a_narrow_filter_loses_nothing(self, index: VectorIndex) -> None:
        among = tuple(range(0, 4500, 50))
        query = unit_vectors(1, seed=3)[0]
        assert sorted(ids(index, query, 1000, among)) == list(among)

    def test_they_are_sorted_anew_when_they_are_many_more(self, index: VectorIndex) -> None:
        more = unit_vectors(9000, seed=5)
        index.apply((), range(5000, 14000), more, 3)
        assert index.crowded
        again = index.sorted_anew()
        assert (again.crowded, len(again), again.last_change) == (False, 13500, 3)
        assert ids(again, self.vectors[5], 1) == [5]
        assert ids(again, more[5], 1) == [5005]

    def test_they_are_sorted_in_place_where_nobody_else_writes(self, index: VectorIndex) -> None:
        index.apply((17,), range(5000, 14000), unit_vectors(9000, seed=5), 3)
        index.sort()
        assert (index.crowded, len(index), index.last_change) == (False, 13499, 3)
        assert ids(index, self.vectors[5], 1) == [5]
        assert ids(index, self.vectors[17], 1) != [17]

    def test_removal_and_file(self, index: VectorIndex, tmp_path: Path) -> None:
        index.apply((17,), (), self.vectors[:0], 9999)
        assert ids(index, self.vectors[17], 1) != [17]
        index.save(tmp_path / "vectors.npz")
        again = VectorIndex.load(tmp_path / "vectors.npz")
        assert len(again) == 4499
        assert again.search(self.vectors[20], 5) == index.search(self.vectors[20], 5)

    def test_single_cosines_are_those_of_the_search(self, index: VectorIndex) -> None:
        query = unit_vectors(1, seed=7)[0]
        index.apply((17,), (20000,), unit_vectors(1, seed=8), 10)
        for among in ((5, 3500, 17, 20000), (5, 99999)):
            exact = {item.id: item.score for item in index.search(query, 10, among)}
            apart = {item.id: item.score for item in index.cosines(query, among)}
            assert apart == pytest.approx(exact, abs=1e-5)
            assert 17 not in exact


def test_single_cosines_of_a_small_index(index: VectorIndex) -> None:
    found = index.cosines(VECTORS[7], (103, 107, 125))
    assert found[0].id == 107
    exact = [item.score for item in index.search(VECTORS[7], 10, (103, 107, 125))]
    assert [item.score for item in found] == pytest.approx(exact, abs=1e-5)
    assert index.cosines(VECTORS[7], ()) == []
