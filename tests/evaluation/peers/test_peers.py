from pathlib import Path

import numpy as np
import pytest

from evaluation.peers.installed import installed, versions
from evaluation.peers.program import Asked, Part, Peer

TEXTS = {
    1: ("河道 清淤 台账", "安澜市"),
    2: ("河道 采砂 执法", "望川县"),
    3: ("学校 食堂 台账", "安澜市"),
    4: ('引号 " 与 OR 河道', ""),
} | {number: ("道路 养护", "云岭市") for number in range(5, 41)}
VECTORS = np.eye(len(TEXTS), dtype=np.float32)


def part(*ids: int) -> Part:
    texts = [TEXTS[id] for id in ids]
    vectors = VECTORS[[id - 1 for id in ids]]
    return Part(ids, [words for words, _ in texts], vectors, [place for _, place in texts])


@pytest.fixture(params=installed().values(), ids=list(installed()))
def opened(request: pytest.FixtureRequest, tmp_path: Path) -> Peer:
    """A program that was built of all texts and opened again."""
    program: type[Peer] = request.param
    program(tmp_path, VECTORS.shape[1]).build([part(1, 2), part(*range(3, 41))])
    return program(tmp_path, VECTORS.shape[1])


def test_every_program_finds_by_words_and_within_a_place(opened: Peer) -> None:
    assert opened.search(Asked("清淤 河道", VECTORS[0]), 4)[0] == 1
    assert set(opened.search(Asked("台账", VECTORS[2], "安澜市"), 4)) == {1, 3}
    assert opened.search(Asked('"', VECTORS[3]), 4) is not None, "signs of a query language are words"
    assert opened.search(Asked("", VECTORS[3]), 4) is not None


def test_what_is_added_and_removed_comes_and_goes(opened: Peer) -> None:
    new = Part([99], ["楼道 照明"], VECTORS[3:4], ["安澜市"])
    asked = Asked("照明", VECTORS[3])
    try:
        opened.add(new)
    except NotImplementedError:
        with pytest.raises(NotImplementedError):
            opened.remove([99])
        return
    assert 99 in opened.search(asked, 4)
    opened.remove([99])
    assert 99 not in opened.search(asked, 4)


def test_programs_are_chosen_by_the_beginning_of_their_names() -> None:
    assert list(installed(["sqlite"])) == ["SQLite FTS5"]
    assert versions("SQLite FTS5").startswith("SQLite 3")
    assert not installed(["nothing of this name"])
