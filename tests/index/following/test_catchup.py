import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock

from corpus.store.store import Store
from index.search import SearchIndex
from index.vectors.vector_index import VectorIndex
from tests.index.builders import PairEncoder, add, many, new, opened

Damage = Callable[[Path], None]


def everything(index: SearchIndex) -> list[str]:
    """The sources of all hits, so that what is lost or doubled shows."""
    return sorted(hit.passage.source for hit in index.search("安澜市方案", k=1000, collapse=False).hits)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    store, index = opened(tmp_path, encoder=PairEncoder())
    store.add_many(many(30))
    assert index.catch_up()
    store.remove("d1")
    assert index.catch_up()
    store.close()
    return tmp_path


EXPECTED = sorted(f"{number}.txt" for number in range(1, 30))


def again(folder: Path) -> list[str]:
    """What can be found after the library in `folder` is opened anew."""
    store, index = opened(folder, encoder=PairEncoder())
    index.catch_up()
    (best,) = index.search("安澜市方案", k=1).hits
    assert set(best.ranks) == {"words", "vectors"}
    found = everything(index)
    store.close()
    return found


def test_a_library_is_found_again(folder: Path) -> None:
    assert again(folder) == EXPECTED


def test_changes_are_followed_in_one_step_and_in_many(tmp_path: Path) -> None:
    found = []
    for name, often in (("many", True), ("one", False)):
        store, index = opened(tmp_path / name, encoder=PairEncoder())
        for item in many(6):
            store.add_many([item])
            if often:
                index.catch_up()
        store.add_many([new("3.txt", "安澜市方案有了新的版本。")])
        store.remove("d5")
        index.catch_up()
        found.append([hit.passage for hit in index.search("安澜市方案", k=100, collapse=False).hits])
        assert not index.behind
        store.close()
    assert [row.source for row in found[0]] == [row.source for row in found[1]]
    assert "安澜市方案有了新的版本。" in [row.text for row in found[0]]
    assert len(found[0]) == 5


def test_a_deleted_index_is_made_anew(folder: Path) -> None:
    shutil.rmtree(folder / "index")
    assert again(folder) == EXPECTED


def test_an_index_deleted_under_a_running_process_is_made_anew(folder: Path) -> None:
    store, index = opened(folder, encoder=PairEncoder())
    assert everything(index) == EXPECTED
    shutil.rmtree(folder / "index")
    assert everything(index) == EXPECTED
    assert index.catch_up()
    assert everything(index) == EXPECTED
    store.close()


def empty(path: Path) -> None:
    path.write_bytes(b"")


