"""Every sample file reads as its golden tree says; `REWRITE_GOLDEN=1` writes the trees anew."""

import os
from pathlib import Path

import pytest

from corpus import samples
from ingest.detect import reader_for
from tests.ingest.readers.tree import tree

FILES = sorted((Path(samples.__file__).parent / "files").iterdir())
GOLDEN = Path(__file__).parent / "golden"
REWRITE = os.environ.get("REWRITE_GOLDEN") == "1"


def test_the_golden_files_are_not_being_rewritten() -> None:
    assert not REWRITE, "REWRITE_GOLDEN is set: look at the changed trees, then run the tests without it"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_samples_read_as_their_golden_tree(path: Path) -> None:
    data = path.read_bytes()
    reader = reader_for(data, path.name)
    golden = GOLDEN / reader.name / f"{path.stem}.tree"
    found = tree(reader.read(data, path.name))
    if REWRITE:
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(found, "utf-8")
    assert found == golden.read_text("utf-8")


def test_every_golden_tree_belongs_to_a_sample() -> None:
    assert {path.stem for path in GOLDEN.glob("*/*.tree")} == {path.stem for path in FILES}
