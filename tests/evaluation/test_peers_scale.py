from pathlib import Path

import pytest

from corpus.store.store import Store
from evaluation.made_up import Sentences, made_up
from evaluation.peer_data import prepare
from evaluation.peers_scale import Bounds, evaluate
from index.search import SearchIndex
from index.tokens import words
from tests.evaluation.test_made_up import TEXT


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with texts, and a library of a hundred passages made up of them."""
    folder = tmp_path_factory.mktemp("peers")
    (folder / "甲.txt").write_text(TEXT + "开展排查，建立整治台账，逐项销号，按月上报情况。", "utf-8")
    with Store.open(folder / "library") as store:
        store.add_many(made_up(Sentences.of(folder), 100))
        SearchIndex.open(folder / "library" / "index", store).catch_up()
    return folder


def test_programs_get_words_vectors_and_places(folder: Path, tmp_path: Path) -> None:
    data = prepare(folder / "library", tmp_path, 50)
    (part,) = data.parts()
    assert len(data) == len(part.ids) == len(part.words) == len(part.places) == 50
    assert {"整治", "台账"} <= set(" ".join(part.words).split()) <= set(words(" ".join(part.words)))
    assert part.vectors.shape == (50, data.dimensions)
    assert abs(float((part.vectors**2).sum(axis=1).mean()) - 1) < 0.02
    assert prepare(folder / "library", tmp_path, 20).parts is not None
    assert len(prepare(folder / "library", tmp_path, 20)) == 50, "what is prepared stays"


def test_programs_build_and_answer_in_processes_of_their_own(folder: Path, tmp_path: Path) -> None:
    report = evaluate(folder, folder / "library", tmp_path, 100, ["sqlite", "taizhang"], queries=4)
    assert report.passages == 100
    assert list(report.systems) == ["taizhang", "SQLite FTS5"]
    for figures in report.systems.values():
        assert figures["found of 10, everything"] > 0
        assert figures["add one document until found, s, slowest"] > 0
    assert report.systems["SQLite FTS5"]["disk, MB"] > 0


def test_what_takes_too_long_is_ended(folder: Path, tmp_path: Path) -> None:
    report = evaluate(folder, folder / "library", tmp_path, 100, ["sqlite"], Bounds(minutes=0), 4)
    assert report.systems["SQLite FTS5"]["ended"] == "too long"
