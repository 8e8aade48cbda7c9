from pathlib import Path

import pytest

from evaluation.peers.data import PeerData
from evaluation.peers.scale import Asking, evaluate
from evaluation.peers.table import markdown
from evaluation.peers.watched import Bounds
from evaluation.report import SystemsReport
from index.tokens import words
from tests.evaluation.speed.test_made_up import TEXT

BRIEFLY = Asking(queries=4, seconds=0.1)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with texts."""
    folder = tmp_path_factory.mktemp("peers")
    (folder / "甲.txt").write_text(TEXT + "开展排查，建立整治台账，逐项销号，按月上报情况。", "utf-8")
    return folder


@pytest.fixture(scope="module")
def measured(folder: Path) -> SystemsReport:
    """What ours and SQLite made of a hundred passages; what they built stands in `kept`."""
    table = folder / "table.md"
    return evaluate(folder, folder / "kept", 100, ["sqlite", "taizhang"], asking=BRIEFLY, table=table)


def test_programs_build_and_answer_in_processes_of_their_own(measured: SystemsReport) -> None:
    assert measured.passages == 100
    assert list(measured.systems) == ["taizhang", "SQLite FTS5"]
    for figures in measured.systems.values():
        assert figures["found, everything"] > 0
        assert figures["build, processor s"] > 0
        assert figures["disk, MB"] > 0
        assert figures["add one document until found, s, slowest"] > 0


def test_programs_get_words_vectors_and_places(folder: Path, measured: SystemsReport) -> None:
    data = PeerData(folder / "kept" / "data")
    (part,) = data.parts()
    assert len(data) == len(part.ids) == len(part.words) == len(part.places) == measured.passages
    assert {"整治", "台账"} <= set(" ".join(part.words).split()) <= set(words(" ".join(part.words)))
    assert part.vectors.shape == (100, data.dimensions)
    assert abs(float((part.vectors**2).sum(axis=1).mean()) - 1) < 0.02


def test_the_table_has_a_column_for_each_program(folder: Path, measured: SystemsReport) -> None:
    head, rule, *rows = (folder / "table.md").read_text("utf-8").splitlines()
    assert head.split("|")[2].strip() == "taizhang"
    assert {line.count("|") for line in (head, rule, *rows)} == {4}
    assert not any("–" in row for row in rows), "everything was measured"


def test_what_is_built_stays_and_what_takes_too_long_is_ended(folder: Path, measured: SystemsReport) -> None:
    again = evaluate(folder, folder / "kept", 100, ["sqlite"], Bounds(minutes=0), BRIEFLY)
    (before,) = [figures for name, figures in measured.systems.items() if name.startswith("SQLite")]
    (now,) = again.systems.values()
    assert now["build, s"] == before["build, s"]
    assert now["ended"] == "too long"
    assert "| – |" in markdown(again.systems)
