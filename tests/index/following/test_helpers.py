from pathlib import Path

import pytest

from corpus.store.searching.records import Stretch
from corpus.store.store import Store
from index.following import helpers
from index.following.helpers import vectors_after, words_after
from index.reading import Layout
from index.search import SearchIndex
from index.wording.mined import MinedWords
from tests.index.builders import PairEncoder, many, new


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of thirty documents, one of them in two versions and one removed."""
    folder = tmp_path_factory.mktemp("history")
    with Store.open(folder) as store:
        store.add_many(many(30))
        store.add_many([new("3.txt", "安澜市方案有了新的版本。")])
        store.add_many([new("名.txt", "支持个体工商户转型升级为企业（以下简称“个转企”）。")])
        store.remove("d5")
    return folder


@pytest.fixture
def store(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """The library, whose history counts as long."""
    monkeypatch.setattr(helpers, "LEAST", 10)
    monkeypatch.setattr(helpers, "STRETCH", 7)
    monkeypatch.setattr(helpers, "processors", lambda: 2)
    return Store.open(folder)


def test_an_index_made_by_helpers_finds_the_same(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = []
    for name, least in (("helped", 10), ("alone", 10**6)):
        monkeypatch.setattr(helpers, "LEAST", least)
        index = SearchIndex.open(tmp_path / name, store)
        told: list[tuple[str, int, int]] = []
        index.catch_up(lambda *step, told=told: told.append(step))
        assert told[-1] == ("建立语义索引", 33, 33)
        assert not index.behind
        hits = index.search("古树保护方案有了新的版本", k=100, collapse=False).hits
        names = MinedWords(Layout(tmp_path / name).mined).pairs()
        found.append(([(hit.passage.id, hit.score, hit.ranks) for hit in hits], names))
        index.close()
    assert found[0] == found[1]
    assert len(found[0][0]) > 20
    assert [pair.short for pair in found[0][1]] == ["个转企"]
    store.close()


def test_short_histories_and_other_encoders_need_none(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    assert list(words_after(store, 29)) == []
    assert list(vectors_after(store, 0, PairEncoder())) == []
    monkeypatch.setattr(helpers, "processors", lambda: 1)
    assert list(words_after(store, 0)) == []
    store.close()


def test_where_a_helper_cannot_work_the_caller_goes_on(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Store, "location", property(lambda _: "sqlite:////no/such/folder/taizhang.db"))
    assert list(words_after(store, 0)) == []
    store.close()


def test_a_history_is_cut_into_stretches(store: Store) -> None:
    stretches = list(store.stretches_after(0, 7))
    assert stretches[0] == Stretch(0, 7, 7)
    assert [stretch.after for stretch in stretches[1:]] == [stretch.last for stretch in stretches[:-1]]
    assert stretches[-1].last == store.last_change()
    assert list(store.stretches_after(store.last_change(), 7)) == []
    store.close()