def halve(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def delete(path: Path) -> None:
    path.unlink()


def scramble(path: Path) -> None:
    path.write_bytes(random.Random(0).randbytes(path.stat().st_size))


@pytest.mark.parametrize("damage", [empty, halve, delete, scramble])
def test_damaged_files_are_made_anew(folder: Path, damage: Damage) -> None:
    for name in sorted(path.relative_to(folder) for path in (folder / "index").rglob("*") if path.is_file()):
        if (folder / name).exists():
            damage(folder / name)
            assert again(folder) == EXPECTED, name


def test_another_encoder_makes_its_own_vectors(folder: Path) -> None:
    store, index = opened(folder, encoder=PairEncoder(32))
    assert set(index.search("安澜市方案", k=1).hits[0].ranks) == {"words"}
    index.catch_up()
    assert set(index.search("安澜市方案", k=1).hits[0].ranks) == {"words", "vectors"}
    assert everything(index) == EXPECTED
    store.close()


def test_an_index_that_is_ahead_of_its_store_is_made_anew(folder: Path, tmp_path: Path) -> None:
    older = tmp_path / "older"
    with Store.open(older) as store:
        store.add_many(many(3, first=100))
    shutil.copytree(folder / "index", older / "index")
    assert again(older) == ["100.txt", "101.txt", "102.txt"]


def test_only_one_process_writes_and_the_others_search_on(folder: Path) -> None:
    store, index = opened(folder, encoder=PairEncoder())
    with FileLock(folder / "index" / "lock"):
        add(store, "新.txt", "安澜市方案之外的新文件。")
        assert index.behind
        assert not index.catch_up(wait=0)
        assert everything(index) == EXPECTED
    assert index.catch_up(wait=0)
    assert "新.txt" in everything(index)
    store.close()


def test_a_reader_sees_what_another_one_indexed(folder: Path) -> None:
    store, reader = opened(folder, encoder=PairEncoder())
    other_store, writer = opened(folder, encoder=PairEncoder())
    assert everything(reader) == EXPECTED
    add(other_store, "新.txt", "安澜市方案之外的新文件，讲古树。")
    other_store.remove("d2")
    writer.catch_up()
    assert everything(reader) == sorted({*EXPECTED, "新.txt"} - {"1.txt"})
    assert set(reader.search("古树新文件", k=1).hits[0].ranks) == {"words", "vectors"}
    store.close()
    other_store.close()


def test_progress_is_told_per_stage(tmp_path: Path) -> None:
    store, index = opened(tmp_path, encoder=PairEncoder())
    store.add_many(many(3))
    told: list[tuple[str, int, int]] = []
    index.catch_up(lambda *step: told.append(step))
    assert told == [
        *(("建立词语索引", number, 3) for number in (1, 2, 3)),
        *(("建立语义索引", number, 3) for number in (1, 2, 3)),
    ]
    store.close()


class TestAnotherEncoder:
    """The vectors of the encoder before serve until those of the one that is wanted now are there."""

    @pytest.fixture
    def built_in(self, tmp_path: Path) -> Path:
        store, index = opened(tmp_path)
        store.add_many(many(30))
        index.catch_up()
        store.close()
        return tmp_path

    def made_by(self, folder: Path) -> str:
        return VectorIndex.load(folder / "index" / "vectors.npz").encoder

    def test_it_can_be_put_off(self, built_in: Path) -> None:
        before = self.made_by(built_in)
        store, index = opened(built_in, encoder=PairEncoder())
        add(store, "新.txt", "安澜市方案之外的新文件，讲养老。")
        index.catch_up(renew=False)
        assert self.made_by(built_in) == before
        (hit,) = index.search("方案之外的新文件", k=1).hits
        assert (hit.passage.source, set(hit.ranks)) == ("新.txt", {"words", "vectors"})
        store.close()

    @pytest.mark.parametrize("background", [True, False])
    def test_it_takes_over(self, built_in: Path, background: bool) -> None:
        store, index = opened(built_in, encoder=PairEncoder())
        index.catch_up(background=background)
        add(store, "新.txt", "安澜市方案之外的新文件。")
        index.close()
        index.catch_up()
        assert self.made_by(built_in) == "pairs-64"
        assert len(everything(index)) == 31
        assert set(index.search("养老服务", k=1).hits[0].ranks) == {"words", "vectors"}
        store.close()

    def test_progress_is_told(self, built_in: Path) -> None:
        store, index = opened(built_in, encoder=PairEncoder())
        told: list[tuple[str, int, int]] = []
        index.catch_up(lambda *step: told.append(step))
        assert told[-1] == ("建立语义索引", 30, 30)
        store.close()


def test_opening_a_store_alone_makes_no_index(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        index = SearchIndex.open(tmp_path / "index", store)
        assert index.search("方案").hits == ()
        assert index.behind
    assert not (tmp_path / "index").exists()


def test_damage_that_only_a_search_meets_is_mended(tmp_path: Path) -> None:
    store, index = opened(tmp_path)
    store.add_many(many(300))
    index.catch_up()
    store.close()
    for postings in (tmp_path / "index" / "lexical").glob("*.idx"):
        content = postings.read_bytes()
        start, end = len(content) // 5, len(content) // 3
        postings.write_bytes(content[:start] + b"\xff" * (end - start) + content[end:])
    store, index = opened(tmp_path)
    assert len(everything(index)) == 300
    store.close()
